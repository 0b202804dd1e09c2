"""Development sets made on the spot from the `dev` split of the public names, seeded.

Nothing here asks a peer or the library: where a near name is wanted, nearness is that of plain
letters, one for one, so that the set is the same wherever it is made and nobody's own.
"""

from __future__ import annotations

import csv
import random
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from naming.sets import Pair, Pairs, Query, Retrieval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SEED = 20240229
CANDIDATES = 20_000
PERSONS = 300  # whose pairs are in a set
NEAR, SWAPPED = 2, 2  # wrong pairs of each kind for each person; and one at random
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
LONG = 4  # letters of a word that may hold a typing error

LETTERS = str.maketrans(
    dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщыэіїўјґә",
            "abvgdeejziyklmnoprstufhccssyeiiwjga",
            strict=True,
        )
    )
    | dict.fromkeys("ъьʹ", "")
    | dict(
        zip(
            "ابتثجحخدذرزسشصضطظعغفقكلمنهويآأإةىئؤپچژگکی",
            "abttjhhddrzsssdtzagfqklmnhwyaaiayywpcjgky",
            strict=True,
        )
    )
    | dict.fromkeys("ء\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652", "")
)


def letters(name: str) -> str:
    """Return a name letter for letter in Latin, the family name last where a comma shows it."""
    family, _, given = name.partition(",")
    bare = unicodedata.normalize("NFKD", f"{given} {family}".lower().translate(LETTERS))
    plain = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def rows(path: Path) -> list[dict[str, str]]:
    """Read a table whose fields are separated by tabs and never quoted."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def spellings(folder: Path) -> Retrieval:
    """Return English spellings to be found among French ones, through a shared Arabic form.

    A query is an English form of the dev split; right are all French forms of the same Arabic
    name. The candidates are filled up with other Latin forms, French ones first, none of them
    written like a query in Arabic.
    """
    by_arabic: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    forms: dict[str, set[str]] = defaultdict(set)
    for row in rows(folder / "persons_lat_ara.tsv"):
        forms[row["latin_language"]].add(row["latin"])
        by_arabic[row["arabic"]][row["latin_language"]].add(row["latin"])
    dev = {r["arabic"] for r in rows(folder / "persons_lat_ara.tsv") if r["split"] == "dev"}
    asked = [
        (english, sorted(held["fr"]))
        for arabic, held in sorted(by_arabic.items())
        if arabic in dev and held["fr"]
        for english in sorted(held["en"] - held["fr"])[:1]
    ]
    taken = {
        form for arabic in dev if by_arabic[arabic]["fr"] for form in forms_of(by_arabic[arabic])
    }
    right = list(dict.fromkeys(form for _, french in asked for form in french))
    chance = random.Random(SEED)  # noqa: S311 (made-up data, nothing to protect)
    french = sorted(forms["fr"] - taken)
    others = sorted(set().union(*forms.values()) - forms["fr"] - taken)
    chance.shuffle(others)
    cands = (right + french + others)[:CANDIDATES]
    place = {name: number for number, name in enumerate(right)}
    queries = [
        Query(english, tuple(place[form] for form in french_forms), "en-fr")
        for english, french_forms in asked
    ]
    return Retrieval(f"lat-lat-en-fr_{len(cands)}", tuple(queries), tuple(cands))


def forms_of(by_language: dict[str, set[str]]) -> set[str]:
    """Return the Latin forms of a name in every language."""
    return set().union(*by_language.values())


def swap(name: str, other: str, chance: random.Random) -> str:
    """Return a name with one word exchanged for a word of another."""
    words = name.split()
    words[chance.randrange(len(words))] = chance.choice(other.split())
    return " ".join(words)


class Strangers:
    """Names of other persons, of which wrong pairs are made."""

    def __init__(self, names: Iterable[str], chance: random.Random) -> None:
        self.names = sorted(set(names))
        self.plain = [letters(name) for name in self.names]
        self.chance = chance

    def near(self, name: str, own: set[str]) -> list[str]:
        """Return the names most like one letter for letter, those of the same person left out."""
        alike = process.extract(
            letters(name), self.plain, scorer=JaroWinkler.similarity, limit=NEAR + len(own)
        )
        return [self.names[at] for _, _, at in alike if self.names[at] not in own][:NEAR]

    def pairs(self, left: str, right: str, own: set[str]) -> Iterator[Pair]:
        """Yield a name beside near ones, its right one with a word swapped, and any at random."""
        for name in self.near(left, own):
            yield Pair(left, name, 0, "near")
        of_person = {letters(name) for name in own}
        for _ in range(SWAPPED):
            swapped = swap(right, self.chance.choice(self.names), self.chance)
            if letters(swapped) not in of_person:
                yield Pair(left, swapped, 0, "swap")
        if (any_name := self.chance.choice(self.names)) not in own:
            yield Pair(left, any_name, 0, "rand")


def persons(folder: Path, *scripts: str) -> list[list[list[str]]]:
    """Return the names of persons that are written in each of some scripts, by script."""
    table = rows(folder / "persons_dev.tsv")
    return [
        [row[script].split("|") for script in scripts]
        for row in table
        if all(row[script] for script in scripts)
    ]


def arabic_cyrillic(folder: Path) -> Pairs:
    """Return pairs of Arabic and Cyrillic names of elected representatives."""
    chance = random.Random(SEED)  # noqa: S311 (made-up data, nothing to protect)
    both = persons(folder, "arabic", "cyrillic")
    others = (name for (held,) in persons(folder, "cyrillic") for name in held)
    strangers = Strangers(others, chance)
    pairs: list[Pair] = []
    for arabic, cyrillic in chance.sample(both, min(PERSONS, len(both))):
        left, right = chance.choice(arabic), chance.choice(cyrillic)
        pairs.append(Pair(left, right, 1, "pos"))
        pairs += strangers.pairs(left, right, set(cyrillic))
    return Pairs("ara-cyr", tuple(pairs))


def noisy_latin(folder: Path) -> Pairs:
    """Return Latin names beside the same names as a hurried clerk writes them.

    In the spirit of nomenklatura's public name benchmark: a typing error, an initial for a given
    name, a name left out, another order, a space left out. Wrong pairs are near names, a word
    swapped, strangers.
    """
    chance = random.Random(SEED)  # noqa: S311 (made-up data, nothing to protect)
    held = [names for (names,) in persons(folder, "latin") if len(names[0].split()) > 1]
    others = (name for names in held for name in names if len(name.split()) > 1)
    strangers = Strangers(others, chance)
    pairs: list[Pair] = []
    for names in chance.sample(held, min(PERSONS, len(held))):
        name = names[0]
        for kind, spoil in NOISE.items():
            if (spoilt := spoil(name, chance)) != name:
                pairs.append(Pair(spoilt, name, 1, kind))
        pairs += strangers.pairs(name, name, set(names))
    return Pairs("noisy-lat", tuple(pairs))


def typo(name: str, chance: random.Random) -> str:
    """Return a name with one or two typing errors, each in a longer word."""
    for _ in range(chance.choice((1, 1, 2))):
        words = name.split()
        long = [place for place, word in enumerate(words) if len(word) >= LONG]
        if long:
            place = chance.choice(long)
            words[place] = mistyped(words[place], chance)
        name = " ".join(words)
    return name


def mistyped(word: str, chance: random.Random) -> str:
    """Return a word with a letter left out, doubled, exchanged, or a neighbour key."""
    at = chance.randrange(1, len(word) - 1)
    rows_of = [row for row in KEYBOARD if word[at].lower() in row]
    key = rows_of[0][rows_of[0].index(word[at].lower()) - 1] if rows_of else word[at]
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + key + word[at + 1 :],
        )
    )


def initial(name: str, chance: random.Random) -> str:
    """Return a name whose first word, or second of three, is an initial."""
    words = name.split()
    at = chance.randrange(max(1, len(words) - 1))
    words[at] = f"{words[at][0]}."
    return " ".join(words)


def missing(name: str, chance: random.Random) -> str:
    """Return a name of three words or more without one that is neither first nor last."""
    words = name.split()
    inner = range(1, len(words) - 1)
    return " ".join(words[:at] + words[at + 1 :]) if (at := chance.choice(inner or [0])) else name


def reordered(name: str, chance: random.Random) -> str:
    """Return a name with its last word first, with a comma or without."""
    words = name.split()
    return f"{words[-1]}{chance.choice((',', ''))} {' '.join(words[:-1])}"


def joined(name: str, chance: random.Random) -> str:
    """Return a name with one of its spaces left out."""
    words = name.split()
    at = chance.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


NOISE = {
    "typo": typo,
    "initial": initial,
    "missing": missing,
    "order": reordered,
    "joined": joined,
}


def made(folder: Path) -> list[Retrieval | Pairs]:
    """Return every set that is made from a folder of public names."""
    return [spellings(folder), arabic_cyrillic(folder), noisy_latin(folder)]
