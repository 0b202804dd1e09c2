"""Names of any script in Latin letters: as comparison keys, and readable for reviewers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kinmatch.names.arabic_words import Alphabet, arabic_word, capitalised, letters
from kinmatch.names.fold import fold_word, split
from kinmatch.names.scripts import Script, script_of_word

if TYPE_CHECKING:
    from collections.abc import Callable

OUTSIDE_KEYS = re.compile(r"[^a-z]")
AFTER_VOWEL_E = re.compile(r"(?:(?<=[аеиоуыэюяьъ])|^)е")
HYPHENS = re.compile(r"[\-‐‑‒–—]")
LATIN = Alphabet(
    column="latin",
    letters="romanise_arabic",
    article=lambda name: f"al-{name}",
    servant=lambda name: f"Abdul{name.lower()}",
    faith="uddin",
    smooth=str,
)


def transliterated(folded: str) -> str:
    """Return a folded word in Latin letters, by the table of its script."""
    script = script_of_word(folded)
    if script not in {Script.ARABIC, Script.CYRILLIC}:
        return folded
    pattern, latin = letters(f"romanise_{script.value}", "latin")
    return pattern.sub(lambda found: latin[found.group()], folded)


@lru_cache(maxsize=500_000)
def plain_key(word: str) -> str:
    """Return one word folded and in the letters a to z; "" when it is in no known script."""
    return OUTSIDE_KEYS.sub("", transliterated(fold_word(word)))


def romanise(written: str) -> str:
    """Return a name in readable Latin letters: "Руслан Магомедов" → "Ruslan Magomedov".

    Arabic short vowels are not written and cannot be known; spellings of known names are used for
    them ("محمد" → "Muhammad"), other words get their consonants, and the vowels they do write.
    """
    return word_by_word(written, readable)


def word_by_word(written: str, render: Callable[[str], str]) -> str:
    """Return a name with each word rendered; words stay joined by the hyphens they had."""
    pieces = (
        "-".join(
            filter(None, (" ".join(map(render, split(part))) for part in HYPHENS.split(piece)))
        )
        for piece in written.split()
    )
    return " ".join(filter(None, pieces))


@lru_cache(maxsize=200_000)
def readable(word: str) -> str:
    """Return one word in readable Latin letters, capitalised."""
    script = script_of_word(word)
    if script is Script.LATIN:
        return word
    if script is Script.ARABIC:
        return arabic_word(word, LATIN)
    return capitalised(transliterated(AFTER_VOWEL_E.sub("йе", fold_word(word))))
