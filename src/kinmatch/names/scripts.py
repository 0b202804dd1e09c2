"""Which script a name is written in."""

from __future__ import annotations

import unicodedata
from collections import Counter
from enum import StrEnum
from functools import lru_cache


class Script(StrEnum):
    """The writing system of a name or of one of its words."""

    ARABIC = "arabic"
    CYRILLIC = "cyrillic"
    LATIN = "latin"
    MIXED = "mixed"
    OTHER = "other"


KNOWN = (Script.ARABIC, Script.CYRILLIC, Script.LATIN)


@lru_cache(maxsize=10_000)
def script_of_character(character: str) -> Script | None:
    """Return the script of one letter; None for digits, marks and punctuation."""
    if not character.isalpha():
        return None
    word = unicodedata.name(character, "").split(" ", 1)[0].lower()
    return Script(word) if word in KNOWN else Script.OTHER


@lru_cache(maxsize=500_000)
def script_of_word(word: str) -> Script:
    """Return the script most letters of one word are in.

    A palochka typed as a Latin letter does not make a Cyrillic word a mixed one.
    """
    letters = [script for script in map(script_of_character, word) if script]
    if len(set(letters)) <= 1:
        return letters[0] if letters else Script.OTHER
    counted = Counter(letters)
    return max(counted, key=lambda script: (counted[script], script))


def script_of(text: str) -> Script:
    """Return the one script all words of a text are in, MIXED where they differ."""
    found = {script_of_word(word) for word in text.split() if any(map(str.isalpha, word))}
    if not found:
        return Script.OTHER
    return found.pop() if len(found) == 1 else Script.MIXED
