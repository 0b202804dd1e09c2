"""What is read out of a source: suggestions of claims, and the places it can name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from kinward.figures.rules.reading import LEXICONS, by_stem
from kinward.places.gazetteer import entries

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGE: Final = 250_000  # people: smaller towns bear too many names that are words
ALWAYS: Final = frozenset({"country", "region", "former", "camp"})


@cache
def known_places(language: str) -> Mapping[str, str]:
    """Return the places of the gazetteer that texts of a language name, by stem."""
    if language not in LEXICONS:
        return {}
    named: dict[str, str] = {}
    for entry in entries():
        name = entry["names"].get(language)
        if name and (entry["kind"] in ALWAYS or entry.get("population", 0) >= LARGE):
            named.setdefault(name, name)
    return by_stem(named, LEXICONS[language])
