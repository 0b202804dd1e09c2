"""The tables of knowledge say where each line comes from, and hold nothing twice."""

from importlib.resources import files

import pytest

from kinmatch.names.keys import equivalents, shaped
from kinmatch.names.tables import rows

TABLES = sorted(
    entry.name.removesuffix(".tsv")
    for entry in (files("kinmatch.data") / "names").iterdir()
    if entry.name.endswith(".tsv")
)


@pytest.mark.parametrize("table", TABLES)
def test_every_line_names_its_source(table):
    sources = [row["source"] for row in rows(table)]

    assert all(sources)


@pytest.mark.parametrize("table", TABLES)
def test_no_line_is_there_twice(table):
    first_columns = [
        tuple(value for column, value in row.items() if column not in {"source", "cost", "latin"})
        for row in rows(table)
    ]

    assert len(set(first_columns)) == len(first_columns)


def test_no_spelling_belongs_to_two_names():
    claimed = {}
    for row in rows("equivalents"):
        for script in ("latin", "cyrillic", "arabic"):
            for form in row[script].split("|"):
                claimed.setdefault(shaped(form), set()).add(row["canonical"])

    assert {form: names for form, names in claimed.items() if len(names) > 1} == {}


def test_canonical_keys_stand_for_themselves():
    canonical = [row["canonical"] for row in rows("equivalents")]

    assert [equivalents()[key] for key in canonical] == canonical
