"""The parts made-up names and places are put together from, read from `data/synth/*.tsv`.

Given names are common ones of each custom; family names are built from stems, so no list of real
persons stands behind any of them. The tables carry a reason on every line.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING

from kinmatch.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

FEMALE_ENDINGS = {"ов": "ова", "ев": "ева", "ёв": "ёва", "ин": "ина"}
"""Russian family names that bend with the sex of the bearer."""


class System(StrEnum):
    """What follows a given name."""

    PATRONYMIC = "patronymic"  # Russian papers: given name, father's name, family name
    NASAB = "nasab"  # Arab papers: given name, father, grandfather, nisba or family name
    PLAIN = "plain"  # West European papers: given name and family name


class Spelling(StrEnum):
    """A way of writing, as relatives use it; the value is also the column of the tables."""

    CYRILLIC = "cyrillic"
    PASSPORT = "passport"  # Latin as in Russian passports (ICAO 9303-3)
    FRENCH = "french"
    GERMAN = "german"


@dataclass(frozen=True, slots=True)
class Given:
    """A given name: its spellings, and for a father's name the stem of what his children bear."""

    cyrillic: tuple[str, ...]
    latin: Mapping[Spelling, str]  # empty where the letter table is followed
    arabic: tuple[str, ...]  # as one who knows the name writes it; empty: only as heard
    stem: str = ""  # "Мусаев": Мусаевич, Мусаевна, and the family name Мусаев


@dataclass(frozen=True, slots=True)
class Surname:
    """A family name in its male and female form."""

    male: str
    female: str
    latin: str = ""  # empty where the letter table is followed
    arabic: str = ""  # empty: only as heard


@dataclass(frozen=True, slots=True)
class Place:
    """A place in every spelling; the code is its region's (ISO 3166), a colon, a word of ours."""

    code: str
    spellings: Mapping[Spelling, str]
    arabic: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Custom:
    """How the families of one origin name their children, and how their relatives write."""

    id: str
    system: System
    share: int
    spellings: Mapping[Spelling, int]  # weights
    nisbas: tuple[str, ...]
    male: tuple[Given, ...]
    female: tuple[Given, ...]
    surnames: tuple[Surname, ...]
    homes: tuple[Place, ...]

    def given(self, sex: str) -> tuple[Given, ...]:
        """Return the given names of one sex."""
        return self.male if sex == "male" else self.female


def table(name: str) -> list[dict[str, str]]:
    """Read one table of `data/synth`; the first line names the columns.

    Raises:
        BadInput: a line has more or fewer cells than the first.
    """
    text = files("kinmatch.data.synth").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return cells(text, name=name)


def cells(text: str, *, name: str) -> list[dict[str, str]]:
    """Split tab-separated text into one mapping per line.

    Raises:
        BadInput: a line has more or fewer cells than the first.
    """
    lines = [line.split("\t") for line in text.splitlines()]
    for number, line in enumerate(lines, 1):
        if len(line) != len(lines[0]):
            raise BadInput(f"{name}.tsv, line {number}: expected {len(lines[0])} cells")
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def options(cell: str) -> tuple[str, ...]:
    """Split a cell of alternatives ("محمد|محمّد")."""
    return tuple(cell.split("|")) if cell else ()


def weighted(cell: str) -> dict[str, int]:
    """Split a cell of weighted alternatives ("غ:5|ج:3"); an alternative may be empty text."""
    pairs = (option.rsplit(":", 1) for option in cell.split("|"))
    return {written: int(weight) for written, weight in pairs}


@cache
def customs() -> Mapping[str, Custom]:
    """Return every custom by its id."""
    given, surnames, homes = givens(), composed_surnames(), places("home")
    return {
        row["custom"]: Custom(
            id=row["custom"],
            system=System(row["system"]),
            share=int(row["share"]),
            spellings={
                Spelling.CYRILLIC if name == "ru" else Spelling(name): weight
                for name, weight in weighted(row["languages"]).items()
            },
            nisbas=options(row["nisbas"]),
            male=tuple(given[row["custom"], "male"]),
            female=tuple(given[row["custom"], "female"]),
            surnames=surnames[row["custom"]],
            homes=tuple(homes[row["custom"]]),
        )
        for row in table("customs")
    }


@cache
def found_places() -> tuple[Place, ...]:
    """Return the places where children are found."""
    return tuple(places("found")[""])


def givens() -> dict[tuple[str, str], list[Given]]:
    """Return the given names by custom and sex; a shared name stands under each of its customs."""
    by_custom: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for row in table("given"):
        latin = {
            spelling: row[column]
            for spelling, column in (
                (Spelling.PASSPORT, "latin"),
                (Spelling.FRENCH, "french"),
                (Spelling.GERMAN, "german"),
            )
            if row[column]
        }
        name = Given(options(row["cyrillic"]), latin, options(row["arabic"]), row["stem"])
        for custom in row["customs"].split():
            by_custom[custom, row["sex"]].append(name)
    return by_custom


def composed_surnames() -> dict[str, tuple[Surname, ...]]:
    """Put family names together: stems of fathers' names, and first part + last part."""
    composed: dict[str, list[Surname]] = defaultdict(list)
    for (custom, sex), names in givens().items():
        if sex == "male" and custom != "russia":  # Russians there seldom bear a bare father's name
            composed[custom] += [bent(name.stem) for name in names if name.stem]
    halves: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in table("surnames"):
        halves[row["custom"], row["position"]].append(row)
    nothing = {"cyrillic": "", "latin": "", "arabic": ""}
    for custom in {custom for custom, _ in halves}:
        lasts = halves[custom, "last"] or [nothing]
        for first, last in product(halves[custom, "first"], lasts):
            latin, arabic = first["latin"] + last["latin"], first["arabic"]
            composed[custom].append(bent(first["cyrillic"] + last["cyrillic"], latin, arabic))
    return {custom: tuple(names) for custom, names in composed.items()}


def bent(male: str, latin: str = "", arabic: str = "") -> Surname:
    """Return a family name with its female form; names of other languages do not bend."""
    ending = "" if latin else FEMALE_ENDINGS.get(male[-2:], "")
    return Surname(male, male[:-2] + ending if ending else male, latin, arabic)


def places(kind: str) -> dict[str, list[Place]]:
    """Return the places of one kind by the custom at home there."""
    by_custom: dict[str, list[Place]] = defaultdict(list)
    for row in table("places"):
        if row["kind"] == kind:
            spellings = {spelling: row[spelling] for spelling in Spelling}
            place = Place(row["code"], spellings, options(row["arabic"]))
            by_custom[row["custom"]].append(place)
    return by_custom
