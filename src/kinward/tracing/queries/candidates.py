"""Candidates, opinions and judgements; what is withheld while they are compared."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from kinward.access.models import Compartment
from kinward.access.queries import may
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.people.mergings import records_of_one_child
from kinward.people.models import Assertion, Person
from kinward.people.properties import PROPERTIES, Shape
from kinward.people.queries import all_judged, records_among
from kinward.people.rules import Fact, profile
from kinward.tracing.models import (
    SETTLED,
    Candidate,
    CandidateQuerySet,
    Judgement,
    Relation,
    Request,
    Review,
    Says,
    Step,
    Verdict,
)
from kinward.tracing.rules import Beside, in_front, may_see_opinions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from kinward.access.models import User

# Asked again when a family is verified: never beside a candidate.
UNSEEN = Compartment.EVIDENCE
PLACES = [each for each in PROPERTIES.values() if each.shape == Shape.PLACE]
SAYS_SO = (Says.SAME, Says.NOT_SAME)  # and not that an earlier judgement no longer holds
WITH_BOTH_SIDES = ("child", "sought__person", "sought__request__enquirer")


def candidates(*, user: User) -> CandidateQuerySet:
    """Candidates worth showing of which this account may see both sides, strongest first."""
    seen = Candidate.objects.visible_to(user).shown()
    return seen.select_related(*WITH_BOTH_SIDES).strongest_first()


def beside_one_another() -> list[list[Beside]]:
    """Candidates of children with several records that are of one sought person each."""
    of = {
        record: records[0] for records in records_of_one_child(all_judged()) for record in records
    }
    found: defaultdict[tuple[UUID, UUID], list[Beside]] = defaultdict(list)
    judged = Exists(Judgement.objects.filter(candidate=OuterRef("pk")))
    reviewed = Exists(Review.objects.filter(candidate=OuterRef("pk")))
    rows = Candidate.objects.filter(child__in=of).annotate(looked_at=reviewed | judged)
    for pk, child, sought, verdict, looked_at in rows.values_list(
        "pk", "child", "sought", "verdict", "looked_at"
    ):
        one = Beside(pk, child, Verdict(verdict), looked_at=looked_at)
        found[of[child], sought].append(one)
    return list(found.values())


@passage(Passage.COUNTING)
def behind_another() -> set[UUID]:
    """Candidates that another stands for, as they are of one child and one sought person."""
    return {
        each.id for some in beside_one_another() for each in set(some).difference(in_front(some))
    }


def candidates_once(*, user: User) -> CandidateQuerySet:
    """As `candidates`; each child and sought person once, however many records there are."""
    return candidates(user=user).exclude(pk__in=behind_another())


def candidates_to_review(*, user: User) -> CandidateQuerySet:
    """Candidates this account may see, not settled, on which it has given no opinion yet."""
    if not may(user, Permission.REVIEW_CANDIDATE):
        return Candidate.objects.none()
    own = Review.objects.filter(candidate=OuterRef("pk"), round=OuterRef("round"), reviewer=user)
    return candidates_once(user=user).exclude(verdict__in=SETTLED).exclude(Exists(own))


def candidates_of_child(child: Person, *, user: User) -> CandidateQuerySet:
    """Candidates of one child this account may see, of all its records, strongest first."""
    return candidates_once(user=user).filter(child__in=records_among([child.pk])[child.pk])


def candidates_of_request(request: Request, *, user: User) -> CandidateQuerySet:
    """Candidates of everyone sought in one request this account may see, strongest first."""
    return candidates_once(user=user).filter(sought__request=request)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revealed:
    """One step of what was withheld while a match was compared."""

    step: Step
    persons: tuple[Person, ...]
    facts: list[dict[str, Fact]]  # of each of the persons
    told: str


def revealed(candidate: Candidate, step: Step) -> Revealed:
    """What one step reveals of a match. Whether it may be is for the action that asks."""
    child, request = candidate.child, candidate.sought.request
    persons: dict[Step, tuple[Person, ...]] = {
        Step.PLACES: (child, candidate.sought.person),
        Step.WHEREABOUTS: (child,),
    }
    where = Compartment.LOCATION
    wanted = {
        Step.PLACES: Q(property__in=[one.id for one in PLACES if one.compartment != where]),
        Step.ENQUIRER: Q(compartment__in=[Compartment.IDENTITY, Compartment.FAMILY]),
    }
    about = persons.get(step, (request.enquirer,))
    said = Assertion.objects.filter(wanted.get(step, Q(compartment=where)), person__in=about)
    by_person: dict[UUID, list[Assertion]] = {person.pk: [] for person in about}
    for one in said.select_related("recorded_by").order_by("recorded_at", "id"):
        by_person[one.person_id].append(one)
    return Revealed(
        step=step,
        persons=about,
        facts=[profile(by_person[person.pk]) for person in about],
        told=request.told if step == Step.ENQUIRER else "",
    )


def others_named_in(candidate: Candidate) -> list[Person]:
    """Whose names its page shows beside those of the two: their families, and a parent who asks.

    The candidate must come from a query that the account may see.
    """
    both = {candidate.child_id, candidate.sought.person_id}
    written = {met[side] for met in candidate.alignment for side in ("found_id", "sought_id")}
    named = {UUID(key) for key in written if len(key) == len(str(candidate.pk))}
    if candidate.sought.relation == Relation.CHILD:  # compared as a parent of who is sought
        named.add(candidate.sought.request.enquirer_id)
    return list(Person.objects.filter(pk__in=named - both).order_by("pk"))


@passage(Passage.COUNTING)
def how_many_match(person: Person) -> int:
    """How many candidates worth showing this person has, for those who may not see them.

    The person, a child or a sought person, must come from a query that the account may see.
    """
    either = Q(child__in=records_among([person.pk])[person.pk]) | Q(sought__person=person)
    shown = Candidate.objects.lawful().filter(either).shown().exclude(pk__in=behind_another())
    return shown.exclude(verdict=Verdict.REJECTED).count()


def too_weak(person: Person, *, user: User) -> int:
    """How many candidates of this person are counted but not shown."""
    either = Q(child__in=records_among([person.pk])[person.pk]) | Q(sought__person=person)
    seen = Candidate.objects.visible_to(user).filter(either).exclude(pk__in=behind_another())
    return seen.exclude(pk__in=seen.shown()).count()


def reviews_of(candidate: Candidate, *, user: User) -> QuerySet[Review]:
    """Opinions on a candidate: one's own; those of others only after one's own, or once settled."""
    given = Review.objects.filter(candidate=candidate).select_related("reviewer")
    if not may(user, Permission.SEE_CANDIDATES):
        return given.none()
    gave_own = given.filter(reviewer=user, round=candidate.round).exists()
    if may_see_opinions(Verdict(candidate.verdict), gave_own=gave_own):
        return given
    return given.filter(reviewer=user)


def opinion_count(candidate: Candidate) -> int:
    """How many opinions the current round has: that they exist is no secret, what they say is."""
    return Review.objects.filter(candidate=candidate, round=candidate.round).count()


def judgements_of(candidate: Candidate, *, user: User) -> QuerySet[Judgement]:
    """Judgements on a candidate and their taking back, oldest first, for those who may see it.

    Like the opinions, hidden from who has yet to give one.
    """
    made = Judgement.objects.filter(candidate=candidate).select_related("judged_by")
    given = Review.objects.filter(candidate=candidate, reviewer=user, round=candidate.round)
    if not may(user, Permission.SEE_CANDIDATES):
        return made.none()
    shown = may_see_opinions(Verdict(candidate.verdict), gave_own=given.exists())
    return made if shown else made.none()


def last_judgement(candidate: Candidate) -> Judgement | None:
    """The last judgement on a candidate, or that it was taken back.

    The candidate must come from a query that the account may see.
    """
    return Judgement.objects.filter(candidate=candidate).last()


def standing_judgements(*, user: User) -> QuerySet[Judgement]:
    """Judgements that hold and can be taken back, on candidates this account may see."""
    standing = Judgement.objects.filter(retracted_by__isnull=True, says__in=SAYS_SO)
    seen = standing.filter(candidate__in=Candidate.objects.visible_to(user))
    return seen.select_related("candidate", "judged_by")


def judged_not_the_same(candidates: Iterable[Candidate]) -> QuerySet[Judgement]:
    """Judgements that hold, and say not the same, on these candidates."""
    standing = Judgement.objects.filter(says=Says.NOT_SAME, retracted_by__isnull=True)
    return standing.filter(candidate__in=candidates)


def weight_seen(candidate: Candidate) -> float:
    """The most bits that a reviewer of the present round saw; less than any if nobody has."""
    given = Review.objects.filter(candidate=candidate, round=candidate.round)
    return float(given.aggregate(most=Max("weight", default=-inf))["most"])


def said_since(candidate: Candidate, moment: datetime) -> QuerySet[Assertion]:
    """What was said, or corrected, after a moment about the two families and who asks.

    Only what candidates are found by. Evidence is kept for who verifies a family.
    """
    child, request = candidate.child, candidate.sought.request_id
    records = records_among([child.pk])[child.pk]
    about = Q(person__in=records) | Q(person__sought__request=request)
    about |= Q(person__requests=request)
    if child.group_id:
        about |= Q(person__group=child.group_id)
    used = [each.id for each in PROPERTIES.values() if each.matched_as]
    said = Assertion.objects.settled().filter(about, property__in=used, recorded_at__gt=moment)
    return said.exclude(compartment=UNSEEN).select_related("person").distinct()


@passage(Passage.MATCHING)
def was_said_since(candidate: Candidate, moment: datetime) -> bool:
    """Whether anything was, whoever may read it: for what compares everybody."""
    return said_since(candidate, moment).exists()


def offered_again(candidates: Iterable[Candidate]) -> QuerySet[Judgement]:
    """What opened the present round of these candidates, where it was that more was said.

    They must come from a query that the account may see.
    """
    later = Judgement.objects.filter(
        candidate=OuterRef("candidate"), judged_at__gt=OuterRef("judged_at")
    )
    again = Judgement.objects.filter(candidate__in=candidates, says=Says.OFFERED_AGAIN)
    return again.filter(~Exists(later)).select_related("retracts")


def suspended_candidates(*, user: User) -> CandidateQuerySet:
    """Candidates of which this account may know both sides and one, or both, may not be traced."""
    return Candidate.objects.known_to(user).suspended().select_related(*WITH_BOTH_SIDES)
