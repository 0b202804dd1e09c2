"""Made-up families as they truly are, before anyone writes anything down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from random import Random

    from kinmatch.synth.parts import Custom, Given, Place, Surname

DAYS_IN_YEAR = 365.25


@dataclass(frozen=True, slots=True, eq=False)
class Adult:
    """A father, a mother or one who took children in."""

    sex: str
    given: Given
    father: Given
    grandfather: Given
    surname: Surname
    born: date | None = None
    called: Given | None = None  # the name borne abroad, which home does not know

    @property
    def known_as(self) -> Given:
        """The name they are known by where the children were."""
        return self.called or self.given


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one pair of parents; states are words of ours, empty where they are there."""

    father: str = ""  # "dead", "missing", "in prison"
    mother: str = ""
    father_died: date | None = None
    carer: str = ""  # "aunt", "grandmother": who took the children in

    @property
    def orphaned(self) -> bool:
        """Whether neither parent is with the children."""
        return bool(self.father and self.mother)


@dataclass(frozen=True, slots=True, eq=False)
class Child:
    """A child of a family; `household` numbers the pairs of parents within it."""

    family: int
    number: int
    household: int
    custom: Custom
    sex: str
    given: Given
    born: date
    father: Adult
    mother: Adult

    @property
    def key(self) -> tuple[int, int]:
        """Tell this child from every other of the caseload."""
        return self.family, self.number

    @property
    def surname(self) -> Surname:
        """The father's family name."""
        return self.father.surname

    def age_on(self, day: date) -> int:
        """Return the completed years on a day."""
        before = (day.month, day.day) < (self.born.month, self.born.day)
        return day.year - self.born.year - before


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """Children who share a parent, eldest first, and where their kin live."""

    number: int
    custom: Custom
    home: Place
    children: tuple[Child, ...]
    households: tuple[tuple[Adult, Adult], ...] = field(repr=False)
    fates: tuple[Fate, ...] = ()  # one for each household
    carer: Adult | None = None  # she who took children in
    namesake_of: int | None = None  # the family with a child and a father named alike
    cousin_of: int | None = None  # the family whose father is a brother of this one's

    def siblings(self, child: Child) -> list[Child]:
        """Return the other children of the family, half-siblings among them."""
        return [other for other in self.children if other is not child]

    def kunya_of(self, child: Child) -> Given:
        """Return the name the child's father is called after: "father of …".

        It is the eldest brother's or sister's; without any, the grandfather's, after whom a first
        son is named, whether or not he is born.
        """
        others = [other for other in self.siblings(child) if other.father is child.father]
        first = min(others, key=lambda other: (other.sex != "male", other.number), default=None)
        return first.given if first else child.father.father

    def fate(self, child: Child) -> Fate:
        """Return what became of a child's parents."""
        return self.fates[child.household] if self.fates else Fate()


def adult(
    chance: Random,
    custom: Custom,
    sex: str,
    surname: Surname | None = None,
    *,
    father: Given | None = None,
) -> Adult:
    """Make a father or a mother, of a family name and a father if they are given."""
    fathers = custom.male
    return Adult(
        sex=sex,
        given=custom.given(sex).draw(chance),
        father=father or fathers.draw(chance),
        grandfather=fathers.draw(chance),
        surname=surname or custom.surnames.draw(chance),
    )


def distinct(
    chance: Random, custom: Custom, sex: str, taken: Iterable[Given], count: int
) -> list[Given]:
    """Draw names of one sex, each once, none of those taken."""
    borne = {name.cyrillic[0] for name in taken}
    names: list[Given] = []
    while len(names) < count:
        name = custom.given(sex).draw(chance)
        if name.cyrillic[0] not in borne:
            borne.add(name.cyrillic[0])
            names.append(name)
    return names
