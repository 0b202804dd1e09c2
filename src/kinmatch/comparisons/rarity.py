"""How rare a name is among the persons at hand, so that a rare one can weigh more."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kinmatch.comparisons.keys import given_of

if TYPE_CHECKING:
    from kinmatch.comparisons.keys import Keys, Parse

GIVEN_COLUMNS = ("given", "father", "mother", "siblings", "grandparents")
SINGULAR, RARE, UNCOMMON = 0, 1, 2  # classes; whatever is none of them is common
UNLISTED = 0.0005  # the share a name is taken to have before it is seen: one in two thousand

Same = Callable[[str], frozenset[str]]  # a key -> itself and the other spellings of the name


@dataclass(frozen=True, slots=True)
class RarityClasses:
    """Where the classes end, as shares of the persons; and how much the known shares weigh."""

    singular: float  # below it hardly anyone bears a name
    rare: float  # below it a name is rare
    uncommon: float  # below it, uncommon; from it on, common
    background: float  # persons the shares of data/frequent.toml count for


def apart(keys: frozenset[str], same: Same) -> frozenset[str]:
    """Return one key for each name: none is left that is another spelling of one before it."""
    kept: set[str] = set()
    for key in sorted(keys) if len(keys) > 1 else keys:
        if kept.isdisjoint(same(key)):
            kept.add(key)
    return frozenset(kept)


class Rarity:
    """The share of persons each name has, spellings of one name taken together."""

    def __init__(self, classes: RarityClasses, same: Same, known: Mapping[str, float]) -> None:
        self.classes = classes
        self.same = same
        self.known = known
        self.counts: Counter[str] = Counter()
        self.persons = 0
        self.shares: dict[str, float] = {}

    def count(self, observed: Iterable[frozenset[str]]) -> None:
        """Count the keys of one kind, a set for each person who bears them.

        A name that a person bears in several spellings or scripts counts once.
        """
        for keys in observed:
            self.counts.update(apart(keys, self.same))
            self.persons += 1
        self.shares.clear()

    def share(self, key: str) -> float:
        """Return the share of persons who bear a name, in any spelling."""
        if key not in self.shares:
            spellings = self.same(key)
            seen = sum(self.counts[one] for one in spellings)
            weight = self.classes.background
            before = max((self.known.get(one, UNLISTED) for one in spellings), default=UNLISTED)
            self.shares[key] = (seen + weight * before) / (self.persons + weight)
        return self.shares[key]

    def rank(self, key: str) -> int:
        """Return the class of a name: 0 singular, 1 rare, 2 uncommon, 3 common."""
        share, classes = self.share(key), self.classes
        return sum(share >= end for end in (classes.singular, classes.rare, classes.uncommon))

    def at_most(self, rank: int, keys: Iterable[str]) -> frozenset[str]:
        """Return those of the keys that are of this class or a rarer one."""
        return frozenset(key for key in keys if self.rank(key) <= rank)


def given_observations(everyone: Iterable[tuple[str, Keys]]) -> Iterable[frozenset[str]]:
    """Return the given names seen, the parents and siblings of one group counted once.

    `everyone` pairs each person's keys with a group, or with an id where there is none.
    """
    kin: dict[tuple[str, str], frozenset[str]] = {}
    for group, keys in everyone:
        if keys.given:
            yield keys.given
        for relation in ("father", "mother", "siblings", "grandparents"):
            before = kin.get((group, relation), frozenset())
            kin[group, relation] = before | getattr(keys, relation)
    yield from filter(None, kin.values())


def observations(everyone: Iterable[tuple[str, Keys]], column: str) -> Iterable[frozenset[str]]:
    """Return the family names or places seen, those of one group counted once."""
    together: dict[str, frozenset[str]] = {}
    for group, keys in everyone:
        together[group] = together.get(group, frozenset()) | getattr(keys, column)
    return filter(None, together.values())


def known_shares(kind: str, parse: Parse) -> dict[str, float]:
    """Return the shares of data/frequent.toml by key; `kind` is "given" or "family"."""
    shares: dict[str, float] = {}
    for share, names in _frequent()[kind].items():
        for name in map(parse, names):
            keys = given_of(name) if kind == "given" else (part.key for part in name.parts)
            for key in keys:  # two names listed may be spellings of one: the more frequent counts
                shares[key] = max(shares.get(key, 0.0), float(share))
    return shares


@cache
def _frequent() -> dict[str, Any]:
    return tomllib.loads(files("kinmatch.data").joinpath("frequent.toml").read_text("utf-8"))
