"""A comparison as a ladder of levels, and the few questions levels are made of.

Each question is asked three times over: in SQL (DuckDB's and Spark's words differ in three
functions), in plain Python of two rows, and of many pairs at once over arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Row = Mapping[str, Any]  # the columns of one prepared record: sets of keys, days, words
Holds = Callable[[Row, Row], bool]  # (found, sought)
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int64]

ENDINGS = (
    "",
    "_same",
    "_close",
    "_near",
    "_rare",
    "_rare_same",
    "_rare_close",
    "_singular",
    "_singular_same",
    "_uncommon",
    "_uncommon_same",
)
UNKNOWN = "unknown"  # the level of a value that one side does not give; it weighs nothing
DIFFERENT = "different"  # the last level: both sides say something, and nothing meets


class Pairs(Protocol):
    """Many pairs of prepared rows, asked about at once. Every answer has one entry a pair."""

    def __len__(self) -> int:
        """How many pairs there are."""
        ...

    def some(self, wanted: Flags) -> Pairs:
        """Return those of the pairs."""
        ...

    def common(self, found_column: str, sought_column: str, least: int | Days) -> Flags:
        """Return where two sets of keys have at least this many in common."""
        ...

    def shorter(self, column: str) -> Days:
        """Return how many keys the smaller of the two sets holds."""
        ...

    def lacks(self, column: str) -> Flags:
        """Return where one side has no key at all, or no value."""
        ...

    def found(self, column: str) -> Days:
        """Return the found rows' values of a scalar column; 0 where there is none."""
        ...

    def sought(self, column: str) -> Days:
        """Return the sought rows' values of a scalar column; 0 where there is none."""
        ...


Many = Callable[[Pairs], Flags]


@dataclass(frozen=True, slots=True)
class Level:
    """One answer two rows can give, asked in SQL, in Python, and of many pairs at once.

    In SQL the found row's columns end in `_l` and the sought row's in `_r`.
    """

    id: str
    sql: str
    holds: Holds
    many: Many

    def __or__(self, other: Level) -> Level:
        """Return the level that holds where either does, under this one's id."""
        return Level(
            self.id,
            f"({self.sql}) OR ({other.sql})",
            lambda found, sought: self.holds(found, sought) or other.holds(found, sought),
            lambda pairs: self.many(pairs) | other.many(pairs),
        )

    def __and__(self, other: Level) -> Level:
        """Return the level that holds where both do, under this one's id."""
        return Level(
            self.id,
            f"({self.sql}) AND ({other.sql})",
            lambda found, sought: self.holds(found, sought) and other.holds(found, sought),
            lambda pairs: self.many(pairs) & other.many(pairs),
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """One attribute: its columns, and its levels, of which the first that holds counts.

    A `shared` comparison is about what the children of one family have in common (their parents,
    the family name, where they lived), so it tells families apart and not the children of one.
    An `optional` one is not spoken of where neither side says anything.
    """

    name: str
    columns: tuple[str, ...]  # lists of keys, unless `scalars` names them
    levels: tuple[Level, ...]
    scalars: Mapping[str, str] | None = None  # column -> SQL type, where it is no list
    shared: bool = False
    optional: bool = False
    last: str = DIFFERENT  # what it is called when no level holds

    def level(self, found: Row, sought: Row) -> str:
        """Return the id of the first level that holds."""
        for level in self.levels:
            if level.holds(found, sought):
                return level.id
        return self.last

    @property
    def level_ids(self) -> tuple[str, ...]:
        """Every answer but `UNKNOWN`, strongest first."""
        return (*(level.id for level in self.levels if level.id != UNKNOWN), self.last)


def meet(level: str, found_column: str, sought_column: str) -> Level:
    """Return the level where two sets of keys have one in common."""
    return Level(
        level,
        f"list_has_any({found_column}_l, {sought_column}_r)",
        lambda found, sought: not found[found_column].isdisjoint(sought[sought_column]),
        lambda pairs: pairs.common(found_column, sought_column, 1),
    )


def meet_twice(level: str, found_column: str, sought_column: str) -> Level:
    """Return the level where two sets of keys have two or more in common."""
    return Level(
        level,
        f"len(list_intersect({found_column}_l, {sought_column}_r)) >= 2",
        lambda found, sought: len(found[found_column] & sought[sought_column]) > 1,
        lambda pairs: pairs.common(found_column, sought_column, 2),
    )


def crossed() -> tuple[Level, Level]:
    """Return the levels where a given name stands as the other's family name: one way, both ways.

    Forms ask for two names, and clerks exchange them; a single name may be either. A given name
    that many bear is many families' name too, and says nothing.
    """
    given = "given_uncommon_same"
    ways = meet("crossed", given, "family"), meet("crossed", "family", given)
    return ways[0] | ways[1], ways[0] & ways[1]


def unknown(column: str) -> Level:
    """Return the level where one side has no key at all."""
    return Level(
        UNKNOWN,
        f"len({column}_l) = 0 OR len({column}_r) = 0",
        lambda found, sought: not found[column] or not sought[column],
        lambda pairs: pairs.lacks(column),
    )


def untold(*columns: str) -> Level:
    """Return the level where one side has no value in one of these scalar columns."""

    def holds(found: Row, sought: Row) -> bool:
        return any(found[column] is None or sought[column] is None for column in columns)

    return Level(
        UNKNOWN,
        " OR ".join(f"{column}_l IS NULL OR {column}_r IS NULL" for column in columns),
        holds,
        lambda pairs: np.logical_or.reduce([pairs.lacks(column) for column in columns]),
    )


def name_columns(name: str) -> tuple[str, ...]:
    """Return the columns a name is prepared into; see `comparisons.rows`."""
    return tuple(name + ending for ending in ENDINGS)


def name_levels(name: str) -> tuple[Level, ...]:
    """Return the levels of a name: the same, by how rare it is; then alike; then unknown.

    That two records share a rare name says far more than that both say Muhammad, so each class
    of rarity is a level of its own (Fellegi and Sunter 1969, frequency-based weights).
    """
    return (
        meet("same_singular", f"{name}_singular_same", f"{name}_singular"),
        meet("same_rare", f"{name}_rare_same", f"{name}_rare"),
        meet("same_uncommon", f"{name}_uncommon_same", f"{name}_uncommon"),
        meet("same_common", f"{name}_same", name),
        meet("near_rare", f"{name}_rare_close", f"{name}_rare"),
        meet("close", f"{name}_close", name),
        meet("near", f"{name}_near", name),
        unknown(name),
    )
