"""Spellings that mean the same letters, made the same: fold each word by its script.

Folding is idempotent and never looks at the meaning of a word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from kinmatch.names.scripts import Script, script_of_word
from kinmatch.names.tables import mapping

PALOCHKA = "\u04cf"
TATWEEL = "\u0640"
# What people type for a palochka inside a Cyrillic word: capital i, small L, one, bar, Ukrainian i.
TYPED_PALOCHKA = re.compile(
    r"(?<=[кгптхцч])[iіl1|](?=[аеёиоуыэюяӏ])|(?<=[а-яё])[l1|]|[l1|](?=[а-яё])"
)
LATIN_I = re.compile(r"(?<=[а-яё])i|i(?=[а-яё])")
BREAKS = re.compile(r"[\s\-‐‑‒–—_/·•.,;،؛]+")
SILENT = re.compile(r"['’‘`´ʼʻʿʾ′\"“”«»()\[\]{}*?!]")


@cache
def letters(script: Script) -> dict[int, str]:
    """Return the letters of a script that are written for another, as a translation table."""
    found = mapping(f"fold_{script.value}", "written", "folded")
    return {ord(written): folded for written, folded in found.items()}


def fold_arabic(word: str) -> str:
    """Fold hamza seats, ya, ta marbuta, tatweel, vowel marks, Persian and Kurdish letters."""
    plain = unicodedata.normalize("NFKC", word).translate(letters(Script.ARABIC))
    return "".join(c for c in plain if c != TATWEEL and not unicodedata.combining(c))


def fold_cyrillic(word: str) -> str:
    """Fold case, ё, stress marks and every way of typing a palochka."""
    # A capital Ukrainian i among small letters is a palochka; among capitals it may be a vowel.
    typed = re.sub(r"(?<=[кгптхцчКГПТХЦЧ])[ІI](?=[а-яё])", PALOCHKA, word)
    # A Latin I before a vowel at the head of a word is one too; Ivan has a consonant there.
    typed = re.sub(r"^I(?=[АОУЭЕИЯЮаоуэеияю])", PALOCHKA, typed)
    plain = unicodedata.normalize("NFC", typed).lower().translate(letters(Script.CYRILLIC))
    plain = TYPED_PALOCHKA.sub(PALOCHKA, plain)
    plain = LATIN_I.sub("і", plain)
    return "".join(c for c in plain if not unicodedata.combining(c))


def fold_latin(word: str) -> str:
    """Fold case and diacritics; letters with a sound of their own become digraphs (š → sh)."""
    plain = unicodedata.normalize("NFC", word.lower()).translate(letters(Script.LATIN))
    stripped = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in stripped if not unicodedata.combining(c))


FOLDS = {
    Script.ARABIC: fold_arabic,
    Script.CYRILLIC: fold_cyrillic,
    Script.LATIN: fold_latin,
}


@lru_cache(maxsize=200_000)
def fold_word(word: str) -> str:
    """Fold one word by the script most of its letters are in."""
    plain = SILENT.sub("", word)
    folded = FOLDS.get(script_of_word(plain), str.lower)(plain)
    # In a word of mixed scripts, folding one can leave another in the majority.
    return folded if folded == word else fold_word(folded)


def split(text: str) -> list[str]:
    """Return the words of a text: cut at spaces, hyphens, full stops and commas."""
    return [word for word in BREAKS.split(text) if SILENT.sub("", word)]


def fold(text: str) -> str:
    """Return a text with every word folded, one space between words."""
    return " ".join(filter(None, map(fold_word, split(text))))
