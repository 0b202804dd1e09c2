"""Letters as they are compared: without case, marks, stretching, look-alikes of other scripts."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# Cyrillic and Greek letters drawn like Latin ones (Unicode UTS 39, confusables.txt; lower case of
# modern alphabets). Label and text are folded alike, so that it never matters which was meant.
LOOK_ALIKES: Final = str.maketrans(
    "аеорсухіјѕԁһӏвкмнтɑαορυνκιτ",
    "aeopcyxijsdhlbkmhtaaopyvkit",
)
# One letter written in several ways across Arabic, Persian and Kurdish keyboards.
ONE_LETTER: Final = {
    **dict.fromkeys(map(ord, "ىیے"), "ي"),
    **dict.fromkeys(map(ord, "کڪ"), "ك"),
    **dict.fromkeys(map(ord, "ةەھہ"), "ه"),
    ord("ٱ"): "ا",
}
DROPPED: Final = frozenset({"Mn", "Me", "Cf", "Lm"})  # marks, joiners, the tatweel


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared, and where in the original each of its letters came from."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the original that letters `start` to `end - 1` came from."""
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=4_096)
def fold_letter(letter: str) -> str:
    """Return what a letter is compared as: nothing for a mark, one or more letters otherwise."""
    parts = unicodedata.normalize("NFKD", letter)
    kept = (part for part in parts if unicodedata.category(part) not in DROPPED)
    plain = "".join(kept).casefold().translate(ONE_LETTER).translate(LOOK_ALIKES)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in plain).replace("_", " ")


def fold(text: str, *, joined: bool = True) -> Folded:
    """Fold a text; `joined` writes a letter that is repeated once ("Saaara": "Sara")."""
    letters: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text):
        for folded in fold_letter(letter):
            if joined and letters and letters[-1] == folded and folded.isalpha():
                continue
            letters.append(folded)
            origin.append(place)
    return Folded("".join(letters), tuple(origin))
