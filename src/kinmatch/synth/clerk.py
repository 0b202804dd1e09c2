"""The clerk of a camp or a prison, who writes what he hears: in Arabic script, or in Latin letters.

He knows many of the names and then writes them as he would his neighbour's; others he spells by
ear: short vowels dropped, sounds his letters lack replaced by a near one, a letter misheard at
times. One who writes Latin letters has English or French habits. Each has habits of his own: a
sound he mostly writes alike. Nothing here uses `kinmatch.names`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from kinmatch.synth.chance import Noting, Weighted
from kinmatch.synth.letters import units
from kinmatch.synth.parts import Spelling, table, weighted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from kinmatch.synth.parts import Custom, Given, Place, Surname

HEAVIEST = 5  # a clerk has his habits: the usual spelling of a known name outweighs each other one
ARTICLE = "ال"
SHORT = 3  # letters of a word that is run together with the next


class Hand(StrEnum):
    """What a clerk writes."""

    ARABIC = "arabic"
    ENGLISH = "english"
    FRENCH = "french"


Words = dict[Hand, dict[str, tuple[str, ...]]]
OF_HAND: Final = {Hand.ENGLISH: Spelling.PASSPORT, Hand.FRENCH: Spelling.FRENCH}
SON_OR_DAUGHTER: Final[Words] = {
    Hand.ARABIC: {"male": ("ابن", "بن"), "female": ("بنت",)},
    Hand.ENGLISH: {"male": ("ibn", "bin"), "female": ("bint",)},
    Hand.FRENCH: {"male": ("ben", "ibn"), "female": ("bent", "bint")},
}
PARENT_OF: Final[Words] = {
    Hand.ARABIC: {"male": ("أبو", "ابو"), "female": ("أم", "ام")},
    Hand.ENGLISH: {"male": ("Abu",), "female": ("Umm", "Um")},
    Hand.FRENCH: {"male": ("Abou",), "female": ("Oum", "Oumm")},
}
QUOTED = {Hand.ARABIC: "«{}»", Hand.ENGLISH: "“{}”", Hand.FRENCH: "«{}»"}


class Clerk:
    """One clerk's ear and hand.

    Args:
        chance: the source of chance.
        recognised: share of known names he writes in the form his neighbours have.
        misheard: chance that one letter of a word is taken for a neighbour.
        consistent: share of sounds he writes as he always does.
        article: chance that a nisba or a family name of Arabic loses or gains the article.
        spacing: chance that a name is written in one word less or more.
        hand: what he writes.
        noting: where what he gets wrong is noted.
    """

    def __init__(  # noqa: PLR0913 - one chance for each thing that goes wrong
        self,
        chance: Random,
        *,
        recognised: float,
        misheard: float,
        consistent: float = 0.0,
        article: float = 0.0,
        spacing: float = 0.0,
        hand: Hand = Hand.ARABIC,
        noting: Noting | None = None,
    ) -> None:
        self.chance = chance
        self.recognised = recognised
        self.misheard = misheard
        self.consistent = consistent
        self.article = article
        self.spacing = spacing
        self.hand = hand
        self.noting = noting or Noting(chance)
        self.usual: dict[Weighted[str], str] = {}

    def given(self, name: Given) -> str:
        """Write a given name: in its usual form if he knows it, else as heard."""
        arabic = self.hand is Hand.ARABIC
        known = name.arabic if arabic else self.latin(name)
        if known and ((arabic and name.local) or self.chance.random() < self.recognised):
            return self.slip(self.habit(known))
        return self.hear(self.habit(name.cyrillic))

    def latin(self, name: Given) -> tuple[str, ...]:
        """Return the Latin form of a given name, if it has one."""
        written = name.latin.get(OF_HAND[self.hand])
        return (written,) if written else ()

    def surname(self, name: Surname, sex: str) -> str:
        """Write a family name as heard; one of Arabic, or of Latin letters, he knows."""
        known = name.arabic if self.hand is Hand.ARABIC else name.latin
        if known:
            return self.with_or_without_article(known)
        return self.hear(name.female if sex == "female" else name.male)

    def nisba(self, custom: Custom) -> str:
        """Write where a family is from, as a name."""
        names = custom.nisbas if self.hand is Hand.ARABIC else custom.nisbas_latin
        return self.with_or_without_article(self.chance.choice(names))

    def with_or_without_article(self, written: str) -> str:
        """Leave out or put in the Arabic article at times."""
        if self.hand is not Hand.ARABIC or " " in written:
            return written
        if not self.noting.happens(self.article, "article"):
            return written
        return written.removeprefix(ARTICLE) if written.startswith(ARTICLE) else ARTICLE + written

    def place(self, place: Place) -> str:
        """Write a place: as it is known, else as heard."""
        if self.hand is Hand.ARABIC:
            known = place.arabic
        else:
            spelling = place.spellings.get(OF_HAND[self.hand])
            known = (spelling,) if spelling else ()
        return self.habit(known) if known else self.hear(place.spellings[Spelling.CYRILLIC])

    def kunya(self, sex: str, name: str) -> str:
        """Write "father of …", "mother of …"; a name that is a kunya stands alone."""
        words = PARENT_OF[self.hand][sex]
        return name if name.startswith(words) else f"{self.chance.choice(words)} {name}"

    def child_of(self, sex: str) -> str:
        """Write the word for son or daughter."""
        return self.chance.choice(SON_OR_DAUGHTER[self.hand][sex])

    def quoted(self, name: str) -> str:
        """Set a name that is none of the child's in quotation marks."""
        return QUOTED[self.hand].format(name)

    def spaced(self, name: str) -> str:
        """Run a short word and the next together at times, as Abd, Abu and Nur often are."""
        if self.chance.random() >= self.spacing:
            return name
        words = name.split(" ")
        short = [at for at, word in enumerate(words[:-1]) if len(word) <= SHORT]
        if not short:
            return name
        self.noting.note("spacing")
        at = self.chance.choice(short)
        return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])

    def hear(self, cyrillic: str) -> str:
        """Write what a word sounds like."""
        chance, usual, consistent = self.chance, self.usual, self.consistent
        written = []
        for choices in sounds(cyrillic, self.hand):
            one = usual.get(choices) if consistent and chance.random() < consistent else None
            if one is None:
                one = choices.draw(chance)
                usual.setdefault(choices, one)
            written.append(one)
        text = self.slip("".join(written))
        return text if self.hand is Hand.ARABIC else capital(text)

    def habit(self, written: tuple[str, ...]) -> str:
        """Choose among spellings, the first of them most often."""
        if len(written) == 1:
            return written[0]
        at = int(self.chance.random() * (HEAVIEST + len(written) - 1)) - HEAVIEST + 1
        return written[max(at, 0)]

    def slip(self, word: str) -> str:
        """Mishear one letter at times."""
        if self.chance.random() >= self.misheard:
            return word
        at = self.chance.randrange(len(word))
        instead = misheard(self.hand).get(word[at])
        if instead is None:
            return word
        self.noting.note("misheard")
        return word[:at] + instead + word[at + 1 :]


