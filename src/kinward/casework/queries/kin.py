"""Which children are siblings by what people judged, and which families were verified."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from kinward.access.rows import Passage, passage
from kinward.casework.models import Step, VerifiedKin
from kinward.people.mergings import records_with
from kinward.people.models import Answer, Assertion, Person
from kinward.people.queries import all_judged
from kinward.people.relations import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from kinward.access.models import User
    from kinward.people.mergings import Judged

SIBLINGS: Final = frozenset(each.id for each in RELATIONS.values() if each.matched_as == "siblings")


def siblings_of(child: Person) -> list[Person]:
    """Children who are a child's siblings, each by the record its case goes on with.

    Those that any record of the child names, or that name one of its records and were found with
    it; and those verified to be of the same family, asked for together. Ask inside a passage.
    """
    return siblings_among([child])[child.pk]


def siblings_among(children: Collection[Person]) -> dict[UUID, list[Person]]:
    """The siblings of each of some children, as `siblings_of`, at the cost of one child."""
    judged = all_judged()
    own = {child.pk: set(records_with(child.pk, judged)) for child in children}
    records = set().union(*own.values())
    told, verified = told_with(records), of_one_family(records)
    groups = {
        child: {
            records_with(other, judged)
            for each in mine
            for other in (told[each] | verified[each]) - mine
        }
        for child, mine in own.items()
    }
    chosen = going_on(set().union(*groups.values()))
    found = Person.objects.filter(pk__in=chosen.values()).order_by("registered_at", "id")
    listed = list(found)
    goes_on = {child: {chosen[each] for each in some} for child, some in groups.items()}
    return {child: [one for one in listed if one.pk in goes_on[child]] for child in own}


def told_with(records: Collection[UUID]) -> defaultdict[UUID, set[UUID]]:
    """Return of each record those told to be of siblings, in either direction within a group."""
    of_group = dict(Person.objects.filter(pk__in=records).values_list("pk", "group_id"))
    groups = set(of_group.values()) - {None}
    of_group |= dict(Person.objects.filter(group__in=groups).values_list("pk", "group_id"))
    statements = Assertion.objects.settled().filter(
        person__in=of_group, property="relative", answer=Answer.KNOWN, corrected_by__isnull=True
    )
    said = [
        (one.person_id, one.value.get("record", ""))
        for one in statements
        if one.value.get("relation") in SIBLINGS
    ]
    children = Person.objects.children().filter(erasure__isnull=True)
    named = children.filter(reference__in={reference for _one, reference in said} - {""})
    of_reference = dict(named.values_list("reference", "pk"))
    there = set(
        children.filter(pk__in={one for one, _reference in said}).values_list("pk", flat=True)
    )
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for one, reference in said:
        if (other := of_reference.get(reference)) is None:
            continue
        found[one].add(other)
        group = of_group.get(other)
        if one in there and group is not None and of_group[one] == group:
            found[other].add(one)
    return found


def of_one_family(records: Collection[UUID]) -> defaultdict[UUID, set[UUID]]:
    """Return of each record those verified to be of a family it is verified to be of."""
    of_these = standing_kin(VerifiedKin.objects.filter(child__in=records))
    families = {each.family for each in of_these}
    told = VerifiedKin.objects.filter(family__in=families, child__erasure__isnull=True)
    members: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for each in standing_kin(told):
        members[each.family].add(each.child_id)
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for each in of_these:
        found[each.child_id] |= members[each.family]
    return found


def standing_kin(told: Iterable[VerifiedKin]) -> list[VerifiedKin]:
    """Return what stands of what was told of verified families, in its order."""
    last = {(each.child_id, each.family): each for each in told}
    return [each for each in last.values() if each.stands]


def going_on(groups: Collection[tuple[UUID, ...]]) -> dict[tuple[UUID, ...], UUID]:
    """Return on which of a child's records its case goes on: that with the most steps."""
    several = [each for records in groups if len(records) > 1 for each in records]
    steps = Step.objects.filter(child__in=several).values_list("child", flat=True)
    taken = Counter(steps) if several else Counter()
    # The first registered among equals.
    return {records: max(records, key=lambda each: taken[each]) for records in groups}


def verified_kin(child: Person, *, user: User) -> list[VerifiedKin]:
    """The relatives whose family a child is verified to be of, as far as this account reads it."""
    with passage(Passage.GATES):
        judged: list[Judged] = all_judged()
    records = records_with(child.pk, judged)
    return standing_kin(VerifiedKin.objects.visible_to(user).filter(child__in=records))
