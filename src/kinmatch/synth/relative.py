"""The relative who asks: names in Cyrillic with patronymics, or in a Latin spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinmatch.synth.letters import latin
from kinmatch.synth.parts import Spelling, System

if TYPE_CHECKING:
    from random import Random

    from kinmatch.synth.families import Adult, Child
    from kinmatch.synth.parts import Given, Place, Surname

HEAVIEST = 4  # the first spelling of a name outweighs each other one


def patronymic(father: Given, sex: str) -> str:
    """Return the Russian patronymic (Мусаев → Мусаевич, Мусаевна); empty without a stem."""
    if not father.stem:
        return ""
    return father.stem + ("на" if sex == "female" else "ич")


class Relative:
    """One relative's spelling and habits.

    Args:
        chance: the source of chance.
        spelling: the way of writing.
        patronymic_dropped: chance that a name comes without the patronymic.
        typing_error: chance that a word has two letters swapped.
    """

    def __init__(
        self,
        chance: Random,
        spelling: Spelling,
        *,
        patronymic_dropped: float,
        typing_error: float,
    ) -> None:
        self.chance = chance
        self.spelling = spelling
        self.patronymic_dropped = patronymic_dropped
        self.typing_error = typing_error
        self.usual: dict[tuple[str, ...], str] = {}

    def given(self, name: Given) -> str:
        """Write a given name in the spelling the family uses, always the same."""
        if name.cyrillic not in self.usual:
            weights = [HEAVIEST] + [1] * (len(name.cyrillic) - 1)
            cyrillic = self.chance.choices(name.cyrillic, weights)[0]
            written = name.latin.get(self.spelling) or latin(cyrillic, self.spelling)
            self.usual[name.cyrillic] = written
        return self.usual[name.cyrillic]

    def surname(self, name: Surname, sex: str) -> str:
        """Write a family name in the form of the bearer's sex."""
        if name.latin and self.spelling is not Spelling.CYRILLIC:
            return name.latin
        return latin(name.female if sex == "female" else name.male, self.spelling)

    def place(self, place: Place) -> str:
        """Write a place."""
        return place.spellings[self.spelling]

    def child(self, child: Child) -> str:
        """Write a child's name in full, as the family's papers have it."""
        return self.full(
            child.custom.system, child.given, child.sex, child.father.given, child.father
        )

    def adult(self, adult: Adult, system: System) -> str:
        """Write a parent's name in full."""
        return self.full(system, adult.given, adult.sex, adult.father, adult)

    def full(self, system: System, given: Given, sex: str, father: Given, house: Adult) -> str:
        """Write given name, what follows it by custom, and the family name of a house."""
        own, surname = self.given(given), self.surname(house.surname, sex)
        if system is System.PLAIN:
            words = [own, surname]
        elif system is System.NASAB:
            words = [own, self.given(father), surname]
        else:
            follows = latin(patronymic(father, sex), self.spelling)
            if self.chance.random() < self.patronymic_dropped:
                follows = ""
            # Papers put the family name first, people put it last.
            words = [surname, own, follows]
            words = words if self.chance.random() < 1 / 2 else words[1:] + words[:1]
        return " ".join(self.typed(word) for word in words if word)

    def typed(self, word: str) -> str:
        """Swap two neighbouring letters at times, never the first."""
        if self.chance.random() >= self.typing_error or len(word) < 4:  # noqa: PLR2004 - too short
            return word
        at = self.chance.randrange(1, len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
