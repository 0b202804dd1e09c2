"""A case as a gate needs it: gates G3 to G5, what is not there yet, every reason of it.

Plain values in; the reasons out, each with its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinward.casework.models import Evidence, Track, Unmet
from kinward.casework.rules.reuniting import refusals, reuniting
from kinward.casework.tracks import (
    TABLES,
    Best,
    Civil,
    Host,
    Movement,
    Placement,
    Standing,
    Taken,
    Tracing,
)
from kinward.casework.tracks.civil_status import IN_HAND
from kinward.casework.tracks.host_release import IN_FORCE
from kinward.casework.tracks.locate import GONE, KNOWN
from kinward.casework.tracks.movement import ON_THE_LIST, SAID_EVER, STAYED
from kinward.casework.tracks.placement import RECEIVING
from kinward.people.consents import STOPS, ConsentPurpose, Giver, State
from kinward.people.rules import basis

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from kinward.casework.rules.holds import OpenHold
    from kinward.people.consents import Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Where the tracks of a child stand, those of its siblings on record, and its open holds.

    A track that is not there stands where it begins.
    """

    tracks: Mapping[Track, Standing]
    siblings: tuple[Case, ...] = ()
    holds: tuple[OpenHold, ...] = ()
    registered: bool = True  # and not only a row of somebody's list
    against: bool = False  # the mother's last word on looking for a family is no
    child: UUID | None = None  # whose case it is, where it was read

    def on(self, track: Track) -> Standing:
        """Return where a track stands."""
        return self.tracks.get(track) or Standing(position=TABLES[track].start)


def holds(step: Taken | None, day: date) -> bool:
    """Tell whether what a step says holds on a day; it begins when it happened, if not later."""
    if step is None or (step.holds_from or step.on) > day:
        return False
    return step.holds_until is None or day <= step.holds_until


def is_assessed(case: Case) -> bool:
    """Tell whether the child's best interests are assessed, and not to be looked at again."""
    best = case.on(Track.BEST_INTERESTS)
    return best.last(Best.DONE) is not None and best.position != Best.REVIEW


def is_to_determine(case: Case) -> bool:
    """Tell whether a panel has to determine them: unless a worker said that none is required.

    Against a mother's will nobody but a panel decides (UNHCR Best Interests Procedure Guidelines,
    2021: separation from a parent against their will).
    """
    said = case.on(Track.BEST_INTERESTS).last(Best.REQUIRED, Best.NOT_REQUIRED)
    return case.against or said is None or said.to != Best.NOT_REQUIRED


def is_determined(case: Case) -> bool:
    """Tell whether a panel has determined them, and its decision stands."""
    settled = (Best.REQUIRED, Best.APPROVED, Best.DEFERRED, Best.NOT_APPROVED, Best.REOPENED)
    said = case.on(Track.BEST_INTERESTS).last(*settled)
    return said is not None and said.to == Best.APPROVED


def best_interests(case: Case, evidence: frozenset[Evidence] = frozenset()) -> tuple[Unmet, ...]:
    """Return why a child may not be reunited, by its best interests as they stand (gate G3).

    What evidence there is, is tracing's to say: it alone reads what both sides told.
    """
    return reuniting(
        evidence,
        assessed=is_assessed(case),
        to_determine=is_to_determine(case),
        determined=is_determined(case),
    )


def may_go(case: Case, day: date) -> bool:
    """Tell whether a decision of the state where the child is, that lets it go, holds on a day."""
    host = case.on(Track.HOST_RELEASE)
    return host.position in IN_FORCE and holds(host.last(Host.GRANTED), day)


def is_escorted(movement: Standing) -> bool:
    """Tell whether an escort is named for the next flight: named anew for who stayed once."""
    last = movement.last(Movement.ESCORT, *STAYED)
    return last is not None and last.to == Movement.ESCORT


