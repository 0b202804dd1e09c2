from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.core.intake import BrokenRow, Refused, Why, rows_of_text, take_table
from kinward.core.intake.tables import MOST_CELLS, rows_of_workbook

cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


def workbook(*rows) -> bytes:
    book, written = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("between", ["\t", ";", ",", "،"])
def test_text_is_parted_by_what_its_first_row_has(between):
    text = f"name{between}age\nرسلان{between}7\n"

    assert rows_of_text(text) == [(1, ["name", "age"]), (2, ["رسلان", "7"])]


def test_text_keeps_the_numbers_of_rows_behind_empty_ones_and_breaks_in_cells():
    text = 'name\tmark\n\n\t\nZaira\t"a scar,\non the left"\nAli\t\n'

    assert rows_of_text(text) == [
        (1, ["name", "mark"]),
        (4, ["Zaira", "a scar,\non the left"]),
        (6, ["Ali"]),
    ]


def test_text_with_an_open_quotation_mark_names_the_row_and_swallows_no_other():
    with pytest.raises(BrokenRow) as broken:
        rows_of_text('name\tage\nZaira\t6\n"Ali\t7\nOmar\t8\n')

    assert broken.value.row == 3


@given(st.lists(st.lists(cells, min_size=1, max_size=4), max_size=5))
def test_text_never_gives_a_row_without_anything_in_it(rows):
    text = "\n".join("\t".join(row) for row in rows)

    try:
        found = rows_of_text(text)
    except BrokenRow:
        return

    assert all(row and row[-1] for _number, row in found)


def test_workbook_gives_what_is_seen_in_its_cells():
    content = workbook(["name", "born", "age"], [], ["Zaira", date(2012, 5, 30), 6.0], [None, 2012])

    assert take_table(content) == [
        (1, ["name", "born", "age"]),
        (3, ["Zaira", "2012-05-30", "6"]),
        (4, ["", "2012"]),
    ]


def test_workbook_with_a_formula_that_nobody_calculated_shows_the_formula():
    assert rows_of_workbook(workbook(["age"], ["=2018-2012"])) == [
        (1, ["age"]),
        (2, ["=2018-2012"]),
    ]


def test_workbook_with_two_written_sheets_is_refused_so_that_none_is_lost():
    book, written = openpyxl.Workbook(), BytesIO()
    book.active.append(["name"])
    book.create_sheet("camp").append(["name"])
    book.save(written)

    with pytest.raises(Refused) as refused:
        rows_of_workbook(written.getvalue())
    assert refused.value.why == Why.SHEETS


def test_sheet_behind_an_empty_one_is_read():
    book, written = openpyxl.Workbook(), BytesIO()
    book.create_sheet("camp").append(["name"])
    book.save(written)

    assert rows_of_workbook(written.getvalue()) == [(1, ["name"])]


def test_workbook_larger_than_is_read_is_refused():
    content = workbook(*[["x"] * 1_000] * (MOST_CELLS // 1_000 + 1))

    with pytest.raises(Refused) as refused:
        rows_of_workbook(content)

    assert refused.value.why == Why.TOO_LARGE


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"PK\x03\x04 no archive", Why.BROKEN), (b"\xd0 neither text", Why.UNKNOWN)],
)
def test_what_is_no_table_is_refused(content, why):
    with pytest.raises(Refused) as refused:
        take_table(content)

    assert refused.value.why == why


def test_archive_that_only_looks_like_a_workbook_is_refused():
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")

    with pytest.raises(Refused) as refused:
        rows_of_workbook(written.getvalue())

    assert refused.value.why == Why.BROKEN


def test_document_that_is_no_workbook_is_refused():
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")

    with pytest.raises(Refused) as refused:
        rows_of_workbook(written.getvalue())

    assert refused.value.why == Why.UNKNOWN
