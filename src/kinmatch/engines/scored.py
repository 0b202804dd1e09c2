"""A pair with its levels and its weight: what every engine gives."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection

    from kinmatch.engines.closeness import Progress
    from kinmatch.engines.population import Population

Engine = Literal["duckdb", "reference", "arrays", "spark"]


@dataclass(frozen=True, slots=True)
class Scored:
    """One compared pair. `weight` is in bits, the prior in it; `levels` by comparison."""

    found: int  # position in Population.found
    sought: int  # position in Population.sought
    weight: float
    levels: tuple[str, ...]  # one for each of COMPARISONS, in order


@dataclass(frozen=True, slots=True)
class Weights:
    """What an engine is asked: the lowest weight wanted, and which found rows."""

    lowest: float  # bits; pairs below it are counted, not given
    only: Collection[int] | None = None  # positions of found rows; None for all


@dataclass(slots=True)
class Scoring:
    """What an engine answers: the pairs that reach the lowest weight, and how many it compared."""

    pairs: list[Scored]
    compared: int


def score(
    population: Population, wanted: Weights, *, engine: Engine, progress: Progress | None = None
) -> Scoring:
    """Score every pair that shares a block, with the engine of that name."""
    # DuckDB and Splink take a second to import; nobody who does not use them should wait.
    module = import_module(f"kinmatch.engines.{engine}")
    scoring: Scoring = module.score(population, wanted, progress or _quietly)
    return scoring


def _quietly(stage: str, done: int, whole: int) -> None:
    del stage, done, whole
