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
from kinward.casework.actions import withdraw_followed
from kinward.casework.models import Track
from kinward.core.guarding import refuse_words
from kinward.operations import queries
from kinward.operations.actions.closing import counted, took
from kinward.operations.actions.handing import PARTS, as_it_was
from kinward.operations.actions.leaving import step_of
from kinward.operations.actions.standing import UnfitRecord, held_operation
from kinward.operations.models import (
    Amended,
    Amendment,
    Checkpoint,
    Handover,
    Leaving,
    Settled,
    WhyNot,
)
from kinward.people.models import Person

if TYPE_CHECKING:
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


@transaction.atomic
def answer_amendment(*, amendment: Amendment, agree: bool, by: User, at: datetime) -> Amended:
    """Agree to an amendment, or not. Once agreed, it is decided, and the case of the child follows.

    What the checkpoint had moved on the tracks of the child is withdrawn, and what follows from
    the amendment is taken where it can; a line of a minute that did not happen stands no more.

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
    if agree:
        decide(held, post, amendment, by=by, at=at)
    return row


def decide(
    operation: Operation, post: Post, amendment: Amendment, *, by: User, at: datetime
) -> None:
    """Record that a child was there or not, void its line, and let its case follow."""
    who = {"recorded_by": by, "recorded_at": at, "child_id": amendment.child_id}
    Settled.objects.create(
        checkpoint=post.checkpoint, there=amendment.there, reason=amendment.reason, **who
    )
    gone = left_or_not(operation, post, amendment, who)
    if amendment.line and not Handover.objects.filter(corrects=amendment.line).exists():
        Handover.objects.create(
            minute=as_it_was(amendment.line, by=by, at=at),
            corrects=amendment.line,
            void=True,
            reason=amendment.reason,
            **{part: getattr(amendment.line, part) for part in PARTS},
            **who,
        )
    child = Person(pk=amendment.child_id)
    for track in (Track.MOVEMENT, Track.HOST_RELEASE):
        withdraw_followed(
            child=child,
            track=track,
            evidence=named_so(operation, post),
            reason=amendment.reason,
            by=by,
            at=at,
        )
    journey = queries.under_way(operation, user=by)
    steps: list[tuple[UUID, Track, Next]] = []
    if amendment.there:
        steps = [
            each
            for each in counted(journey, journey.post(post.checkpoint), at=at)
            if each[0] == child.pk
        ]
    elif gone:
        label = journey.post(gone.checkpoint).label if gone.checkpoint else ""
        evidence = " · ".join(filter(None, (operation.reference, label)))
        steps = [(child.pk, Track.MOVEMENT, step_of(gone, evidence, at))]
    for step in steps:
        took(step, by=by, at=at)


def named_so(operation: Operation, post: Post) -> set[str]:
    """Return how steps name a checkpoint that they followed from, in whichever language it was."""
    leg = post.label.removeprefix(str(post.checkpoint.get_kind_display()))
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            kind = str(post.checkpoint.get_kind_display())
        found.add(f"{operation.reference} · {kind}{leg}")
    return found


def left_or_not(
    operation: Operation, post: Post, amendment: Amendment, who: dict[str, object]
) -> Leaving | None:
    """Record how a child did not go on, or that it did after all.

    Returns how it left; none where it did not.
    """
    standing = post.away.get(amendment.child_id)
    if amendment.there and standing:
        Leaving.objects.create(
            operation=operation,
            checkpoint=standing.checkpoint,
            left=standing.left,
            why=standing.why,
            words=amendment.reason,
            takes_back=standing,
            **who,
        )
    if amendment.there or standing:
        return None if amendment.there else standing
    return Leaving.objects.create(
        operation=operation,
        checkpoint=post.checkpoint,
        left=amendment.left,
        why=amendment.why,
        words="" if amendment.why == WhyNot.OBJECTION else amendment.reason,
        **who,
    )
