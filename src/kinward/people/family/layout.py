"""Where each member of a family stands in the picture, and which way the lines between them run.

A generation is a band of rows, the oldest on top; a row has at most so many columns, so that the
same family fits a wide screen and a telephone. Beside every column is a gutter, between two bands a
gap. A line leaves a parent sideways, falls in the gutter into the gap beneath, and reaches a child
through the gutter before it: no line ever crosses a box. Every union has a track of its own in
gutters and gaps, so that no two lines lie upon one another.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WIDTH: Final = 158.0  # of a box, in units of the picture, a unit being about a pixel
ROW_GAP: Final = 14.0  # between two rows of one band
TRACK: Final = 5.0  # between two lines side by side
GUTTER: Final = 8.0  # of a gutter without lines
MARGIN: Final = 2.0  # around everything, so that no border is cut


class Node(NamedTuple):
    """Somebody to place: in which generation (parents 1, the person 0), on which side, how tall.

    The side is -1 where reading starts, 1 where it ends, 0 for who belongs to neither.
    """

    id: int
    generation: int
    side: int
    height: float


Row = list[Node | None]
"""Who stands in each column of a row; None where nobody does."""


class Ties(NamedTuple):
    """Parents and children a line joins, by their ids; parents stand one generation higher."""

    parents: tuple[int, ...]
    children: tuple[int, ...]


class Box(NamedTuple):
    """Where somebody stands: the column, the corner where reading starts, and how tall they are."""

    id: int
    column: int
    x: float
    y: float
    height: float


class Route(NamedTuple):
    """One stretch of line: its corners, and which of the ties it belongs to."""

    tie: int
    points: tuple[tuple[float, float], ...]


class Layout(NamedTuple):
    """A whole picture: its size, everyone in the order they came, and the lines."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of a picture, and which ties run in the gutter before each and after the last."""

    gutters: tuple[tuple[int, ...], ...]

    @property
    def width(self) -> float:
        """Return the width of the picture."""
        return self.x(len(self.gutters) - 1)

    def x(self, column: int) -> float:
        """Return where a column starts, which is where the gutter before it ends."""
        before = self.gutters[: column + 1]
        return sum(GUTTER + TRACK * len(ties) for ties in before) + column * WIDTH

    def track(self, column: int, tie: int) -> float:
        """Return where the line of a tie runs in the gutter before a column."""
        ties = self.gutters[column]
        return self.x(column) - GUTTER / 2 - TRACK * (len(ties) - ties.index(tie) - 0.5)


def lay_out(nodes: Sequence[Node], ties: Sequence[Ties], *, columns: int) -> Layout:
    """Place everyone, beside one another in the order they come, and run the lines.

    Args:
        nodes: everyone, each once.
        ties: who is whose; only ids of nodes.
        columns: how many stand beside one another at most.
    """
    bands: dict[int, list[Node]] = defaultdict(list)
    for node in nodes:
        bands[node.generation].append(node)
    rows = {generation: in_rows(band, columns) for generation, band in bands.items()}
    column_of = columns_of(rows)
    grid = Grid(gutters_of(ties, column_of))
    gaps = gaps_of(ties, {node.id: node.generation for node in nodes})

    boxes: dict[int, Box] = {}
    buses: dict[int, float] = {}  # where the line of each tie runs from column to column
    y = MARGIN
    levels = [*rows, *gaps]
    for generation in range(max(levels, default=0), min(levels, default=0) - 1, -1):
        for row in rows.get(generation, ()):
            standing = [node for node in row if node]
            for node in standing:
                column = column_of[node.id]
                boxes[node.id] = Box(node.id, column, grid.x(column), y, node.height)
            y += max(node.height for node in standing) + ROW_GAP
        for tie in gaps.get(generation, ()):
            buses[tie] = y
            y += TRACK
    routes = (
        route
        for number, tie in enumerate(ties)
        for route in run(number, tie, buses[number], grid, boxes)
    )
    return Layout(grid.width, y, tuple(boxes[node.id] for node in nodes), tuple(routes))


def in_rows(band: Sequence[Node], columns: int) -> list[Row]:
    """Return a generation in rows; in one, if there is room for all.

    Else each side keeps to its half of the columns, and who belongs to neither goes where there is
    more room.
    """
    if len(band) <= columns:
        return [list(band)]
    first = [node for node in band if node.side < 0]
    last = [node for node in band if node.side > 0]
    for node in (node for node in band if node.side == 0):
        if len(first) <= len(last):
            first.append(node)
        else:
            last.insert(0, node)
    half = (columns + 1) // 2
    rows: list[Row] = []
    # Whoever stands nearest to the middle of the family stands in the first row.
    for start, end in zip_longest(chunks(first[::-1], half), chunks(last, columns - half)):
        before: Row = [*reversed(start or ())]
        rows.append([*[None] * (half - len(before)), *before, *(end or ())])
    return rows


def chunks(nodes: list[Node], size: int) -> Iterator[list[Node]]:
    """Yield nodes so many at a time."""
    return (nodes[start : start + size] for start in range(0, len(nodes), size))


def columns_of(rows: Mapping[int, Sequence[Row]]) -> dict[int, int]:
    """Return in which column everyone stands; single rows that are shorter stand in the middle."""
    every = [row for band in rows.values() for row in band]
    most = max(map(len, every), default=0)
    return {
        node.id: column
        for band in rows.values()
        for row in band
        for column, node in enumerate(row, (most - len(row)) // 2 if len(band) == 1 else 0)
        if node
    }


def gutters_of(ties: Sequence[Ties], column_of: Mapping[int, int]) -> tuple[tuple[int, ...], ...]:
    """Return which ties run in each gutter: behind their parents, before their children."""
    used: list[list[int]] = [[] for _ in range(max(column_of.values(), default=-1) + 2)]
    for number, tie in enumerate(ties):
        beside = {column_of[each] + 1 for each in tie.parents}
        for column in sorted(beside | {column_of[each] for each in tie.children}):
            used[column].append(number)
    return tuple(map(tuple, used))


def gaps_of(ties: Sequence[Ties], generation_of: Mapping[int, int]) -> dict[int, list[int]]:
    """Return the generation above a gap to the ties that run through it."""
    gaps: dict[int, list[int]] = defaultdict(list)
    for number, tie in enumerate(ties):
        above = [generation_of[each] for each in tie.parents]
        above += [generation_of[each] + 1 for each in tie.children]
        gaps[max(above)].append(number)
    return gaps


def run(number: int, tie: Ties, bus: float, grid: Grid, boxes: Mapping[int, Box]) -> list[Route]:
    """Return the lines of one tie: from its parents down to the bus, from there to its children."""
    found, reached = [], []
    parents = [(boxes[each], 1) for each in tie.parents]
    for box, behind in [*parents, *((boxes[each], 0) for each in tie.children)]:
        track = grid.track(box.column + behind, number)
        side, middle = box.x + WIDTH * behind, box.y + box.height / 2
        found.append(Route(number, ((side, middle), (track, middle), (track, bus))))
        reached.append(track)
    return [*found, Route(number, ((min(reached), bus), (max(reached), bus)))]
