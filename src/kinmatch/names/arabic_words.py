"""Arabic words in the letters of another alphabet, readable for people who do not read Arabic.

A word is looked up among the known names; else it is taken apart at its article, its "servant of",
its "of the faith" or its Russian ending; else its letters are written with the vowels that can be
known. The alphabets are in `romanisation.py` and `cyrillisation.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kinmatch.names.fold import fold_word
from kinmatch.names.tables import mapping
from kinmatch.names.vocalisation import vocalised

if TYPE_CHECKING:
    from collections.abc import Callable

MARKS = "[\u064b-\u0650\u0652]*"
ARTICLE = re.compile(f"^[اٱ]{MARKS}ل{MARKS}(?=\\w)")
# A sun letter after the article is written doubled, and not spoken so in either alphabet.
SUN_LETTER = re.compile(f"^(\\w)({MARKS})\u0651")
SERVANT = "عبدال"
FAITH = "الدين"
GIVES_WAY = re.compile("[aаь]$")
LONGEST = 40  # letters of a word that is taken apart
SHORTEST = 3  # letters that must stand beside an article, in a compound, before an ending


@dataclass(frozen=True, slots=True)
class Alphabet:
    """How the words of Arabic are written in one other alphabet."""

    column: str  # of the known names and the Russian endings: latin or cyrillic
    letters: str  # the table of letters
    article: Callable[[str], str]  # "Rahman" → "al-Rahman"
    servant: Callable[[str], str]  # "Rahman" → "Abdulrahman"
    faith: str  # what stands after "Nur" in "Nuruddin"
    smooth: Callable[[str], str]  # a word written letter by letter → as its people spell it


@cache
def letters(table: str, column: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds the letters of a table, longest first, and what they are written as."""
    found = mapping(table, "written", column)
    longest_first = sorted(found, key=lambda written: (-len(written), written))
    return re.compile("|".join(map(re.escape, longest_first))), found


def arabic_word(word: str, alphabet: Alphabet, *, after_article: bool = False) -> str:
    """Return one Arabic word in another alphabet, its article set off by a hyphen."""
    folded = fold_word(word)
    known = mapping("readable_arabic", "arabic", alphabet.column).get(folded)
    if known:
        return known
    if len(folded) > LONGEST:
        return spelled_out(word, alphabet, after_article=after_article)
    made = compound(folded, alphabet)
    if made:
        return made
    bare = SUN_LETTER.sub(r"\1\2", ARTICLE.sub("", word))
    if ARTICLE.match(word) and len(fold_word(bare)) >= SHORTEST:
        return alphabet.article(arabic_word(bare, alphabet, after_article=True))
    return spelled_out(word, alphabet, after_article=after_article)


def spelled_out(word: str, alphabet: Alphabet, *, after_article: bool) -> str:
    """Return an Arabic word letter by letter, with the vowels that can be known."""
    pattern, other = letters(alphabet.letters, alphabet.column)
    spoken = vocalised(word, after_article=after_article)
    return capitalised(alphabet.smooth(pattern.sub(lambda found: other[found.group()], spoken)))


def compound(folded: str, alphabet: Alphabet) -> str:
    """Return a name made of two, or of a name and a Russian ending; "" if it is neither."""
    if folded.startswith(SERVANT) and len(folded) - len(SERVANT) >= SHORTEST:
        return alphabet.servant(arabic_word(folded.removeprefix(SERVANT), alphabet))
    if folded.endswith(FAITH) and len(folded) - len(FAITH) >= SHORTEST - 1:
        return open_end(arabic_word(folded.removesuffix(FAITH), alphabet)) + alphabet.faith
    endings = mapping("russian_endings", "arabic", alphabet.column)
    for ending in sorted(endings, key=len, reverse=True):
        stem = folded.removesuffix(ending)
        if stem != folded and len(stem) >= SHORTEST:
            return open_end(arabic_word(stem, alphabet)) + endings[ending]
    return ""


def open_end(name: str) -> str:
    """Return a name without the letter that an ending with a vowel takes the place of."""
    return GIVES_WAY.sub("", name)


def capitalised(word: str) -> str:
    """Return a word with a capital first letter."""
    return word[:1].upper() + word[1:]
