"""What opinions add up to, and who may learn them when."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kinward.tracing.models import (
    FOR_ANOTHER,
    POSSIBLE,
    SETTLED,
    Ground,
    Opinion,
    Outcome,
    Through,
    Verdict,
    Wish,
)
from kinward.tracing.rules.verifying import Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kinward.tracing.models import Done, Plan

AGREEING_REVIEWERS: Final = 2
LIKELY: Final = 0.8
# Bits by which a candidate judged not the same has to gain before it is offered again: eight times
# the odds, ours. What others' registrations do to how rare a name is moves it less.
GAIN: Final = 3.0
VERY_LIKELY: Final = 0.95
NOT_THIS_FAMILY: Final = (Status.FALSELY_ATTRIBUTED, Status.REJECTED, Status.UNVERIFIED)
WANTED: Final = (Wish.REUNIFICATION, Wish.CONTACT)
# The jobs that look for candidates: everyone's, and those of one family.
MATCH: Final = "tracing.match"
MATCH_FAMILY: Final = "tracing.match_family"
RECOMPUTE: Final = "tracing.recompute"  # everyone's, some at a time


class Band(StrEnum):
    """A probability in words; absolute, never relative to the best candidate."""

    VERY_LIKELY = "very_likely"
    LIKELY = "likely"
    POSSIBLE = "possible"
    NOT_CREDIBLE = "not_credible"


def band(probability: float) -> Band:
    """Return the probability in words."""
    if probability >= VERY_LIKELY:
        return Band.VERY_LIKELY
    if probability >= LIKELY:
        return Band.LIKELY
    return Band.POSSIBLE if probability >= POSSIBLE else Band.NOT_CREDIBLE


def verdict(opinions: Iterable[Opinion]) -> Verdict:
    """Settle a candidate once two reviewers, unseen by each other, agree.

    Two who disagree make a dispute, which a third opinion settles. Not being able to tell counts
    for neither side: somebody else has to look.
    """
    votes = Counter(opinions)
    same, not_same = votes[Opinion.SAME], votes[Opinion.NOT_SAME]
    if same >= AGREEING_REVIEWERS and same > not_same:
        return Verdict.CONFIRMED
    if not_same >= AGREEING_REVIEWERS and not_same > same:
        return Verdict.REJECTED
    return Verdict.DISPUTED if same and not_same else Verdict.OPEN


def comes_back(*, judged: float, now: float, probability: float) -> bool:
    """Tell whether a pair judged not the same is offered again, now that more was said.

    `judged` and `now` are weights in bits: what reviewers saw, and what it is today.
    """
    return probability >= POSSIBLE and now - judged >= GAIN


def may_see_opinions(current: Verdict, *, gave_own: bool) -> bool:
    """Tell whether a reviewer may see what others think: after their own opinion, or at the end."""
    return gave_own or current in SETTLED


class Stage(StrEnum):
    """How far the search for somebody has come; derived, never typed in."""

    SUSPENDED = "suspended"  # no lawful basis stands: compared with nobody
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    CANDIDATES = "candidates"
    CONFIRMED = "confirmed"  # two reviewers agree; the family is not verified yet
    PENDING = "pending"  # both sides are being interviewed
    VERIFIED = "verified"
    UNVERIFIED = "unverified"  # this, and the next two: so ended the verification of the last match
    FALSELY_ATTRIBUTED = "falsely_attributed"
    REJECTED = "rejected"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a stage is derived from."""

    lawful: bool
    actions: int
    candidates: int  # worth showing, not rejected, and not found to be another family
    confirmed: bool  # one of them, whose verification is not open
    ended: bool
    verified: frozenset[Status] = frozenset()  # where the verifications of its matches stand
    wish: Wish | str = ""  # of the child that was verified to be of this family


def stage(search: Search) -> Stage:
    """Return how far a search has come.

    A match that was confirmed says more than that somebody ended the search: it came later, or is
    what has to be looked at. Without a lawful basis nothing else counts.
    """
    reached = (
        (not search.lawful, Stage.SUSPENDED),
        (Status.VERIFIED in search.verified, Stage.VERIFIED),
        (Status.PENDING in search.verified, Stage.PENDING),
        (search.confirmed, Stage.CONFIRMED),
        (search.ended, Stage.ENDED),
        (search.candidates > 0, Stage.CANDIDATES),
        *((one in search.verified, Stage(one.value)) for one in NOT_THIS_FAMILY),
        (search.actions > 0, Stage.IN_PROGRESS),
    )
    return next((name for holds, name in reached if holds), Stage.OPEN)


def as_told(search: Search) -> Stage:
    """Return the stage by whose words the enquirer is told how far the search has come.

    That a child is found is told once the family is verified and the child wants to live with it or
    to hear of it. Why somebody is asked more questions is told to nobody, and what became of a
    match is its own.
    """
    found = stage(search)
    if found == Stage.PENDING or (found == Stage.VERIFIED and search.wish not in WANTED):
        return Stage.CONFIRMED
    return Stage.OPEN if found.value in NOT_THIS_FAMILY else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One thing done to find somebody, before it is stored; see models.TracingAction."""

    done: Done
    done_on: date
    outcome: Outcome
    words: str = ""
    next_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Why a search ends, before it is stored; see models.Ending."""

    ground: Ground
    reason: str
    plan: Plan | str = ""
    review_on: date | None = None


class Lack(StrEnum):
    """What is wrong with something tried, with an end, or with how a request is asked."""

    FUTURE = "future"  # done on a day that is still to come
    NEXT = "next"  # an answer is waited for, and nobody looks after it
    NEXT_BEFORE = "next_before"  # to be looked after before it was done
    REASON = "reason"
    PLAN = "plan"  # a child whose family was not found, and no care planned
    NO_PLAN = "no_plan"  # care planned for who is not in our care
    REVIEW = "review"  # everything was tried: somebody looks at it again, but when
    REVIEW_PAST = "review_past"
    THROUGH = "through"  # who asks for the relative is not named
    NAMED = "named"  # somebody is named, and the relative asks without anybody


def lack(tried: Tried, *, today: date) -> Lack | None:
    """Return the first thing that is wrong with what was tried, or None."""
    if tried.done_on > today:
        return Lack.FUTURE
    if tried.next_on is None:
        return Lack.NEXT if tried.outcome == Outcome.WAITING else None
    return Lack.NEXT_BEFORE if tried.next_on < tried.done_on else None


def lack_of_end(end: End, *, of_child: bool, today: date) -> Lack | None:
    """Return the first thing an end lacks, or None.

    A search in which everything was tried is looked at again, as long as the person lives; and a
    child is not left without a plan (Inter-agency Guiding Principles on Unaccompanied and Separated
    Children, ICRC 2004: tracing goes on, care is arranged meanwhile).
    """
    exhausted = end.ground == Ground.EXHAUSTED
    wrong = (
        (not end.reason.strip(), Lack.REASON),
        (exhausted and of_child and not end.plan, Lack.PLAN),
        (bool(end.plan) and not (exhausted and of_child), Lack.NO_PLAN),
        (exhausted and end.review_on is None, Lack.REVIEW),
        (end.review_on is not None and end.review_on <= today, Lack.REVIEW_PAST),
    )
    return next((found for holds, found in wrong if holds), None)


def lack_of_asking(through: str, through_whom: str) -> Lack | None:
    """Return what is wrong with how a request is asked, or None."""
    named = bool(through_whom.strip())
    if Through(through) in FOR_ANOTHER:
        return None if named else Lack.THROUGH
    return Lack.NAMED if named else None
