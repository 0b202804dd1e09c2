"""Splink on one list in which persons are repeated, as its own example of these records does it.

moj-analytical-services.github.io/splink, "Deduplicate 50k rows historical persons": names with term
frequencies, date and postcode by edit distance and in part, place and occupation; EM in two passes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from linking.pairwise import VERSION

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["VERSION", "run"]
BLOCKS = (
    ("given_name", "family_name"),
    ("family_name", "born"),
    ("given_name", "born"),
    ("place", "given_name"),
    ("place", "family_name"),
    ("place", "born"),
)
LOWEST = 0.01


def run(found: pd.DataFrame) -> list[tuple[str, str, float]]:
    """Return scored pairs of records of one list."""
    api = DuckDBAPI()
    kept = found[["id", "given_name", "family_name", "born", "place", "marks", "sex"]]
    name = cl.JaroWinklerAtThresholds
    linker = Linker(
        api.register(kept, dataset_display_name="records"),
        SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="id",
            comparisons=[
                name("given_name", [0.9, 0.7]).configure(term_frequency_adjustments=True),
                name("family_name", [0.9, 0.7]).configure(term_frequency_adjustments=True),
                cl.LevenshteinAtThresholds("born", [1, 2]),
                cl.LevenshteinAtThresholds("place", [2]).configure(term_frequency_adjustments=True),
                cl.ExactMatch("marks").configure(term_frequency_adjustments=True),
            ],
            blocking_rules_to_generate_predictions=[block_on(*block) for block in BLOCKS],
            retain_matching_columns=False,
        ),
        log_level=None,
    )
    training = linker.training
    sure = block_on("given_name", "family_name", "born")
    training.estimate_probability_two_random_records_match([sure], recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for block in BLOCKS[:2]:
        training.estimate_parameters_using_expectation_maximisation(block_on(*block))
    training.estimate_parameters_using_expectation_maximisation(block_on("born"))
    predicted = linker.inference.predict(threshold_match_probability=LOWEST, warning_mode="never")
    rows = predicted.as_record_list()
    return [(row["id_l"], row["id_r"], row["match_probability"]) for row in rows]
