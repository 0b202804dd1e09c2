"""What is said of a person, as the library compares it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from kinmatch.dates import Span
from kinmatch.records import Person as Described
from kinmatch.records import Sex
from kinward.people.models import Assertion
from kinward.people.naming import days_of
from kinward.people.properties import PROPERTIES, Shape
from kinward.people.values import born_span
from kinward.places.queries import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

Said = Mapping[str, list[dict[str, Any]]]
"""Property to the values said of a person, oldest first."""

AT_ONCE: Final = 500  # persons read with one query


def standing_values(persons: Sequence[UUID]) -> defaultdict[UUID, Said]:
    """Return person id to property to the values matching may use, oldest first.

    Asked for by their ids, some at a time: whatever a database knows or does not know of its
    tables, it then has nothing to join.
    """
    said: defaultdict[UUID, Said] = defaultdict(lambda: defaultdict(list))
    for start in range(0, len(persons), AT_ONCE):
        some = persons[start : start + AT_ONCE]
        rows = Assertion.objects.matched().filter(person__in=some).order_by("recorded_at", "id")
        for one in rows.only("person_id", "property", "value", "compartment").iterator():
            if one.value:  # else it has been erased
                said[one.person_id][one.property].append(one.value)
    called_as_listed(said)
    return said


def called_as_listed(said: Mapping[UUID, Said]) -> None:
    """Call each place that somebody chose from the gazetteer by its name there.

    Who says "our village" or writes a name as it sounds has the place compared that was meant.
    """
    chosen = [
        value
        for about in said.values()
        for kind, values in about.items()
        for value in values
        if PROPERTIES[kind].shape == Shape.PLACE and value.get("code")
    ]
    names = names_of({value["code"] for value in chosen}, "en") if chosen else {}
    for value in chosen:
        if names[value["code"]] != value["code"]:
            value["text"] = names[value["code"]]


def described(person_id: UUID, group: UUID | None, about: Said) -> Described:
    """Return a person as the library compares them; what is kept as evidence is not among it."""
    written: dict[str, list[str]] = defaultdict(list)
    for kind, values in about.items():
        for value in values:
            if "text" in value:
                written[PROPERTIES[kind].fills(value)].append(value["text"])
    return Described(
        id=str(person_id),
        names=unique(written["names"]),
        sex=one_sex(about),
        born=born(about),
        separated=separated(about),
        separated_at=unique(written["separated_at"]),
        father=unique(written["father"]),
        mother=unique(written["mother"]),
        siblings=unique(written["siblings"]),
        places=unique(written["places"]),
        group=str(group) if group else None,
    )


def one_sex(about: Said) -> Sex | None:
    """Return the sex all statements agree on; None where they do not, or there is none."""
    codes = {value["code"] for value in about.get("sex", [])}
    return Sex(codes.pop()) if len(codes) == 1 else None


def born(about: Said) -> Span | None:
    """Return the days of birth that fit every statement, or any of them where they contradict."""
    return agreed(days for value in about.get("born", []) if (days := born_span(value)))


def separated(about: Said) -> Span | None:
    """Return the days of the separation from the family, likewise."""
    dates = (value["edtf"] for value in about.get("separated", []) if "edtf" in value)
    return agreed(days for date in dates if (days := days_of(date)))


def agreed(told: Iterable[tuple[date, date]]) -> Span | None:
    """Return the days that fit all that was told, or any of it where it contradicts itself."""
    spans = list(told)
    if not spans:
        return None
    first, last = max(days[0] for days in spans), min(days[1] for days in spans)
    if first > last:
        first, last = min(days[0] for days in spans), max(days[1] for days in spans)
    return Span(first, last)


def unique(written: Iterable[str]) -> tuple[str, ...]:
    """Return each text once, in the order first met."""
    return tuple(dict.fromkeys(written))
