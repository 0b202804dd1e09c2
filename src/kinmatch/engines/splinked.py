"""The model as SQL: Splink 5, with the model's own m and u and nothing trained.

The same levels run on DuckDB and on Spark; three functions of lists have other names there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from splink import Linker, SettingsCreator

from kinmatch.comparisons import COMPARISONS, UNKNOWN, Comparison
from kinmatch.engines.population import Prepared
from kinmatch.engines.scored import Scored, Scoring

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from kinmatch.engines.closeness import Progress
    from kinmatch.engines.population import Population
    from kinmatch.engines.scored import Weights
    from kinmatch.model import Model

STEPS = 3  # rows in, blocks joined, pairs scored
SLACK = 1e-6  # bits; a database adds in another order, and the caller draws the line


@dataclass(frozen=True, slots=True)
class Dialect:
    """A database that scores: how it is opened, what it is given, and how it says things."""

    opened: Callable[[], Any]  # returns Splink's API of the database
    table: Callable[[Any, pa.Table], Any]  # what of a table the API can register
    words: Mapping[str, str]  # functions of DuckDB by another name

    def said(self, sql: str) -> str:
        """Return a condition written for DuckDB in this dialect."""
        for theirs, ours in self.words.items():
            sql = sql.replace(f"{theirs}(", f"{ours}(")
        return sql


def score_in(
    dialect: Dialect, population: Population, wanted: Weights, progress: Progress
) -> Scoring:
    """Join the blocks, evaluate every level, add up the weights: all in the database."""
    only = None if wanted.only is None else frozenset(wanted.only)
    if not population.sought or not population.found or only == frozenset():
        progress("pairs", STEPS, STEPS)
        return Scoring([], 0)
    api = dialect.opened()
    found, sought = _found_table(population, only), _sought_table(population)
    linker = Linker(
        [
            api.register(dialect.table(api, found), dataset_display_name="found"),
            api.register(dialect.table(api, sought), dataset_display_name="sought"),
        ],
        settings(population.model, len(population.sought), dialect),
        log_level=None,
    )
    progress("pairs", 1, STEPS)
    blocked = linker.inference.compute_blocked_pairs_for_predict()
    counted = api.query_sql(f"SELECT count(*) AS pairs FROM {blocked.physical_name}")  # noqa: S608 - our own names
    compared = int(counted.as_record_list()[0]["pairs"])
    progress("pairs", 2, STEPS)
    predicted = linker.inference.predict(
        threshold_match_weight=wanted.lowest - SLACK, warning_mode="never"
    )
    gammas = ", ".join(f"gamma_{comparison.name}" for comparison in COMPARISONS)
    rows = api.query_sql(
        f"SELECT position_l, position_r, match_weight, {gammas} "  # noqa: S608 - our own names
        f"FROM {predicted.physical_name} ORDER BY position_l, position_r"
    )
    pairs = [_scored(record) for record in rows.as_record_list()]
    progress("pairs", STEPS, STEPS)
    return Scoring(pairs, compared)


def settings(model: Model, sought: int, dialect: Dialect) -> SettingsCreator:
    """Return the model as Splink settings; `sought` persons share the prior."""
    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="position",
        probability_two_random_records_match=model.prior(sought),
        comparisons=[_splink_comparison(comparison, model, dialect) for comparison in COMPARISONS],
        blocking_rules_to_generate_predictions=[
            {"blocking_rule": "l.block = r.block", "arrays_to_explode": ["block"]}
        ],
        retain_matching_columns=True,  # Splink gives the levels only together with these
    )


def _splink_comparison(comparison: Comparison, model: Model, dialect: Dialect) -> dict[str, Any]:
    levels = [(level.id, dialect.said(level.sql)) for level in comparison.levels] + [
        (comparison.last, "ELSE")
    ]
    return {
        "output_column_name": comparison.name,
        "comparison_description": comparison.name,
        "comparison_levels": [_splink_level(comparison, model, *level) for level in levels],
    }


def _splink_level(comparison: Comparison, model: Model, level: str, sql: str) -> dict[str, Any]:
    described = {"sql_condition": sql, "label_for_charts": level}
    if level == UNKNOWN:
        return {**described, "is_null_level": True}
    chances = model.levels[comparison.name][level]
    return {**described, "m_probability": chances.m, "u_probability": chances.u}


def _scored(record: Mapping[str, Any]) -> Scored:
    return Scored(
        found=record["position_l"],
        sought=record["position_r"],
        weight=record["match_weight"],
        levels=tuple(
            _level_at(comparison, record[f"gamma_{comparison.name}"]) for comparison in COMPARISONS
        ),
    )


def _level_at(comparison: Comparison, gamma: int) -> str:
    """Return the level Splink numbers so: -1 is unknown, 0 the last, the first the highest."""
    return UNKNOWN if gamma < 0 else comparison.level_ids[-1 - gamma]


def _found_table(population: Population, only: Collection[int] | None) -> pa.Table:
    everyone = range(len(population.found))
    positions = [position for position in everyone if only is None or position in only]
    return _table(positions, [population.found_row(position) for position in positions])


def _sought_table(population: Population) -> pa.Table:
    return _table(
        range(len(population.sought)),
        [Prepared(row.row, row.blocks & population.index.keys()) for row in population.sought_rows],
    )


def _table(positions: Sequence[int], rows: Sequence[Prepared]) -> pa.Table:
    columns = {
        "position": pa.array(positions, pa.int64()),
        "block": _lists([row.blocks for row in rows]),
    }
    for comparison in COMPARISONS:
        for column in comparison.columns:
            kind = (comparison.scalars or {}).get(column)
            values = [row.row[column] for row in rows]
            columns[column] = _lists(values) if kind is None else pa.array(values, ARROW[kind])
    return pa.table(columns)


def _lists(values: Sequence[frozenset[str]]) -> pa.Array:
    return pa.array([sorted(keys) for keys in values], pa.list_(pa.string()))


ARROW = {"VARCHAR": pa.string(), "BIGINT": pa.int64()}
