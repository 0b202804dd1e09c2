"""Splink pairwise, set up as its makers advise: Jaro-Winkler levels with term frequencies, EM.

What its documentation recommends for persons: name comparisons with term-frequency adjustment, a
date comparison of edit distances, u from random pairs, m by EM in two passes that block on other
columns each (moj-analytical-services.github.io/splink, "Estimating model parameters").
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

if TYPE_CHECKING:
    import pandas as pd

VERSION = f"Splink {version('splink')}"
LOWEST = 1e-7
SMALL = 5_000  # persons on a side; below it a single name is block enough
NAMES = ("given_name", "family_name", "father", "mother")
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
    made += [cl.ExactMatch(name) for name in ("age", "sex") if name in columns]
    return made


def run(found: pd.DataFrame, sought: pd.DataFrame) -> list[tuple[str, str, float]]:
    """Return scored pairs."""
    columns = told(found, sought)
    wanted = list(BLOCKS)
    if max(len(found), len(sought)) <= SMALL:
        wanted += [(name,) for name in NAMES]
    blocks = [block_on(*block) for block in wanted if set(block) <= columns]
    kept = ["id", *sorted(columns & {*NAMES, "born", "age", "sex"})]
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
            blocking_rules_to_generate_predictions=blocks,
            retain_matching_columns=False,
        ),
        log_level=None,
    )
    training = linker.training
    sure = block_on(*(c for c in ("given_name", "family_name", "born") if c in columns))
    training.estimate_probability_two_random_records_match([sure], recall=0.3)
    training.estimate_u_using_random_sampling(max_pairs=MOST_PAIRS, seed=1)
    training.estimate_parameters_using_expectation_maximisation(blocks[0])
    training.estimate_parameters_using_expectation_maximisation(blocks[1])
    predicted = linker.inference.predict(threshold_match_probability=LOWEST, warning_mode="never")
    rows = predicted.as_record_list()
    return [(row["id_l"], row["id_r"], row["match_probability"]) for row in rows]
