"""Writing down that a medic saw a child, what came of it, and that an entry stands no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.audit.actions import record
from kinward.casework.actions import follow
from kinward.casework.models import Track
from kinward.core.versions import Conflict
from kinward.health.actions.opening import UnfitEntry, open_health, refuse_labels
from kinward.health.models import Encounter, Ended, Entry, EntryEnd, EntryKind
from kinward.health.models.words import Fault
from kinward.health.rules import MET_AT, faults, listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.casework.models import Step
    from kinward.health.models import Meeting
    from kinward.people.models import Person


class EndedMeanwhile(Conflict):
    """Somebody said already that the entry does not stand any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """That a medic saw a child, before it is stored."""

    meeting: Meeting
    seen_on: date
    place: str = ""
    notes: str = ""


@transaction.atomic
def record_encounter(
    *, child: Person, met: Met, by: User, at: datetime
) -> tuple[Encounter, Step | None]:
    """Write down that a medic saw a child; its journey follows where it can.

    Returns the encounter, and the step that others see; None where none followed.

    Raises:
        NotAllowed, NotFound: as `open_health`.
        UnfitEntry: the day is still to come.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_health(child, by=by, at=at)
    if met.seen_on > localdate(at):
        raise UnfitEntry([Fault.FUTURE])
    refuse_labels(place=met.place, notes=met.notes)
    encounter = Encounter.objects.create(
        child=held,
        meeting=met.meeting,
        seen_on=met.seen_on,
        place=met.place.strip(),
        notes=met.notes.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    record("health.recorded", held, by=by, at=at)
    to = MET_AT.get(met.meeting)
    step = follow(held, Track.MOVEMENT, to, on=met.seen_on, by=by, at=at) if to else None
    return encounter, step


@transaction.atomic
def record_entry(
    *, encounter: Encounter, kind: EntryKind, said: Mapping[str, Any], by: User, at: datetime
) -> Entry:
    """Write down what was measured, given, found, noticed or planned when a medic saw a child.

    Raises:
        NotAllowed, NotFound: as `open_health`.
        UnfitEntry: something is missing, cannot be, or is on no list.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_health(encounter.child, by=by, at=at)
    if found := faults(kind, said, listed(), localdate(at)):
        raise UnfitEntry(found)
    refuse_labels(**{name: text for name, text in said.items() if isinstance(text, str)})
    entry = Entry.objects.create(
        child=held,
        encounter=encounter,
        said={"kind": str(kind)} | dict(said),
        recorded_by=by,
        recorded_at=at,
    )
    # The log is read by others than medics: that something was written, and not of what kind.
    record("health.recorded", held, by=by, at=at)
    return entry


@transaction.atomic
def end_entry(*, entry: Entry, ended: Ended, words: str, by: User, at: datetime) -> EntryEnd:
    """Say that an entry was written down wrongly, or that what it plans is done. Both are kept.

    Raises:
        NotAllowed, NotFound: as `open_health`.
        UnfitEntry: there are no words, or what is no plan is said to be done.
        EndedMeanwhile: it was said already.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_health(entry.child, by=by, at=at)
    if not words.strip():
        raise UnfitEntry([Fault.WORDS])
    if ended == Ended.DONE and entry.said.get("kind") != EntryKind.PLAN:
        raise UnfitEntry([Fault.UNKNOWN])
    refuse_labels(words=words)
    over = EntryEnd.objects.filter(entry=entry).select_related("recorded_by").first()
    if over:
        said = _("It was said already that this does not stand any more.")
        raise EndedMeanwhile(said, by=over.recorded_by.get_full_name(), at=over.recorded_at)
    end = EntryEnd.objects.create(
        child=held, entry=entry, ended=ended, words=words.strip(), recorded_by=by, recorded_at=at
    )
    record("health.recorded", held, by=by, at=at)
    return end
