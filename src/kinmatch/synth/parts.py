"""The parts made-up names and places are put together from, read from `data/synth/*.tsv`.

Given names are common ones of each custom, and compounds of two; family names are built from stems,
so no list of real persons stands behind any of them. The tables carry a reason on every line.

How often a name is borne falls with its rank as in real populations: few names are common, most are
rare (Zipf's law with Mandelbrot's shift; Mandelbrot 1953).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import product
from random import Random
from typing import TYPE_CHECKING

from kinmatch.errors import BadInput
from kinmatch.synth.chance import Weighted

if TYPE_CHECKING:
    from collections.abc import Mapping

FEMALE_ENDINGS = {"ов": "ова", "ев": "ева", "ёв": "ёва", "ин": "ина"}
"""Russian family names that bend with the sex of the bearer."""


SHIFT = 2.7  # Mandelbrot's: the most common name is borne by about a tenth
GENERATIONS = 0.8  # family names keep given names of long ago: less uneven than those of today
BUILT, RARE = 0.4, 0.15  # shares of family names built from stems, and from sounds only
COMPOUNDS = 0.2
"""Share of compound given names unless said otherwise."""


class System(StrEnum):
    """What follows a given name."""

    PATRONYMIC = "patronymic"  # papers of the former Soviet Union: given, father's, family name
    NASAB = "nasab"  # Arab papers: given name, father, grandfather, nisba or family name
    PLAIN = "plain"  # West European, Turkish and North African papers: given name and family name


class Spelling(StrEnum):
    """A way of writing, as relatives use it; the value is also the column of the tables."""

    CYRILLIC = "cyrillic"
    ARABIC = "arabic"
    PASSPORT = "passport"  # Latin as in Russian passports (ICAO 9303-3), or as English has it
    FRENCH = "french"
    GERMAN = "german"
    TURKISH = "turkish"
    AZERI = "azeri"
    UZBEK = "uzbek"  # with o', g', as in passports


LOCAL = {"iraq", "syria"}
"""Customs whose names every clerk who writes Arabic knows."""
OWN_LATIN = (Spelling.TURKISH, Spelling.AZERI, Spelling.UZBEK)


@dataclass(frozen=True, slots=True)
class Given:
    """A given name: its spellings, and for a father's name the stem of what his children bear."""

    cyrillic: tuple[str, ...]
    latin: Mapping[Spelling, str]  # empty where the letter table is followed
    arabic: tuple[str, ...]  # as one who knows the name writes it; empty: only as heard
    stem: str = ""  # "Мусаев": Мусаевич, Мусаевна, and the family name Мусаев
    local: bool = False  # at home where clerks write Arabic: every clerk knows it


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
    spellings: Mapping[Spelling, str]  # Cyrillic always; others where the table of letters errs
    arabic: tuple[str, ...]  # empty: only as heard


@dataclass(frozen=True, slots=True)
class Descent:
    """One way papers name the father: an ending, and where it stands.

    Kinds: `stem` (Мусаев + ич), `joined` (Ерлан + улы), `apart` (Жасур + угли), `before` the given
    name (Нурлан уулу Азамат), `house`: in place of the family name (Далер + зода).
    """

    kind: str
    endings: Mapping[str, str]  # by sex, Cyrillic
    latin: Mapping[str, str]  # by sex; empty where the letter table is followed


CIVIL_REGISTER = Descent("stem", {"male": "ич", "female": "на"}, {"male": "", "female": ""})


