"""What may be read about requests and candidates, by whom. The only place that decides it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from kinward.access.models import ApprovalKind, Compartment
from kinward.access.queries import compares_blind, may, open_compartments
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission, may_answer
from kinward.audit.models import Event
from kinward.audit.queries import READ_LOG, events_about
from kinward.core.models import Job
from kinward.people.consents import Consent, ConsentPurpose
from kinward.people.models import (
    Assertion,
    Kind,
    Message,
    Person,
    PersonQuerySet,
    settled_words,
    waiting_words,
)
from kinward.people.properties import PROPERTIES, Shape
from kinward.people.queries import questions_to
from kinward.people.rules import Fact, latest, profile
from kinward.tracing.models import (
    POSSIBLE,
    SETTLED,
    Candidate,
    CandidateQuerySet,
    Judgement,
    Relation,
    Request,
    RequestQuerySet,
    Review,
    Says,
    Sought,
    Step,
    Verdict,
)
from kinward.tracing.rules import LIKELY, MATCH, MATCH_FAMILY, may_see_opinions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from kinward.access.models import User

TWO = 2
UNSEEN = Compartment.EVIDENCE  # asked again when a family is verified: never beside a candidate
PLACES = [each for each in PROPERTIES.values() if each.shape == Shape.PLACE]
WITH_BOTH_SIDES = ("child", "sought__person", "sought__request__enquirer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Work that waits: what kind, how much, since when."""

    key: str
    count: int
    oldest_at: datetime | None


def requests(*, user: User) -> RequestQuerySet:
    """Tracing requests this account may know of, last taken first."""
    seen = Request.objects.visible_to(user).select_related("enquirer", "taken_by")
    return seen.prefetch_related("sought__person")


def told(request: Request, *, user: User) -> str:
    """What the enquirer told, in their words; nothing for who may not read names.

    Nor for who compares blind, as their words name them; nor while it labels somebody and no second
    person has agreed to the words.
    """
    seen = (
        may_know_enquirers(user) and Request.objects.filter(settled_words(), pk=request.pk).exists()
    )
    return request.told if seen else ""


def told_waiting(request: Request, *, user: User, answered: bool = False) -> str:
    """What the enquirer told, if it labels somebody and waits for a second person.

    Or also if that is `answered` meanwhile. Seen by whoever took the request and by those who may
    answer.
    """
    involved = request.taken_by_id == user.pk or may_answer(user.role, ApprovalKind.WORDING)
    meant = Q(wording__isnull=False) if answered else waiting_words()
    waits = involved and Request.objects.filter(meant, pk=request.pk).exists()
    return request.told if waits and may_read_names(user) else ""


@passage(Passage.REFERENCE)
def identified(reference: str) -> UUID | None:
    """The identifier of the request under a reference, for who searches the log by it."""
    return Request.objects.filter(reference=reference).values_list("pk", flat=True).first()


@passage(Passage.ERASING)
def told_about(*, person: Person, **_signal: object) -> list[UUID]:
    """Ids of the requests that a person made or is asked for in: what was told there names them."""
    concerned = Q(enquirer=person) | Q(sought__person=person)
    return list(Request.objects.filter(concerned).values_list("pk", flat=True).distinct())


def may_read_names(user: User) -> bool:
    """Tell whether the account reads who someone is, and what they are to whom."""
    return Compartment.IDENTITY in open_compartments(user)


def may_know_enquirers(user: User) -> bool:
    """Tell whether the account reads who asks; whoever compares blind does not."""
    return may_read_names(user) and not compares_blind(user)


def sought_people(*, user: User) -> QuerySet[Sought]:
    """People asked for in the requests this account may know of."""
    seen = Sought.objects.filter(request__in=Request.objects.visible_to(user))
    return seen.select_related("person", "request__enquirer")


def candidates(*, user: User) -> CandidateQuerySet:
    """Candidates worth showing of which this account may see both sides, strongest first."""
    seen = Candidate.objects.visible_to(user).shown()
    return seen.select_related(*WITH_BOTH_SIDES).strongest_first()


def candidates_to_review(*, user: User) -> CandidateQuerySet:
    """Candidates this account may see, not settled, on which it has given no opinion yet."""
    if not may(user, Permission.REVIEW_CANDIDATE):
        return Candidate.objects.none()
    own = Review.objects.filter(candidate=OuterRef("pk"), round=OuterRef("round"), reviewer=user)
    return candidates(user=user).exclude(verdict__in=SETTLED).exclude(Exists(own))


def candidates_of_child(child: Person, *, user: User) -> CandidateQuerySet:
    """Candidates of one child this account may see, strongest first."""
    return candidates(user=user).filter(child=child)


def candidates_of_request(request: Request, *, user: User) -> CandidateQuerySet:
    """Candidates of everyone sought in one request this account may see, strongest first."""
    return candidates(user=user).filter(sought__request=request)


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


def families_around(person: Person) -> list[UUID]:
    """What matching calls the families a person is of: a group, requests, or the person alone."""
    asked = Q(enquirer=person) | Q(sought__person=person)
    if person.kind == Kind.CHILD:
        return [person.group_id or person.pk]
    return list(Request.objects.filter(asked).values_list("pk", flat=True).distinct())