def may_travel(case: Case, day: date) -> tuple[Unmet, ...]:
    """Return why a child may not fly on a day, its siblings apart (gate G4)."""
    civil, movement = case.on(Track.CIVIL_STATUS), case.on(Track.MOVEMENT)
    placement = case.on(Track.PLACEMENT)
    document = civil.last(Civil.ISSUED, Civil.REISSUED)
    said = movement.last(*SAID_EVER)
    fit = said is not None and said.to != Movement.UNFIT and holds(said, day)
    received = placement.position in RECEIVING or placement.last(Placement.INTERIM_CARE)
    return refusals(
        (
            (case.on(Track.LOCATE).position not in KNOWN, Unmet.NOT_KNOWN),
            (not may_go(case, day), Unmet.NO_LEAVE),
            (civil.position not in IN_HAND or not holds(document, day), Unmet.NO_DOCUMENT),
            (civil.position not in {Civil.CHECKED, Civil.USED}, Unmet.NAME_UNCHECKED),
            (not is_escorted(movement), Unmet.NO_ESCORT),
            (not fit, Unmet.NOT_FIT),
            (not is_assessed(case), Unmet.NO_ASSESSMENT),
            (not received, Unmet.NOBODY_RECEIVES),
            (case.on(Track.TRACING).position == Tracing.EXHAUSTED, Unmet.NO_PLAN),
            (case.holds != (), Unmet.HELD),
        )
    )


def may_be_parted(case: Case) -> bool:
    """Tell whether it was decided that the child and its siblings may be apart."""
    return case.on(Track.BEST_INTERESTS).last(Best.APART) is not None


def waits(sibling: Case, day: date) -> bool:
    """Tell whether a sibling would stay behind: it has not flown, and may not fly on that day.

    One that has died, or whose record is of another child, waits for nothing.
    """
    gone = sibling.on(Track.LOCATE).position in GONE
    on_the_list = sibling.on(Track.MOVEMENT).position in ON_THE_LIST
    return not gone and not on_the_list and may_travel(sibling, day) != ()


def clear_to_fly(case: Case, day: date) -> tuple[Unmet, ...]:
    """Return why a child is not clear to fly on a day (gate G4, with the first part of G5)."""
    left_behind = any(waits(sibling, day) for sibling in case.siblings)
    parted = left_behind and not may_be_parted(case)
    return may_travel(case, day) + refusals(((parted, Unmet.SIBLING_WAITS),))


def living_together(case: Case) -> tuple[Unmet, ...]:
    """Return that a child would be placed without its siblings (second part of gate G5).

    That they live together is said anew for each household: not before the last breakdown.
    """
    there = [one for one in case.siblings if one.on(Track.LOCATE).position not in GONE]
    last = case.on(Track.PLACEMENT).last(Placement.TOGETHER, Placement.BREAKDOWN)
    together = last is not None and last.to == Placement.TOGETHER
    apart = bool(there) and not together and not may_be_parted(case)
    return refusals(((apart, Unmet.SIBLING_APART),))


def is_mother_against(answers: Sequence[Consent]) -> bool:
    """Tell whether the mother's last word is no, also where something else was decided since.

    Takes a child's answers on being looked for, in their order.
    """
    said = [each.state for each in answers if each.giver == Giver.MOTHER]
    return bool(said) and said[-1] in STOPS


def consent_stands(answers: Sequence[Consent]) -> Standing:
    """Return where consent to tracing stands: upon which answer one may act, else the last one.

    Takes a child's answers for that purpose, in their order.
    """
    last = answers[-1] if answers else None
    found = basis(answers, ConsentPurpose.TRACING) or last
    if found is None:
        return Standing(position=State.NOT_SOUGHT)
    since = Taken(
        id=found.pk,
        to=found.state,
        by=found.recorded_by_id,
        at=found.recorded_at,
        on=found.recorded_on,
    )
    return Standing(position=found.state, since=since, steps=(since,))
