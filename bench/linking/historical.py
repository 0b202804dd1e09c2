"""The 50,000 records of historical persons that Splink is shown with, in our columns.

`historical_figures_with_errors_50k.parquet` (moj-analytical-services/splink_datasets, MIT): records
of 5,156 persons with errors added; `cluster` is truth and goes into `clusters.csv`, apart from
what a matcher is shown. A postcode is told as a place in letters, since places are compared as
words; an occupation stands where marks do.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from kinmatch.dates import from_edtf
from kinmatch.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

FILE = "historical_figures_with_errors_50k.parquet"
COLUMNS = ("id", "given_name", "family_name", "sex", "born", "place", "marks", "age", "father")
COLUMNS += ("mother", "group")
SEXES = {"female", "male"}  # what else the column holds is an error of the data
DIGITS = str.maketrans("0123456789", "abcdefghij")
FIRST_DAY = "-01-01"  # of a date of which only the year is known


def born(written: str | None) -> str:
    """Return a date as written; the year alone for a first of January; empty if it is none."""
    if not written:
        return ""
    told = written.removesuffix(FIRST_DAY)
    try:
        from_edtf(told)
    except BadInput:
        return ""
    return told


def write(source: Path, folder: Path) -> Path:
    """Write found.csv (and sought.csv, the same list) and clusters.csv; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = pq.read_table(source).to_pylist()
    told = [
        {
            "id": row["unique_id"],
            "given_name": row["first_name"] or "",
            "family_name": row["surname"] or "",
            "sex": row["gender"] if row["gender"] in SEXES else "",
            "born": born(row["dob"]),
            "place": "|".join(filter(None, (row["birth_place"], _letters(row["postcode_fake"])))),
            "marks": row["occupation"] or "",
        }
        for row in rows
    ]
    for side in ("found", "sought"):
        with (folder / f"{side}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(told)
    with (folder / "clusters.csv").open("w", encoding="utf-8", newline="") as file:
        clusters = csv.writer(file)
        clusters.writerow(("id", "cluster"))
        clusters.writerows((row["unique_id"], row["cluster"]) for row in rows)
    return folder


def _letters(postcode: str | None) -> str:
    return (postcode or "").replace(" ", "").translate(DIGITS)
