"""What two interviews come to: where they agree, what is evidence, and where a verification stands.

A point on which both sides say something and do not agree has to be explained; it refuses nothing
by itself, as children forget and relatives are mistaken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kinward.casework.models import Evidence
from kinward.people.naming import romanise
from kinward.tracing.models import DnaResult, Finding, Point, Settled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

OPEN: Final = (Point.FAMILY, Point.ADDRESS, Point.FRIENDS)
CLOSED: Final = (Point.LIVED_WITH, Point.SIBLINGS, Point.SCHOOL, Point.ANIMAL, Point.SEPARATED_IN)
ASKED_OF_BOTH: Final = OPEN + CLOSED
AGREEING_POINTS: Final = 2  # points on which both agree, from which their answers are evidence
YEARS_APART: Final = 1  # of a separation: who counts from a winter may say either year
# A choice of ours: chance alone points at the right one of six once in six times, and whoever has
# to look at more than a dozen guesses.
FEWEST_PHOTOGRAPHS: Final = 6
MOST_PHOTOGRAPHS: Final = 12
OWN: Final = 1  # the person's own photograph; the others are of other people
VOWELS: Final = re.compile(r"[aeiouyw]")
WORDS: Final = re.compile(r"[a-z]{2,}")


class Status(StrEnum):
    """Where the verification of a match stands; derived, never typed in."""

    PENDING = "pending"
    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    FALSELY_ATTRIBUTED = "falsely_attributed"
    REJECTED = "rejected"


class Taken(NamedTuple):
    """One step of a verification."""

    id: UUID
    step: Finding
    outcome: str
    follows: UUID | None
    by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the two sides and a laboratory said; an empty mapping is a side that was not heard."""

    adult: Mapping[str, Any]
    child: Mapping[str, Any]
    adult_picked: bool | None = None  # the child's own photograph; None where none were shown
    child_picked: bool | None = None
    dna: tuple[DnaResult, ...] = ()


def skeletons(text: str) -> set[str]:
    """Return the words of a text as consonants, so that they compare across scripts."""
    plain = re.sub(r"[^a-z ]", "", romanise(text).casefold())
    bare = (VOWELS.sub("", word) for word in plain.split())
    return {word for word in bare if WORDS.fullmatch(word)}


def agrees(point: Point, adult: Any, child: Any) -> bool | None:
    """Tell whether two answers agree; None where one side does not know or was not asked.

    In answers in one's own words it takes one word in common, in whatever script.
    """
    if adult in (None, "", []) or child in (None, "", []):
        return None
    if point in OPEN:
        return bool(skeletons(adult) & skeletons(child))
    if point == Point.SEPARATED_IN:
        return bool(abs(adult - child) <= YEARS_APART)
    return bool(sorted(adult) == sorted(child) if isinstance(adult, list) else adult == child)


def compared(proof: Proof) -> dict[Point, bool | None]:
    """Return of each point that both are asked about whether they agree."""
    return {
        point: agrees(point, proof.adult.get(point), proof.child.get(point))
        for point in ASKED_OF_BOTH
    }


def discrepancies(proof: Proof) -> list[Point]:
    """Return what has to be explained, in the order of the page.

    Who was unsure before photographs did not recognise anybody. A genetic test that excludes the
    relation has to be explained, one that is inconclusive has not: it is not negative.
    """
    found = [point for point, same in compared(proof).items() if same is False]
    further = (
        (proof.adult_picked is False, Point.ADULT_LINE_UP),
        (proof.child_picked is False, Point.CHILD_LINE_UP),
        (DnaResult.EXCLUDES in proof.dna, Point.DNA),
    )
    return found + [point for holds, point in further if holds]


def evidence(proof: Proof) -> frozenset[Evidence]:
    """Return what speaks for it that the two belong together."""
    recognised = proof.adult_picked or proof.child_picked
    recognised = recognised or proof.child.get("recognises") == "yes"
    agreeing = sum(same is True for same in compared(proof).values())
    found = (
        ("documents" in proof.adult.get("brought", ()), Evidence.DOCUMENT),
        (agreeing >= AGREEING_POINTS, Evidence.ANSWERS),
        (bool(recognised), Evidence.RECOGNITION),
        (DnaResult.SUPPORTS in proof.dna, Evidence.DNA),
    )
    return frozenset(kind for holds, kind in found if holds)


def lacks_photographs(order: Sequence[int]) -> bool:
    """Tell whether an order is none of enough photographs, each once."""
    enough = FEWEST_PHOTOGRAPHS <= len(order) <= MOST_PHOTOGRAPHS
    return not enough or sorted(order) != list(range(OWN, len(order) + 1))


def picked(order: Sequence[int], place: int | None) -> bool:
    """Tell whether the photograph at a place, counted from 1, is the person's own; unsure is no."""
    return place is not None and 0 < place <= len(order) and order[place - 1] == OWN


def standing_decision(steps: Sequence[Taken]) -> Taken | None:
    """Return the decision that stands, of the steps in their order."""
    taken_back = {each.follows for each in steps if each.step == Finding.TAKEN_BACK}
    decided = (each for each in reversed(steps) if each.step == Finding.DECIDED)
    return next((each for each in decided if each.id not in taken_back), None)


def waiting_recommendation(steps: Sequence[Taken]) -> Taken | None:
    """Return the last recommendation, if nobody has decided upon it and no decision stands."""
    if standing_decision(steps):
        return None
    followed = {each.follows for each in steps}
    last = next((each for each in reversed(steps) if each.step == Finding.RECOMMENDED), None)
    return last if last and last.id not in followed else None


def status(steps: Sequence[Taken], *, holds: bool) -> Status:
    """Return where a verification stands.

    `holds` says that what it rests on still holds: the match is confirmed in the same round, and no
    other claim hinders it. A family is not verified on a match that was taken back.
    """
    decided = standing_decision(steps)
    if decided is None or (decided.outcome == Settled.VERIFIED and not holds):
        return Status.PENDING
    return Status(decided.outcome)
