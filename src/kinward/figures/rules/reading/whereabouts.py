"""The places of a clause, found by their names in a list that is given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kinward.figures.rules.reading.pieces import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kinward.figures.rules.reading.lexicon import Lexicon

NAMED = re.compile(r"[A-ZА-ЯЁ][\w’'-]+(?:[ -][A-ZА-ЯЁ][\w’'-]+){0,2}")
ADJECTIVE = re.compile(r"\w+")
STEM = 3  # signs of a name that never change


class Place(NamedTuple):
    """A place of a sentence, as the list names it."""

    span: Span
    name: str


def stem_of(name: str) -> str:
    """Return of a Russian name what stays the same in every case."""
    lowered = name.lower()
    for ending in ("ия", "ый", "ий", "ая", "ое"):
        if lowered.endswith(ending) and len(lowered) > STEM + len(ending) - 1:
            return lowered[: -len(ending) + (ending == "ия")]
    return lowered[:-1] if lowered[-1] in "аяйьоеы" and len(lowered) > STEM else lowered


def by_stem(names: Mapping[str, str], lexicon: Lexicon) -> dict[str, str]:
    """Return names by what they are found by: as they are, or by their stems."""
    return {
        stem_of(name) if lexicon.endings else name.lower(): said for name, said in names.items()
    }


def places(sentence: str, lexicon: Lexicon, known: Mapping[str, str]) -> list[Place]:
    """Return the places of a sentence, in order. `known` is by stem, see `by_stem`."""
    found = [
        Place(Span(match.start(), match.start() + length), name)
        for match in NAMED.finditer(sentence)
        for length, name in look_up(match.group(), lexicon, known)
    ]
    for match in ADJECTIVE.finditer(sentence):
        for stem, name in lexicon.adjectives.items():
            told = rf"{stem}{lexicon.endings}"
            if match[0][0].isupper() != bool(lexicon.endings) and re.fullmatch(told, match[0]):
                found.append(Place(Span(*match.span()), name))
    return sorted(found)


def look_up(words: str, lexicon: Lexicon, known: Mapping[str, str]) -> list[tuple[int, str]]:
    """Return the place that capital words start with, the longest name first."""
    parts = words.split(" ")
    for count in range(len(parts), 0, -1):
        said = " ".join(parts[:count]).lower().removesuffix("’s").removesuffix("'s")
        if name := named(said, lexicon, known):
            return [(len(" ".join(parts[:count])), name)]
    return []


def named(said: str, lexicon: Lexicon, known: Mapping[str, str]) -> str:
    """Return the name of the list that words are a form of."""
    if not lexicon.endings:
        return known.get(said, "")
    for cut in range(4):
        stem = said[: len(said) - cut]
        if len(stem) >= STEM and stem in known:
            return known[stem]
    return ""
