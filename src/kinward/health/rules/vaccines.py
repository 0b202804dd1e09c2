"""Which vaccinations a child is still due, by the recommendations in data/vaccines.toml.

Only what a card or a record shows is counted; what is told is shown beside it. A dose given too
early, or too soon after the one before, does not count. An interrupted series is gone on with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kinward.health.rules.growth import DAYS_OF_A_MONTH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

FIRST: Final = date(1900, 1, 1)  # no child is older: spans with an open end begin here


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """How many doses one has who gets the first from this age on, and how far apart."""

    from_months: int
    doses: int
    gaps: tuple[int, ...]  # days, one less than doses


@dataclass(frozen=True, slots=True, kw_only=True)
class Vaccine:
    """What is recommended of one vaccine."""

    id: str
    cvx: str
    from_days: int
    series: tuple[Series, ...]
    until_months: int = 0
    sex: str = ""  # whom it is for, if not for all


class State(StrEnum):
    """How a child stands with a vaccine."""

    COMPLETE = "complete"
    NOW = "now"
    LATER = "later"
    NOT_ANY_MORE = "not_any_more"  # too old for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What comes next of one vaccine: which dose of how many, from which day on."""

    state: State
    counted: int  # doses that count
    of: int  # doses in all
    on: date | None = None

    @property
    def next(self) -> int:
        """Which dose comes next."""
        return self.counted + 1


def series_at(vaccine: Vaccine, days: int) -> Series:
    """Return the series for who begins at an age in days."""
    months = days / DAYS_OF_A_MONTH
    fitting = [each for each in vaccine.series if each.from_months <= months]
    return fitting[-1] if fitting else vaccine.series[0]


def counting(vaccine: Vaccine, given: Iterable[date], born: date) -> list[date]:
    """Return the doses that count, in their order."""
    counted: list[date] = []
    for day in sorted(set(given)):
        if (day - born).days < vaccine.from_days:
            continue
        if counted:
            gaps = series_at(vaccine, (counted[0] - born).days).gaps
            gap = gaps[min(len(counted), len(gaps)) - 1] if gaps else 0
            if (day - counted[-1]).days < gap:
                continue
        counted.append(day)
    return counted


def due(vaccine: Vaccine, given: Iterable[date], born: date, today: date) -> Due:
    """Return what a child born on a day is due, of the doses that were given to it."""
    counted, age = counting(vaccine, given, born), (today - born).days
    begun = series_at(vaccine, (counted[0] - born).days if counted else age)
    now = series_at(vaccine, age)
    left = min(begun.doses - len(counted), now.doses)
    if left <= 0:
        return Due(state=State.COMPLETE, counted=len(counted), of=len(counted))
    of = len(counted) + left
    if vaccine.until_months and age / DAYS_OF_A_MONTH >= vaccine.until_months:
        return Due(state=State.NOT_ANY_MORE, counted=len(counted), of=of)
    on = born + timedelta(days=vaccine.from_days)
    if counted:
        gaps = begun.gaps
        on = max(on, counted[-1] + timedelta(days=gaps[min(len(counted), len(gaps)) - 1]))
    state = State.NOW if on <= today else State.LATER
    return Due(state=state, counted=len(counted), of=of, on=max(on, today))


def catch_up(
    vaccine: Vaccine, given: Collection[date], born: tuple[date, date], today: date
) -> tuple[Due, ...]:
    """Return what a child is due: once, or twice where that depends on how old it is.

    Then first as if it were as young as it can be, and last as if it were as old.
    """
    first, last = (min(max(day, FIRST), today) for day in born)
    young, old = (due(vaccine, given, day, today) for day in (last, first))
    return (young,) if young == old else (young, old)


def is_for(vaccine: Vaccine, sexes: Collection[str]) -> bool:
    """Tell whether a vaccine is for a child of that sex; also where it is not known."""
    return not vaccine.sex or not sexes or vaccine.sex in sexes
