"""Splink on one list in which persons are repeated, as its own example of these records does it.

moj-analytical-services.github.io/splink, "Deduplicate 50k rows historical persons": its
comparisons, its blocks, its three passes of learning, and its threshold for joining, .95.
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
    ("first_name", "surname"),
    ("surname", "dob"),
    ("first_name", "dob"),
    ("postcode", "first_name"),
    ("postcode", "surname"),
    ("dob", "birth_place"),
    ("substr(postcode, 1, 3)", "dob"),
    ("substr(postcode, 1, 3)", "first_name"),
    ("substr(postcode, 1, 3)", "surname"),
    ("substr(first_name, 1, 2)", "substr(surname, 1, 2)", "substr(dob, 1, 4)"),
)
SURE = (
    ("first_name", "surname", "dob"),
    ("substr(first_name, 1, 2)", "surname", "substr(postcode, 1, 2)"),
    ("dob", "postcode"),
)
LEARNED_ON = (("first_name", "surname"), ("dob",))
COLUMNS = ["id", "first_name", "surname", "names", "dob", "birth_place", "postcode", "marks"]
JOINED_FROM = 0.95


def run(found: pd.DataFrame) -> list[tuple[str, str, float]]:
    """Return the pairs of records of one list that it would join."""
    api = DuckDBAPI()
    kept = found.assign(names=found["first_name"] + " " + found["surname"])[COLUMNS]
    linker = Linker(
        api.register(kept, dataset_display_name="records"),
        SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="id",
            comparisons=[
                cl.ForenameSurnameComparison(
                    "first_name", "surname", forename_surname_concat_col_name="names"
                ),
                cl.DateOfBirthComparison("dob", input_is_string=True),
                cl.PostcodeComparison("postcode"),
                cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
                cl.ExactMatch("marks").configure(term_frequency_adjustments=True),
            ],
            blocking_rules_to_generate_predictions=[block_on(*block) for block in BLOCKS],
            retain_matching_columns=False,
        ),
        log_level=None,
    )
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on(*sure) for sure in SURE], recall=0.6
    )
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for block in LEARNED_ON:
        training.estimate_parameters_using_expectation_maximisation(block_on(*block))
    predicted = linker.inference.predict(
        threshold_match_probability=JOINED_FROM, warning_mode="never"
    )
    rows = predicted.as_record_list()
    return [(row["id_l"], row["id_r"], row["match_probability"]) for row in rows]
