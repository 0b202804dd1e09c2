"""How a child grows, in words and as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.core.charts import Curve, Mark, curves
from kinward.core.wording import number, reads_right_to_left, signed
from kinward.health.rules import Arm, Band, Indicator, ages, bands, curve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

    from kinward.health.queries import Grown
    from kinward.health.rules import Between

DAYS_OF_A_YEAR: Final = 365.25
LINES: Final[Mapping[int, str]] = {  # standard deviations, and how each line looks
    -3: "kw-tree__line kw-tree__line--untold",
    -2: "kw-tree__line kw-tree__line--marriage",
    0: "kw-tree__line",
    2: "kw-tree__line kw-tree__line--marriage",
    3: "kw-tree__line kw-tree__line--untold",
}
LONGEST: Final = 6939  # days: the reference ends at nineteen years
AROUND: Final = 183  # days before and after what was measured that are shown
SIGNS: Final = 6  # of an axis, about
NAMES: Final[Mapping[Indicator, _StrPromise]] = {
    Indicator.WEIGHT: gettext_lazy("weight for age"),
    Indicator.HEIGHT: gettext_lazy("height for age"),
    Indicator.BODY_MASS: gettext_lazy("body mass index for age"),
    Indicator.ARM: gettext_lazy("arm for age"),
    Indicator.WEIGHT_FOR_HEIGHT: gettext_lazy("weight for height"),
}
BANDS: Final[Mapping[Band, _StrPromise]] = {
    Band.FAR_BELOW: gettext_lazy("far below"),
    Band.BELOW: gettext_lazy("below"),
    Band.USUAL: gettext_lazy("as most children"),
    Band.ABOVE: gettext_lazy("above"),
    Band.FAR_ABOVE: gettext_lazy("far above"),
}
ARMS: Final[Mapping[Arm, _StrPromise]] = {
    Arm.SEVERE: gettext_lazy("severe acute malnutrition"),
    Arm.MODERATE: gettext_lazy("moderate acute malnutrition"),
    Arm.ENOUGH: gettext_lazy("no acute malnutrition by the arm"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A score in words."""

    name: str
    score: str
    band: str
    attention: bool  # it can be beyond two standard deviations
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A measurement in words."""

    grown: Grown
    scores: tuple[Compared, ...]
    arm: str
    severe: bool


def written(grown: Grown) -> Written:
    """Return a measurement with its scores in words."""
    return Written(
        grown=grown,
        scores=tuple(compared(each, between) for each, between in grown.scores.items()),
        arm=str(ARMS[grown.arm]) if grown.arm else "",
        severe=grown.arm in {Arm.SEVERE, Arm.MODERATE},
    )


def compared(indicator: Indicator, between: Between) -> Compared:
    """Return a score, or a range of them, in words."""
    touched = bands(between)
    score = signed(between.low, 2)
    if between.low != between.high:
        score = _("%(low)s to %(high)s") % {"low": score, "high": signed(between.high, 2)}
    return Compared(
        name=str(NAMES[indicator]),
        score=score,
        band=" – ".join(str(BANDS[each]) for each in dict.fromkeys((touched[0], touched[-1]))),
        attention=touched != (Band.USUAL,),
        whole=between.whole,
    )


def picture(
    indicator: Indicator,
    grown: Sequence[Grown],
    born: tuple[date, date],
    sexes: Collection[str],
) -> SafeString | None:
    """Draw what was measured, each as wide as the age is unsure; None where nothing was.

    The lines are those of the child's sex; none where that is not known, or two were told.
    """
    marks = list(marks_of(indicator, grown, born))
    if not marks:
        return None
    first = max(min(int(each.first * DAYS_OF_A_YEAR) for each in marks) - AROUND, 0)
    last = min(max(int(each.last * DAYS_OF_A_YEAR) for each in marks) + AROUND, LONGEST)
    lines = list(lines_of(indicator, sexes, first, max(last, first + 1)))
    heights = [y for line in lines for _x, y in line.points] + [each.at for each in marks]
    return curves(
        lines,
        marks,
        level=signs(first / DAYS_OF_A_YEAR, last / DAYS_OF_A_YEAR),
        upright=signs(min(heights), max(heights)),
        title=heading(indicator),
        description=_("The same numbers stand in the table below."),
        mirrored=reads_right_to_left(),
        name=f"growth-{indicator}",
    )


def heading(indicator: Indicator) -> str:
    """Return what a picture shows, and in what its axes are."""
    return f"{NAMES[indicator]}: {unit(indicator)}"


def unit(indicator: Indicator) -> str:
    """Return in what both axes are."""
    if indicator == Indicator.HEIGHT:
        return _("centimetres, by age in years")
    return _("kilograms, by age in years")


def marks_of(
    indicator: Indicator, grown: Sequence[Grown], born: tuple[date, date]
) -> Iterator[Mark]:
    """Yield what was measured, between the youngest and the oldest age."""
    for each in grown:
        youngest, oldest = ages(born, each.measured.on)
        height = each.measured.height_mm
        value = height / 10 if indicator == Indicator.HEIGHT and height else None
        if indicator == Indicator.WEIGHT:
            value = each.measured.weight_kg
        if value is not None and youngest <= LONGEST:
            end = min(oldest, LONGEST)
            yield Mark(youngest / DAYS_OF_A_YEAR, end / DAYS_OF_A_YEAR, value)


def lines_of(
    indicator: Indicator, sexes: Collection[str], first: int, last: int
) -> Iterator[Curve]:
    """Yield the lines of the standards between two ages in days."""
    if len(sexes) != 1:
        return
    (sex,) = sexes
    for z, look in LINES.items():
        found = curve(indicator, sex, z, first, last)
        points = tuple((days / DAYS_OF_A_YEAR, value) for days, value in found)
        if points:
            yield Curve(median_or(z), points, look)


def median_or(z: int) -> str:
    """Return how a line is called: the median, or how many standard deviations off it."""
    return _("median") if z == 0 else _("%(n)s SD") % {"n": signed(z, 0)}


def signs(low: float, high: float) -> list[tuple[float, str]]:
    """Return round numbers from one below the lowest to one above the highest."""
    room = max(high - low, 0.5)
    step = next(each for each in (0.25, 0.5, 1, 2, 5, 10, 20, 50) if room / each <= SIGNS)
    count = ceil(high / step) - floor(low / step)
    first = floor(low / step)
    return [((first + n) * step, number((first + n) * step, 2)) for n in range(count + 1)]
