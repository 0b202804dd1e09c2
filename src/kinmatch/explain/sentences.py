"""What there is to say of a candidate, as sentences in three languages.

The words stand in `data/sentences.toml`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from kinmatch.explain.candidate import BETWEEN

if TYPE_CHECKING:
    from kinmatch.explain.candidate import Band, Reason

Language = Literal["en", "ru", "ar"]
LANGUAGES: tuple[Language, ...] = ("en", "ru", "ar")
FIRST_STRONG, POP = "\u2068", "\u2069"  # keep a right-to-left name from turning the sentence round
NAMES = ("given", "father", "mother", "family")  # comparisons that share their sentences
SURE = 0.999  # said as "more than 99.9 %"


def say(reason: Reason, language: Language = "en") -> str:
    """Return a reason as one sentence, for anyone to read."""
    return say_level(
        reason.comparison, reason.level, found=reason.found, sought=reason.sought, language=language
    )


def say_level(comparison: str, level: str, *, found: str, sought: str, language: Language) -> str:
    """Return the sentence of one level of a comparison, with the two values in it."""
    sentences = _sentences()
    own = level in sentences.get(comparison, {})
    kind = "name" if comparison in NAMES and not own else comparison
    said = say_dates if comparison == "kinship" else say_value
    return str(sentences[kind][level][language]).format(
        subject=sentences["subject"][comparison][language],
        found=isolated(said(found, language)),
        sought=isolated(said(sought, language)),
    )


def say_phrase(comparison: str, level: str, language: Language = "en") -> str:
    """Return the sentence of one level without the two values: what would have to be so."""
    whole = say_level(comparison, level, found="", sought="", language=language)
    return whole.rpartition(" (")[0]


def say_line(line: str, language: Language = "en", **values: str) -> str:
    """Return one of the sentences around the reasons, with its values in it, kept apart."""
    text = str(_sentences()["line"][line][language])
    return text.format(**{name: isolated(value) for name, value in values.items()})


def say_question(fact: str, language: Language = "en") -> str:
    """Return the question that asks for a fact. It never says what an answer might be."""
    return str(_sentences()["question"][fact][language])


def say_whom(whom: str, sought_id: str, language: Language = "en") -> str:
    """Return whom to ask: the child or who looks after it, the enquirer of a request, or both."""
    return str(_sentences()["whom"][whom][language]).format(sought=isolated(sought_id))


def say_chance(chance: float) -> str:
    """Return a probability in per cent; nothing is ever said to be certain, nor impossible."""
    return f"{percent(chance)} %"


def percent(chance: float) -> str:
    """Return the number of a probability in per cent."""
    if chance > SURE:
        return "> 99.9"
    return "< 0.1" if chance < 1.0 - SURE else f"{chance * 100:.1f}"


def say_value(value: str, language: Language = "en") -> str:
    """Return a value as people of a language say it; names and dates stay as written."""
    return str(_sentences()["value"][language].get(value, value))


def say_dates(value: str, language: Language = "en") -> str:
    """Return dates of kin with what each is of said as people of a language say it."""
    parts = [part.partition(": ") for part in value.split(BETWEEN)]
    return BETWEEN.join(f"{say_value(label, language)}{sign}{day}" for label, sign, day in parts)


def subject(comparison: str, language: Language = "en") -> str:
    """Return what a comparison is about, as a heading: "Father's name"."""
    return str(_sentences()["subject"][comparison][language])


def say_band(name: Band, language: Language = "en") -> str:
    """Return a band as people say it: "very likely"."""
    return str(_sentences()["band"][name][language])


def isolated(value: str) -> str:
    """Return a value that keeps its own direction inside any sentence; a dash for none."""
    return f"{FIRST_STRONG}{value}{POP}" if value else "—"


@cache
def _sentences() -> dict[str, Any]:
    text = files("kinmatch.data").joinpath("sentences.toml").read_text("utf-8")
    return tomllib.loads(text)
