"""Made-up families as they truly are, before anyone writes anything down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from kinmatch.synth.parts import customs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from kinmatch.synth.parameters import Parameters
    from kinmatch.synth.parts import Custom, Given, Place, Surname

DAYS_IN_YEAR = 365.25
NEXT_BIRTH = (350, 1100)  # days between two births of one mother
SECOND_HOUSEHOLD = 400  # days by which a second household starts later


@dataclass(frozen=True, slots=True, eq=False)
class Adult:
    """A father or a mother."""

    sex: str
    given: Given
    father: Given
    grandfather: Given
    surname: Surname


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


def adult(chance: Random, custom: Custom, sex: str, surname: Surname | None = None) -> Adult:
    """Make a father or a mother, of a family name if one is given."""
    fathers = custom.male
    return Adult(
        sex=sex,
        given=chance.choice(custom.given(sex)),
        father=chance.choice(fathers),
        grandfather=chance.choice(fathers),
        surname=surname or chance.choice(custom.surnames),
    )


def households(
    chance: Random, custom: Custom, *, polygyny: float, remarriage: float
) -> list[tuple[Adult, Adult]]:
    """Make the pairs of parents of one family: one; or a second wife, or a second husband."""
    father, mother = adult(chance, custom, "male"), adult(chance, custom, "female")
    pairs = [(father, mother)]
    draw = chance.random()
    if draw < polygyny:
        pairs.append((father, adult(chance, custom, "female")))
    elif draw < polygyny + remarriage:
        pairs.append((adult(chance, custom, "male"), mother))
    return pairs


def births(chance: Random, count: int, *, first: date, last: date) -> list[date]:
    """Return dates of birth of one mother's children, eldest first, a year or more apart.

    The list is shorter than `count` where the span has no room for all.
    """
    # The more children, the earlier the eldest: spread so that the ages of all fill the span.
    room = max((last - first).days - (count - 1) * NEXT_BIRTH[0], 0)
    born = [first + timedelta(days=chance.randrange(room + 1))]
    for _ in range(count - 1):
        born.append(born[-1] + timedelta(days=chance.randint(*NEXT_BIRTH)))
    return [day for day in born if day <= last]


def children_of(  # noqa: PLR0913 - the shape of a family, said in full
    chance: Random,
    custom: Custom,
    *,
    family: int,
    pairs: list[tuple[Adult, Adult]],
    sizes: list[int],
    first: date,
    last: date,
) -> tuple[Child, ...]:
    """Make the children of each pair of parents; no two of a family bear one name.

    A second marriage follows the first; a mother's children by a second husband all come after.
    """
    drafts = []
    latest: dict[Adult, date] = {}
    for household, ((father, mother), size) in enumerate(zip(pairs, sizes, strict=True)):
        start = min(first + timedelta(days=household * SECOND_HOUSEHOLD), last)
        if mother in latest:
            start = latest[mother] + timedelta(days=chance.randint(*NEXT_BIRTH))
        born = births(chance, size, first=start, last=last)
        drafts += [(day, household, father, mother) for day in born]
        latest[mother] = max(born, default=last)
    drafts.sort(key=lambda draft: draft[:2])
    sexes = [chance.choice(("male", "female")) for _ in drafts]
    parents = [parent for pair in pairs for parent in pair]
    names = {sex: distinct(chance, custom, sex, parents) for sex in ("male", "female")}
    return tuple(
        Child(family, number, household, custom, sex, names[sex][number], born, father, mother)
        for number, ((born, household, father, mother), sex) in enumerate(
            zip(drafts, sexes, strict=True)
        )
    )


def distinct(chance: Random, custom: Custom, sex: str, parents: Iterable[Adult]) -> list[Given]:
    """Return the names of one sex in an order of chance, without those the parents bear."""
    borne = [parent.given for parent in parents]
    names = [name for name in custom.given(sex) if name not in borne]
    return chance.sample(names, len(names))


def family(chance: Random, number: int, parameters: Parameters) -> Family:
    """Make one family of a custom drawn by its share."""
    every = list(customs().values())
    custom = chance.choices(every, [custom.share for custom in every])[0]
    pairs = households(
        chance, custom, polygyny=parameters.polygyny, remarriage=parameters.remarriage
    )
    weights = parameters.children
    sizes = [chance.choices(range(1, len(weights) + 1), weights)[0] for _ in pairs]
    children = children_of(
        chance,
        custom,
        family=number,
        pairs=pairs,
        sizes=sizes,
        first=parameters.as_of - timedelta(days=int((parameters.oldest + 1) * DAYS_IN_YEAR) - 1),
        last=parameters.as_of - timedelta(days=ceil(parameters.youngest * DAYS_IN_YEAR)),
    )
    return Family(number, custom, chance.choice(custom.homes), children, tuple(pairs))
