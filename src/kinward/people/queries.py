"""What may be read about people, by whom. The only place that decides it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kinward.access.models import ApprovalKind
from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission, may_answer
from kinward.audit.models import Event
from kinward.audit.queries import READ_LOG, events_about
from kinward.core import files
from kinward.core.sealing import unseal
from kinward.people.models import (
    Assertion,
    AssertionQuerySet,
    Attachment,
    AttachmentQuerySet,
    Person,
    PersonQuerySet,
)
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
    readable = Assertion.objects.in_compartments(open_compartments(user)).settled()
    wanted = readable.filter(person__in=[person.pk for person in persons])
    return wanted.select_related("recorded_by").order_by("recorded_at", "id")


def words_waiting(person: Person, *, user: User) -> AssertionQuerySet:
    """Statements about a person that label someone and wait for a second person, oldest first.

    Seen by whoever wrote them down and by those who may answer.
    """
    readable = Assertion.objects.in_compartments(open_compartments(user)).waiting()
    if not may_answer(user.role, ApprovalKind.WORDING):
        readable = readable.filter(recorded_by=user)
    return readable.filter(person=person).select_related("recorded_by", "wording")


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


def history(person: Person, *, user: User) -> QuerySet[Event]:
    """Who did or read what about this person, newest first, for whoever may see that."""
    if may(user, Permission.READ_RECORD_LOG) or user.has_perm(READ_LOG):
        return events_about([person.pk])
    return Event.objects.none()


def attachments_of(person: Person, *, user: User) -> AttachmentQuerySet:
    """Files about a person in the compartments open to this account, last added first.

    The person must come from a query that this account may see.
    """
    readable = Attachment.objects.in_compartments(open_compartments(user)).standing()
    return readable.filter(person=person).select_related("added_by")


def content_of(attachment: Attachment, *, small: bool = False) -> bytes:
    """The content of a file that this account may see; of a photograph also its thumbnail.

    Raises:
        FileMissing: the disk does not hold it.
        KeyDestroyed: the person has been erased.
        Forged: it was changed from outside.
    """
    name = attachment.thumbnail_as if small and attachment.thumbnail_as else attachment.stored_as
    return unseal(files.read(name), **place_of_file(attachment, name))


def place_of_file(attachment: Attachment, name: UUID) -> dict[str, Any]:
    """Whose key seals a file, and what it is bound to: moved elsewhere it cannot be opened."""
    return {
        "subject": attachment.person_id,
        "compartment": attachment.compartment,
        "bound_to": f"people_attachment|{name}|{attachment.pk}",
    }