@dataclass(frozen=True, slots=True)
class Custom:
    """How the families of one origin name their children, and how their relatives write."""

    id: str
    system: System
    share: int
    spellings: Weighted[Spelling]
    descents: Weighted[Descent]  # read by patronymic customs only
    converts: float  # share of parents whose own name is of another faith
    nisbas: tuple[str, ...]
    nisbas_latin: tuple[str, ...]
    male: Weighted[Given]
    female: Weighted[Given]
    surnames: Weighted[Surname]
    homes: tuple[Place, ...]

    def given(self, sex: str) -> Weighted[Given]:
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
def customs(compounds: float = COMPOUNDS) -> Mapping[str, Custom]:
    """Return every custom by its id.

    Args:
        compounds: share of given names put together from two.
    """
    given, homes, ways = vocabulary(compounds), places("home"), descents()
    return {
        row["custom"]: Custom(
            id=row["custom"],
            system=System(row["system"]),
            share=int(row["share"]),
            spellings=spellings(row["spellings"]),
            descents=ways.get(row["custom"], Weighted([CIVIL_REGISTER], [1])),
            converts=float(row["converts"]),
            nisbas=options(row["nisbas"]),
            nisbas_latin=options(row["nisbas_latin"]),
            male=given[row["custom"], "male"],
            female=given[row["custom"], "female"],
            surnames=surnames(row["custom"], given[row["custom"], "male"]),
            homes=tuple(homes[row["custom"]]),
        )
        for row in table("customs")
    }


@cache
def found_places() -> tuple[Place, ...]:
    """Return the places where children are found."""
    return tuple(places("found")[""])


def spellings(cell: str) -> Weighted[Spelling]:
    """Read the weights of ways of writing."""
    weights = weighted(cell)
    return Weighted(map(Spelling, weights), weights.values())


def descents() -> dict[str, Weighted[Descent]]:
    """Return the ways papers of each custom name the father."""
    by_custom: dict[str, list[tuple[Descent, int]]] = defaultdict(list)
    for row in table("descent"):
        way = Descent(
            row["kind"],
            {"male": row["male"], "female": row["female"]},
            {"male": row["latin_male"], "female": row["latin_female"]},
        )
        by_custom[row["custom"]].append((way, int(row["weight"])))
    return {custom: Weighted(*zip(*ways, strict=True)) for custom, ways in by_custom.items()}


def zipf(count: int, *, first: int = 1) -> list[float]:
    """Return how often the names of ranks from `first` on are borne, relative to one another."""
    return [1 / (rank + SHIFT) for rank in range(first, first + count)]


def vocabulary(compounds: float) -> dict[tuple[str, str], Weighted[Given]]:
    """Return the given names by custom and sex, compounds among them with the share they have."""
    single, double = givens(), compound_names()
    drawn = {}
    for key, names in single.items():
        known = {name.cyrillic[0] for name in names}
        once = {name.cyrillic[0]: name for name in reversed(double[key])}  # the likeliest stays
        built = [name for first, name in reversed(once.items()) if first not in known]
        weights, more = zipf(len(names)), zipf(len(built), first=len(names))
        scale = compounds / (1 - compounds) * sum(weights) / sum(more) if built else 0.0
        drawn[key] = Weighted(names + built, weights + [weight * scale for weight in more])
    return drawn


def givens() -> dict[tuple[str, str], list[Given]]:
    """Return the given names by custom and sex; a shared name stands under each of its customs."""
    by_custom: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for row in table("given"):
        latin = {
            Spelling.PASSPORT: row["latin"],
            Spelling.FRENCH: row["french"],
            Spelling.GERMAN: row["german"] or row["latin"],
            **dict.fromkeys(OWN_LATIN, row["native"]),
        }
        latin = {spelling: written for spelling, written in latin.items() if written}
        homes = row["customs"].split()
        name = Given(
            options(row["cyrillic"]),
            latin,
            options(row["arabic"]),
            row["stem"],
            local=not LOCAL.isdisjoint(homes),
        )
        for custom in homes:
            by_custom[custom, row["sex"]].append(name)
    return by_custom


def compound_names() -> dict[tuple[str, str], list[Given]]:
    """Put given names together from two halves of one set; the likeliest halves first."""
    halves: dict[tuple[str, str, str], dict[str, list[dict[str, str]]]] = defaultdict(
        lambda: {"first": [], "last": []}
    )
    for row in table("compounds"):
        for custom in row["customs"].split():
            halves[custom, row["sex"], row["set"]][row["position"]].append(row)
    ranked: dict[tuple[str, str], list[tuple[int, Given]]] = defaultdict(list)
    for (custom, sex, _), half in halves.items():
        for (rank, first), (next_rank, last) in product(*map(enumerate, half.values())):
            if first["cyrillic"].strip("_").lower() != last["cyrillic"].lower():
                name = joined(first, last, sex)
                ranked[custom, sex].append(((rank + 1) * (next_rank + 1), name))
    return defaultdict(
        list,
        {
            key: [name for _, name in sorted(names, key=lambda each: each[0])]
            for key, names in ranked.items()
        },
    )