def capital(text: str) -> str:
    """Start each word and each part of a word with a capital letter."""
    return " ".join(
        "-".join(part[:1].upper() + part[1:] for part in word.split("-")) for word in text.split()
    )


@cache
def sounds(cyrillic: str, hand: Hand) -> tuple[Weighted[str], ...]:
    """Return what each sound of a word may be written as, in its order."""
    known = heard(hand)
    parts = units(cyrillic.lower(), {unit for unit, _ in known})
    found = []
    for at, unit in enumerate(parts):
        where = "start" if at == 0 else "end" if at == len(parts) - 1 else "middle"
        found.append(known.get((unit, where)) or known[unit, "any"])
    return tuple(found)


@cache
def heard(hand: Hand) -> Mapping[tuple[str, str], Weighted[str]]:
    """Return the spellings of each sound by its place in the word, with their weights."""
    if hand is Hand.ARABIC:
        rows = [(row["unit"], row["where"], row["written"]) for row in table("heard")]
    else:
        rows = [(row["unit"], "any", row[hand]) for row in table("heard_latin")]
    by_place = {}
    for unit, where, cell in rows:
        choices = weighted(cell)
        by_place[unit, where] = Weighted(choices, choices.values())
    return by_place


@cache
def misheard(hand: Hand) -> Mapping[str, str]:
    """Return the letter each letter is most easily taken for."""
    script = "arabic" if hand is Hand.ARABIC else "latin"
    return {row["letter"]: row["instead"] for row in table("misheard") if row["script"] == script}
