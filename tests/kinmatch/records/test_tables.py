from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kinmatch.errors import BadInput
from kinmatch.records import read_lines
from kinmatch.records.tables import text_in

CSV = "id,name\n1,Амина\n2,يوسف\n"


def cells(table):
    return [dict(line.cells) for line in table.lines]


AMINA_AND_YUSUF = [{"id": "1", "name": "Амина"}, {"id": "2", "name": "يوسف"}]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plain.csv", CSV.encode()),
        ("marked.csv", CSV.encode("utf-8-sig")),
        ("wide.csv", CSV.encode("utf-16")),
        ("WINDOWS.CSV", CSV.replace("\n", "\r\n").encode()),
        ("mac.csv", CSV.replace("\n", "\r").encode()),
        ("russian.csv", CSV.replace(",", ";").encode()),
        ("spaces.csv", CSV.replace(",", " , ").encode()),
        (
            "quoted.csv",
            b'id,name\n1,"\xd0\x90\xd0\xbc\xd0\xb8\xd0\xbd\xd0\xb0"\n2,\xd9\x8a\xd9\x88\xd8\xb3\xd9\x81',
        ),
        ("tabs.tsv", CSV.replace(",", "\t").encode()),
        ("lines.jsonl", '{"id": 1, "name": "Амина"}\n{"id": "2", "name": "يوسف"}\n'.encode()),
        ("marked.ndjson", '\ufeff{"id": 1, "name": "Амина"}\n{"id": 2, "name": ["يوسف"]}'.encode()),
    ],
)
def test_read_lines_reads_every_kind_of_text_alike(write, name, content):
    table = read_lines(write(name, content))

    assert table.columns == ("id", "name")
    assert cells(table) == AMINA_AND_YUSUF


def test_read_lines_reads_a_named_encoding(write):
    path = write("old.csv", "id,name\n1,يوسف\n".encode("windows-1256"))

    assert cells(read_lines(path, encoding="windows-1256")) == [{"id": "1", "name": "يوسف"}]


def test_read_lines_lets_a_mark_win_over_a_named_encoding(write):
    path = write("marked.csv", CSV.encode("utf-8-sig"))

    assert cells(read_lines(path, encoding="windows-1251")) == AMINA_AND_YUSUF


def test_read_lines_never_guesses_an_encoding(write):
    path = write("old.csv", "id,name\n1,Амина\n2,Юсуп\n".encode("windows-1251"))

    with pytest.raises(BadInput, match=r"old\.csv, row 2: the text is not utf-8; .*windows-1251"):
        read_lines(path)


def test_read_lines_refuses_a_mark_that_is_not_kept(write):
    path = write("broken.csv", b"\xff\xfei\x00d")
    path.write_bytes(b"\xff\xfei\x00d\x00\n")

    with pytest.raises(BadInput, match="is not utf-16"):
        read_lines(path)


def test_read_lines_refuses_an_encoding_nobody_knows(write):
    with pytest.raises(BadInput, match='no encoding "klingon"'):
        read_lines(write("one.csv", CSV), encoding="klingon")


def test_read_lines_counts_rows_as_a_person_does(write):
    path = write("rows.csv", 'id,name\n1,"two\nlines"\n\n2,Амина\n')

    table = read_lines(path)

    assert [(line.number, line.blank) for line in table.lines] == [
        (2, False),
        (4, True),
        (5, False),
    ]


def test_read_lines_reads_a_short_row_as_empty_cells(write):
    table = read_lines(write("short.csv", "id,name,place\n1\n"))

    assert cells(table) == [{"id": "1", "name": "", "place": ""}]


def test_read_lines_forgives_empty_cells_beyond_the_last_column(write):
    table = read_lines(write("long.csv", "id,name,,\n1,Амина,,\n"))

    assert table.columns == ("id", "name")
    assert cells(table) == [{"id": "1", "name": "Амина"}]


