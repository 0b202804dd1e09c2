"""Correcting what was counted at a closed checkpoint: one person says so, another one agrees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.actions import follow_anew
from kinward.casework.models import Track
from kinward.core.guarding import refuse_words
from kinward.operations import queries
from kinward.operations.actions.closing import counted
from kinward.operations.actions.handing import PARTS, as_it_was
from kinward.operations.actions.leaving import Stayed, stay, step_of, went_on
from kinward.operations.actions.standing import UnfitRecord, held_operation
from kinward.operations.models import (
    Amended,
    Amendment,
    Checkpoint,
    Handover,
    Left,
    Settled,
    WhyNot,
)
from kinward.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.casework.tracks import Next
    from kinward.operations.models import Operation
    from kinward.operations.queries import Post, UnderWay


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What was recorded wrongly of a child at a checkpoint, before it is stored.

    If it was not there: how and why it did not go on, and which line of a minute did not happen.
    """

    child: UUID
    there: bool
    reason: str
    left: str = ""
    why: str = ""
    line: UUID | None = None


@transaction.atomic
def ask_to_amend(*, checkpoint: Checkpoint, wrong: Wrong, by: User, at: datetime) -> Amendment:
    """Say that a closed checkpoint is wrong about a child. Nothing changes until another agrees.

    It may be said of an operation that is closed as well.

    Raises:
        NotAllowed, NotFound: as `held_operation`.
        UnfitRecord: the checkpoint is open, the child does not travel there, it stands so already,
            it was said and waits, there is no reason, or of a child that was not there is not said
            what happened.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    held = held_operation(
        checkpoint.leg.operation, to=Permission.LEAD_OPERATION, by=by, closed_too=True
    )
    journey = queries.under_way(held, user=by)
    refuse_amendment(journey, journey.post(checkpoint), wrong)
    refuse_words(wrong.reason, field="reason")
    row = Amendment.objects.create(
        checkpoint=checkpoint,
        child_id=wrong.child,
        there=wrong.there,
        left=wrong.left,
        why=wrong.why,
        line=journey.lines[wrong.line] if wrong.line else None,
        reason=wrong.reason.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    told = {"checkpoint": str(checkpoint.pk), "there": wrong.there}
    record("operations.asked_to_amend", Person(pk=wrong.child), by=by, at=at, **told)
    return row


def refuse_amendment(journey: UnderWay, post: Post, wrong: Wrong) -> None:
    """Refuse to amend what is open, stands so already, or lacks something.

    Raises:
        UnfitRecord: always, when it is.
    """
    line = journey.lines.get(wrong.line) if wrong.line else None
    stands = {
        record
        for each in journey.custody.values()
        for link in each.links
        for record in link.records
    }
    needs_why = not wrong.there and wrong.child not in post.away
    asked = (
        (
            post.closing is None,
            _("This checkpoint is still open: count again, or decide who is right."),
        ),
        (wrong.child not in post.listed, _("This child is not on the manifest.")),
        ((wrong.child in post.outcome.present) == wrong.there, _("That is what stands already.")),
        (
            Amendment.objects.filter(
                checkpoint=post.checkpoint, child=wrong.child, answer__isnull=True
            ).exists(),
            _("This is asked for already."),
        ),
        (not wrong.reason.strip(), _("Give a reason in your own words.")),
        (needs_why and not (wrong.left and wrong.why), _("Say what happened to it, and why.")),
        (
            wrong.line is not None
            and (line is None or line.child_id != wrong.child or line.pk not in stands),
            _("That line is of another child, or was corrected before."),
        ),
        (
            wrong.there and bool(wrong.left or wrong.why or wrong.line),
            _("Of a child that was there, say nothing of why it was not."),
        ),
    )
    for holds, words in asked:
        if holds:
            raise UnfitRecord(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was answered to an amendment, and whether the case of the child follows it."""

    amended: Amended
    follows: bool = True


