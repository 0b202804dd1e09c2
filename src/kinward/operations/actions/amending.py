"""Correcting what was counted at a closed checkpoint: one person says so, another one agrees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.actions import withdraw_followed
from kinward.casework.models import Track
from kinward.core.guarding import refuse_words
from kinward.operations import queries
from kinward.operations.actions.closing import counted, took
from kinward.operations.actions.handing import PARTS, as_it_was
from kinward.operations.actions.leaving import go_on, step_of, take_back
from kinward.operations.actions.standing import UnfitRecord, held_operation
from kinward.operations.models import (
    Amended,
    Amendment,
    Handover,
    Leaving,
    Settled,
    WhyNot,
)
from kinward.operations.rules import Said, amiss, follows_of, is_wordless
from kinward.people.models import Person

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.operations.actions.closing import Taking
    from kinward.operations.models import Checkpoint, Operation
    from kinward.operations.queries import Post, UnderWay
    from kinward.operations.rules import Stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What was recorded wrongly of a child at a checkpoint, before it is stored.

    If it was not there: how and why it did not go on. Either way it may say which line of a minute
    did not happen. Of an objection there is no reason in words.
    """

    child: UUID
    there: bool
    reason: str
    left: str = ""
    why: str = ""
    line: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreeing:
    """An amendment as it is carried out: by whom, when, and with which words of why."""

    amendment: Amendment
    operation: Operation
    reason: str
    by: User
    at: datetime

    @property
    def child(self) -> Person:
        """The child it is about, by its key alone."""
        return Person(pk=self.amendment.child_id)

    @property
    def of_child(self) -> dict[str, object]:
        """What each row about the child says of itself."""
        child = self.amendment.child_id
        return {"recorded_by": self.by, "recorded_at": self.at, "child_id": child}


