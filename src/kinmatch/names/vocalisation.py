"""Arabic words with the vowels that can be known: the written ones, long ones, those of endings.

A short vowel that is not written is never made up. Vowels are put into the word as Latin letters,
among the Arabic letters of its consonants; a table of either script then writes the whole.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from kinmatch.names.tables import mapping

# A consonant: a letter that is no alef, waw or ya, and no vowel put in before.
CONSONANT = r"[^\Wاويaeiouy]"
STEPS = tuple(
    (re.compile(written), spoken)
    for written, spoken in (
        ("[\u0640\u064b-\u064d\u0652\u200c-\u200f]", ""),  # tatweel, tanwin, sukun, joiners
        # Shadda doubles a letter that Latin writes with one; it stands after the vowel mark.
        ("([ثخذشغ])([\u064e-\u0650]?)\u0651", r"\1\2"),
        ("(\\w)([\u064e-\u0650]?)\u0651", r"\1\1\2"),
        # Seats of hamza: what they carry can be heard.
        ("^إ\u0650?ي?", "i"),
        ("^أي", "aي"),
        ("^[اأ]\u064f?و", "u"),
        ("^[اأإ](?=[\u064e-\u0650])", ""),
        ("^ا\u0650?ي", "i"),
        ("^ئ(?=[اوۆێەی])", ""),
        ("[ئإ]\u0650?ي?", "i"),
        ("ؤ\u064f?و?", "u"),
        ("ء", ""),
        # Vowel marks, with the long vowel they make.
        ("\u064e(?=[اىة])", ""),
        ("\u064fو(?![\u064e-\u0650])", "u"),
        ("\u0650ي(?![\u064e-\u0650])", "i"),
        ("[\u064e\u0670]", "a"),
        ("\u064f", "u"),
        ("\u0650", "i"),
        # Kurdish writes its vowels.
        ("ە", "a"),
        ("ۆ", "o"),
        ("ێ", "e"),
        ("عا", "ا"),
    )
)
VOWELS = tuple(
    (re.compile(written), spoken)
    for written, spoken in (
        (rf"(?<={CONSONANT})ي(?=ا|ه$)", "iي"),
        (rf"(?<={CONSONANT})و(?=[^\Wاوي]|$)", "u"),
        (rf"(?<={CONSONANT})ي(?=[^\Wاوي]|$)", "i"),
        (rf"(?<={CONSONANT}و)ي(?=[^\Wاوي]|$)", "i"),
        (r"(?<=[^\Wاوi])ه$", "a"),
    )
)
TA_MARBUTA = re.compile("[ةۃ]$")
MAQSURA = re.compile("ى$")


@cache
def folded_letters() -> dict[int, str]:
    """Return the Arabic letters that are written for another, as a translation table."""
    return {ord(one): other for one, other in mapping("fold_arabic", "written", "folded").items()}


@lru_cache(maxsize=100_000)
def vocalised(word: str, *, after_article: bool = False) -> str:
    """Return an Arabic word without its article, vowels put in as a, e, i, o and u.

    A final ى is the a of "هدى", but after an article the i of a nisba as Egypt types it.
    """
    spoken = unicodedata.normalize("NFKC", word)
    spoken = MAQSURA.sub("ي" if after_article else "ا", spoken)
    spoken = TA_MARBUTA.sub("ه", spoken)
    for pattern, vowel in STEPS:
        spoken = pattern.sub(vowel, spoken)
    spoken = spoken.translate(folded_letters())
    for pattern, vowel in VOWELS:
        spoken = pattern.sub(vowel, spoken)
    return "".join(letter for letter in spoken if not unicodedata.combining(letter))
