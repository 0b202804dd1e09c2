"""The report: one self-contained page on which a tracing officer finds, and weighs, candidates.

Nothing is loaded from elsewhere; it can be printed, mailed on a stick, and read without a network.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined

from kinmatch.explain import (
    Band,
    Candidate,
    Kind,
    Language,
    band,
    percent,
    say,
    say_band,
    say_value,
    subject,
    waterfall,
    written,
)
from kinmatch.names import romanise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kinmatch.records import Person, Records

BEST = 5  # candidates shown in full for each child; the others are counted
FACTS = ("given", "father", "mother", "siblings", "birth", "sex", "place")
WIDTH, ROW = 420, 22  # of the picture of bits, and of one bar in it
SCALE = 9  # picture units for a bit
MOST = 20  # bits beyond which a bar is drawn no longer


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the waterfall: where the sum was and where the reason takes it."""

    label: str
    bits: float
    x: float
    width: float
    y: int


@dataclass(frozen=True, slots=True)
class Pages:
    """What the page is made from. `candidates` are by found id, the strongest first."""

    found: Records
    sought: Records
    candidates: Mapping[str, Sequence[Candidate]]
    compared: int
    model: str
    made_at: str  # a moment as text; the page is the same whenever it is made with the same


def render(pages: Pages, language: Language = "en") -> str:
    """Return the report as one HTML page in a language."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        t=_texts()[language],
        say=lambda reason: say(reason, language),
        say_band=lambda name: say_band(name, language),
        subject=lambda comparison: subject(comparison, language),
        band=band,
        bars=lambda candidate: bars(candidate, language),
        facts=lambda person: facts(person, language),
        percent=percent,
        romanise=romanise,
    )
    template = files("kinmatch.data").joinpath("report.html.jinja").read_text("utf-8")
    shown = sum(len(candidates) for candidates in pages.candidates.values())
    return environment.from_string(template).render(
        pages=pages,
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        by_id={person.id: person for person in pages.sought.persons},
        children=sorted(pages.found.persons, key=lambda one: _rank(one, pages)),
        shown=shown,
        bands=_bands(pages),
        best=BEST,
        width=WIDTH,
        row=ROW,
    )


def bars(candidate: Candidate, language: Language) -> list[Bar]:
    """Return the waterfall of a candidate: the prior, what weighs, the correction, the sum."""
    steps = [step for step in waterfall(candidate) if step.kind is not Kind.UNKNOWN]
    drawn = [
        _bar(step.label(language), step.start, step.end, place) for place, step in enumerate(steps)
    ]
    return [*drawn, _bar(_texts()[language]["sum"], 0.0, candidate.calibrated, len(steps))]


def facts(person: Person, language: Language) -> list[tuple[str, str]]:
    """Return what a record says, as written, under its headings."""
    said = ((subject(fact, language), written(person, fact)) for fact in FACTS)
    return [(heading, say_value(value, language)) for heading, value in said if value]


def _bar(label: str, start: float, stop: float, place: int) -> Bar:
    begin, end = (max(-MOST, min(MOST, value)) for value in (start, stop))
    left = WIDTH / 2 + min(begin, end) * SCALE
    width = round(max(abs(end - begin) * SCALE, 1), 1)
    return Bar(label, stop - start, round(left, 1), width, place * ROW)


def _rank(person: Person, pages: Pages) -> tuple[float, str]:
    """Return what orders the children: the surest first, those without a match last."""
    best = max((one.probability for one in pages.candidates.get(person.id, ())), default=0.0)
    return -best, person.id


def _bands(pages: Pages) -> list[tuple[Band, int]]:
    """Count the children by the band of their best candidate."""
    best = [
        band(max((one.probability for one in pages.candidates.get(person.id, ())), default=0.0))
        for person in pages.found.persons
    ]
    return [(name, best.count(name)) for name in Band]


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(files("kinmatch.data").joinpath("report.toml").read_text("utf-8"))