def joined(first: Mapping[str, str], last: Mapping[str, str], sex: str) -> Given:
    """Put one compound together; `_` stands for a space."""
    cyrillic, latin, french = (
        (first[column] + last[column]).replace("_", " ")
        for column in ("cyrillic", "latin", "french")
    )
    written = {
        Spelling.PASSPORT: latin,
        Spelling.FRENCH: french if first["french"] else latin,
        Spelling.GERMAN: latin,
        Spelling.TURKISH: latin,
    }
    arabic = [
        (one + two).replace("_", " ").replace("  ", " ")
        for one, two in product(options(first["arabic"]), options(last["arabic"]))
    ]
    return Given(
        (cyrillic,),
        written if latin else {},
        tuple(arabic),
        stem(cyrillic) if sex == "male" and not latin else "",
        local=not LOCAL.isdisjoint(first["customs"].split()),
    )


def stem(name: str) -> str:
    """Return the stem of what the children of a father bear (Магомед → Магомедов)."""
    if name[-1] in "йь":
        return name[:-1] + "ев"
    return name + ("ев" if name[-1] in "аеёиоуыэюяжшчщц" else "ов")


def surnames(custom: str, fathers: Weighted[Given]) -> Weighted[Surname]:
    """Return the family names of a custom: fathers' names, and names put together from parts."""
    built = composed_surnames()
    forefathers = [] if custom == "russia" else [name.stem for name in fathers.items if name.stem]
    sets = [
        (1 - BUILT - RARE, [bent(name) for name in forefathers]),
        (BUILT, built.get((custom, "usual"), [])),
        (RARE, built.get((custom, "tail"), [])),
    ]
    names: list[Surname] = []
    weights: list[float] = []
    for share, each in sets:
        ranks = [weight**GENERATIONS for weight in zipf(len(each))]
        names += each
        weights += [weight * share / sum(ranks) for weight in ranks]
    return Weighted(names, weights)


@cache
def composed_surnames() -> Mapping[tuple[str, str], list[Surname]]:
    """Put family names together from the parts of each set, in an order that favours no part."""
    parts: dict[tuple[str, str], dict[str, list[dict[str, str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in table("surnames"):
        parts[row["custom"], row["set"]][row["position"]].append(row)
    composed: dict[tuple[str, str], list[Surname]] = {}
    for key, by_position in parts.items():
        made = [
            bent(
                *(
                    "".join(part[column] for part in row)
                    for column in ("cyrillic", "latin", "arabic")
                )
            )
            for row in product(*by_position.values())
        ]
        # A fixed shuffle: the names of one part must not be the common ones together.
        Random(len(made)).shuffle(made)  # noqa: S311 - made-up data, nothing to protect
        composed[key] = made
    return composed


def bent(male: str, latin: str = "", arabic: str = "") -> Surname:
    """Return a family name with its female form; names of other languages do not bend."""
    ending = "" if latin else FEMALE_ENDINGS.get(male[-2:], "")
    return Surname(male, male[:-2] + ending if ending else male, latin, arabic)


def places(kind: str) -> dict[str, list[Place]]:
    """Return the places of one kind by the custom at home there."""
    by_custom: dict[str, list[Place]] = defaultdict(list)
    for row in table("places"):
        if row["kind"] == kind:
            written = {
                spelling: row[spelling]
                for spelling in (
                    Spelling.CYRILLIC,
                    Spelling.PASSPORT,
                    Spelling.FRENCH,
                    Spelling.GERMAN,
                )
                if row[spelling]
            }
            by_custom[row["custom"]].append(Place(row["code"], written, options(row["arabic"])))
    return by_custom
