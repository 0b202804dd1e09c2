"""Tables of counts: cells named by what they count, and which cells are the sum of which.

A cell is named "landed", "landed origin=RU-DA", "landed origin=RU-DA sex=female": the same cell of
two tables has one name, so that what one of them hides the other does not give away.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from typing import TYPE_CHECKING, Final, NamedTuple

from kinward.figures.rules.cells import Sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ALL: Final = ""
UNKNOWN: Final = "unknown"


class Place(NamedTuple):
    """What a cell counts: of which figure, and of each dimension which category."""

    figure: str
    of: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The name of the cell."""
        return " ".join([self.figure, *(f"{by}={category}" for by, category in self.of)])


def place(figure: str, of: Mapping[str, str]) -> Place:
    """Return the cell of some categories, whatever their order; ALL of a dimension is no part."""
    return Place(figure, tuple(sorted((by, each) for by, each in of.items() if each != ALL)))


def read_place(name: str) -> Place:
    """Return what a cell of that name counts."""
    figure, *of = name.split(" ")
    return Place(figure, tuple((by, each) for by, _, each in (part.partition("=") for part in of)))


def parent(by: str, category: str, places: Iterable[str]) -> str:
    """Return of what a category is a part: a region of its country, all else of the whole."""
    country, dash, _ = category.partition("-")
    return country if dash and by in places else ALL


class Tree(NamedTuple):
    """The categories of one dimension, the whole and the countries among them: node to parts."""

    by: str
    parts: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, by: str, categories: Iterable[str], places: Iterable[str]) -> Tree:
        """Return the categories that were seen; a country with one region is no node."""
        seen = sorted(set(categories))
        above = {each: parent(by, each, places) for each in seen}
        several = Counter(above.values())
        above = {each: up if several[up] > 1 or up in seen else ALL for each, up in above.items()}
        # Where a country itself was said, nobody knows which region is meant: it has a cell apart.
        top = dict.fromkeys(set(above.values()) - {ALL}, ALL)
        parts: dict[str, list[str]] = {ALL: []}
        for each, up in sorted({**above, **top}.items()):
            parts.setdefault(up, [])
            if each in top and each in above:
                parts.setdefault(each, []).append(f"{each}-{UNKNOWN}")
            parts[ALL if each in top else up].append(each)
        return cls(by, {node: tuple(sorted(below)) for node, below in parts.items()})

    @property
    def nodes(self) -> list[str]:
        """Every category, the whole first."""
        return [ALL, *sorted({each for below in self.parts.values() for each in below})]

    def path(self, category: str) -> list[str]:
        """Return the nodes that count somebody of a category, the whole among them."""
        leaf = f"{category}-{UNKNOWN}" if category in self.parts and category else category
        up = {each: node for node, below in self.parts.items() for each in below}
        found = [leaf]
        while found[-1] != ALL:
            found.append(up[found[-1]])
        return found


def sums_of(figure: str, trees: Sequence[Tree]) -> set[Sum]:
    """Return the sums of a table: along each dimension, for everything of the others."""
    found = set()
    for number, tree in enumerate(trees):
        others = [each for n, each in enumerate(trees) if n != number]
        for fixed in product(*(each.nodes for each in others)):
            of = {each.by: node for each, node in zip(others, fixed, strict=True)}
            for node, parts in tree.parts.items():
                if parts:
                    whole = place(figure, of | {tree.by: node}).name
                    cells = [place(figure, of | {tree.by: each}).name for each in parts]
                    found.add(Sum(whole, tuple(sorted(cells))))
    return found


def cells_of_table(figure: str, trees: Sequence[Tree]) -> list[str]:
    """Return every cell of a table, its margins among them."""
    return [
        place(figure, {tree.by: node for tree, node in zip(trees, nodes, strict=True)}).name
        for nodes in product(*(tree.nodes for tree in trees))
    ]


def count(
    figure: str, trees: Sequence[Tree], people: Iterable[Mapping[str, str]]
) -> dict[str, int]:
    """Return how many there are in each cell of a table; what nobody is in is nothing."""
    found = dict.fromkeys(cells_of_table(figure, trees), 0)
    for one in people:
        paths = [tree.path(one[tree.by]) for tree in trees]
        for nodes in product(*paths):
            at = {tree.by: node for tree, node in zip(trees, nodes, strict=True)}
            found[place(figure, at).name] += 1
    return found


def margins(breakdowns: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the breakdowns that are not in another one already, each in one order."""
    asked = {tuple(sorted(each)) for each in breakdowns}
    inner = {few for each in asked for n in range(len(each)) for few in combinations(each, n)}
    return sorted(asked - inner)
