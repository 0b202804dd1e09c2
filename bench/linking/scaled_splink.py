"""Link a made-up folder with Splink on DuckDB, in the peers' environment.

    python -m linking.scaled_splink FOLDER OUT

It reads `peers.parquet` (names in Latin letters, in parts) and is set up as its makers advise:
Jaro-Winkler levels with term frequencies, the rules of blocking they use for persons, u from random
pairs, m by EM in two passes. The truth is read after the clock has stopped.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import duckdb
import splink.comparison_library as cl
from naming.memory import peak
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from linking import measures
from linking.pairwise import VERSION

LEAST = 0.01
NAMES = ("given", "family", "father", "mother")
BLOCKS = (
    ("given_code", "father_code"),
    ("given_code", "mother_code"),
    ("given_code", "family_code"),
    ("father_code", "mother_code"),
    ("given_code", "year"),
    ("father_code", "year"),
    ("mother_code", "year"),
)
MOST_PAIRS = 2e6


def settings() -> SettingsCreator:
    """Return comparisons and blocks."""
    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="id",
        comparisons=[
            *(
                cl.JaroWinklerAtThresholds(name, [0.92, 0.8]).configure(
                    term_frequency_adjustments=True
                )
                for name in NAMES
            ),
            cl.LevenshteinAtThresholds("year", [1]),
            cl.ExactMatch("sex"),
        ],
        blocking_rules_to_generate_predictions=[block_on(*block) for block in BLOCKS],
        retain_matching_columns=False,
    )


def predicted(folder: Path) -> tuple[duckdb.DuckDBPyConnection, str, str]:
    """Return the database, its table of compared pairs, and that of likely pairs."""
    database = duckdb.connect()
    for side in ("found", "sought"):
        database.execute(
            f"CREATE TABLE {side} AS SELECT * EXCLUDE side FROM "  # noqa: S608 - our own names
            f"read_parquet('{folder / 'peers.parquet'}') WHERE side = '{side}'"
        )
    api = DuckDBAPI(connection=database)
    linker = Linker(
        [api.register(side, dataset_display_name=side) for side in ("found", "sought")],
        settings(),
        log_level=None,
    )
    training: Any = linker.training
    sure = block_on("given_code", "father_code", "mother_code")
    training.estimate_probability_two_random_records_match([sure], recall=0.2)
    training.estimate_u_using_random_sampling(max_pairs=MOST_PAIRS, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on(*BLOCKS[0]))
    training.estimate_parameters_using_expectation_maximisation(block_on(*BLOCKS[3]))
    compared = linker.inference.compute_blocked_pairs_for_predict()
    likely = linker.inference.predict(threshold_match_probability=LEAST, warning_mode="never")
    return database, compared.physical_name, likely.physical_name


def main() -> None:
    """Link one folder."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    began, wall = time.process_time(), time.perf_counter()
    database, compared, likely = predicted(folder)
    cost = {"cpu": time.process_time() - began, "wall": time.perf_counter() - wall, "peak": peak()}
    database.execute(
        "CREATE TABLE truth AS SELECT * FROM read_csv(?, all_varchar=true)",
        [str(folder / "truth.csv")],
    )
    columns = [row[0] for row in database.execute(f"DESCRIBE {compared}").fetchall()]
    one, other = (next(c for c in columns if c.endswith(end)) for end in ("_l", "_r"))
    count, met = database.execute(
        # Splink's keys of rows end in the id.
        f"""SELECT count(*), count(*) FILTER (WHERE truth.found_id IS NOT NULL)
            FROM {compared} LEFT JOIN truth
            ON truth.found_id = regexp_extract({one}, '[^_-]+$')
            AND truth.sought_id = regexp_extract({other}, '[^_-]+$')"""  # noqa: S608 - likewise
    ).fetchall()[0]
    truth = database.execute("SELECT found_id, sought_id FROM truth").fetchall()
    pairs = database.execute(
        f"SELECT id_l, id_r, match_probability FROM {likely}"  # noqa: S608 - likewise
    ).fetchall()
    figures = measures.persons(pairs, truth)
    told = {"compared": count, "blocked": met / len(truth), "F1": figures["F1"]}
    out.write_text(json.dumps({**cost, **told, "version": VERSION}))


if __name__ == "__main__":
    main()
