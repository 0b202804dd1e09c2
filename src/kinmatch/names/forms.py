"""What a word of a name is compared by: its folded letters, in the script it is written in.

A form keeps its script; the sound model compares across scripts. The article is one mark, `#`,
however it is written (al-, el, ال), and compounds are one word in any spacing. Other words for the
same name (Магомед and Мухаммад, Bob and Robert) are alternatives, each with the bits it costs to
take one for the other: knowledge in `data/names`, never a guess.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kinmatch.names.fold import fold_word
from kinmatch.names.scripts import KNOWN, Script, script_of_word
from kinmatch.names.tables import endings, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

ARTICLE = "#"
ARABIC_ARTICLE = re.compile(r"^ال(?=..)")
ARABIC_SERVANT = re.compile(r"^عبدال(?=..)")
ARABIC_FAITH = re.compile(r"(?<=..)ال(?=(?:دين|له)$)")
NO_LETTER = re.compile(r"[\W\d_]")
SHORTEST_STEM = 3
LONGEST = 40  # letters of a form; what is longer is no name
SAME_NAME = 1.0  # bits it costs that two people may write one name as differently as this
UNKNOWN_NAME = -1
SHORT_NAME = 4.0  # bits it costs that a short name may stand for several full ones


@lru_cache(maxsize=500_000)
def form_of(word: str) -> str:
    """Return the form of one word; "" when it has no letter of a known script."""
    folded = NO_LETTER.sub("", fold_word(word))[:LONGEST]
    script = script_of_word(folded)
    if script is Script.ARABIC:
        folded = ARABIC_SERVANT.sub("عبد#", folded)
        folded = ARABIC_FAITH.sub(ARTICLE, folded)
        return ARABIC_ARTICLE.sub(ARTICLE, folded)
    return folded if script in KNOWN else ""


def bare(form: str) -> str:
    """Return a form without its article."""
    return form.removeprefix(ARTICLE)


def readable(form: str) -> str:
    """Return a form for people: the article as it is written in Arabic, elsewhere left out."""
    return form.replace(ARTICLE, "ال" if script_of_form(form) is Script.ARABIC else "")


def joined(forms: Iterable[str]) -> str:
    """Return words that belong together as one form: the article inside is kept as its mark."""
    return "".join(forms)[:LONGEST]


def script_of_form(form: str) -> Script:
    """Return the script of a form, its article mark aside."""
    return script_of_word(form.replace(ARTICLE, ""))


@lru_cache(maxsize=500_000)
def masculine(form: str) -> str:
    """Return a family name in the masculine: магомедова → магомедов."""
    cut = endings("family_endings", script_of_form(form), "feminine").cut(form)
    return "".join(cut) if cut else form


@lru_cache(maxsize=500_000)
def stem_hint(family: str) -> str:
    """Return the forefather's form a family name is built on, "" if none: магомедов → магомед.

    A vowel that belongs to his name stays: Алиев ← Али.
    """
    cut = endings("family_endings", script_of_form(family), "stem").cut(family)
    return cut[0] if cut and len(bare(cut[0])) >= SHORTEST_STEM else ""


@cache
def known_names() -> frozenset[str]:
    """Return the forms of the names whose spellings are known."""
    return frozenset(numbered_names())


@cache
def spellings() -> tuple[tuple[str, ...], ...]:
    """Return the known spellings of each name in each script, the usual one first."""
    return tuple(
        tuple(dict.fromkeys(map(form_of, row[script].split("|"))))
        for row in rows("equivalents")
        for script in ("latin", "cyrillic", "arabic")
        if row[script]
    )


@cache
def numbered_names() -> dict[str, int]:
    """Return for each form of a name whose spellings are known the number of that name."""
    found: dict[str, int] = {}
    for number, row in enumerate(rows("equivalents")):
        for script in ("latin", "cyrillic", "arabic"):
            for spelling in filter(None, row[script].split("|")):
                found.setdefault(form_of(spelling), number)
    return found


@cache
def names_numbered() -> int:
    """Return how many names there are whose spellings are known."""
    return len(rows("equivalents"))


def name_number(form: str) -> int:
    """Return the number of the known name a form spells, -1 if none is known."""
    return numbered_names().get(form, UNKNOWN_NAME)


@cache
def other_forms() -> dict[str, dict[str, float]]:
    """Return for each form the others that may stand for it in its script, with their cost."""
    found: dict[str, dict[str, float]] = {}
    for usual, *others in spellings():
        for form in others:
            found.setdefault(form, {}).setdefault(usual, SAME_NAME)
    for row in [*rows("short_names"), *rows("sounds/short_names_heard")]:
        full = form_of(row["name"])
        for short in map(form_of, row["short"].split("|")):
            found.setdefault(full, {}).setdefault(short, SHORT_NAME)
            found.setdefault(short, {}).setdefault(full, SHORT_NAME)
    return found


def alternatives(form: str, *, short: bool = True) -> tuple[tuple[str, float], ...]:
    """Return the other forms a form may stand for, each with the bits it costs to say so.

    With `short` False only other spellings: a family name is never a short name.
    """
    others = other_forms().get(form)
    if not others:
        return ()
    return tuple((other, cost) for other, cost in others.items() if short or cost < SHORT_NAME)
