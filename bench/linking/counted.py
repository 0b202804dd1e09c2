"""Count the levels that records of one person show in public data, for the shipped model.

    PYTHONPATH=bench python -m linking.counted

Reads the 50,000 records of historical persons (`historical.py`) in the folder KINWARD_VECTORS
names, and writes `src/kinmatch/models/public.toml`, from which `tools/train_model.py` takes what
they teach. Counted are persons whose id has an even first byte in SHA-256 alone, those the rules
of `linkage.py` were tuned on, so the others stay unseen. A record is compared with the next of its
person, as they stand in the file. Places are those of birth: the postcodes are made up.
"""

from __future__ import annotations

import csv
import hashlib
import os
import tempfile
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from naming.environment import ROOT

from kinmatch.comparisons import COMPARISONS
from kinmatch.engines.arrays import Arrays
from kinmatch.engines.population import prepare
from kinmatch.records import read
from linking import historical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kinmatch.records import Person

OUT = ROOT / "src" / "kinmatch" / "models" / "public.toml"
COUNTED = ("given", "family", "birth", "sex", "place")
TOLD = ("id", "given_name", "family_name", "sex", "born", "birth_place")
HEAD = """\
# Levels that two records of one person show in public data. Made by bench/linking/counted.py:
# change that, not this. tools/train_model.py says what is taken from it.

[source]
name = "Historical persons with errors, 50,000 records"
where = "github.com/moj-analytical-services/splink_datasets"
licence = "MIT"
file = "{file}"
sha256 = "{sha256}"
counted = "persons whose id has an even first byte in SHA-256"
records = {records}
pairs = {pairs}
"""


def by_person(source: Path) -> list[list[Person]]:
    """Return the records of each person that is counted, in the order of the file."""
    with tempfile.TemporaryDirectory() as place:
        folder = historical.write(source, Path(place))
        with (folder / "clusters.csv").open(encoding="utf-8", newline="") as file:
            person_of = {row["id"]: row["cluster"] for row in csv.DictReader(file)}
        chosen = folder / "chosen.csv"
        with (
            (folder / "found.csv").open(encoding="utf-8", newline="") as everyone,
            chosen.open("w", encoding="utf-8", newline="") as file,
        ):
            writer = csv.DictWriter(file, TOLD, extrasaction="ignore")
            writer.writerow({**dict(zip(TOLD, TOLD, strict=True)), "birth_place": "place"})
            writer.writerows(
                row
                for row in csv.DictReader(everyone)
                if historical.may_be_learned(person_of[row["id"]])
            )
        people = sorted(read(chosen).persons, key=lambda one: person_of[one.id])
        grouped = groupby(people, key=lambda one: person_of[one.id])
        return [list(records) for _, records in grouped]


def counts(people: list[list[Person]]) -> Iterator[str]:
    """Yield the tables of the file: of each comparison, how many pairs show each level."""
    everyone = [record for records in people for record in records]
    places = {record.id: place for place, record in enumerate(everyone)}
    pairs = [
        (places[one.id], places[other.id]) for records in people for one, other in pairwise(records)
    ]
    i, j = np.array(pairs, np.int64).T
    codes = Arrays(prepare(everyone, everyone)).codes(i, j)
    for place, comparison in enumerate(COMPARISONS):
        if comparison.name in COUNTED:
            yield f"\n[levels.{comparison.name}]\n"
            for code, level in enumerate(comparison.level_ids):
                yield f"{level} = {int((codes[:, place] == code).sum())}\n"


def main() -> None:
    """Write the file."""
    source = Path(os.environ["KINWARD_VECTORS"]) / "linkage" / historical.FILE
    people = by_person(source)
    records = sum(map(len, people))
    head = HEAD.format(
        file=historical.FILE,
        sha256=hashlib.sha256(source.read_bytes()).hexdigest(),
        records=records,
        pairs=records - len(people),
    )
    OUT.write_text(head + "".join(counts(people)), "utf-8")


if __name__ == "__main__":
    main()
