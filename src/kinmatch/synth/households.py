"""How made-up families come to be: marriages, births, what became of parents, who is like whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from math import ceil
from typing import TYPE_CHECKING

from kinmatch.synth.chance import Weighted
from kinmatch.synth.families import DAYS_IN_YEAR, Adult, Child, Family, Fate, adult, distinct
from kinmatch.synth.parts import customs

if TYPE_CHECKING:
    from random import Random

    from kinmatch.synth.parameters import Parameters
    from kinmatch.synth.parts import Custom, Given

NEXT_BIRTH = (350, 1100)  # days between two births of one mother
SECOND_HOUSEHOLD = 400  # days by which a second household starts later
FIRST_CHILD = {"female": (17, 30), "male": (19, 42)}  # years of age at the first birth
LAST_CHILD = {"female": 47, "male": 65}
BORN_AFTER_DEATH = 200  # days within which a dead father's last child may be born
AUNT = 0.6  # of those who take children in; the others are grandmothers
SEXES = ("male", "female")

Couple = tuple[Adult, Adult]


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth before the child has a name."""

    day: date
    household: int


def family(
    chance: Random, number: int, parameters: Parameters, *, near: Family | None = None
) -> Family:
    """Make one family.

    Args:
        chance: the source of chance.
        number: tells the family from others.
        parameters: the circumstances.
        near: a family this one may be like: by a namesake of its child, or by brothers as fathers.
    """
    draw = chance.random() if near else 1.0
    namesake = near if draw < parameters.namesakes else None
    cousin = near if not namesake and draw < parameters.namesakes + parameters.cousins else None
    like = namesake or cousin
    custom = like.custom if like else origins(parameters).draw(chance)
    pairs = households(chance, custom, parameters)
    if namesake:
        pairs = fathered(pairs, given=namesake.children[0].father.given)
    if cousin:
        pairs = fathered(pairs, brother=cousin.children[0].father)
    born = births_of(chance, pairs, parameters)
    pairs = grown(chance, pairs, born, custom=custom, share=parameters.convert_names)
    children = named(chance, custom, number, pairs, born)
    if namesake:
        children = alike(children, namesake.children[0])
    fates = fates_of(chance, parameters, len(pairs), children)
    return Family(
        number,
        custom,
        cousin.home if cousin else chance.choice(custom.homes),
        children,
        tuple(pairs),
        fates,
        carer=carer(chance, custom, pairs[0], fates),
        namesake_of=namesake.number if namesake else None,
        cousin_of=cousin.number if cousin else None,
    )


@cache
def origins(parameters: Parameters) -> Weighted[Custom]:
    """Return the customs by their shares."""
    every = customs(parameters.compounds)
    shares = parameters.customs or tuple((custom.id, custom.share) for custom in every.values())
    return Weighted((every[name] for name, _ in shares), (share for _, share in shares))


def households(chance: Random, custom: Custom, parameters: Parameters) -> list[Couple]:
    """Make the pairs of parents of one family: one; or more wives, or a second husband."""
    father, mother = adult(chance, custom, "male"), adult(chance, custom, "female")
    pairs = [(father, mother)]
    draw = chance.random()
    if draw < parameters.polygyny:
        wives = 2 if chance.random() < parameters.third_wife else 1
        pairs += [(father, adult(chance, custom, "female")) for _ in range(wives)]
    elif draw < parameters.polygyny + parameters.remarriage:
        pairs.append((adult(chance, custom, "male"), mother))
    return pairs


def fathered(
    pairs: list[Couple], *, given: Given | None = None, brother: Adult | None = None
) -> list[Couple]:
    """Give the first father another given name, or the father and family name of his brother."""
    first = pairs[0][0]
    other = replace(first, given=given) if given else first
    if brother:
        other = replace(
            first, father=brother.father, grandfather=brother.grandfather, surname=brother.surname
        )
    return [(other if father is first else father, mother) for father, mother in pairs]


def births(
    chance: Random, count: int, *, first: date, last: date, twins: float = 0.0
) -> list[date]:
    """Return dates of birth of one mother's children, eldest first, a year or more apart, or twins.

    The list is shorter than `count` where the span has no room for all.
    """
    # The more children, the earlier the eldest: spread so that the ages of all fill the span.
    room = max((last - first).days - (count - 1) * NEXT_BIRTH[0], 0)
    born = [first + timedelta(days=chance.randrange(room + 1))]
    for _ in range(count - 1):
        apart = 0 if chance.random() < twins else chance.randint(*NEXT_BIRTH)
        born.append(born[-1] + timedelta(days=apart))
    return [day for day in born if day <= last]


