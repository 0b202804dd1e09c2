"""What is put down of a birth: a date, a year, an age; and what goes wrong with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinmatch.dates import HIJRI_BEGAN
from kinmatch.synth.families import DAYS_IN_YEAR

if TYPE_CHECKING:
    from datetime import date

    from kinmatch.synth.chance import Noting
    from kinmatch.synth.families import Child
    from kinmatch.synth.parameters import Parameters

# On average (Reingold and Dershowitz, Calendrical Calculations, 4th edition 2018, chapter 7).
HIJRI_YEAR = 354.367


@dataclass(frozen=True, slots=True)
class Told:
    """The cells of a birth: a date in EDTF, or an age and the day it was told."""

    born: str = ""
    age: str = ""
    as_of: str = ""


def registered(noting: Noting, parameters: Parameters, child: Child, day: date) -> Told:
    """Return what a clerk writes: from a document, from a Hijri year, or guessed by eye."""
    draw = noting.chance.random()
    if draw < parameters.born_known:
        if noting.happens(parameters.first_of_january, "first_of_january"):
            return Told(f"{child.born.year}-01-01")
        return Told(child.born.isoformat())
    if draw < parameters.born_known + parameters.hijri:
        noting.note("hijri_year")
        return Told(str(hijri_in_ours(child.born)))
    years = (day - child.born).days / DAYS_IN_YEAR
    spread = parameters.age_error + parameters.age_error_growth * years
    guessed = max(int(years + noting.chance.gauss(0, spread)), 0)
    if guessed != int(years):
        noting.note("age_guessed_wrongly")
    if draw < parameters.born_known + parameters.hijri + parameters.approximate:
        return Told(f"{day.year - guessed}~")
    return Told("", str(guessed), day.isoformat())


def hijri_in_ours(day: date) -> int:
    """Return the year of ours in which the Hijri year of a day began, as a table of years has it.

    It is the year of the day or the year before, in which the day is not.
    """
    years = int((day.toordinal() - HIJRI_BEGAN) / HIJRI_YEAR)
    began = int(HIJRI_BEGAN + years * HIJRI_YEAR)
    return day.fromordinal(began).year


def remembered(noting: Noting, parameters: Parameters, child: Child) -> str:
    """Return what a relative knows of a birth: the day, the year, about, or nothing (EDTF)."""
    draw, year = noting.chance.random(), child.born.year
    if draw < parameters.born_unknown:
        return ""
    if noting.happens(parameters.born_slip, "born_a_year_off"):
        # Nobody remembers a birth that is still to come.
        year += noting.chance.choice((-1, 1)) if year < parameters.as_of.year else -1
    if draw < parameters.born_unknown + parameters.born_about:
        return f"{year}~"
    if draw < parameters.born_unknown + parameters.born_about + parameters.year_only:
        return str(year)
    # 29 February has no place in another year.
    return (
        f"{year}-{child.born.month:02}-{min(child.born.day, 28):02}"
        if (year != child.born.year)
        else child.born.isoformat()
    )
