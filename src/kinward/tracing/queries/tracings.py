"""What was done to find somebody, and how far each search has come."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q, QuerySet

from kinward.access.queries import compares_blind
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.people.models import Person
from kinward.people.queries import records_among
from kinward.tracing.models import Candidate, Ending, TracingAction, Verdict
from kinward.tracing.queries.candidates import behind_another
from kinward.tracing.queries.verifications import statuses_of
from kinward.tracing.rules import NOT_THIS_FAMILY, Search, Status

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from kinward.access.models import User


def tracing_of(person: Person) -> QuerySet[TracingAction]:
    """What was done to find a person that the account may see, the last first."""
    done = TracingAction.objects.filter(person=person).order_by("-done_on", "-recorded_at", "-id")
    return done.select_related("recorded_by", "followed_by", "follows")


def last_ending(person: Person) -> Ending | None:
    """The last end of the search for a person that the account may see, or its new beginning."""
    ended = Ending.objects.filter(person=person).select_related("ended_by")
    return ended.order_by("ended_at", "id").last()


def reads_words(one: TracingAction | Ending, *, user: User) -> bool:
    """Tell whether this account reads what was written down about a search, or its end.

    Words say who was asked, and where. Who compares blind reads their own only.
    """
    author = one.recorded_by_id if isinstance(one, TracingAction) else one.ended_by_id
    return author == user.pk or not compares_blind(user)


class Match(NamedTuple):
    """One candidate of a search, as far as its stage needs it."""

    confirmed: bool
    status: Status | None  # of its verification
    wish: str


@passage(Passage.COUNTING)
def searches_for(persons: Collection[Person]) -> dict[UUID, Search]:
    """How far the searches for persons that the account may see have come; shows no candidate.

    What a child is a candidate for counts for each of its records; a search ends for one alone.
    """
    ids = [person.pk for person in persons]
    records = records_among(ids)
    either = Q(child__in={each for some in records.values() for each in some})
    either |= Q(sought__person__in=ids)
    seen = Candidate.objects.lawful().filter(either).shown().exclude(pk__in=behind_another())
    standing = seen.exclude(verdict=Verdict.REJECTED)
    matches = standing.filter(verdict=Verdict.CONFIRMED).select_related("sought__request")
    statuses = statuses_of({each.pk: each for each in matches}.values())
    found: dict[UUID, list[Match]] = defaultdict(list)
    for key, child, sought, verdict in standing.values_list(
        "pk", "child", "sought__person", "verdict"
    ):
        match = Match(verdict == Verdict.CONFIRMED, *statuses.get(key, (None, "")))
        for person in (each for each, some in records.items() if {child, sought} & {*some}):
            found[person].append(match)
    lawful = Person.objects.lawfully_traced().filter(pk__in=ids)
    traced = set(lawful.values_list("pk", flat=True))
    actions = TracingAction.objects.filter(person__in=ids)
    done = Counter(actions.values_list("person", flat=True))
    ended = {one.person_id: not one.reopens_id for one in Ending.objects.filter(person__in=ids)}
    return {
        person.pk: Search(
            lawful=person.pk in traced,
            actions=done[person.pk],
            candidates=sum(one.status not in NOT_THIS_FAMILY for one in found[person.pk]),
            confirmed=any(one.confirmed and one.status is None for one in found[person.pk]),
            ended=ended.get(person.pk, False),
            verified=frozenset(one.status for one in found[person.pk] if one.status),
            wish=next((one.wish for one in found[person.pk] if one.status == Status.VERIFIED), ""),
        )
        for person in persons
    }


def tracing_due(*, user: User, today: date) -> QuerySet[TracingAction]:
    """What this account looks after again by today: nothing was recorded upon it since."""
    persons = Person.objects.visible_to(user, to=Permission.TRACE)
    waiting = TracingAction.objects.filter(next_on__lte=today, followed_by=None, person__in=persons)
    return waiting.select_related("person").order_by("next_on", "id")
