"""What the value of each kind of fact must be like, and the days it can mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kinward.people.naming import days_born, days_of
from kinward.people.properties import Shape
from kinward.people.relations import AGREEMENTS, LIVES, RELATIONS
from kinward.people.stays import CUSTODIANS, ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

LONGEST_TEXT: Final = 2_000
LASTING: Final = frozenset({"held", "hospital"})  # stays that go on until their end is known


class StayDays(NamedTuple):
    """The first and the last day a stay can have begun, and those it can have ended."""

    begins_from: date
    begins_by: date
    ends_from: date
    ends_by: date


KEYS: Final[Mapping[Shape, frozenset[str]]] = {
    Shape.NAME: frozenset({"text", "script", "language", "role"}),
    Shape.SEX: frozenset({"code"}),
    Shape.BIRTH: frozenset({"edtf", "written", "age", "age_to", "as_of"}),
    Shape.PLACE: frozenset({"text", "code"}),
    Shape.KIN: frozenset(
        {
            "relation",
            "text",
            "script",
            "sex",
            "life",
            "held",
            "together",
            "agrees",
            "told",
            "why",
            "parent",
            "record",
        }
    ),
    Shape.STAY: frozenset({"role", "custodian", "text", "code", "since", "until"}),
    Shape.WHEN: frozenset({"text", "edtf"}),
    Shape.TEXT: frozenset({"text"}),
}
YES_OR_NO: Final = frozenset({"yes", "no"})
OF_KIN: Final[Mapping[str, Collection[str]]] = {  # part of a KIN value to what it can be
    "sex": ("female", "male"),
    "life": LIVES,
    "held": YES_OR_NO,
    "together": YES_OR_NO,
    "agrees": AGREEMENTS,
    "told": AGREEMENTS,
}


def parts_fit(value: Mapping[str, Any]) -> bool:
    """Tell whether every part is text of a sensible length."""
    parts = value.values()
    return all(
        isinstance(part, str) and len(part) <= LONGEST_TEXT and "\0" not in part for part in parts
    )


def text_fits(value: Mapping[str, Any]) -> bool:
    """Tell whether every part is text of a sensible length, and the text itself is not blank."""
    return parts_fit(value) and bool(value.get("text", "").strip())


def kin_fits(value: Mapping[str, Any]) -> bool:
    """Tell whether it is a relation that there is, its parts as they can be; a name need not be."""
    return (
        parts_fit(value)
        and value.get("relation") in RELATIONS
        and all(value[part] in codes for part, codes in OF_KIN.items() if part in value)
    )


def stay_fits(value: Mapping[str, Any]) -> bool:
    """Tell whether it says what a stay was, and where or with whom; not that it ended too soon."""
    return (
        parts_fit(value)
        and value.get("role") in ROLES
        and (value.get("custodian", "") in CUSTODIANS or text_fits(value))
        and dates_fit(value.get("since", ""), value.get("until", ""))
    )


def dates_fit(since: str, until: str) -> bool:
    """Tell whether two dates of ISO 8601-2 can be read and follow each other; either may be empty.

    A date that is not exact follows another if any of its days can.
    """
    read = [days_of(date) for date in (since, until) if date]
    if None in read:
        return False
    first, last = [*read, None, None][:2]
    return first is None or last is None or first[0] <= last[1]


def sex_fits(value: Mapping[str, Any]) -> bool:
    """Tell whether it is one of the two codes; what is not known is an answer, not a value."""
    return value.get("code") in {"female", "male"}


def when_fits(value: Mapping[str, Any]) -> bool:
    """Tell whether it says something, and when, if it does, by a date that can be read."""
    return text_fits(value) and dates_fit(value.get("edtf", ""), "")


def birth_fits(value: Mapping[str, Any]) -> bool:
    """Tell whether it is a date that can be read, or a whole age on a day."""
    return born_span(value) is not None


FITS: Final[Mapping[Shape, Callable[[Mapping[str, Any]], bool]]] = {
    Shape.NAME: text_fits,
    Shape.SEX: sex_fits,
    Shape.BIRTH: birth_fits,
    Shape.PLACE: text_fits,
    Shape.KIN: kin_fits,
    Shape.STAY: stay_fits,
    Shape.WHEN: when_fits,
    Shape.TEXT: text_fits,
}


def born_span(value: Mapping[str, Any]) -> tuple[date, date] | None:
    """Return the first and last possible day of birth of a BIRTH value; None if unreadable."""
    match value:
        case {"edtf": str(edtf), **rest} if set(rest) <= {"written"} and parts_fit(rest):
            return days_of(edtf)
        case {"age": int(age), "as_of": str(as_of), **rest} if set(rest) <= {"age_to"}:
            age_to = rest.get("age_to", age)
            if type(age) is int and type(age_to) is int and age_to >= age:
                return days_born(age, as_of, age_to)
    return None


def stay_days(value: Mapping[str, Any], today: date) -> StayDays | None:
    """Return the days of a stay; None if neither its start nor its end is known.

    A stay without an end may last until today, which nobody said. Being found, handed over or taken
    on board does not last: it was on the days that are known.
    """
    since, until = (days_of(value[key]) if value.get(key) else None for key in ("since", "until"))
    if since is None and until is None:
        return None
    if since is None or until is None:
        known = since or until
        assert known is not None  # noqa: S101 (one of the two)
        lasting = since is not None and value["role"] in LASTING
        return StayDays(*known, known[1], max(known[1], today) if lasting else known[1])
    return StayDays(*since, *until)


def whole_years(born: date, day: date) -> int:
    """Return how many whole years lie between two days."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
