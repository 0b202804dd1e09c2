"""The model on DuckDB, inside this process: for files of any size one machine can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from splink import DuckDBAPI

from kinmatch.engines.splinked import Dialect, score_in

if TYPE_CHECKING:
    from kinmatch.engines.closeness import Progress
    from kinmatch.engines.population import Population
    from kinmatch.engines.scored import Scoring, Weights

DUCKDB = Dialect(opened=DuckDBAPI, table=lambda _api, table: table, words={})


def score(population: Population, wanted: Weights, progress: Progress) -> Scoring:
    """Score every pair that shares a block, in DuckDB."""
    return score_in(DUCKDB, population, wanted, progress)
