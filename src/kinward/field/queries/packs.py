"""What a phone is handed: the fewest children and the fewest facts that the work needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.utils import timezone

from kinward.access.models import Compartment
from kinward.access.queries import assigned_to, may
from kinward.access.rules import Permission
from kinward.field.models import More
from kinward.field.rules import LONGEST_PACK, MOST_CHILDREN
from kinward.operations import queries as operations
from kinward.people import queries as people
from kinward.people.properties import PROPERTIES, Shape
from kinward.placement.models import Placed
from kinward.placement.queries import stands_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.operations.models import Operation
    from kinward.people.models import Person
    from kinward.people.rules import Fact

# Who somebody is, as far as it is needed to find them again before they are registered anew.
USUAL: Final = ("name", "sex", "born", "language", "nationality", "place_of_birth")
OF_RELATIVES: Final = ("father", "mother", "sibling", "relative", "last_residence")
CARRIED: Final = frozenset({Compartment.IDENTITY, Compartment.FAMILY, Compartment.LOCATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A pack as a phone reads it, and whose records are in it."""

    children: list[Person]
    travellers: list[UUID]
    more: frozenset[More]
    expires_at: datetime
    content: Mapping[str, Any] = field(default_factory=dict)


def packed(*, user: User, more: frozenset[More], at: datetime) -> Packed:
    """Return what a phone of this account carries from now on."""
    children = children_for(user, at=at)
    profiles = people.profiles(children, user=user)
    manifests, travellers = manifests_for(user)
    expires_at = at + LONGEST_PACK
    told = [told_of(child, profiles[child.pk], more, user=user) for child in children]
    names = {one["record"]: one["name"] for one in told}
    content = {
        "children": told,
        "manifests": manifests,
        "visits": visits_for(user, children, names, at=at),
        "more": sorted(more),
        "packed_at": at.isoformat(),
        "expires_at": expires_at.isoformat(),
    }
    return Packed(
        children=children,
        travellers=travellers,
        more=more,
        expires_at=expires_at,
        content=content,
    )


def children_for(user: User, *, at: datetime) -> list[Person]:
    """Return the children assigned to an account, and those whose home it found; at most 40.

    What ends first comes first: it presses most.
    """
    if not may(user, Permission.SEE_CHILDREN):
        return []
    given = list(assigned_to(user=user, at=at).values_list("subject", flat=True))
    placed = Placed.objects.visible_to(user).filter(recorded_by=user, breakdown__isnull=True)
    wanted = Q(pk__in=given) | Q(pk__in=placed.order_by().values("child"))
    seen = people.children(user=user).filter(wanted, erasure__isnull=True)
    order = {key: number for number, key in enumerate(given)}
    ranked = sorted(seen, key=lambda one: (order.get(one.pk, len(order)), one.registered_at))
    return ranked[:MOST_CHILDREN]


def told_of(
    child: Person, facts: Mapping[str, Fact], more: frozenset[More], *, user: User
) -> dict[str, Any]:
    """Return what a phone is told of a child: every value that stands, side by side."""
    wanted = list(USUAL)
    if More.RELATIVES in more:
        wanted += OF_RELATIVES
    if More.WHEREABOUTS in more:
        wanted += [each.id for each in PROPERTIES.values() if is_whereabouts(each.id)]
    told = {
        name: [dict(saying.value) for saying in facts[name].known]
        for name in wanted
        if name in facts and facts[name].known and PROPERTIES[name].compartment in CARRIED
    }
    born = told.get("born", [{}])[0]
    return {
        "record": str(child.pk),
        "reference": child.reference,
        "name": next(iter(people.names_of(facts)), child.reference),
        "names": list(people.names_of(facts)),
        "born": str(born.get("edtf", "")),
        "facts": told,
        "consents": standing_consents(child, user=user),
    }


def is_whereabouts(name: str) -> bool:
    """Tell whether a kind of fact says where a child is or was."""
    kind = PROPERTIES[name]
    return kind.compartment == Compartment.LOCATION and kind.shape in {
        Shape.PLACE,
        Shape.STAY,
        Shape.TEXT,
    }


def standing_consents(child: Person, *, user: User) -> dict[str, str]:
    """Return how the last answers for each purpose that names nobody stand."""
    return {
        str(one.purpose): str(one.state)
        for one in people.consents_of(child, user=user)
        if not one.named
    }


def manifests_for(user: User) -> tuple[list[dict[str, Any]], list[UUID]]:
    """Return the checkpoints where an account still counts, and everybody on their lists."""
    found: list[dict[str, Any]] = []
    travellers: dict[UUID, None] = {}
    if not may(user, Permission.COUNT):
        return found, []
    for operation in operations.operations_of(user=user).filter(reconciled__isnull=True):
        lists = checkpoints_of(operation, user=user)
        found += lists
        for one in lists:
            travellers |= dict.fromkeys(each["child"] for each in one["children"])
    return told_as_text(found), list(travellers)


def checkpoints_of(operation: Operation, *, user: User) -> list[dict[str, Any]]:
    """Return the open checkpoints of an operation with who is expected there."""
    way = operations.under_way(operation, user=user)
    return [
        {
            "checkpoint": post.checkpoint.pk,
            "operation": operation.reference,
            "label": f"{operation.title}: {post.label}",
            "children": [
                {"child": each.child, "number": each.number, "name": each.name, "code": each.code}
                for each in way.travellers.values()
                if each.child in post.expected
            ],
        }
        for post in way.posts
        if post.closing is None
        and not post.is_done(user)
        and operations.travels_at(post.checkpoint, user=user)
    ]


def told_as_text(lists: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return lists with their identifiers as text."""
    return [
        one
        | {
            "checkpoint": str(one["checkpoint"]),
            "children": [each | {"child": str(each["child"])} for each in one["children"]],
        }
        for one in lists
    ]


def visits_for(
    user: User, children: list[Person], names: Mapping[str, str], *, at: datetime
) -> list[dict[str, Any]]:
    """Return the visits of these children that are due, the first due first."""
    if not may(user, Permission.PLACE_CHILD):
        return []
    today = timezone.localdate(at)
    stands = stands_of([each.pk for each in children], children, today=today)
    due = [
        {
            "record": str(child.pk),
            "name": names[str(child.pk)],
            "due_on": day.isoformat(),
        }
        for child in children
        if (day := stands[child.pk].visit_by) is not None
    ]
    return sorted(due, key=lambda one: one["due_on"])
