"""The clerk of a camp or a prison, who writes in Arabic script what he hears.

He knows many of the names and then writes them as he would his neighbour's; others he spells by
ear: short vowels dropped, sounds that Arabic lacks replaced by a near one, a letter misheard at
times. Nothing here uses `kinmatch.names`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kinmatch.synth.letters import units
from kinmatch.synth.parts import table, weighted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from kinmatch.synth.parts import Given, Place, Surname

HEAVIEST = 5  # a clerk has his habits: the usual spelling of a known name outweighs each other one


class Clerk:
    """One clerk's ear and hand.

    Args:
        chance: the source of chance.
        recognised: share of known names he writes in their Arabic form.
        misheard: chance that one letter of a word is taken for a neighbour.
    """

    def __init__(self, chance: Random, *, recognised: float, misheard: float) -> None:
        self.chance = chance
        self.recognised = recognised
        self.misheard = misheard

    def given(self, name: Given) -> str:
        """Write a given name: in its Arabic form if he knows it, else as heard."""
        if name.arabic and self.chance.random() < self.recognised:
            return self.slip(self.habit(name.arabic))
        return self.hear(self.habit(name.cyrillic))

    def surname(self, name: Surname, sex: str) -> str:
        """Write a family name as heard; one of Arabic he knows."""
        return name.arabic or self.hear(name.female if sex == "female" else name.male)

    def place(self, place: Place) -> str:
        """Write a place."""
        return self.habit(place.arabic)

    def hear(self, cyrillic: str) -> str:
        """Write what a word sounds like."""
        known = heard()
        parts = units(cyrillic.lower(), {unit for unit, _ in known})
        written = []
        for at, unit in enumerate(parts):
            where = "start" if at == 0 else "end" if at == len(parts) - 1 else "middle"
            choices = known.get((unit, where)) or known[unit, "any"]
            written.append(self.chance.choices(*choices)[0])
        return self.slip("".join(written))

    def habit(self, written: tuple[str, ...]) -> str:
        """Choose among spellings, the first of them most often."""
        weights = [HEAVIEST] + [1] * (len(written) - 1)
        return self.chance.choices(written, weights)[0]

    def slip(self, word: str) -> str:
        """Mishear one letter at times."""
        if self.chance.random() >= self.misheard:
            return word
        at = self.chance.randrange(len(word))
        instead = misheard().get(word[at])
        return word if instead is None else word[:at] + instead + word[at + 1 :]


@cache
def heard() -> Mapping[tuple[str, str], tuple[tuple[str, ...], tuple[int, ...]]]:
    """Return the spellings of each sound by its place in the word, with their weights."""
    by_place = {}
    for row in table("heard"):
        choices = weighted(row["written"])
        by_place[row["unit"], row["where"]] = (tuple(choices), tuple(choices.values()))
    return by_place


@cache
def misheard() -> Mapping[str, str]:
    """Return the letter each letter is most easily taken for."""
    return {row["letter"]: row["instead"] for row in table("misheard")}
