"""The 50,000 records of historical persons that Splink is shown with, in our columns.

`historical_figures_with_errors_50k.parquet` (moj-analytical-services/splink_datasets, MIT): records
of 5,156 persons with errors added; `cluster` is truth and goes into `clusters.csv`, apart from
what a matcher is shown. The whole name is told without titles, the last word as the family name; a
postcode as a place in letters, within its town, since places are compared as words; an occupation
stands where marks do. What it was made from stands beside it, unread by us (`first_name`,
`postcode` …), as the peers' own example reads it.

Of the persons that may be learned from, two lists are made too: what the chances of the shipped
model are worth on records none of us made up.
"""

from __future__ import annotations

import csv
import hashlib
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from kinmatch.dates import from_edtf
from kinmatch.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

FILE = "historical_figures_with_errors_50k.parquet"
COLUMNS = ("id", "given_name", "family_name", "sex", "born", "place", "marks", "age", "father")
COLUMNS += ("mother", "group", "first_name", "surname", "dob", "birth_place", "postcode")
SEXES = {"female", "male"}  # what else the column holds is an error of the data
DIGITS = str.maketrans("0123456789", "abcdefghij")
ONLY_FOUND, ONLY_SOUGHT = 1, 4  # of each six persons, who are on one list alone
FIRST_DAY = "-01-01"  # of a date of which only the year is known
YEAR = re.compile(r"\d{4}")
TITLE = re.compile(
    r"sir|lady|lord|dame|baron|baroness|baronet|bt|bart|viscount|viscountess|earl|duke|duchess"
    r"|count|countess|marquess|marquis|prince|princess|king|queen|saint|mr|mrs|miss|rev|revd"
    r"|reverend|rt|hon|dr|captain|colonel|general|major|admiral|the|of|de|la|du|von|and|jr|sr"
    r"|\d+(st|nd|rd|th)?"
)


def born(written: str | None) -> str:
    """Return a date as written; the year alone for a first of January, or a day that is none."""
    if not written:
        return ""
    told = written.removesuffix(FIRST_DAY)
    for reading in (told, told[:4]):
        try:
            from_edtf(reading)
        except BadInput:
            continue
        return reading if YEAR.match(reading) else ""
    return ""


def names(full: str | None) -> tuple[str, str]:
    """Return the given names, with bars between them, and the family name; titles are neither."""
    words = [word.strip(".,") for word in re.split(r"[\s,]+", full or "")]
    kept = [word for word in words if word and not TITLE.fullmatch(word)]
    return "|".join(kept[:-1] or kept), "|".join(kept[1:][-1:])


def places(birth_place: str | None, postcode: str | None) -> str:
    """Return the place of birth, and the postcode within the town it belongs to."""
    town, _, street = (postcode or "").translate(DIGITS).partition(" ")
    return "|".join(filter(None, (birth_place, f"{town}{street}, {town}" if street else town)))


def told(row: dict[str, Any]) -> dict[str, str]:
    """Return one record in our columns."""
    given, family = names(row["full_name"])
    return {
        "id": row["unique_id"],
        "given_name": given,
        "family_name": family,
        "sex": row["gender"] if row["gender"] in SEXES else "",
        "born": born(row["dob"]),
        "place": places(row["birth_place"], row["postcode_fake"]),
        "marks": row["occupation"] or "",
        "postcode": row["postcode_fake"] or "",
        **{column: row[column] or "" for column in ("first_name", "surname", "dob", "birth_place")},
    }


def may_be_learned(person: str) -> bool:
    """Return whether a person is of the half that may be learned from."""
    return hashlib.sha256(person.encode()).digest()[0] % 2 == 0


def write_two(source: Path, folder: Path) -> Path:
    """Write found.csv, sought.csv and truth.csv; return the folder.

    Of each person that may be learned from and has two records, the first of the file is found and
    the second sought; of every third only one of them is, so that not everybody is on both lists.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = [row for row in pq.read_table(source).to_pylist() if may_be_learned(row["cluster"])]
    kept.sort(key=lambda row: row["cluster"])
    people = [list(rows)[:2] for _, rows in groupby(kept, key=lambda row: row["cluster"])]
    pairs = list(enumerate(rows for rows in people if len(rows) > 1))
    found = [rows[0] for place, rows in pairs if place % 6 != ONLY_SOUGHT]
    sought = [rows[1] for place, rows in pairs if place % 6 != ONLY_FOUND]
    both = [rows for place, rows in pairs if place % 6 not in {ONLY_FOUND, ONLY_SOUGHT}]
    truth = ({"found_id": one["unique_id"], "sought_id": two["unique_id"]} for one, two in both)
    _write(folder / "found.csv", COLUMNS, map(told, found))
    _write(folder / "sought.csv", COLUMNS, map(told, sought))
    _write(folder / "truth.csv", ("found_id", "sought_id"), truth)
    return folder


def _write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def write(source: Path, folder: Path) -> Path:
    """Write found.csv (and sought.csv, the same list) and clusters.csv; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = pq.read_table(source).to_pylist()
    for side in ("found", "sought"):
        _write(folder / f"{side}.csv", COLUMNS, map(told, rows))
    clusters = ({"id": row["unique_id"], "cluster": row["cluster"]} for row in rows)
    _write(folder / "clusters.csv", ("id", "cluster"), clusters)
    return folder
