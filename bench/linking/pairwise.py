"""Splink pairwise, set up as its makers advise: Jaro-Winkler levels with term frequencies, EM.

What its documentation recommends for persons: name comparisons with term-frequency adjustment, a
date comparison of edit distances, u from random pairs, m by EM in two passes that block on other
columns each (moj-analytical-services.github.io/splink, "Estimating model parameters").
"""

from __future__ import annotations

from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import SplinkException

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

VERSION = f"Splink {version('splink')}"
LOWEST = 1e-7
SMALL = 5_000  # persons on a side; below it a single name is block enough
PASSES = 2  # of EM
NAMES = ("name", "given_name", "family_name", "father", "mother")
BLOCKS = (
    ("given_name", "family_name"),
    ("born",),
    ("family_name", "age"),
    ("given_name", "age"),
    ("family_name", "father"),
    ("given_name", "father"),
)
MOST_PAIRS = 2e6


def told(found: pd.DataFrame, sought: pd.DataFrame) -> set[str]:
    """Return the columns both sides say something in."""
    shared = set(found.columns) & set(sought.columns)
    return {name for name in shared if found[name].notna().any() and sought[name].notna().any()}


def comparisons(columns: set[str]) -> list[Any]:
    """Return the comparisons of the columns there are."""
    made = [
        cl.JaroWinklerAtThresholds(name, [0.92, 0.8]).configure(term_frequency_adjustments=True)
        for name in NAMES
        if name in columns
    ]
    if "born" in columns:
        made.append(cl.LevenshteinAtThresholds("born", [1, 2]))
    if "place" in columns:
        made.append(cl.JaroWinklerAtThresholds("place", [0.92, 0.8]))
    made += [cl.ExactMatch(name) for name in ("age", "sex") if name in columns]
    return made


def train(training: Any, blocks: Sequence[Any]) -> None:
    """Let Splink learn from the lists, as far as they let it."""
    training.estimate_u_using_random_sampling(max_pairs=MOST_PAIRS, seed=1)
    taught = 0
    for block in blocks:
        if taught == PASSES:
            break
        with suppress(SplinkException):
            training.estimate_parameters_using_expectation_maximisation(block)
            taught += 1


def run(found: pd.DataFrame, sought: pd.DataFrame) -> list[tuple[str, str, float]]:
    """Return scored pairs."""
    columns = told(found, sought)
    wanted = list(BLOCKS)
    if max(len(found), len(sought)) <= SMALL:
        wanted += [(name,) for name in NAMES]
    blocks = [block_on(*block) for block in wanted if set(block) <= columns]
    kept = ["id", *sorted(columns & {*NAMES, "born", "age", "sex", "place"})]
    api = DuckDBAPI()
    linker = Linker(
        [
            api.register(found[kept], dataset_display_name="found"),
            api.register(sought[kept], dataset_display_name="sought"),
        ],
        SettingsCreator(
            link_type="link_only",
            unique_id_column_name="id",
            comparisons=comparisons(columns),
            probability_two_random_records_match=0.5 / max(len(found), len(sought)),
            blocking_rules_to_generate_predictions=blocks,
            retain_matching_columns=False,
        ),
        log_level=None,
    )
    sure = [c for c in ("name", "given_name", "family_name", "born") if c in columns]
    if len(found[sure].dropna().merge(sought[sure].dropna(), on=sure)):
        linker.training.estimate_probability_two_random_records_match([block_on(*sure)], recall=0.3)
    train(linker.training, blocks)
    predicted = linker.inference.predict(threshold_match_probability=LOWEST, warning_mode="never")
    rows = predicted.as_record_list()
    return [(row["id_l"], row["id_r"], row["match_probability"]) for row in rows]
