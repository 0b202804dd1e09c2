"""Gates G1 to G5: what is not there yet, every reason of it. None of them stops at the first.

Plain values in; the reasons out, each with its words. Whoever shows a reason knows where it is
resolved. G2 and G3 follow the Inter-agency Guiding Principles on Unaccompanied and Separated
Children (ICRC 2004, tracing and verification) and the UNHCR Best Interests Procedure Guidelines
(2021).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.casework.models import Evidence, Gate, Track, Unmet
from kinward.casework.tracks import (
    TABLES,
    Best,
    Civil,
    Host,
    Movement,
    Placement,
    Standing,
    Taken,
)
from kinward.casework.tracks.civil_status import IN_HAND
from kinward.casework.tracks.host_release import IN_FORCE
from kinward.casework.tracks.locate import GONE, KNOWN
from kinward.casework.tracks.movement import FLOWN, ON_THE_LIST, SAID
from kinward.casework.tracks.placement import LIVING, RECEIVING
from kinward.people.consents import ConsentPurpose, State
from kinward.people.rules import basis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from kinward.people.consents import Consent

NOT_ALONE: Final = {
    frozenset({Evidence.DNA}): Unmet.DNA_ALONE,
    frozenset({Evidence.RECOGNITION}): Unmet.RECOGNITION_ALONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """One form of a verification, as far as a gate needs it."""

    by: UUID
    at: datetime
    apart: bool  # from the other side, and from whoever might speak for them


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifying:
    """What a verification has come to."""

    confirmed: bool  # two reviewers agree
    hindered: bool  # by other claims on the child
    adult: Captured | None
    child: Captured | None
    child_shown_at: datetime | None  # first, to whoever did the adult form
    evidence: frozenset[Evidence]
    unexplained: int


def refusals(conditions: Iterable[tuple[bool, Unmet]]) -> tuple[Unmet, ...]:
    """Return each reason whose condition holds, in their order."""
    return tuple(reason for holds, reason in conditions if holds)


def disclosing(*, child: bool, claimant: bool) -> tuple[Unmet, ...]:
    """Return why nothing of one side may be told to the other (gate G1).

    A lawful basis for that purpose has to stand on both sides.
    """
    return refusals(((not child, Unmet.NO_BASIS_CHILD), (not claimant, Unmet.NO_BASIS_CLAIMANT)))


def verifying(found: Verifying) -> tuple[Unmet, ...]:
    """Return why a family may not be called verified (gate G2)."""
    adult, child = found.adult, found.child
    shown = found.child_shown_at
    return refusals(
        (
            (not found.confirmed, Unmet.NOT_CONFIRMED),
            (found.hindered, Unmet.CLAIMED),
            (adult is None, Unmet.NO_ADULT_FORM),
            (child is None, Unmet.NO_CHILD_FORM),
            (bool(adult and child and adult.by == child.by), Unmet.SAME_INTERVIEWER),
            (bool(adult and not adult.apart), Unmet.ADULT_NOT_APART),
            (bool(child and not child.apart), Unmet.CHILD_NOT_APART),
            (bool(adult and shown and shown <= adult.at), Unmet.CHILD_SHOWN_BEFORE),
            (bool(adult and child and child.at <= adult.at), Unmet.CHILD_CAPTURED_FIRST),
            (not found.evidence, Unmet.NO_EVIDENCE),
            (found.unexplained > 0, Unmet.UNEXPLAINED),
        )
    )


def not_enough_alone(evidence: frozenset[Evidence]) -> tuple[Unmet, ...]:
    """Return that evidence of one kind is not enough, where that is so (first part of gate G3)."""
    alone = NOT_ALONE.get(evidence)
    return () if alone is None else (alone,)


def reuniting(
    evidence: frozenset[Evidence], *, assessed: bool, to_determine: bool, determined: bool
) -> tuple[Unmet, ...]:
    """Return why a child may not be reunited with a family (gate G3).

    Never on a genetic test alone or on recognition alone. The child's best interests are assessed
    always, and determined by a panel where that is required: for the durable solution of an
    unaccompanied child, and for a separation from a parent against their will.
    """
    return not_enough_alone(evidence) + refusals(
        (
            (not assessed, Unmet.NO_ASSESSMENT),
            (to_determine and not determined, Unmet.NO_DETERMINATION),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Where the tracks of a child stand, and those of its siblings on record.

    A track that is not there stands where it begins.
    """

    tracks: Mapping[Track, Standing]
    siblings: tuple[Case, ...] = ()

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
    """Tell whether a panel has to determine them: unless a worker said that none is required."""
    said = case.on(Track.BEST_INTERESTS).last(Best.REQUIRED, Best.NOT_REQUIRED)
    return said is None or said.to != Best.NOT_REQUIRED


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


