"""Names of any script in readable Cyrillic letters, as Russian writes foreign names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from kinmatch.names.arabic_words import Alphabet, arabic_word, capitalised, letters
from kinmatch.names.romanisation import word_by_word
from kinmatch.names.scripts import Script, script_of_word
from kinmatch.names.tables import rows

# The l of the article sounds like these letters before them; the дж of Arabic is no д.
ASSIMILATING = re.compile(r"д(?!ж)|[знрстш]", re.IGNORECASE)
LATIN_ARTICLE = re.compile(r"\b([ae])l-(sh|[dnrstz])", re.IGNORECASE)
CONSONANT = "бвгджзклмнпрстфхцчшщ"
# й and a vowel are one letter in Russian, parted from a consonant by ь; after one й alone is и.
JOINED = tuple(
    (re.compile(written), joined)
    for written, joined in (
        (rf"(?<=[{CONSONANT}])йа", "ья"),
        (rf"(?<=[{CONSONANT}])йу", "ью"),
        ("йа", "я"),
        ("йу", "ю"),
        ("й[еэ]", "е"),
        ("йи", "и"),
        (rf"(?<=[{CONSONANT}])й", "и"),
    )
)


def cyrillise(written: str) -> str:
    """Return a name in readable Cyrillic letters: "عبد الرحمن" → "Абд ар-Рахман".

    Known Arabic names have their usual Russian spelling ("محمد" → "Мухаммад"); other Arabic words
    get their consonants, and the vowels they do write. Latin names are written as their letters
    sound in most languages. What is in Cyrillic already stays as it is.
    """
    return word_by_word(LATIN_ARTICLE.sub(assimilated, written), readable)


@lru_cache(maxsize=200_000)
def readable(word: str) -> str:
    """Return one word in readable Cyrillic letters; other scripts than Latin and Arabic as is."""
    script = script_of_word(word)
    if script is Script.ARABIC:
        return arabic_word(word, CYRILLIC)
    return latin_word(word) if script is Script.LATIN else word


def latin_word(word: str) -> str:
    """Return one Latin word in Cyrillic: a known Arabic name as Russian has it, or its letters."""
    known = known_names().get(word.lower())
    cyrillic = known or smooth(in_cyrillic(word))
    return cyrillic.lower() if word.islower() else capitalised(cyrillic)


def in_cyrillic(word: str) -> str:
    """Return a Latin word letter by letter; "^" and "$" of the table are its start and its end."""
    pattern, cyrillic = letters("cyrillise_latin", "cyrillic")
    bare = "".join(
        letter if letter in cyrillic else unicodedata.normalize("NFKD", letter)
        for letter in unicodedata.normalize("NFC", word.lower())
    )
    framed = f"^{''.join(filter(str.isalpha, bare))}$"
    return pattern.sub(lambda found: cyrillic[found.group()], framed).strip("^$")


def smooth(cyrillic: str) -> str:
    """Return a small word with й and its neighbours as Russian spells them."""
    for pattern, joined in JOINED:
        cyrillic = pattern.sub(joined, cyrillic)
    return cyrillic


@cache
def known_names() -> dict[str, str]:
    """Return the known names of Arabic by their Latin spelling in small letters."""
    return {row["latin"].lower(): row["cyrillic"] for row in rows("readable_arabic")}


def assimilated(article: re.Match[str]) -> str:
    """Return "al-Sh" as "ash-Sh"."""
    vowel, consonant = article.groups()
    return f"{vowel}{consonant.lower()}-{consonant}"


def with_article(name: str) -> str:
    """Return "Рахман" as "ар-Рахман", "Багдади" as "аль-Багдади"."""
    found = ASSIMILATING.match(name)
    return f"а{found.group().lower()}-{name}" if found else f"аль-{name}"


def servant_of(name: str) -> str:
    """Return "Салам" as "Абдуссалам", "Карим" as "Абдулкарим"."""
    found = ASSIMILATING.match(name)
    return f"Абду{found.group().lower() if found else 'л'}{name.lower()}"


CYRILLIC = Alphabet(
    column="cyrillic",
    letters="cyrillise_arabic",
    article=with_article,
    servant=servant_of,
    faith="уддин",
    smooth=smooth,
)