@transaction.atomic
def answer_amendment(*, amendment: Amendment, agree: bool, by: User, at: datetime) -> Answered:
    """Agree to an amendment, or not. Once agreed, it is decided, and the case of the child follows.

    The tracks of the child follow anew what stands of the whole operation from there on, whichever
    of its checkpoints is amended first; a line of a minute that did not happen stands no more. Who
    went on after all is on the plan of no other operation.

    Raises:
        NotAllowed, NotFound: as `held_operation`.
        UnfitRecord: it was answered before, `by` asked for it, or it stands so by now.
    """
    operation = amendment.checkpoint.leg.operation
    held = held_operation(operation, to=Permission.SIGN_MANIFEST, by=by, closed_too=True)
    if Amended.objects.filter(amendment=amendment).exists():
        raise UnfitRecord(_("This was answered already."))
    if amendment.recorded_by_id == by.pk:
        raise UnfitRecord(_("Another person has to agree."))
    journey = queries.under_way(held, user=by)
    post = journey.post(amendment.checkpoint)
    if agree and (amendment.child_id in post.outcome.present) == amendment.there:
        raise UnfitRecord(_("That is what stands already."))
    row = Amended.objects.create(amendment=amendment, agreed=agree, recorded_by=by, recorded_at=at)
    told = {"checkpoint": str(amendment.checkpoint_id), "agreed": agree}
    record("operations.answered_amendment", Person(pk=amendment.child_id), by=by, at=at, **told)
    follows = not agree or decide(journey, amendment, by=by, at=at)
    return Answered(amended=row, follows=follows)


def decide(journey: UnderWay, amendment: Amendment, *, by: User, at: datetime) -> bool:
    """Record that a child was there or not, void its line, and let its case follow, if it does."""
    who = {"recorded_by": by, "recorded_at": at, "child_id": amendment.child_id}
    Settled.objects.create(
        checkpoint=amendment.checkpoint, there=amendment.there, reason=amendment.reason, **who
    )
    first = left_or_not(journey, amendment, by=by, at=at)
    if amendment.line and not Handover.objects.filter(corrects=amendment.line).exists():
        Handover.objects.create(
            minute=as_it_was(amendment.line, by=by, at=at),
            corrects=amendment.line,
            void=True,
            reason=amendment.reason,
            **{part: getattr(amendment.line, part) for part in PARTS},
            **who,
        )
    now = queries.under_way(journey.operation, user=by)
    posts = [each for each in now.posts[first:] if each.closing]
    found = [
        follow_anew(
            child=Person(pk=amendment.child_id),
            track=track,
            evidence=named_so(now.operation, posts),
            wanted=list(following(now, posts, amendment.child_id, track)),
            reason=amendment.reason,
            by=by,
            at=at,
        )
        for track in (Track.MOVEMENT, Track.HOST_RELEASE)
    ]
    return all(found)


def following(
    journey: UnderWay, posts: Iterable[Post], child: UUID, track: Track
) -> Iterator[Next]:
    """Yield what follows on a track of a child from closed checkpoints, on the days of closing."""
    for post in posts:
        at = post.closing.recorded_at if post.closing else post.checkpoint.recorded_at
        for of, on, wanted in counted(journey, post, at=at):
            if (of, on) == (child, track):
                yield wanted
        leaving = post.away.get(child)
        if leaving and track == Track.MOVEMENT and leaving.checkpoint_id == post.checkpoint.pk:
            yield step_of(leaving, f"{journey.operation.reference} · {post.label}", at)


def named_so(operation: Operation, posts: Iterable[Post]) -> set[str]:
    """Return how steps name checkpoints that they followed from, in whichever language it was.

    Of somebody who was not on the manifest they name the operation alone.
    """
    found = {operation.reference}
    for post in posts:
        leg = post.label.removeprefix(str(post.checkpoint.get_kind_display()))
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                kind = str(post.checkpoint.get_kind_display())
            found.add(f"{operation.reference} · {kind}{leg}")
    return found


def left_or_not(journey: UnderWay, amendment: Amendment, *, by: User, at: datetime) -> int:
    """Record how a child did not go on, or that it did after all.

    Who left earlier than was recorded left once, and is carried over as before. Returns from which
    of the checkpoints on it is otherwise now.
    """
    turn = {each.checkpoint.pk: index for index, each in enumerate(journey.posts)}
    here = turn[amendment.checkpoint_id]
    own = [
        (turn.get(each.checkpoint_id, 0) if each.checkpoint_id else 0, each)
        for each in journey.leavings
        if each.child_id == amendment.child_id
    ]
    wrong = [pair for pair in own if (pair[0] <= here) == amendment.there]
    for _index, leaving in wrong:
        went_on(leaving, reason=amendment.reason, by=by, at=at)
    if not amendment.there and len(wrong) == len(own):
        told = Stayed(
            left=Left(amendment.left),
            why=WhyNot(amendment.why),
            words="" if amendment.why == WhyNot.OBJECTION else amendment.reason,
            carried_to=next((each.carried_to for _index, each in wrong if each.carried_to), None),
        )
        stay(
            amendment.checkpoint,
            journey.operation,
            amendment.child_id,
            told,
            by=by,
            at=at,
        )
    return min([here, *(index for index, _leaving in wrong)])
