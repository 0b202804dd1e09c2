"""The relative who asks: names as the family's papers have them, in its own script and spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinmatch.synth.chance import Noting
from kinmatch.synth.letters import latin
from kinmatch.synth.parts import Spelling, System

if TYPE_CHECKING:
    from random import Random

    from kinmatch.synth.families import Adult, Child
    from kinmatch.synth.parts import Custom, Descent, Given, Place, Surname

HEAVIEST = 4  # the first spelling of a name outweighs each other one
SHORTEST = 4  # letters of a word in which two may be swapped


def patronymic(father: Given, sex: str) -> str:
    """Return the Russian patronymic (Мусаев → Мусаевич, Мусаевна); empty without a stem."""
    if not father.stem:
        return ""
    # Никитин, Ильин: Никитич, Ильинична.
    if father.stem.endswith("ин"):
        return father.stem + "ична" if sex == "female" else father.stem[:-2] + "ич"
    return father.stem + ("на" if sex == "female" else "ич")


class Relative:
    """One relative's spelling and habits.

    Args:
        chance: the source of chance.
        spelling: the way of writing.
        patronymic_dropped: chance that a name comes without the patronymic.
        typing_error: chance that a word has two letters swapped.
        noting: where what goes wrong is noted.
    """

    def __init__(
        self,
        chance: Random,
        spelling: Spelling,
        *,
        patronymic_dropped: float,
        typing_error: float,
        noting: Noting | None = None,
    ) -> None:
        self.chance = chance
        self.spelling = spelling
        self.patronymic_dropped = patronymic_dropped
        self.typing_error = typing_error
        self.noting = noting or Noting(chance)
        self.usual: dict[tuple[str, ...], str] = {}
        self.papers: dict[str, Descent] = {}

    def given(self, name: Given) -> str:
        """Write a given name in the spelling the family uses, always the same."""
        written = self.usual.get(name.cyrillic)
        if written is None:
            written = self.usual[name.cyrillic] = self.spelled(name)
        return written

    def spelled(self, name: Given) -> str:
        """Choose the spelling of a given name."""
        if self.spelling is Spelling.ARABIC and name.arabic:
            return self.one_of(name.arabic)
        return name.latin.get(self.spelling) or latin(self.one_of(name.cyrillic), self.spelling)

    def one_of(self, written: tuple[str, ...]) -> str:
        """Choose among spellings, the first of them most often."""
        at = int(self.chance.random() * (HEAVIEST + len(written) - 1)) - HEAVIEST + 1
        return written[max(at, 0)]

    def surname(self, name: Surname, sex: str) -> str:
        """Write a family name in the form of the bearer's sex."""
        if name.arabic and self.spelling is Spelling.ARABIC:
            return name.arabic
        if name.latin and self.spelling not in {Spelling.CYRILLIC, Spelling.ARABIC}:
            return name.latin
        return latin(name.female if sex == "female" else name.male, self.spelling)

    def place(self, place: Place) -> str:
        """Write a place."""
        if self.spelling is Spelling.ARABIC and place.arabic:
            return place.arabic[0]
        written = place.spellings.get(self.spelling)
        return written or latin(place.spellings[Spelling.CYRILLIC], self.spelling)

    def child(self, child: Child) -> str:
        """Write a child's name in full, as the family's papers have it."""
        return self.full(child.custom, child.given, child.sex, child.father.given, child.father)

    def adult(self, adult: Adult, custom: Custom) -> str:
        """Write a parent's name in full."""
        return self.full(custom, adult.given, adult.sex, adult.father, adult)

    def full(self, custom: Custom, given: Given, sex: str, father: Given, house: Adult) -> str:
        """Write given name, what follows it by custom, and the family name of a house."""
        own, surname = self.given(given), self.surname(house.surname, sex)
        if custom.system is System.PLAIN:
            words = [own, surname]
        elif custom.system is System.NASAB:
            words = [own, self.given(father), surname]
        elif self.noting.happens(self.patronymic_dropped, "patronymic_dropped"):
            words = self.ordered(surname, [own])
        else:
            words = self.descended(self.descent(custom), own, surname, sex, father)
        return " ".join(self.typed(word) for word in words if word)

    def descended(
        self, descent: Descent, own: str, surname: str, sex: str, father: Given
    ) -> list[str]:
        """Write a name with the father's in it, by the family's papers."""
        if descent.kind == "stem":
            return self.ordered(surname, [own, latin(patronymic(father, sex), self.spelling)])
        called = self.given(father) + self.ending(descent, sex)
        if descent.kind == "before":
            return [called, own]
        if descent.kind == "house":
            return self.ordered(called, [own])
        return self.ordered(surname, [own, called])

    def ordered(self, surname: str, others: list[str]) -> list[str]:
        """Put the family name first, as papers do, or last, as people do."""
        return [surname, *others] if self.chance.random() < 1 / 2 else [*others, surname]

    def descent(self, custom: Custom) -> Descent:
        """Return how the family's papers name the father, always the same."""
        if custom.id not in self.papers:
            self.papers[custom.id] = custom.descents.draw(self.chance)
        return self.papers[custom.id]

    def ending(self, descent: Descent, sex: str) -> str:
        """Return what is put after the father's name."""
        if self.spelling is Spelling.CYRILLIC:
            return descent.endings[sex]
        return descent.latin[sex]

    def typed(self, word: str) -> str:
        """Swap two neighbouring letters at times, never the first."""
        if self.chance.random() >= self.typing_error or len(word) < SHORTEST:
            return word
        self.noting.note("typing_error")
        at = self.chance.randrange(1, len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
