"""Cyrillic names in Latin letters, by the schemes of passports, standards and maps.

The schemes are in `transliteration_schemes.tsv`, their letters in `transliterations.tsv`. A rule
holds for one letter, or for one after or before certain others ("^" is the start of a word), or for
the end of a word ("$"). Rules with neighbours go before rules without, rules of a scheme before
those of the scheme it is based on.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from kinmatch.names.palochka import with_palochka
from kinmatch.names.tables import mapping, rows

WORD = re.compile(r"\w+")
STRESS = re.compile("[\u0300\u0301]")
START, END = "^", "$"
ENDING = 2  # letters in an ending that has a rule of its own; the word must be longer

Context = tuple[str | None, str, str | None]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to write Russian in Latin letters: its name, what used it, from when to when."""

    name: str
    kind: str  # document, standard, practice, national
    title: str
    since: str  # year, "" if unknown
    until: str  # year, "" if still in use

    @property
    def years(self) -> str:
        """Return the years in use: "1997–2010", "since 2013", "until 2001", "" if not known."""
        if self.since and self.until:
            return f"{self.since}–{self.until}"
        if self.since:
            return f"since {self.since}"
        return f"until {self.until}" if self.until else ""


@dataclass(frozen=True, slots=True)
class Rules:
    """The letters of one scheme: (letter before or None, letter, letter after or None) → Latin."""

    letters: dict[Context, str]
    endings: dict[str, str]


@cache
def schemes() -> dict[str, Scheme]:
    """Return every scheme by its name, such as "icao_doc_9303", in the order of the table."""
    return {
        row["scheme"]: Scheme(row["scheme"], row["kind"], row["title"], row["since"], row["until"])
        for row in rows("transliteration_schemes")
        if row["kind"] != "part"
    }


def transliterate(text: str, scheme: str) -> str:
    """Return a text with its Cyrillic words in Latin letters, by a scheme named in `schemes()`.

    Letters of other languages than Russian are written in the readable form of
    `romanise_cyrillic.tsv`, a palochka is left out, whatever is not Cyrillic stays as it is.

    Raises:
        KeyError: There is no scheme of that name.
    """
    rules = rules_of(schemes()[scheme].name)
    plain = STRESS.sub("", unicodedata.normalize("NFC", with_palochka(text)))
    return WORD.sub(lambda word: in_latin(word.group(), rules), plain)


@cache
def rules_of(scheme: str) -> Rules:
    """Return the rules of a scheme, on top of those it is based on."""
    based_on = mapping("transliteration_schemes", "scheme", "based_on")[scheme]
    below = rules_of(based_on) if based_on else Rules({}, {})
    letters, endings = dict(below.letters), dict(below.endings)
    for row in rows("transliterations"):
        if row["scheme"] != scheme:
            continue
        if row["before"] == END:
            endings[row["written"]] = row["latin"]
        else:
            letters |= dict.fromkeys(contexts(row), row["latin"])
    return Rules(letters, endings)


def contexts(row: dict[str, str]) -> list[Context]:
    """Return every context one line of the table speaks of."""
    return [
        (None if after is None else after.replace(START, ""), row["written"], before)
        for after in row["after"] or [None]
        for before in row["before"] or [None]
    ]


def in_latin(word: str, rules: Rules) -> str:
    """Return one word in Latin letters; one capital gives "Shch", a word of capitals "SHCH"."""
    small = [letter.lower() for letter in word]
    latin = [
        letter_in_latin(before, letter, after, rules)
        for before, letter, after in zip(["", *small], small, [*small[1:], ""], strict=False)
    ]
    whole = word.isupper() and len(word) > 1
    spelled = [cased(letter, found, whole=whole) for letter, found in zip(word, latin, strict=True)]
    cut = len(word) - ENDING
    ending = rules.endings.get("".join(small[cut:])) if cut > 0 else None
    if ending is not None:
        spelled[cut:] = [ending.upper() if whole else ending]
    # A first letter that is left out, as a palochka, leaves its capital to the next.
    return cased(word[:1], "".join(spelled), whole=False)


def letter_in_latin(before: str, letter: str, after: str, rules: Rules) -> str:
    """Return one small letter in Latin: by both neighbours, the one before, the one after, none."""
    wanted: tuple[Context, ...] = (
        (before, letter, after),
        (before, letter, None),
        (None, letter, after),
        (None, letter, None),
    )
    known = (rules.letters[context] for context in wanted if context in rules.letters)
    return next(known, mapping("romanise_cyrillic", "written", "latin").get(letter, letter))


def cased(letter: str, latin: str, *, whole: bool) -> str:
    """Return Latin letters in the case of the letter they stand for."""
    if not letter.isupper():
        return latin
    return latin.upper() if whole else latin[:1].upper() + latin[1:]
