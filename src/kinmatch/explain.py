"""A score in words: every comparison with its bits, as a sentence in three languages.

candidate = explain(population, scored)
for reason in candidate.reasons:
    say(reason, "ru")
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from kinmatch.comparisons import COMPARISONS, UNKNOWN
from kinmatch.model import probability
from kinmatch.names import Name, Role, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kinmatch.engines import Population, Scored
    from kinmatch.records import Person

Language = Literal["en", "ru", "ar"]
LANGUAGES: tuple[Language, ...] = ("en", "ru", "ar")
FIRST_STRONG, POP = "\u2068", "\u2069"  # keep a right-to-left name from turning the sentence round
BETWEEN = " / "  # between several forms of one value
NAMES = ("given", "father", "mother", "family")  # comparisons that share their sentences
DIGITS = 9  # of a weight; below it two engines may differ


class Band(StrEnum):
    """What a probability is called. Absolute: never relative to the best one at hand."""

    VERY_LIKELY = "very_likely"
    LIKELY = "likely"
    POSSIBLE = "possible"
    NOT_CREDIBLE = "not_credible"  # counted, and not shown


FROM = ((0.95, Band.VERY_LIKELY), (0.8, Band.LIKELY), (0.3, Band.POSSIBLE))


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison of a candidate: what it weighs, and the values compared, as written."""

    comparison: str
    level: str
    bits: float  # above 0 speaks for, below 0 against, 0 is not known
    found: str
    sought: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A found and a sought record that may be one person, and why."""

    found_id: str
    sought_id: str
    weight: float  # bits, the prior in it
    probability: float
    prior: float  # bits before anything was compared
    reasons: tuple[Reason, ...]  # one for each comparison, the strongest first


def band(chance: float) -> Band:
    """Return what a probability is called."""
    return next((name for least, name in FROM if chance >= least), Band.NOT_CREDIBLE)


def explain(population: Population, scored: Scored, *, prior: float) -> Candidate:
    """Return a scored pair with the reason of each comparison; `prior` is in bits."""
    found, sought = population.found[scored.found], population.sought[scored.sought]
    weight = round(scored.weight, DIGITS)
    reasons = reasons_of(population, scored.found, scored.sought, scored.levels)
    chance = probability(population.model.calibration(weight))
    return Candidate(found.id, sought.id, weight, chance, prior, tuple(reasons))


def reasons_of(
    population: Population, found_at: int, sought_at: int, levels: Sequence[str]
) -> list[Reason]:
    """Return the reason of each comparison, the strongest first.

    Of an optional comparison there is one only where it was compared.
    """
    found, sought = population.found[found_at], population.sought[sought_at]
    reasons = [
        Reason(
            comparison.name,
            level,
            population.model.bits(comparison.name, level),
            written(found, comparison.name),
            written(sought, comparison.name),
        )
        for comparison, level in zip(COMPARISONS, levels, strict=True)
        if not comparison.optional or level != UNKNOWN
    ]
    return sorted(reasons, key=lambda reason: -abs(reason.bits))


def say(reason: Reason, language: Language = "en") -> str:
    """Return a reason as one sentence, for anyone to read."""
    return say_level(
        reason.comparison, reason.level, found=reason.found, sought=reason.sought, language=language
    )


def say_level(comparison: str, level: str, *, found: str, sought: str, language: Language) -> str:
    """Return the sentence of one level of a comparison, with the two values in it."""
    sentences = _sentences()
    kind = "name" if comparison in NAMES and level in sentences["name"] else comparison
    return str(sentences[kind][level][language]).format(
        subject=sentences["subject"][comparison][language],
        found=_isolated(say_value(found, language)),
        sought=_isolated(say_value(sought, language)),
    )


def say_value(value: str, language: Language = "en") -> str:
    """Return a value as people of a language say it; names and dates stay as written."""
    return str(_sentences()["value"][language].get(value, value))


def subject(comparison: str, language: Language = "en") -> str:
    """Return what a comparison is about, as a heading: "Father's name"."""
    return str(_sentences()["subject"][comparison][language])


def say_band(name: Band, language: Language = "en") -> str:
    """Return a band as people say it: "very likely"."""
    return str(_sentences()["band"][name][language])


@lru_cache(maxsize=65_536)  # one person is in many pairs
def written(person: Person, comparison: str) -> str:
    """Return what a record says about one attribute, as written; empty where it says nothing."""
    return BETWEEN.join(dict.fromkeys(filter(None, _written(person, comparison))))


def _written(person: Person, comparison: str) -> Iterable[str]:
    own = [parse(name) for name in person.names]
    fathers = [*person.father, *_parts(own, Role.FATHER)]
    values: dict[str, Iterable[str]] = {
        "given": person.called,
        "father": fathers or _parts(own, Role.FAMILY),
        "mother": person.mother,
        "siblings": person.siblings,
        "grandparents": [*person.grandparents, *_parts(own, Role.GRANDFATHER)],
        "family": [
            *person.family,
            *_parts([*own, *map(parse, person.father)], Role.FAMILY, Role.NISBA),
        ],
        "birth": [str(person.born or "")],
        "age": [str(person.told or "")],
        "sex": [person.sex or ""],
        "place": person.places,
        "languages": person.languages,
        "marks": person.marks,
        "kinship": map(str, filter(None, (person.born, person.mother_born, person.father_died))),
    }
    return values[comparison]


def _parts(names: Sequence[Name], *roles: Role) -> list[str]:
    return [part.written for name in names for part in name.parts if part.role in roles]


def _isolated(value: str) -> str:
    return f"{FIRST_STRONG}{value}{POP}" if value else "—"


@cache
def _sentences() -> dict[str, Any]:
    text = files("kinmatch.data").joinpath("sentences.toml").read_text("utf-8")
    return tomllib.loads(text)
