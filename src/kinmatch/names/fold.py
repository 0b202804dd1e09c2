"""Spellings that mean the same letters, made the same: fold each word by its script.

Folding is idempotent and never looks at the meaning of a word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from kinmatch.names.palochka import in_word
from kinmatch.names.scripts import Script, script_of_word
from kinmatch.names.tables import mapping

TATWEEL = "\u0640"
LATIN_I = re.compile(r"(?<=[а-яё])i|i(?=[а-яё])")
# Between two words stands whatever is no letter, figure, mark on a letter, or joiner; a bar may be
# a palochka. Hyphens, stops, emoji and other symbols divide; quotes and brackets do not.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8"
    "\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20dc\ufe20-\ufe2f"
)
JOINERS = "\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
SILENT_MARKS = r"'’‘`´ʼʻʿʾ′\"“”«»()\[\]{}*?!"
BREAKS = re.compile(rf"[^\w{MARKS}{JOINERS}{SILENT_MARKS}|]+|_+")
SILENT = re.compile(f"[{SILENT_MARKS}]")


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
    typed = in_word(unicodedata.normalize("NFC", word), i_is_a_vowel=False)
    plain = LATIN_I.sub("і", typed.lower().translate(letters(Script.CYRILLIC)))
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
    """Return the words of a text: cut at spaces, hyphens, stops, emoji and other symbols."""
    return [word for word in BREAKS.split(text) if any(map(str.isalnum, word))]


def fold(text: str) -> str:
    """Return a text with every word folded, one space between words."""
    folded = map(fold_word, split(text))
    return " ".join(word for word in folded if any(map(str.isalnum, word)))
