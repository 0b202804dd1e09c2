"""Gates G1 and G2, and what G3 asks of evidence: what is not there yet, every reason of it.

G2 and G3 follow the Inter-agency Guiding Principles on Unaccompanied and Separated Children (ICRC
2004, tracing and verification) and the UNHCR Best Interests Procedure Guidelines (2021).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.casework.models import Evidence, Unmet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

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
