"""Which children are siblings by what people judged, and which families were verified."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kinward.access.rows import Passage, passage
from kinward.casework.models import Step, VerifiedKin
from kinward.people.mergings import records_with
from kinward.people.models import Answer, Assertion, Person
from kinward.people.queries import all_judged
from kinward.people.relations import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from kinward.access.models import User
    from kinward.people.mergings import Judged

SIBLINGS: Final = frozenset(each.id for each in RELATIONS.values() if each.matched_as == "siblings")


def siblings_of(child: Person) -> list[Person]:
    """Children who are a child's siblings, each by the record its case goes on with.

    Those that any record of the child names, or that name one of its records and were found with
    it; and those verified to be of the same family, asked for together. Ask inside a passage.
    """
    judged = all_judged()
    own = set(records_with(child.pk, judged))
    found = (named_with(own) | of_one_family(own)) - own
    groups = {records_with(each, judged) for each in found}
    chosen = {going_on(records) for records in groups}
    return list(Person.objects.filter(pk__in=chosen).order_by("registered_at", "id"))


def named_with(own: set[UUID]) -> set[UUID]:
    """Return the records told to be of siblings, in either direction within a group."""
    records = Person.objects.filter(pk__in=own)
    references = set(records.values_list("reference", flat=True))
    found_in = records.exclude(group=None).values("group_id")
    around = own | set(Person.objects.filter(group__in=found_in).values_list("pk", flat=True))
    named: set[str] = set()
    naming: set[UUID] = set()
    for one in Assertion.objects.settled().filter(
        person__in=around, property="relative", answer=Answer.KNOWN, corrected_by__isnull=True
    ):
        if one.value.get("relation") not in SIBLINGS:
            continue
        if one.person_id in own:
            named.add(one.value.get("record", ""))
        elif one.value.get("record") in references:
            naming.add(one.person_id)
    children = Person.objects.children().filter(erasure__isnull=True)
    by_reference = children.filter(reference__in=named - {""})
    return set((by_reference | children.filter(pk__in=naming)).values_list("pk", flat=True))


def of_one_family(own: set[UUID]) -> set[UUID]:
    """Return the records verified to be of a family that one of these is verified to be of."""
    of_these = standing_kin(VerifiedKin.objects.filter(child__in=own))
    families = {each.family for each in of_these}
    told = VerifiedKin.objects.filter(family__in=families, child__erasure__isnull=True)
    return {each.child_id for each in standing_kin(told)}


def standing_kin(told: Iterable[VerifiedKin]) -> list[VerifiedKin]:
    """Return what stands of what was told of verified families, in its order."""
    last = {(each.child_id, each.family): each for each in told}
    return [each for each in last.values() if each.stands]


def going_on(records: tuple[UUID, ...]) -> UUID:
    """Return on which of a child's records its case goes on: that with the most steps."""
    if len(records) == 1:
        return records[0]
    taken = Counter(Step.objects.filter(child__in=records).values_list("child", flat=True))
    return max(records, key=lambda each: taken[each])  # the first registered among equals


def verified_kin(child: Person, *, user: User) -> list[VerifiedKin]:
    """The relatives whose family a child is verified to be of, as far as this account reads it."""
    with passage(Passage.GATES):
        judged: list[Judged] = all_judged()
    records = records_with(child.pk, judged)
    return standing_kin(VerifiedKin.objects.visible_to(user).filter(child__in=records))
