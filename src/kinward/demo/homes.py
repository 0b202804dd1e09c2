"""How homes are found for the children of the demo: from the region that is asked to the visits."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.utils import timezone

from kinward.audit.context import acting
from kinward.demo.scenario import data
from kinward.placement.actions import (
    Agreed,
    Broken,
    Decided,
    Encounter,
    MovedIn,
    Named,
    Seen,
    Visited,
    Waiting,
    ask_region,
    assess_household,
    end_placement,
    move_in,
    name_carer,
    plan_contact,
    record_guardianship,
    record_meeting,
    record_visit,
    will_tell,
)
from kinward.placement.models import Act, Carer, CarerKind, Suits, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from kinward.access.models import User
    from kinward.people.models import Person

BEGINS: Final = time(9)
SOON: Final = timedelta(days=21)


class Household(NamedTuple):
    """The children of one family who go to one region together."""

    region: str
    children: tuple[Person, ...]


class Happened(NamedTuple):
    """A step on the way to a home: when, for which child, and what is told of it."""

    at: datetime
    child: Person
    said: Mapping[str, Any]
    siblings: bool


def ask_regions(households: Sequence[Household], worker: User, *, at: datetime) -> None:
    """Ask the region of each family to find it a home."""
    with acting(worker):
        for household in households:
            for child in household.children:
                reason = data("homes")["reason"]
                ask_region(child=child, region=household.region, reason=reason, by=worker, at=at)


def find_homes(households: Sequence[Household], officer: User) -> None:
    """Go the way of each family of the officer's region, in the order of time."""
    own = [one for one in households if one.region == officer.region]
    carers: dict[Any, Carer] = {}
    with acting(officer):
        for one in sorted(happened(own), key=lambda each: each.at):
            WHAT[one.said["what"]](one, carers, {"child": one.child, "by": officer, "at": one.at})


def happened(households: Sequence[Household]) -> Iterator[Happened]:
    """Yield what happens to each family: as the file tells it, or the usual way."""
    told = data("homes")
    usual = [
        [{"what": "carer", "on": told["usual"]["steps"][0]["on"], **each}, *told["usual"]["steps"]]
        for each in told["carers"]
    ]
    ways = [*(each["steps"] for each in told["homes"]), *usual]
    for household, way in zip(households, ways, strict=False):
        for number, step in enumerate(way):
            for child in household.children:
                at = moment(step["on"], number)
                yield Happened(at, child, step, siblings=len(household.children) > 1)


def moment(day: date, number: int) -> datetime:
    """Return a moment of a day; of several steps of one day, the later ones are later."""
    return timezone.make_aware(datetime.combine(day, BEGINS)) + timedelta(minutes=10 * number)


def _told(one: Happened, *but: str) -> dict[str, Any]:
    """Return what a step tells, but for when it was and what kind of step it is."""
    return {name: said for name, said in one.said.items() if name not in {"what", "on", *but}}


def _carer(one: Happened, carers: dict[Any, Carer], who: dict[str, Any]) -> None:
    named = Named(kind=CarerKind.RELATIVE, for_now=False, **_told(one))
    carers[one.child.pk] = name_carer(said=named, **who)


def _household(one: Happened, carers: dict[Any, Carer], who: dict[str, Any]) -> None:
    told = _told(one) | {"suits": Suits(one.said["suits"])}
    seen = Seen(carer=carers[one.child.pk], seen_on=one.said["on"], **told)
    assess_household(said=seen, **who)


def _meeting(one: Happened, carers: dict[Any, Carer], who: dict[str, Any]) -> None:
    met = Encounter(carer=carers[one.child.pk], met_on=one.said["on"], **_told(one))
    record_meeting(said=met, **who)


def _act(one: Happened, carers: dict[Any, Carer], who: dict[str, Any]) -> None:
    on = one.said["on"]
    decided = Decided(
        carer=carers[one.child.pk],
        decided_on=on,
        holds_from=on,
        holds_until=on + timedelta(days=one.said["lasts"]),
        **_told(one, "act", "lasts"),
        act=Act(one.said["act"]),
    )
    record_guardianship(said=decided, **who)


def _living(one: Happened, carers: dict[Any, Carer], who: dict[str, Any]) -> None:
    siblings = data("homes")["together"] if one.siblings else ""
    moved = MovedIn(
        carer=carers[one.child.pk], moved_on=one.said["on"], siblings=siblings, **_told(one)
    )
    move_in(said=moved, **who)


def _visit(one: Happened, _carers: dict[Any, Carer], who: dict[str, Any]) -> None:
    on = one.said["on"]
    visited = Visited(
        visited_on=on,
        seen=True,
        where=Where.HOME,
        next_on=on + timedelta(days=one.said["next"]),
        **_told(one, "next"),
    )
    record_visit(said=visited, **who)


def _breakdown(one: Happened, _carers: dict[Any, Carer], who: dict[str, Any]) -> None:
    end_placement(said=Broken(ended_on=one.said["on"], **_told(one)), **who)


def _mother(one: Happened, _carers: dict[Any, Carer], who: dict[str, Any]) -> None:
    on = one.said["on"]
    agreed = Agreed(**_told(one), next_on=on + SOON, free_on=on + SOON * 10, as_of=on)
    plan_contact(said=agreed, **who)


def _to_tell(one: Happened, _carers: dict[Any, Carer], who: dict[str, Any]) -> None:
    will_tell(said=Waiting(by_day=one.said["on"] + SOON, **_told(one)), **who)


WHAT: Final[Mapping[str, Callable[[Happened, dict[Any, Carer], dict[str, Any]], None]]] = {
    "carer": _carer,
    "household": _household,
    "meeting": _meeting,
    "act": _act,
    "living": _living,
    "visit": _visit,
    "breakdown": _breakdown,
    "mother": _mother,
    "to_tell": _to_tell,
}
