"""Requests, who asks in them and what they told; who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from kinward.access.models import ApprovalKind, Compartment
from kinward.access.policy import pointing_at
from kinward.access.queries import compares_blind, may, open_compartments
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission, may_answer
from kinward.audit.models import Event
from kinward.audit.queries import READ_LOG, events_about
from kinward.core.guarding import words_in_question
from kinward.core.models import Job
from kinward.people.consents import Consent, ConsentPurpose
from kinward.people.models import Kind, Person, settled_words, waiting_words
from kinward.people.rules import latest
from kinward.tracing.models import Candidate, Request, RequestQuerySet, Sought
from kinward.tracing.rules import MATCH, MATCH_FAMILY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from kinward.access.models import User


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
    answer; who compares blind reads the labels alone, and nothing else of what was told.
    """
    involved = request.taken_by_id == user.pk or may_answer(user.role, ApprovalKind.WORDING)
    meant = Q(wording__isnull=False) if answered else waiting_words()
    waits = involved and Request.objects.filter(meant, pk=request.pk).exists()
    if not waits or not may_read_names(user):
        return ""
    return words_in_question(request.told) if compares_blind(user) else request.told


@passage(Passage.REFERENCE)
def identified(reference: str) -> UUID | None:
    """The identifier of the request under a reference, for who searches the log by it."""
    return Request.objects.filter(reference=reference).values_list("pk", flat=True).first()


@passage(Passage.COUNTING)
def files_among(ids: Iterable[str]) -> int:
    """How many children these people are, or families who look for somebody: whichever are more.

    A list of who is looked for, and by whom, is worth as much to a thief as one of children. Who
    compares reads one of each at a time, and is not counted twice. Shows nothing of them.
    """
    listed = list(ids)
    children = Person.objects.children().filter(pk__in=listed).count()
    asking = Request.objects.filter(Q(enquirer__in=listed)).order_by().values_list("pk")
    asked_for = Sought.objects.filter(Q(person__in=listed)).order_by().values_list("request")
    return max(children, asking.union(asked_for).count())  # two indexes, and no OR across tables


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
    seen = Sought.objects.filter(pointing_at("request", Request.objects.visible_to(user)))
    return seen.select_related("person", "request__enquirer")


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


def requests_about(persons: Iterable[Person], *, user: User) -> dict[UUID, UUID]:
    """Person id to the id of the request they ask in, or are asked for in, that one may see."""
    ids = [person.pk for person in persons]
    seen = Request.objects.visible_to(user)
    asked_for = Sought.objects.filter(pointing_at("request", seen), person__in=ids)
    asking = seen.filter(enquirer__in=ids).order_by()
    return dict(asked_for.values_list("person", "request")) | dict(
        asking.values_list("enquirer", "pk")
    )


def history(record: Request | Candidate, *, user: User) -> QuerySet[Event]:
    """Who did or read what about a request or a candidate, for whoever may see its log.

    The log of a request holds who read whom it asks for, and who asks, too.
    """
    if not may(user, Permission.READ_RECORD_LOG) and not user.has_perm(READ_LOG):
        return Event.objects.none()
    return events_about([record.pk, *(persons_in(record) if isinstance(record, Request) else ())])


def persons_in(request: Request) -> list[UUID]:
    """Return the ids of who asks in a request and of everyone asked for."""
    return [request.enquirer_id, *request.sought.values_list("person", flat=True)]