@transaction.atomic
def ask_to_amend(*, checkpoint: Checkpoint, wrong: Wrong, by: User, at: datetime) -> Amendment:
    """Say that a closed checkpoint is wrong about a child. Nothing changes until another agrees.

    It may be said of an operation that is closed as well.

    Raises:
        NotAllowed, NotFound: as `held_operation`.
        UnfitRecord: something speaks against it, as `rules.amiss` tells.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    held = held_operation(
        checkpoint.leg.operation, to=Permission.LEAD_OPERATION, by=by, closed_too=True
    )
    journey = queries.under_way(held, user=by)
    post = journey.post(checkpoint)
    asked = queries.is_asked(post, wrong.child, user=by)
    stands = queries.stands_of(journey, post, wrong.child, asked=asked)
    said = Said(
        there=wrong.there, words=wrong.reason, left=wrong.left, why=wrong.why, line=wrong.line
    )
    refuse_amiss(said, stands)
    refuse_words(wrong.reason, field="reason")
    row = Amendment.objects.create(
        checkpoint=checkpoint,
        child_id=wrong.child,
        there=wrong.there,
        left=wrong.left,
        why=wrong.why,
        line=journey.lines[wrong.line] if wrong.line else None,
        reason=kept_words(said, stands),
        recorded_by=by,
        recorded_at=at,
    )
    told = {"checkpoint": str(checkpoint.pk), "there": wrong.there}
    record("operations.asked_to_amend", Person(pk=wrong.child), by=by, at=at, **told)
    return row


def refuse_amiss(said: Said, stands: Stands) -> None:
    """Refuse what does not fit what stands.

    Raises:
        UnfitRecord: something does not; its words are the first of what speaks against it.
    """
    for word in amiss(said, stands):
        raise UnfitRecord(str(word.label))


def kept_words(said: Said, stands: Stands) -> str:
    """Return the reason that is kept: of an objection the word of the code list, and no other."""
    return str(WhyNot.OBJECTION.label) if is_wordless(said, stands) else said.words.strip()


@transaction.atomic
def answer_amendment(*, amendment: Amendment, agree: bool, by: User, at: datetime) -> Amended:
    """Agree to an amendment, or not. Once agreed, it is decided, and the case of the child follows.

    What the checkpoint had moved on the tracks of the child is withdrawn, and what follows from
    the amendment is taken where it can; a line of a minute that did not happen stands no more. All
    that was asked when it was said is asked again: others went on recording since.

    Raises:
        NotAllowed, NotFound: as `held_operation`.
        UnfitRecord: it was answered before, `by` asked for it, or, of one that is agreed to,
            something speaks against it by now, as `rules.amiss` tells.
    """
    operation = amendment.checkpoint.leg.operation
    held = held_operation(operation, to=Permission.SIGN_MANIFEST, by=by, closed_too=True)
    if Amended.objects.filter(amendment=amendment).exists():
        raise UnfitRecord(_("This was answered already."))
    if amendment.recorded_by_id == by.pk:
        raise UnfitRecord(_("Another person has to agree."))
    if not agree:
        return answered(amendment, agree=False, by=by, at=at)
    journey = queries.under_way(held, user=by)
    post = journey.post(amendment.checkpoint)
    stands = queries.stands_of(journey, post, amendment.child_id)
    said = said_of(amendment, stands)
    refuse_amiss(said, stands)
    row = answered(amendment, agree=True, by=by, at=at)
    reason = kept_words(said, stands)
    agreeing = Agreeing(amendment=amendment, operation=held, reason=reason, by=by, at=at)
    decide(journey, post, agreeing)
    return row


def answered(amendment: Amendment, *, agree: bool, by: User, at: datetime) -> Amended:
    """Record how an amendment was answered."""
    row = Amended.objects.create(amendment=amendment, agreed=agree, recorded_by=by, recorded_at=at)
    told = {"checkpoint": str(amendment.checkpoint_id), "agreed": agree}
    record("operations.answered_amendment", Person(pk=amendment.child_id), by=by, at=at, **told)
    return row


def said_of(amendment: Amendment, stands: Stands) -> Said:
    """Return what an amendment says, without words where none are kept."""
    said = Said(
        there=amendment.there,
        words=amendment.reason,
        left=amendment.left,
        why=amendment.why,
        line=amendment.line_id,
    )
    return replace(said, words="") if is_wordless(said, stands) else said


def decide(journey: UnderWay, post: Post, agreeing: Agreeing) -> None:
    """Record that a child was there or not, void its line, and let its case follow."""
    amendment, of_child = agreeing.amendment, agreeing.of_child
    Settled.objects.create(
        checkpoint=post.checkpoint, there=amendment.there, reason=agreeing.reason, **of_child
    )
    withdrawn = named_so(journey, post)
    leavings = queries.left_at(journey, amendment.child_id)
    number = journey.posts.index(post)
    follows = follows_of(there=amendment.there, number=number, leavings=leavings)
    gone = [each for each in leavings if each in follows.taken_back]
    for leaving in gone:
        withdrawn |= named_after(journey, leaving)
        if amendment.there:
            go_on(leaving, agreeing.reason, by=agreeing.by, at=agreeing.at)
        else:
            take_back(leaving, agreeing.reason, by=agreeing.by, at=agreeing.at)
    if follows.leaves:
        leave(post, agreeing, instead_of=gone)
    if amendment.line:
        void(amendment.line, agreeing)
    for track in (Track.MOVEMENT, Track.HOST_RELEASE):
        withdraw_followed(
            child=agreeing.child,
            track=track,
            evidence=withdrawn,
            reason=agreeing.reason,
            by=agreeing.by,
            at=agreeing.at,
        )
    catch_up(number, agreeing)


def leave(post: Post, agreeing: Agreeing, *, instead_of: list[Leaving]) -> None:
    """Record how a child did not go on, with the operation that it was carried over to."""
    amendment = agreeing.amendment
    kept = amendment.line.minute.kept_by if amendment.line else ""
    carried = next((each.carried_to for each in instead_of if each.carried_to), None)
    Leaving.objects.create(
        operation=agreeing.operation,
        checkpoint=post.checkpoint,
        left=amendment.left,
        why=amendment.why,
        words="" if amendment.why == WhyNot.OBJECTION else agreeing.reason,
        kept_by=next(filter(None, (each.kept_by for each in instead_of)), kept),
        carried_to=carried,
        **agreeing.of_child,
    )
    told = {"operation": str(agreeing.operation.pk), "left": amendment.left, "why": amendment.why}
    record("operations.left_behind", agreeing.child, by=agreeing.by, at=agreeing.at, **told)


def void(line: Handover, agreeing: Agreeing) -> None:
    """Record that a line of a minute did not happen."""
    row = Handover.objects.create(
        minute=as_it_was(line, by=agreeing.by, at=agreeing.at),
        corrects=line,
        void=True,
        reason=agreeing.reason,
        **{part: getattr(line, part) for part in PARTS},
        **agreeing.of_child,
    )
    told = {"operation": str(agreeing.operation.pk), "line": str(line.pk), "void": row.void}
    record("operations.corrected_handover", agreeing.child, by=agreeing.by, at=agreeing.at, **told)


def catch_up(number: int, agreeing: Agreeing) -> None:
    """Let the case of a child follow what stands of it now, from a checkpoint on.

    Of who was there the later checkpoints are asked too: they may have been amended first.
    """
    journey = queries.under_way(agreeing.operation, user=agreeing.by)
    steps: list[Taking] = []
    if agreeing.amendment.there:
        own = agreeing.amendment.child_id
        for index, post in enumerate(journey.posts[number:]):
            steps += [
                step
                for step in counted(journey, post, at=agreeing.at)
                if step[0] == own and post.closing and (index == 0 or step[1] == Track.MOVEMENT)
            ]
    else:
        steps = [left_by(journey, agreeing)]
    for step in steps:
        took(step, by=agreeing.by, at=agreeing.at)


def left_by(journey: UnderWay, agreeing: Agreeing) -> Taking:
    """Return the step of a child that did not go on, by the word of it that stands."""
    gone = list(queries.left_at(journey, agreeing.amendment.child_id))[-1]
    post = post_of(journey, gone)
    evidence = " · ".join(filter(None, (agreeing.operation.reference, post.label if post else "")))
    return agreeing.child.pk, Track.MOVEMENT, step_of(gone, evidence, agreeing.at)


def named_after(journey: UnderWay, leaving: Leaving) -> set[str]:
    """Return how a step names where a child did not go on."""
    post = post_of(journey, leaving)
    return named_so(journey, post) if post else {journey.operation.reference}


def post_of(journey: UnderWay, leaving: Leaving) -> Post | None:
    """Return where a child did not go on; none where it was not listed, or that leg was dropped."""
    posts = (each for each in journey.posts if each.checkpoint.pk == leaving.checkpoint_id)
    return next(posts, None)


def named_so(journey: UnderWay, post: Post) -> set[str]:
    """Return how steps name a checkpoint that they followed from, in whichever language it was."""
    leg = post.label.removeprefix(str(post.checkpoint.get_kind_display()))
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            kind = str(post.checkpoint.get_kind_display())
        found.add(f"{journey.operation.reference} · {kind}{leg}")
    return found
