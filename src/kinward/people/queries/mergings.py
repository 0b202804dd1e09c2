"""Which records are of one child, as two people judged, and which may be."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kinward.access.models import Approval, ApprovalKind
from kinward.access.rows import Passage, passage
from kinward.people.mergings import Judged, records_of_one_child, records_with
from kinward.people.models import Found, Merging, Person
from kinward.people.queries.persons import as_shown, children, statements_about
from kinward.people.rules import profile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.access.models import Compartment, User
    from kinward.people.models import PersonQuerySet
    from kinward.people.rules import Fact


def mergings(*, user: User) -> QuerySet[Merging]:
    """What was judged of records of which this account may know both, in that order."""
    seen = Person.objects.visible_to(user).children().order_by().values("pk")
    return Merging.objects.filter(first__in=seen, second__in=seen)


def judged(rows: QuerySet[Merging]) -> list[Judged]:
    """Return judgements as the rules read them."""
    told = rows.values_list("pk", "first", "second", "found", "takes_back")
    return [Judged(pk, one, two, Found(found), back) for pk, one, two, found, back in told]


@passage(Passage.MATCHING)
def all_judged() -> list[Judged]:
    """What was judged of all records, whoever may know of them: for what compares and counts."""
    return judged(Merging.objects.all())


def records_known(*, user: User) -> list[tuple[UUID, ...]]:
    """Return the records of each child with several of them this account may know of."""
    return records_of_one_child(judged(mergings(user=user)))


def later_records(*, user: User) -> set[UUID]:
    """Of each child with several records this account may know of, all but the first of them."""
    return {each for records in records_known(user=user) for each in records[1:]}


def children_once(*, user: User) -> PersonQuerySet:
    """Children this account may know of, each once however many records there are of it."""
    return children(user=user).exclude(pk__in=later_records(user=user))


def records_beside(child: Person, *, user: User) -> list[Person]:
    """Return the other records of a child that this account may know of, first registered first."""
    records = records_with(child.pk, judged(mergings(user=user)))
    return list(children(user=user).filter(pk__in=records).exclude(pk=child.pk).order_by("pk"))


def facts_of_child(child: Person, *, user: User, but: Compartment | None = None) -> dict[str, Fact]:
    """What stands about a child in all its records, for this reader: property id to fact."""
    records = [child, *records_beside(child, user=user)]
    said = statements_about(records, user=user).exclude(compartment=but)
    return profile(as_shown(said, user=user))


def waiting_merging(one: Person, other: Person, *, at: datetime) -> Approval | None:
    """What was asked about two records and waits for a second person, if something does.

    Both must come from a query that the account may see.
    """
    first, second = sorted([one.pk, other.pk])
    asked = Approval.objects.filter(
        kind=ApprovalKind.MERGING,
        payload__first=str(first),
        payload__second=str(second),
        steps__isnull=True,
        expires_at__gt=at,
    )
    return asked.select_related("requester").first()


def records_among(some: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Return all records of the children whose records these are, by each of them."""
    of = {record: records for records in records_of_one_child(all_judged()) for record in records}
    return {each: of.get(each, (each,)) for each in some}


def ever_merged_with(some: Collection[UUID]) -> set[UUID]:
    """Return these and every record that was ever judged to be of one child with them.

    Also where it was taken back: what is compared then has to be compared anew.
    """
    beside: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for each in all_judged():
        if each.found == Found.ONE_CHILD:
            beside[each.first].add(each.second)
            beside[each.second].add(each.first)
    reached, new = set(some), set(some)
    while new:
        new = {other for each in new for other in beside.get(each, ())} - reached
        reached |= new
    return reached
