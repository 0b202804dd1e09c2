"""The sets names are measured on, read from a folder.

`R_*.json`   {queries: [[name, index or [indices], tag]], cands: [name, …]}
`P_*.json`   {pairs: [[name, name, 0 or 1, kind]]}
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# The word a file name may begin with to say which split it is of.
SPLIT = re.compile(r"^(?:dev|train|test|held[-_]?out|held|hidden|eval)[-_]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """A name, where its right names stand among the candidates, and what it is an example of."""

    name: str
    right: tuple[int, ...]
    tag: str


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Queries, each to be found among the same candidates."""

    core: str
    queries: tuple[Query, ...]
    cands: tuple[str, ...]

    kind = "R"

    @property
    def label(self) -> str:
        """Name the set as its file does, without its split."""
        return f"R {self.core}"

    def sampled(self, most: int) -> Retrieval:
        """Return the set with at most so many queries, the same ones every time."""
        if len(self.queries) <= most:
            return self
        places = sorted(random.Random(self.core).sample(range(len(self.queries)), most))  # noqa: S311
        return replace(self, queries=tuple(self.queries[place] for place in places))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, whether they are of one person, and what kind of pair they are."""

    left: str
    right: str
    same: int
    kind: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of names, to be told apart by a score."""

    core: str
    pairs: tuple[Pair, ...]

    kind = "P"

    @property
    def label(self) -> str:
        """Name the set as its file does, without its split."""
        return f"P {self.core}"


NameSet = Retrieval | Pairs


class BadSet(Exception):
    """A file is not of the form of a set; the text says which and why."""


def core_of(stem: str) -> str:
    """Return a file name without form and split: `R_DEV-lat-ara_5000` is `lat-ara_5000`."""
    return SPLIT.sub("", re.sub(r"^[RP]_", "", stem))


def read_retrieval(core: str, content: dict[str, list[list[object]]]) -> Retrieval:
    """Read a retrieval set out of its JSON."""
    queries = tuple(
        Query(name, tuple(right) if isinstance(right, list) else (right,), str(tag))
        for name, right, tag in content["queries"]
    )
    cands = tuple(content["cands"])
    for row, query in enumerate(queries, start=1):
        if not query.right or not all(0 <= place < len(cands) for place in query.right):
            raise ValueError(
                f'row {row}, column "queries": a right name of {query.name!r} is not among the'
                f" {len(cands)} candidates"
            )
    return Retrieval(core, queries, cands)


def read_pairs(core: str, content: dict[str, list[list[object]]]) -> Pairs:
    """Read a set of pairs out of its JSON."""
    pairs = Pairs(core, tuple(Pair(a, b, int(same), str(k)) for a, b, same, k in content["pairs"]))
    if len({pair.same for pair in pairs.pairs}) == 1:
        raise ValueError("all pairs are of one kind")
    return pairs


def read(path: Path) -> NameSet:
    """Read one file; raises BadSet where it is of neither form."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        reader = read_pairs if path.name.startswith("P_") else read_retrieval
        return reader(core_of(path.stem), content)
    except (ValueError, KeyError, TypeError) as reason:
        raise BadSet(f"{path.name}: {reason}") from reason


def read_folder(folder: Path) -> list[NameSet]:
    """Read every set of a folder, retrieval first, each in the order of its name."""
    return [read(path) for form in "RP" for path in sorted(folder.glob(f"{form}_*.json"))]


def chosen(sets: Sequence[NameSet], patterns: str) -> list[NameSet]:
    """Return the sets whose name or core fits one of the comma-separated patterns."""
    asked = [pattern.strip() for pattern in patterns.split(",")]
    return [
        one
        for one in sets
        if any(fnmatch(text, like) for like in asked for text in (one.core, one.label))
    ]


def digest(one: NameSet) -> str:
    """Return a hash of all a set holds."""
    return hashlib.sha256(repr(one).encode()).hexdigest()
