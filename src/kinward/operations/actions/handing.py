"""Recording handover minutes with a line a child, correcting a line, and families who met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.models import Track
from kinward.casework.queries import case_of
from kinward.casework.tracks import Movement
from kinward.core.guarding import refuse_words
from kinward.operations import queries
from kinward.operations.actions.standing import UnfitRecord, held_operation
from kinward.operations.models import Handover, Meeting, Minute, Reconciled
from kinward.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.operations.models import Operation, Receiver

PARTS: Final = ("condition", "belongings", "documents", "medicines")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a minute says of one child."""

    child: UUID
    condition: str
    belongings: str
    documents: str
    medicines: str

    @property
    def parts(self) -> dict[str, str]:
        """What it says, by its field."""
        return {part: str(getattr(self, part)).strip() for part in PARTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """From whom to whom, when and before whom; nobody is whoever kept the children before.

    Those are named by their house: a shelter, a home, a prison for women.
    """

    giver: Receiver | None
    receiver: Receiver | None
    handed_at: datetime
    witnesses: str
    kept_by: str = ""


@transaction.atomic
def record_minute(
    *, operation: Operation, handed: Handed, lines: Sequence[Line], by: User, at: datetime
) -> Minute:
    """Record a handover minute with a line a child. It may come in late.

    Children are handed on after their operation is closed as well, until they have a home.

    Gate G6: only somebody who was named, and to whom a second person agreed, receives children. A
    line that contradicts another stands, and the contradiction is shown.

    Raises:
        NotAllowed, NotFound, UnfitRecord: as `held_operation`; or nobody is handed over, a line is
            not whole, a child is not on the manifest, or the receiver is not authorised.
        WordsRefused: words label a person, or hold what is never kept.
    """
    held = held_operation(operation, to=Permission.HAND_OVER, by=by, closed_too=True)
    refuse_lines(held, lines, by=by)
    minute = begin(held, handed, by=by, at=at)
    for line in lines:
        Handover.objects.create(
            minute=minute, child_id=line.child, recorded_by=by, recorded_at=at, **line.parts
        )
        told = {"operation": str(held.pk), "minute": str(minute.pk)}
        record("operations.handed_over", Person(pk=line.child), by=by, at=at, **told)
    refuse_broken(held, {line.child for line in lines}, by=by)
    return minute


def refuse_broken(operation: Operation, children: Collection[UUID], *, by: User) -> None:
    """Refuse what leaves two records of a closed operation that contradict each other.

    It was closed because none did. Who corrects several lines takes the last out first, and
    records what happened instead from the first on.

    Raises:
        UnfitRecord: always, when it does.
    """
    if not Reconciled.objects.filter(operation=operation).exists():
        return
    custody = queries.under_way(operation, user=by).custody
    if any(custody[child].broken for child in children):
        raise UnfitRecord(
            _(
                "The operation is closed, and this contradicts who holds the child. "
                "Take the last wrong line out first."
            )
        )


def refuse_lines(operation: Operation, lines: Sequence[Line], *, by: User) -> None:
    """Refuse a minute without children, or with a line that is not whole.

    Raises:
        UnfitRecord: always, when it is.
        WordsRefused: words label a person, or hold what is never kept.
    """
    travellers = queries.travellers_of(operation, user=by)
    if not lines:
        raise UnfitRecord(_("Choose the children who are handed over."))
    if any(line.child not in travellers for line in lines):
        raise UnfitRecord(_("This child is not on the manifest."))
    if not all(words for line in lines for words in line.parts.values()):
        raise UnfitRecord(_("Each child needs a whole line; write “none” where it has none."))
    for line in lines:
        for part, words in line.parts.items():
            refuse_words(words, field=part)


def begin(operation: Operation, handed: Handed, *, by: User, at: datetime) -> Minute:
    """Store a minute without its lines.

    Raises:
        UnfitRecord: the receiver is not authorised or is who handed over, nobody saw it, it is not
            said who kept the children before, or it is still to come.
        WordsRefused: the witnesses or whoever kept them are labelled, or it is what is never kept.
    """
    allowed = {each.pk for each in queries.authorised(operation, user=by)}
    if handed.receiver and handed.receiver.pk not in allowed:
        raise UnfitRecord(_("Nobody else agreed that they may receive children."))
    if handed.giver == handed.receiver:
        raise UnfitRecord(_("Choose two who are not the same."))
    if not handed.witnesses.strip():
        raise UnfitRecord(_("Write before whom it happened."))
    if handed.giver is None and not handed.kept_by.strip():
        raise UnfitRecord(_("Write which house kept the children until then."))
    if handed.handed_at > at:
        raise UnfitRecord(_("This is still to come. Record what has happened."))
    refuse_words(handed.witnesses, field="witnesses")
    refuse_words(handed.kept_by, field="kept_by")
    return Minute.objects.create(
        operation=operation,
        giver=handed.giver,
        receiver=handed.receiver,
        handed_at=handed.handed_at,
        witnesses=handed.witnesses.strip(),
        kept_by="" if handed.giver else handed.kept_by.strip(),
        recorded_by=by,
        recorded_at=at,
    )


@transaction.atomic
def correct_handover(
    *, line: Handover, handed: Handed | None, reason: str, by: User, at: datetime
) -> Handover:
    """Record what happened instead of what a line of a minute says, or that it did not happen.

    Raises:
        NotAllowed, NotFound, UnfitRecord: as `record_minute`; or there is no reason, or the line
            was corrected before.
        WordsRefused: words label a person, or hold what is never kept.
    """
    held = held_operation(
        line.minute.operation, to=Permission.LEAD_OPERATION, by=by, closed_too=True
    )
    if Handover.objects.filter(corrects=line).exists():
        raise UnfitRecord(_("This line was corrected before. Correct what stands."))
    if not reason.strip():
        raise UnfitRecord(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    row = Handover.objects.create(
        minute=begin(held, handed, by=by, at=at) if handed else as_it_was(line, by=by, at=at),
        child_id=line.child_id,
        corrects=line,
        void=handed is None,
        reason=reason.strip(),
        recorded_by=by,
        recorded_at=at,
        **{part: getattr(line, part) for part in PARTS},
    )
    said = {"operation": str(held.pk), "line": str(line.pk), "void": row.void}
    record("operations.corrected_handover", Person(pk=line.child_id), by=by, at=at, **said)
    refuse_broken(held, {line.child_id}, by=by)
    return row


def as_it_was(line: Handover, *, by: User, at: datetime) -> Minute:
    """Store once more what a minute said of a line that did not happen."""
    was = line.minute
    return Minute.objects.create(
        operation=was.operation,
        giver=was.giver,
        receiver=was.receiver,
        handed_at=was.handed_at,
        witnesses=was.witnesses,
        kept_by=was.kept_by,
        recorded_by=by,
        recorded_at=at,
    )


@transaction.atomic
def record_meeting(  # noqa: PLR0913 (a child, and who met it when and how)
    *,
    operation: Operation,
    child: UUID,
    met_on: date,
    who: str,
    words: str,
    by: User,
    at: datetime,
) -> Meeting:
    """Record that a child and its family met on the way, before it left the hospital.

    Families come while a child is in hospital, when its operation may long be closed.

    Raises:
        NotAllowed, NotFound: as `held_operation`.
        UnfitRecord: nobody is named, the day is still to come or after the child left hospital, or
            it is not on the manifest.
        WordsRefused: words label a person, or hold what is never kept.
    """
    held = held_operation(operation, to=Permission.HAND_OVER, by=by, closed_too=True)
    if child not in queries.travellers_of(held, user=by):
        raise UnfitRecord(_("This child is not on the manifest."))
    if not who.strip():
        raise UnfitRecord(_("Write who met the child."))
    if met_on > localdate(at):
        raise UnfitRecord(_("This day is still to come. Record what has happened."))
    out = case_of(Person(pk=child)).on(Track.MOVEMENT).last(Movement.DISCHARGED)
    if out and met_on > out.on:
        raise UnfitRecord(_("The child had left the hospital by that day."))
    refuse_words(who, field="who")
    refuse_words(words, field="words")
    row = Meeting.objects.create(
        operation=held,
        child_id=child,
        met_on=met_on,
        who=who.strip(),
        words=words.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    record("operations.family_met", Person(pk=child), by=by, at=at, operation=str(held.pk))
    return row
