"""Names as documents print them: the machine-readable zone, and the passports of Russia.

ICAO Doc 9303-3 (8th edition, 2021), section 6, gives each Latin, Cyrillic and Arabic letter its
form in the letters A to Z; section 4.6 says what becomes of hyphens, commas and apostrophes.
Letters the Doc leaves out are in `machine_readable.tsv` too, and say so in its last column. So do
the few Arabic words of `machine_readable_words.tsv`, whose shadda is hardly ever written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from kinmatch.names.palochka import with_palochka
from kinmatch.names.schemes import schemes, transliterate
from kinmatch.names.tables import mapping, rows

if TYPE_CHECKING:
    from kinmatch.names.schemes import Scheme

FILLER = "<"
# A hyphen and a comma part the components of a name; every other punctuation is left out.
BREAKS = re.compile(r"[\s<,،\-\u2010-\u2015\u2212]+")
IN_ZONE = re.compile(r"[A-Z]+")
CYRILLIC = re.compile("[\u0400-\u04ff]")
SHADDA = "\u0651"
TATWEEL = "\u0640"
# The lam of the name of God is doubled by its spelling; its shadda does not double it again.
DOUBLED_LAM = re.compile("(?<=لل)[\u064b-\u0652\u0670]+(?=ه)")
FIRST, LAST, ANYWHERE = "first", "last", ""


class Language(StrEnum):
    """A language whose letters Doc 9303 writes otherwise than the rest."""

    BELARUSIAN = "be"
    BULGARIAN = "bg"
    MACEDONIAN = "mk"
    SERBIAN = "sr"
    TURKISH = "tr"
    UKRAINIAN = "uk"


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """One way a document has spelled a name, and the scheme it was spelled by."""

    written: str
    scheme: Scheme

    @property
    def machine_readable(self) -> str:
        """Return the form in the machine-readable zone of the same document."""
        return machine_readable(self.written)


def passport_forms(name: str) -> tuple[DocumentForm, ...]:
    """Return a Cyrillic name as the passports and licences of Russia have spelled it, newest first.

    The same spelling stands once for each scheme that gives it. "" and names without a Cyrillic
    letter have no such form. A palochka is left out, as in the Russian spelling of the name.
    """
    if not CYRILLIC.search(name):
        return ()
    return tuple(
        DocumentForm(transliterate(name, scheme.name), scheme)
        for scheme in schemes().values()
        if scheme.kind == "document"
    )


def machine_readable(name: str, language: Language | None = None) -> str:
    """Return a name as ICAO Doc 9303-3 writes it in the machine-readable zone.

    "Щеглова Юлия" → "SHCHEGLOVA<IULIIA", "جمال عبد الناصر" → "JMAL<EBD<ALNAXSSR". The letters are
    A to Z, one "<" between components, no filler at the end; "" if no letter has a form. Arabic
    vowel marks are not written, a shadda doubles its letter, figures are left out. Where the Doc
    allows several forms, the first is given; Turkish has the plain ones. A palochka is left out.

    Args:
        name: The name in Latin, Cyrillic or Arabic script, or in several.
        language: What the name is written in, where Doc 9303 has rules of its own for it.
    """
    i_is_a_vowel = language in {Language.UKRAINIAN, Language.BELARUSIAN}
    typed = with_palochka(name, i_is_a_vowel=i_is_a_vowel)
    # Presentation forms and ligatures of Arabic fonts are letters like any other.
    words = BREAKS.split(unicodedata.normalize("NFKC", typed))
    return FILLER.join(filter(None, (component(word, language) for word in words)))


def component(word: str, language: Language | None) -> str:
    """Return one word in the letters A to Z."""
    bare = "".join(letter for letter in word if not unicodedata.combining(letter))
    known = mapping("machine_readable_words", "written", "latin").get(bare)
    if known:
        return known
    capitals = DOUBLED_LAM.sub("", word).replace(TATWEEL, "").upper()
    letters = [place for place, letter in enumerate(capitals) if letter.isalpha()]
    zone: list[str] = []
    for place, letter in enumerate(capitals):
        if letter == SHADDA:
            zone += zone[-1:]
        elif letter.isalpha():
            where = places(first=place == letters[0], last=place == letters[-1])
            zone.append(in_zone(letter, where, language))
    return "".join(zone)


def places(*, first: bool, last: bool) -> tuple[str, ...]:
    """Return the places of a letter in its word that rules speak of, the narrowest first."""
    return (*((FIRST,) if first else ()), *((LAST,) if last else ()), ANYWHERE)


@cache
def forms() -> dict[tuple[str, str, str], str]:
    """Return the letters of Doc 9303 by (language, place in the word, letter)."""
    return {
        (row["language"], row["place"], row["written"]): row["latin"]
        for row in rows("machine_readable")
    }


def in_zone(letter: str, where: tuple[str, ...], language: Language | None) -> str:
    """Return one capital letter in the letters A to Z: by its language, its place, or in general.

    A letter that is in no table has its readable form, or that of the letter it is drawn on.
    """
    if IN_ZONE.fullmatch(letter):
        return letter
    spoken = (language.value, "") if language else ("",)
    wanted = [(tongue, place, letter) for tongue in spoken for place in where]
    found = next((forms()[key] for key in wanted if key in forms()), None)
    return unlisted(letter) if found is None else found


def unlisted(letter: str) -> str:
    """Return a letter of another alphabet in A to Z: қ as Q, ԥ as П; "" if it has no such form."""
    readable = mapping("romanise_cyrillic", "written", "latin").get(letter.lower())
    if readable is not None:
        return readable.upper()
    base = drawn_on(letter)
    return "" if base == letter else in_zone(base, (ANYWHERE,), None)


def drawn_on(letter: str) -> str:
    """Return the letter without its marks, as Unicode decomposes or names it; or the letter."""
    base = unicodedata.normalize("NFKD", letter)[0].upper()
    if base != letter:
        return base
    try:
        return unicodedata.lookup(unicodedata.name(letter, "").split(" WITH ", maxsplit=1)[0])
    except KeyError:
        return letter