def may_travel(case: Case, day: date) -> tuple[Unmet, ...]:
    """Return why a child may not fly on a day, its siblings apart (gate G4)."""
    civil, movement = case.on(Track.CIVIL_STATUS), case.on(Track.MOVEMENT)
    host, placement = case.on(Track.HOST_RELEASE), case.on(Track.PLACEMENT)
    document = civil.last(Civil.ISSUED, Civil.REISSUED)
    said = movement.last(*SAID)
    fit = said is not None and said.to != Movement.UNFIT and holds(said, day)
    received = placement.position in RECEIVING or placement.last(Placement.INTERIM_CARE)
    return refusals(
        (
            (case.on(Track.LOCATE).position not in KNOWN, Unmet.NOT_KNOWN),
            (
                host.position not in IN_FORCE or not holds(host.last(Host.GRANTED), day),
                Unmet.NO_LEAVE,
            ),
            (civil.position not in IN_HAND or not holds(document, day), Unmet.NO_DOCUMENT),
            (civil.position not in {Civil.CHECKED, Civil.USED}, Unmet.NAME_UNCHECKED),
            (movement.last(Movement.ESCORT) is None, Unmet.NO_ESCORT),
            (not fit, Unmet.NOT_FIT),
            (not is_assessed(case), Unmet.NO_ASSESSMENT),
            (not received, Unmet.NOBODY_RECEIVES),
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
    """Return that a child would be placed without its siblings (second part of gate G5)."""
    there = [one for one in case.siblings if one.on(Track.LOCATE).position not in GONE]
    together = case.on(Track.PLACEMENT).last(Placement.TOGETHER) is not None
    apart = bool(there) and not together and not may_be_parted(case)
    return refusals(((apart, Unmet.SIBLING_APART),))


GATES: Final[Mapping[Gate, Callable[[Case, date], tuple[Unmet, ...]]]] = {
    Gate.G3: lambda case, _day: best_interests(case),
    Gate.G4: clear_to_fly,
    Gate.G5: lambda case, _day: living_together(case),
}
# The track on which a reason is resolved, and the step that resolves it.
RESOLVED_BY: Final[Mapping[Unmet, tuple[Track, str]]] = {
    Unmet.NO_BASIS_CHILD: (Track.CONSENT, ""),
    Unmet.NOT_KNOWN: (Track.LOCATE, KNOWN[0]),
    Unmet.NO_LEAVE: (Track.HOST_RELEASE, Host.GRANTED),
    Unmet.NO_DOCUMENT: (Track.CIVIL_STATUS, Civil.ISSUED),
    Unmet.NAME_UNCHECKED: (Track.CIVIL_STATUS, Civil.CHECKED),
    Unmet.NO_ESCORT: (Track.MOVEMENT, Movement.ESCORT),
    Unmet.NOT_FIT: (Track.MOVEMENT, Movement.FIT),
    Unmet.NO_ASSESSMENT: (Track.BEST_INTERESTS, Best.DONE),
    Unmet.NO_DETERMINATION: (Track.BEST_INTERESTS, Best.APPROVED),
    Unmet.NOBODY_RECEIVES: (Track.PLACEMENT, Placement.INTERIM_CARE),
    Unmet.SIBLING_WAITS: (Track.BEST_INTERESTS, Best.APART),
    Unmet.SIBLING_APART: (Track.PLACEMENT, Placement.TOGETHER),
}


def refused_by(gates: Iterable[Gate], case: Case, day: date) -> tuple[Unmet, ...]:
    """Return every reason why some gates refuse on a day, each once."""
    reasons = (reason for gate in gates for reason in GATES[gate](case, day))
    return tuple(dict.fromkeys(reasons))


def stands_between(case: Case, *, traced: bool, day: date) -> tuple[Unmet, ...]:
    """Return what stands between a child and home; less once it has flown, nothing once it is home.

    `traced` says that a lawful basis for tracing stands.
    """
    flown = case.on(Track.MOVEMENT).position in FLOWN
    placed = case.on(Track.PLACEMENT).last(*LIVING) is not None
    found = refusals(((not traced and not placed, Unmet.NO_BASIS_CHILD),))
    found += () if flown else clear_to_fly(case, day)
    found += () if placed else refused_by((Gate.G3, Gate.G5), case, day)
    return tuple(dict.fromkeys(found))


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
        on=found.recorded_at.date(),
    )
    return Standing(position=found.state, since=since, steps=(since,))
