"""How a written place is compared with the names of a gazetteer: plain values, no database.

Two forms of a name: *folded*, as it is written but for what typists leave out (accents, hyphens,
the Arabic article, the seats of hamza); and its *sound*, the consonants in Latin letters, in which
Мосул, Mosoul and الموصل are one. Names of persons are compared far more finely, by `kinmatch`; this
is for finding a place in a list, where a person then chooses.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SHORTEST: Final = 2  # letters, of what is searched for; fewer say nothing
SHORTEST_SOUND: Final = 2  # consonants; fewer sound like half the list
BREAK: Final = "\n"  # before, between and after the names of one kind
KINDS: Final = "\t"  # between the names of one kind and of the next

BENEATH: Final = ":"  # between a code of ISO 3166 and ours
ADDED: Final = "own-"  # begins our part of the code of a place that was added

ARTICLE: Final = re.compile(
    r"^(?:al|el|ar|as|ash|an|at|ad|az|эл|ал|эр|эс|эш|эн|эт|эд|эз) (?=\w{3})"
)
ARABIC_ARTICLE: Final = re.compile(r"\bال(?=\w{3})")
NOT_WORD: Final = re.compile(r"[^\w]+")
# Seats of hamza, the two ya, ta marbuta; Persian and Kurdish letters for the Arabic ones; palochka,
# which is typed in four ways (U+04C0 and its small form, the Latin l and i, the Ukrainian i).
LETTERS: Final = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیئ", "ي"),
        **dict.fromkeys("ةە", "ه"),
        **dict.fromkeys("ـ'`ʼʻ’‘ʹʿʾءьъ\u200c\u200d", ""),
        **dict.fromkeys("ӏі", "1"),
        "ک": "ك",
        "ڤ": "ف",
        "ؤ": "و",
        "ё": "е",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ə": "a",
        "ı": "i",
        "æ": "a",
        "œ": "o",
    }
)
# Each consonant, and the letters of six scripts that are written with it in Latin; vowels by none.
CONSONANTS: Final[Mapping[str, str]] = {
    "b": "бبბբ",
    "d": "дђدضდդ",
    "f": "vвфўفვფվֆ",
    "g": "гғґغگგღգղ",
    "h": "xхҳحخهჰხհխ",
    "j": "жҷџجژჟჯժջ",
    "k": "qcкқћقكკქყկք",
    "l": "лљلڵლլ",
    "m": "мمმմ",
    "n": "нңњنნն",
    "p": "пپპպփ",
    "r": "рرڕრր",
    "s": "сцчшщسشصچსცჩშჭწսշծցչճ",
    "t": "тتثطტთտթ",
    "z": "зذزظზძզձ",
    "": "aeiouwy1аеиоуыэюяәөүұӣӯєاويعაეიოუաեէըիոօևւյ",
}
SOUNDS: Final = str.maketrans(
    {letter: consonant for consonant, letters in CONSONANTS.items() for letter in letters}
)
DIGRAPHS: Final = (
    ("дж", "j"),
    ("dzh", "j"),
    ("shch", "s"),
    ("sch", "s"),
    ("tch", "s"),
    ("zh", "j"),
    ("dj", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("sh", "s"),
    ("ch", "s"),
    ("ts", "s"),
    ("th", "t"),
    ("dh", "d"),
    ("ph", "f"),
)
TWICE: Final = re.compile(r"(.)\1+")


class Nearness(IntEnum):
    """How a place was found, nearest first."""

    EXACT = 0
    EXACT_OTHER = 1  # of another name than the one in use, or a former one
    BEGINS = 2
    ALTERNATIVE = 3  # begins another name
    HISTORIC = 4
    WORD = 5  # begins a later word of some name
    SOUNDS = 6


def code_of_added(within: str, digits: str) -> str:
    """Return the code of a place that was added: beneath the region of what it lies in."""
    return f"{within.partition(BENEATH)[0]}{BENEATH}{ADDED}{digits}"


def is_added(code: str) -> bool:
    """Tell whether somebody added the place of that code."""
    return code.partition(BENEATH)[2].startswith(ADDED)


def fold(written: str) -> str:
    """Return a name as it is compared: small letters, without accents, article and punctuation.

    Returns an empty text for what holds no letter.
    """
    apart = unicodedata.normalize("NFD", written.casefold().replace("й", "и\u0306"))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    words = NOT_WORD.sub(" ", unicodedata.normalize("NFC", bare).translate(LETTERS)).strip()
    return ARABIC_ARTICLE.sub("", ARTICLE.sub("", words))


def sound(written: str) -> str:
    """Return the consonants of a name in Latin letters; empty for fewer than SHORTEST_SOUND."""
    heard = fold(written).replace(" ", "").replace("_", "")
    for spelled, letter in DIGRAPHS:
        heard = heard.replace(spelled, letter)
    heard = TWICE.sub(r"\1", heard.translate(SOUNDS)).removesuffix("h")  # ta marbuta, or no sound
    return heard if len(heard) >= SHORTEST_SOUND else ""


def searchable(official: Iterable[str], alternative: Iterable[str], historic: Iterable[str]) -> str:
    """Return the folded names of one place as they are stored: kinds apart, each name once."""
    seen: set[str] = set()
    return KINDS.join(
        BREAK.join(["", *unseen(map(fold, names), seen), ""])
        for names in (official, alternative, historic)
    )


def audible(names: Iterable[str]) -> str:
    """Return the sounds of all names of one place as they are stored."""
    return BREAK.join(["", *unseen(map(sound, names), set()), ""])


def unseen(forms: Iterable[str], seen: set[str]) -> list[str]:
    """Return the forms that were not seen yet, and put them among the seen."""
    new = [form for form in dict.fromkeys(forms) if form and form not in seen]
    seen.update(new)
    return new


def nearness(searched: str, wanted: str) -> Nearness:
    """Tell how near the names of a place, as `searchable` stored them, come to what is wanted.

    Args:
        searched: the folded names.
        wanted: what is looked for, folded.
    """
    official, *others = [kind.split(BREAK) for kind in searched.split(KINDS)]
    if wanted in official:
        return Nearness.EXACT
    if any(wanted in names for names in others):
        return Nearness.EXACT_OTHER
    if begins(official, wanted):
        return Nearness.BEGINS
    for names, found in zip(others, (Nearness.ALTERNATIVE, Nearness.HISTORIC), strict=False):
        if begins(names, wanted):
            return found
    return Nearness.WORD if f" {wanted}" in searched else Nearness.SOUNDS


def begins(names: Sequence[str], wanted: str) -> bool:
    """Tell whether one of the names begins with what is wanted."""
    return any(name.startswith(wanted) for name in names)
