"""The tables of knowledge say where each line comes from, and hold nothing twice."""

from importlib.resources import files

import pytest

from kinmatch.names.forms import form_of, script_of_form
from kinmatch.names.tables import rows

NAMES = files("kinmatch.data") / "names"
TABLES = sorted(
    folder + entry.name.removesuffix(".tsv")
    for folder in ("", "sounds/")
    for entry in (NAMES / folder).iterdir()
    if entry.name.endswith(".tsv")
)
SCRIPTS = ("latin", "cyrillic", "arabic")


@pytest.mark.parametrize("table", TABLES)
def test_every_line_names_its_source(table):
    sources = [row["source"] for row in rows(table)]

    assert all(sources)


TOLD = {"source", "cost", "latin", "bits", "share"}  # what a line tells of the others in it


@pytest.mark.parametrize("table", TABLES)
def test_no_line_is_there_twice(table):
    first_columns = [
        tuple(value for column, value in row.items() if column not in TOLD) for row in rows(table)
    ]

    assert len(set(first_columns)) == len(first_columns)


def test_no_spelling_belongs_to_two_names():
    claimed = {}
    for row in rows("equivalents"):
        for script in SCRIPTS:
            for form in row[script].split("|"):
                claimed.setdefault(form_of(form), set()).add(row["canonical"])
    claimed.pop("", None)

    assert {form: names for form, names in claimed.items() if len(names) > 1} == {}


def test_every_spelling_stands_under_its_own_script():
    misplaced = [
        (form, script)
        for row in rows("equivalents")
        for script in SCRIPTS
        for form in filter(None, row[script].split("|"))
        if script_of_form(form_of(form)) != script
    ]

    assert misplaced == []
