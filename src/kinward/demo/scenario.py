"""The families of the demo as they truly are: written down by hand, named from parts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from kinmatch.synth.families import DAYS_IN_YEAR, Child, Family, adult, distinct
from kinmatch.synth.parts import customs, found_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from kinmatch.synth.families import Adult
    from kinmatch.synth.parts import Custom, Place

LANDED_ON: Final = date(2018, 12, 30)  # the day ages are counted to
STORY_ENDS: Final = datetime(2019, 4, 20, 16, 0, tzinfo=UTC)  # three months at home
BIRTHDAY: Final = (20, 330)  # days before LANDED_ON of a family's birthdays
SHIFT: Final = 15  # days by which the birthdays of siblings differ


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks for a family's children, and in which language."""

    by: str
    language: str


@dataclass(frozen=True, slots=True)
class Written:
    """How one child of the demo was written down."""

    child: Child
    style: str  # "full", "given", "kunya", "nisba", or "none": no name at all
    told: frozenset[str]  # "father", "mother"
    apart: bool  # registered elsewhere, on another day
    claimed: bool  # a family that seeks another child asks for this one too
    consent: str  # "given", "refused", "withdrawn": whether it may be looked for


@dataclass(frozen=True, slots=True)
class Torn:
    """A family of the demo: who it is, how its children were found, who asks for them."""

    family: Family
    children: tuple[Written, ...]
    found_at: Place
    note: str
    asks: tuple[Ask, ...]
    kin: tuple[Mapping[str, str], ...] = ()  # what is told of relatives, see data/families.toml
    elsewhere: str = ""  # where else somebody says they were found


@cache
def data(name: str) -> Mapping[str, Any]:
    """Read one file of `demo/data`."""
    text = files("kinward.demo.data").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def torn_families(chance: Random) -> list[Torn]:
    """Return the families of the thirty children."""
    entries = data("families")["families"]
    return [torn(chance, number, entry) for number, entry in enumerate(entries)]


def torn(chance: Random, number: int, entry: Mapping[str, Any]) -> Torn:
    """Make one family from its entry: the shape is given, names and birthdays are drawn."""
    custom = customs()[entry["custom"]]
    children = entry["children"]
    father = adult(chance, custom, "male")
    wives = {wife: adult(chance, custom, "female") for wife in (1, 2)}
    pairs = [(father, wives[child.get("wife", 1)]) for child in children]
    born = children_of(chance, custom, number, children, pairs)
    home = next(home for home in custom.homes if home.code == entry["home"])
    found_at = next(place for place in found_places() if place.code == entry["found_at"])
    return Torn(
        family=Family(number, custom, home, tuple(born), tuple(dict.fromkeys(pairs))),
        children=tuple(
            Written(
                child,
                style=said["written"],
                told=frozenset(said["told"]),
                apart=said.get("apart", False),
                claimed=said.get("claimed", False),
                consent=said.get("consent", "given"),
            )
            for child, said in zip(born, children, strict=True)
        ),
        found_at=found_at,
        note=entry.get("note", ""),
        asks=tuple(Ask(**ask) for ask in entry["asks"]),
        kin=tuple(entry["kin"]),
        elsewhere=entry.get("elsewhere", ""),
    )


def children_of(
    chance: Random,
    custom: Custom,
    number: int,
    children: Sequence[Mapping[str, Any]],
    pairs: Sequence[tuple[Adult, Adult]],
) -> list[Child]:
    """Name the children of one family, each with a day of birth that gives the age wanted."""
    parents = [parent.given for pair in pairs for parent in pair]
    names = {
        sex: distinct(chance, custom, sex, parents, len(children)) for sex in ("male", "female")
    }
    usual = chance.randint(*BIRTHDAY)
    drafts = []
    for place, (said, (father, mother)) in enumerate(zip(children, pairs, strict=True)):
        days = usual + chance.randint(-SHIFT, SHIFT)
        born = LANDED_ON - timedelta(days=int(said["age"] * DAYS_IN_YEAR) + 1 + days)
        sex, household = said["sex"], said.get("wife", 1) - 1
        given = names[sex][place]
        drafts.append(Child(number, place, household, custom, sex, given, born, father, mother))
    return drafts


def rival(chance: Random, claimed: Child, number: int) -> Family:
    """Make the family that takes another's child for its own.

    Their child bears the same name, and so does its father; the mother, the family name and the
    home are others.
    """
    custom = claimed.custom
    namesake = adult(chance, custom, "male")
    father = type(namesake)(
        "male", claimed.father.given, namesake.father, namesake.grandfather, namesake.surname
    )
    mother = adult(chance, custom, "female")
    born = claimed.born + timedelta(days=chance.randint(*BIRTHDAY) // 2)
    child = Child(number, 0, 0, custom, claimed.sex, claimed.given, born, father, mother)
    return Family(number, custom, chance.choice(custom.homes), (child,), ((father, mother),))