def test_read_lines_finds_the_header_below_blank_rows(write):
    table = read_lines(write("late.csv", "\n,\nid,name\n1,Амина\n"))

    assert [line.number for line in table.lines] == [4]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", "", "the file is empty"),
        ("blank.csv", "\n\n", "the file is empty"),
        ("empty.jsonl", "", "the file is empty"),
        ("extra.csv", "id,name\n1,Амина,Умар\n", r"extra\.csv, row 2: 3 cells under 2 columns"),
        ("twice.csv", "id,name,name\n1,a,b\n", 'two columns are called "name"'),
        ("nameless.csv", "id,,name\n1,a,b\n", "column 2 has no name"),
        ("open.csv", 'id,name\n1,"Амина\n', r"open\.csv, row 2: not well-formed CSV"),
        ("ajar.csv", 'id,name\n1,"Амина\n2,Умар\n3,Али\n', r"ajar\.csv, row 2: not well-formed"),
        ("quote.csv", 'id,name\n1,"Амина" x\n', r"quote\.csv, row 2: not well-formed CSV"),
        ("note.docx", "x", r"cannot read this kind of file; expected CSV"),
        ("bare", "x", r"cannot read this kind of file"),
        ("bad.jsonl", '{"id": 1}\n{"id": \n', r"bad\.jsonl, row 2: not JSON"),
        ("twice.jsonl", '{"id": 1}\n{"id": 2, "a": 1, "a": 2}\n', r'row 2: "a" stands there twice'),
        ("half.jsonl", '{"id": 1, "name": "\\ud800"}\n', r"row 1, column name: holds half a char"),
        ("key.jsonl", '{"id": 1, "\\ud800": "a"}\n', r"row 1: holds half a character"),
        ("list.jsonl", "[1, 2]\n", r"row 1: expected a JSON object"),
        ("fake.xlsx", "id,name", "not an Excel workbook"),
        ("fake.parquet", "id,name", "not a Parquet file"),
    ],
)
def test_read_lines_says_what_is_wrong(write, name, content, says):
    path = write(name, content)

    with pytest.raises(BadInput, match=says):
        read_lines(path)


def test_read_lines_says_that_there_is_no_file(tmp_path):
    with pytest.raises(BadInput, match="there is no such file"):
        read_lines(tmp_path / "gone.csv")


def test_read_lines_reads_a_folder_as_no_file(tmp_path):
    (tmp_path / "folder.csv").mkdir()

    with pytest.raises(BadInput, match="there is no such file"):
        read_lines(tmp_path / "folder.csv")


def test_read_lines_keeps_blank_lines_of_json_countable(write):
    table = read_lines(write("gaps.jsonl", '{"id": 1}\n\n{"id": 2, "name": null}\n\n'))

    assert [(line.number, line.blank) for line in table.lines] == [
        (1, False),
        (2, True),
        (3, False),
    ]
    assert table.columns == ("id", "name")


def test_read_lines_reads_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["id", "name", "born", "age", None],
        [1, " Амина ", datetime(2012, 5, 3), 7.0, None],  # noqa: DTZ001 - as Excel has it
        [None, None, None, None, None],
        ["2", "يوسف", "2013~", None, None],
    ):
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")

    table = read_lines(tmp_path / "people.xlsx")

    assert cells(table) == [
        {"id": "1", "name": "Амина", "born": "2012-05-03", "age": "7"},
        {"id": "", "name": "", "born": "", "age": ""},
        {"id": "2", "name": "يوسف", "born": "2013~", "age": ""},
    ]


def test_read_lines_reads_the_one_sheet_that_says_anything(tmp_path):
    book = openpyxl.Workbook()
    book.create_sheet("Second").append(["id", "name"])
    book.save(tmp_path / "people.xlsx")

    assert read_lines(tmp_path / "people.xlsx").columns == ("id", "name")


def test_read_lines_drops_no_sheet_silently(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["id", "name"])
    book.create_sheet("Second").append(["id", "name"])
    book.save(tmp_path / "people.xlsx")

    with pytest.raises(BadInput, match=r'several sheets \("Sheet", "Second"\); expected one'):
        read_lines(tmp_path / "people.xlsx")


def test_read_lines_reads_parquet(tmp_path):
    rows = [
        {"id": 1, "name": ["Амина", "Aminat"], "born": date(2012, 5, 3)},
        {"id": 2, "name": None, "born": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "people.parquet")

    table = read_lines(tmp_path / "people.parquet")

    assert cells(table) == [
        {"id": "1", "name": "Амина|Aminat", "born": "2012-05-03"},
        {"id": "2", "name": "", "born": ""},
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (7, "7"),
        (7.0, "7"),
        (7.5, "7.5"),
        (" a ", "a"),
        (("a", None, 2), "a||2"),
    ],
)
def test_text_in_writes_a_value_as_a_person_would(value, text):
    assert text_in(value) == text


@pytest.mark.parametrize("value", [{"a": 1}, b"x", [b"x"], [{"a": 1}]])
def test_a_cell_of_parquet_that_is_no_text_is_refused_and_named(tmp_path, value):
    path = tmp_path / "people.parquet"
    pq.write_table(pa.Table.from_pylist([{"id": "1", "name": value}]), path)

    with pytest.raises(BadInput, match=r"people\.parquet, row 1, column name: expected text, a"):
        read_lines(path)


def test_an_object_in_a_json_line_is_refused_and_named(write):
    with pytest.raises(BadInput, match=r"p\.jsonl, row 1, column name: expected text, a number"):
        read_lines(write("p.jsonl", '{"id": "1", "name": {"a": 1}}\n'))
