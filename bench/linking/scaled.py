"""Link a made-up folder as kinmatch does it in bulk; or write what a peer may see of it.

    python -m linking.scaled FOLDER OUT [--families]

Writes `OUT` as JSON: {cpu, wall, peak, stages, compared, blocked, F1 …}. CPU, wall and memory are
those of reading, preparing and writing the pairs; measures are taken afterwards.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from naming.memory import peak

from kinmatch.batch import Job, write_pairs
from kinmatch.comparisons.keys import given_of
from kinmatch.engines import prepare
from kinmatch.engines.arrays import ROWS
from kinmatch.names import Role, parse, romanise
from kinmatch.records import read
from linking import measures
from linking.running import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kinmatch.engines import Population

LEAST = 0.3  # probability of a pair that is written
PEERS = "peers.parquet"
YEAR = 4  # digits
CODED_AWAY = re.compile(r"[^a-z]|[aeiouyw]|(?<=(.))\1")  # vowels, and letters that are doubled


def quietly(*step: object) -> None:
    """Show no progress."""
    del step


def run(folder: Path, *, families: bool) -> dict[str, object]:
    """Link a folder and measure it."""
    began, wall = time.process_time(), time.perf_counter()
    stages = {}

    def done(stage: str) -> None:
        stages[stage] = time.process_time() - began - sum(stages.values())

    found, sought = (read(folder / f"{side}.csv").persons for side in ("found", "sought"))
    done("reading")
    population = prepare(found, sought)
    done("preparing")
    with tempfile.TemporaryDirectory() as made:
        out = Path(made) / "pairs.parquet"
        job = Job(population, LEAST)
        tables = (job.families if families else job.tables)(None, quietly)
        written = write_pairs(tables, out)
        done("pairs")
        cost = {
            "cpu": time.process_time() - began,
            "wall": time.perf_counter() - wall,
            "peak": peak(),
        }
        pairs = pq.read_table(out, columns=["found_id", "sought_id", "probability"])
    truth = [(one["found_id"], one["sought_id"]) for one in rows(folder / "truth.csv")]
    listed = list(zip(*(column.to_pylist() for column in pairs.columns), strict=True))
    figures = measures.persons(listed, truth)
    told = {"compared": written.compared, "stages": stages, "F1": figures["F1"]}
    return {**cost, **told, "blocked": blocked(population, truth)}


def blocked(population: Population, truth: Sequence[tuple[str, str]]) -> float:
    """Return the share of true pairs that share a block which is looked into."""
    wide = np.int64(len(population.sought))
    places = [
        {person.id: place for place, person in enumerate(side)}
        for side in (population.found, population.sought)
    ]
    wanted = np.sort([places[0][one] * wide + places[1][other] for one, other in truth])
    met = 0
    for start in range(0, len(population.found), ROWS):
        rows = np.arange(start, min(start + ROWS, len(population.found)))
        part = population.sides.found.some(rows)
        i, j = population.sides.postings.met(part)
        met += int(np.isin((i + start) * wide + j, wanted).sum())
    return met / max(len(wanted), 1)


def write_for_peers(folder: Path) -> None:
    """Write the lists in Latin letters with names in parts, as one who knows would for a peer."""
    everyone = [
        {"id": one["id"], "side": side, **seen_by_peers(one)}
        for side in ("found", "sought")
        for one in rows(folder / f"{side}.csv")
    ]
    pq.write_table(pa.Table.from_pylist(everyone), folder / PEERS)


def seen_by_peers(one: dict[str, str]) -> dict[str, str | None]:
    """Return the columns of a record as a peer is given them: names in parts, in Latin letters.

    Our own reading of names takes them apart and writes them in Latin letters, which is more help
    than a peer has elsewhere. Beside each part stands a code of its consonants, to block on. A
    year of birth stands for the date, from the age where there is no date.
    """
    name = parse(first(one["name"]))
    year = one["born"][:YEAR]
    if not year and one["age"] and one["age_as_of"]:
        year = str(int(one["age_as_of"][:YEAR]) - int(one["age"]))
    parts = {
        "given": latin(given_of(name)),
        "family": latin(name.keys(Role.FAMILY)),
        "father": latin(given_of(parse(first(one["father"])))) or latin(name.father),
        "mother": latin(given_of(parse(first(one["mother"])))),
    }
    codes = {f"{part}_code": CODED_AWAY.sub("", latin) for part, latin in parts.items()}
    told = {**parts, **codes, "year": year, "sex": one["sex"]}
    return {column: value or None for column, value in told.items()}


def first(cell: str) -> str:
    """Return the first value of a cell."""
    return cell.split("|", maxsplit=1)[0]


def latin(keys: Iterable[str]) -> str:
    """Return the first of some name keys in Latin letters."""
    return romanise(next(iter(keys), "")).casefold()


def main() -> None:
    """Link one folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--families", action="store_true", help="groups as wholes")
    asked = parser.parse_args()
    asked.out.write_text(json.dumps(run(asked.folder, families=asked.families)))


if __name__ == "__main__":
    main()
