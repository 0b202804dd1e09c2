"""The knowledge about names, read once from the tables in `kinmatch/data/names`.

Every table is tab-separated with a header line; its last column, `source`, says where the line
comes from.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


def rows(table: str) -> list[dict[str, str]]:
    """Return the lines of one table as dictionaries, without comment lines."""
    text = (files("kinmatch.data") / "names" / f"{table}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def mapping(table: str, key: str, value: str) -> dict[str, str]:
    """Return two columns of a table as a dictionary; later lines do not repeat a key."""
    return {row[key]: row[value] for row in rows(table)}


@cache
def words(kind: str) -> frozenset[str]:
    """Return the folded words of one kind from `words.tsv`, such as "title"."""
    return frozenset(row["word"] for row in rows("words") if row["kind"] == kind)