def births_of(chance: Random, pairs: list[Couple], parameters: Parameters) -> list[Birth]:
    """Return the births of every pair of parents, first to last.

    A second marriage follows the first; a mother's children by a second husband all come after.
    """
    first = parameters.as_of - timedelta(days=int((parameters.oldest + 1) * DAYS_IN_YEAR) - 1)
    last = parameters.as_of - timedelta(days=ceil(parameters.youngest * DAYS_IN_YEAR))
    sizes = Weighted(range(1, len(parameters.children) + 1), parameters.children)
    born: list[Birth] = []
    latest: dict[Adult, date] = {}
    for household, (_, mother) in enumerate(pairs):
        start = min(first + timedelta(days=household * SECOND_HOUSEHOLD), last)
        if mother in latest:
            start = latest[mother] + timedelta(days=chance.randint(*NEXT_BIRTH))
        count = sizes.draw(chance)
        days = births(chance, count, first=start, last=last, twins=parameters.twins)
        born += [Birth(day, household) for day in days]
        latest[mother] = max(days, default=last)
    return sorted(born, key=lambda birth: (birth.day, birth.household))


def grown(
    chance: Random, pairs: list[Couple], born: list[Birth], *, custom: Custom, share: float
) -> list[Couple]:
    """Give parents their dates of birth, and some converts the name they are called by abroad."""
    of_age: dict[Adult, Adult] = {}
    for parent in dict.fromkeys(parent for pair in pairs for parent in pair):
        days = [birth.day for birth in born if parent in pairs[birth.household]]
        abroad = None
        if custom.converts and chance.random() < custom.converts * share:
            abroad = customs()["iraq"].given(parent.sex).draw(chance)
        birth = parents_birth(chance, parent.sex, days) if days else None
        of_age[parent] = Adult(
            parent.sex,
            parent.given,
            parent.father,
            parent.grandfather,
            parent.surname,
            birth,
            abroad,
        )
    return [(of_age[father], of_age[mother]) for father, mother in pairs]


def parents_birth(chance: Random, sex: str, children: list[date]) -> date:
    """Return when a parent was born, so that it was of an age to have each child."""
    youngest, oldest = FIRST_CHILD[sex]
    span = ceil((max(children) - min(children)).days / DAYS_IN_YEAR)
    age = chance.uniform(youngest, min(oldest, LAST_CHILD[sex] - span))
    return min(children) - timedelta(days=int(age * DAYS_IN_YEAR))


def named(
    chance: Random, custom: Custom, number: int, pairs: list[Couple], born: list[Birth]
) -> tuple[Child, ...]:
    """Name the children; no two of a family bear one name, and none a parent's."""
    parents = [parent.given for pair in pairs for parent in pair]
    sexes = [chance.choice(SEXES) for _ in born]
    names = {sex: iter(distinct(chance, custom, sex, parents, sexes.count(sex))) for sex in SEXES}
    return tuple(
        Child(
            number,
            place,
            one.household,
            custom,
            sex,
            next(names[sex]),
            one.day,
            *pairs[one.household],
        )
        for place, (one, sex) in enumerate(zip(born, sexes, strict=True))
    )


def alike(children: tuple[Child, ...], other: Child) -> tuple[Child, ...]:
    """Name the eldest as a child of another family; a sibling so named takes the eldest's name."""
    own, *rest = children
    swapped = [
        replace(child, sex=own.sex, given=own.given) if child.given is other.given else child
        for child in rest
    ]
    return replace(own, sex=other.sex, given=other.given), *swapped


def fates_of(
    chance: Random, parameters: Parameters, count: int, children: tuple[Child, ...]
) -> tuple[Fate, ...]:
    """Draw what became of each pair of parents."""
    return tuple(
        fate(chance, parameters, [child.born for child in children if child.household == household])
        for household in range(count)
    )


def fate(chance: Random, parameters: Parameters, born: list[date]) -> Fate:
    """Draw what became of a pair of parents with children born on some days."""
    orphaned = chance.random() < parameters.orphaned
    dead = chance.random() < parameters.father_dead
    died = None
    if dead:
        # He was alive when the youngest was conceived, if not when it was born.
        earliest = max(born, default=parameters.as_of) - timedelta(days=BORN_AFTER_DEATH)
        days = max((parameters.as_of - earliest).days, 1)
        died = earliest + timedelta(days=chance.randrange(days))
    absent = chance.choice(("missing", "in prison")) if orphaned else ""
    return Fate(
        father="dead" if dead else absent,
        mother=mothers(chance, parameters) if orphaned else "",
        father_died=died,
        carer=carers(chance, parameters) if orphaned else "",
    )


def mothers(chance: Random, parameters: Parameters) -> str:
    """Draw where the mother of orphaned children is."""
    draw = chance.random()
    if draw < parameters.mother_imprisoned:
        return "in prison"
    return "dead" if draw < parameters.mother_imprisoned + parameters.mother_dead else "missing"


def carers(chance: Random, parameters: Parameters) -> str:
    """Draw who took orphaned children in; empty if nobody."""
    if chance.random() >= parameters.taken_in:
        return ""
    return "aunt" if chance.random() < AUNT else "grandmother"


def carer(chance: Random, custom: Custom, pair: Couple, fates: tuple[Fate, ...]) -> Adult | None:
    """Make her who took children in: the father's sister, or another man's widow."""
    kind = next((each.carer for each in fates if each.carer), "")
    if not kind:
        return None
    father = pair[0]
    if kind == "aunt":
        return adult(chance, custom, "female", father.surname, father=father.father)
    return adult(chance, custom, "female", father.surname)