def being_compared(families: Collection[UUID]) -> bool:
    """Whether what was said about a family last is not compared yet, so candidates may change."""
    waiting = Job.objects.unfinished()
    own = Q(kind=MATCH_FAMILY, arguments__family__in=[str(one) for one in families])
    return waiting.filter(own | Q(kind=MATCH)).exists()


def last_answers(person: Person) -> list[Consent]:
    """The last answer of each who was asked whether the person may be traced.

    The person must come from a query that the account may see.
    """
    return list(latest(Consent.objects.filter(subject=person), ConsentPurpose.TRACING).values())


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
    either = Q(child=person) | Q(sought__person=person)
    shown = Candidate.objects.lawful().filter(either).shown()
    return shown.exclude(verdict=Verdict.REJECTED).count()


def too_weak(person: Person, *, user: User) -> int:
    """How many candidates of this person are counted but not shown."""
    either = Q(child=person) | Q(sought__person=person)
    seen = Candidate.objects.visible_to(user).filter(either)
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
    standing = Judgement.objects.filter(retracted_by__isnull=True).exclude(says=Says.TAKEN_BACK)
    seen = standing.filter(candidate__in=Candidate.objects.visible_to(user))
    return seen.select_related("candidate", "judged_by")


def claimed_children(*, user: User) -> QuerySet[Person, UUID]:
    """Ids of children whom two or more requests are likely to look for."""
    claims = Candidate.objects.visible_to(user).filter(
        Q(probability__gte=LIKELY) | Q(verdict=Verdict.CONFIRMED)
    )
    counted = (
        claims.exclude(verdict=Verdict.REJECTED)
        .order_by()
        .values("child")
        .annotate(claimants=Count("sought__request", distinct=True))
        .filter(claimants__gte=TWO)
    )
    return Person.objects.filter(pk__in=counted.values("child")).values_list("pk", flat=True)


def work_queue(*, user: User) -> list[Queue]:
    """What waits for this account, by kind; kinds that its role does not work on are absent."""
    waiting: list[Queue] = []
    if may(user, Permission.REVIEW_CANDIDATE):
        to_review = candidates_to_review(user=user).order_by()
        waiting += [
            queue("to_review", to_review.filter(verdict=Verdict.OPEN), "first_found_at"),
            queue("disputed", to_review.filter(verdict=Verdict.DISPUTED), "first_found_at"),
            queue(
                "claimed",
                Person.objects.filter(pk__in=claimed_children(user=user)),
                "registered_at",
            ),
        ]
    if may(user, Permission.SEE_CHILDREN) and may(user, Permission.SEE_COUNTS):
        unmatched = unmatched_children(user=user)
        with passage(Passage.COUNTING):  # of candidates that not everyone here may see
            waiting.append(queue("unmatched_children", unmatched, "registered_at"))
    if (asked := questions_to(user=user)).exists():
        waiting.append(queue("questions", asked, "sent_at"))
    if may(user, Permission.SEE_REQUESTS) and may(user, Permission.SEE_COUNTS):
        waiting.append(queue("requests", Request.objects.visible_to(user), "taken_at"))
    return waiting


def unmatched_children(*, user: User) -> PersonQuerySet:
    """Children who may be traced and have no candidate worth showing that was not rejected."""
    lawful = Candidate.objects.lawful().filter(probability__gte=POSSIBLE)
    matched = lawful.exclude(verdict=Verdict.REJECTED).order_by().values("child")
    seen = Person.objects.visible_to(user).children().lawfully_traced()
    return seen.exclude(pk__in=matched).select_related("group", "registered_by")


def requests_about(persons: Iterable[Person], *, user: User) -> dict[UUID, UUID]:
    """Person id to the id of the request they ask in, or are asked for in, that one may see."""
    ids = [person.pk for person in persons]
    seen = Request.objects.visible_to(user)
    asked_for = Sought.objects.filter(person__in=ids, request__in=seen)
    asking = seen.filter(enquirer__in=ids).order_by()
    return dict(asked_for.values_list("person", "request")) | dict(
        asking.values_list("enquirer", "pk")
    )


def suspended_candidates(*, user: User) -> CandidateQuerySet:
    """Candidates of which this account may know both sides and one, or both, may not be traced."""
    return Candidate.objects.known_to(user).suspended().select_related(*WITH_BOTH_SIDES)


def queue(
    key: str,
    rows: QuerySet[Candidate] | QuerySet[Person] | QuerySet[Request] | QuerySet[Message],
    since: str,
) -> Queue:
    """Count rows, and find since when the oldest waits."""
    counted = rows.aggregate(count=Count("pk", distinct=True), oldest=Min(since))
    return Queue(key=key, count=counted["count"], oldest_at=counted["oldest"])


def history(record: Request | Candidate, *, user: User) -> QuerySet[Event]:
    """Who did or read what about a request or a candidate, for whoever may see its log."""
    if may(user, Permission.READ_RECORD_LOG) or user.has_perm(READ_LOG):
        return events_about([record.pk])
    return Event.objects.none()
