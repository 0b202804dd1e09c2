"""What may be read about people, by whom. The only place that decides it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kinward.access.models import Compartment
from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission
from kinward.audit.models import Event
from kinward.audit.queries import READ_LOG, events_about
from kinward.people.consents import Consent
from kinward.people.models import Assertion, AssertionQuerySet, Person, PersonQuerySet
from kinward.people.rules import Fact, profile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.access.models import User


def children(*, user: User) -> PersonQuerySet:
    """Children this account may know of, last registered first."""
    return Person.objects.visible_to(user).children().select_related("group", "registered_by")


def people(*, user: User) -> PersonQuerySet:
    """Everyone on record this account may know of: children, sought people, enquirers."""
    return Person.objects.visible_to(user).select_related("group", "registered_by")


def siblings_found_with(person: Person, *, user: User) -> PersonQuerySet:
    """The others of the group the child was found in, as far as this account may know of them."""
    if person.group_id is None:
        return Person.objects.none()
    return children(user=user).filter(group_id=person.group_id).exclude(pk=person.pk)


def statements_about(persons: Iterable[Person], *, user: User) -> AssertionQuerySet:
    """What was said about these people in the compartments open to this account, oldest first.

    The people must come from a query that this account may see.
    """
    readable = Assertion.objects.in_compartments(open_compartments(user))
    wanted = readable.filter(person__in=[person.pk for person in persons])
    return wanted.select_related("recorded_by").order_by("recorded_at", "id")


def profiles(persons: Iterable[Person], *, user: User) -> dict[UUID, dict[str, Fact]]:
    """What stands about each of these people, for this reader: person id to property id to fact.

    Costs one query, however many people.
    """
    listed = list(persons)
    said: dict[UUID, list[Assertion]] = defaultdict(list)
    for one in statements_about(listed, user=user):
        said[one.person_id].append(one)
    return {person.pk: profile(said[person.pk]) for person in listed}


def names_of(facts: dict[str, Fact], of: str = "name") -> tuple[str, ...]:
    """The names as written that a profile holds, the first said first."""
    fact = facts.get(of)
    return tuple(saying.value["text"] for saying in fact.known) if fact else ()


def consents_of(person: Person, *, user: User) -> list[Consent]:
    """What was answered when consent was asked for about this person, in that order.

    Empty for who may not read who someone is: an answer tells of their family and their custody.
    """
    readable = Compartment.IDENTITY in open_compartments(user)
    answers = Consent.objects.filter(subject=person) if readable else Consent.objects.none()
    return list(answers.select_related("recorded_by").order_by("number"))


def may_be_traced(person: Person) -> bool:
    """Tell whether a lawful basis for tracing this person stands now (gate G1)."""
    return Person.objects.lawfully_traced().filter(pk=person.pk).exists()


def history(person: Person, *, user: User) -> QuerySet[Event]:
    """Who did or read what about this person, newest first, for whoever may see that."""
    if may(user, Permission.READ_RECORD_LOG) or user.has_perm(READ_LOG):
        return events_about([person.pk])
    return Event.objects.none()
