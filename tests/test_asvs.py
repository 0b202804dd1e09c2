"""The table of requirements answers each of them, and what it names is there."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "tools" / "pages" / "asvs.tsv"
with TABLE.open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t"))
# Requirements of levels 1 and 2 in each chapter of OWASP ASVS 5.0.0.
CHAPTERS = dict(
    zip(
        range(1, 18),
        (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7),
        strict=True,
    )
)
VERDICTS = {"pass", "not applicable", "deviation"}


def shown_by(row):
    return [each for each in row["shown by"].split("; ") if each]


def is_there(named):
    """Tell whether a test, or a section of a document, exists."""
    path, _, test = named.partition("::")
    page, _, section = path.partition("#")
    if not (ROOT / page).is_file():
        return False
    text = (ROOT / page).read_text("utf-8")
    if test:
        return f"\ndef {test}(" in text
    return page.startswith("docs/") and (
        not section or re.search(rf"^#+ {re.escape(section)}$", text, re.MULTILINE) is not None
    )


def test_every_requirement_is_answered_once():
    answered = Counter(row["id"] for row in ROWS)

    assert set(answered.values()) == {1}
    assert Counter(int(identifier.split(".")[0]) for identifier in answered) == CHAPTERS
    assert sum(CHAPTERS.values()) == 253
    assert {row["level"] for row in ROWS} == {"1", "2"}


def test_every_answer_is_a_verdict_with_what_it_needs():
    assert {row["verdict"] for row in ROWS} == VERDICTS
    for row in ROWS:
        if row["verdict"] == "pass":
            assert shown_by(row) != [], row["id"]
        else:
            assert row["because"] != "", row["id"]
            assert shown_by(row) == [], row["id"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_what_shows_a_pass_is_there(row):
    assert [each for each in shown_by(row) if not is_there(each)] == []


def test_test_that_is_not_there_is_missed():
    assert is_there("tests/test_asvs.py::test_every_requirement_is_answered_once")
    assert not is_there("tests/test_asvs.py::test_nothing")
    assert not is_there("docs/reference/asvs.md#No such section")
