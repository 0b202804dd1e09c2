"""Names of any script in Latin letters: as comparison keys, and readable for reviewers."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kinmatch.names.fold import fold_word, split
from kinmatch.names.scripts import Script, script_of_word
from kinmatch.names.tables import mapping

OUTSIDE_KEYS = re.compile(r"[^a-z]")
AFTER_VOWEL_E = re.compile(r"(?:(?<=[аеиоуыэюяьъ])|^)е")
ARABIC_ARTICLE = "ال"
SHORTEST_AFTER_ARTICLE = 3


@cache
def letters(script: Script) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds the letters of a script, longest first, and their Latin form."""
    latin = mapping(f"romanise_{script.value}", "written", "latin")
    longest_first = sorted(latin, key=lambda written: (-len(written), written))
    return re.compile("|".join(map(re.escape, longest_first))), latin


def transliterated(folded: str) -> str:
    """Return a folded word in Latin letters, by the table of its script."""
    script = script_of_word(folded)
    if script not in {Script.ARABIC, Script.CYRILLIC}:
        return folded
    pattern, latin = letters(script)
    return pattern.sub(lambda found: latin[found.group()], folded)


@lru_cache(maxsize=500_000)
def plain_key(word: str) -> str:
    """Return one word folded and in the letters a to z; "" when it is in no known script."""
    return OUTSIDE_KEYS.sub("", transliterated(fold_word(word)))


def romanise(written: str) -> str:
    """Return a name in readable Latin letters: "Руслан Магомедов" → "Ruslan Magomedov".

    Arabic short vowels are not written and cannot be known; spellings of known names are used for
    them ("محمد" → "Muhammad"), other words get their consonants.
    """
    return " ".join(filter(None, map(readable, split(written))))


@lru_cache(maxsize=200_000)
def readable(word: str) -> str:
    """Return one word in readable Latin letters, capitalised."""
    script = script_of_word(word)
    folded = fold_word(word)
    if script is Script.LATIN:
        return word
    if script is Script.ARABIC:
        return readable_arabic(folded)
    return capitalised(transliterated(AFTER_VOWEL_E.sub("йе", folded)))


def readable_arabic(folded: str) -> str:
    """Return a folded Arabic word in readable Latin letters, its article set off by a hyphen."""
    known = mapping("readable_arabic", "arabic", "latin").get(folded)
    if known:
        return known
    bare = folded.removeprefix(ARABIC_ARTICLE)
    if bare != folded and len(bare) >= SHORTEST_AFTER_ARTICLE:
        return "al-" + readable_arabic(bare)
    return capitalised(transliterated(voiced(folded)))


def voiced(folded: str) -> str:
    """Return a folded Arabic word with و and ي as vowels where they stand between consonants."""
    word = re.sub(r"^اي", "i", re.sub(r"^او", "u", folded))
    word = re.sub(r"(?<=[^\Wاويaiu])و(?=[^\Wاوي]|$)", "u", word)
    word = re.sub(r"(?<=[^\Wاويaiu])ي(?=[^\Wاوي]|$)", "i", word)
    return re.sub(r"ه$", "a", word)


def capitalised(word: str) -> str:
    """Return a word with a capital first letter."""
    return word[:1].upper() + word[1:]
