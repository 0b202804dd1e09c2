from __future__ import annotations

import pytest
from click.testing import CliRunner

from kinmatch.cli import cli


@pytest.fixture
def files(tmp_path):
    for name in ("found.csv", "sought.csv"):
        (tmp_path / name).write_text("id,name\n1,Ruslan Magomedov\n")
    return tmp_path


def link(folder, *options):
    words = ["link", folder / "found.csv", folder / "sought.csv", *options]
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.mark.parametrize("taken", ["found.csv", "sought.csv"])
def test_link_overwrites_none_of_its_inputs(files, taken):
    before = (files / taken).read_text()

    result = link(files, "--out", files / taken)

    assert result.exit_code == 2
    assert "would be overwritten" in result.stderr
    assert (files / taken).read_text() == before


def test_link_writes_two_outputs_to_two_files(files):
    result = link(files, "--out", files / "c.csv", "--report", files / "c.csv")

    assert result.exit_code == 2
    assert not (files / "c.csv").exists()


def test_link_notices_a_missing_folder_before_it_compares(files):
    result = link(files, "--out", files / "c.csv", "--report", files / "none" / "r.html")

    assert result.exit_code == 2
    assert "there is no folder" in result.stderr
    assert not (files / "c.csv").exists()


def test_link_refuses_two_columns_of_one_name(files):
    (files / "found.csv").write_text("id,ID,name\n1,2,Ruslan\n")

    result = link(files, "--out", files / "c.csv")

    assert result.exit_code == 2
    assert 'columns "id" and "ID" have one name' in result.stderr


@pytest.mark.parametrize(
    ("column", "cell"), [("born", "2013-02-29~"), ("born", "201X-02-30"), ("age_as_of", "0003")]
)
def test_link_refuses_days_that_cannot_be_in_one_line(files, column, cell):
    (files / "found.csv").write_text(f"id,name,age,{column}\n1,Ruslan,5,{cell}\n")
    if column == "born":
        (files / "found.csv").write_text(f"id,name,{column}\n1,Ruslan,{cell}\n")

    result = link(files, "--out", files / "c.csv")

    assert result.exit_code == 2
    assert "row 2" in result.stderr
    assert column.split("_")[0] in result.stderr


def test_link_refuses_a_model_that_is_not_text(files):
    (files / "m.toml").write_bytes(b"\xff\xfe\xff")

    result = link(files, "--out", files / "c.csv", "--model", files / "m.toml")

    assert result.exit_code == 3
    assert "not UTF-8 text" in result.stderr


def test_link_refuses_an_error_in_a_cell_of_a_workbook(files):
    from openpyxl import Workbook  # noqa: PLC0415 (slow to import)

    book = Workbook()
    book.active.append(["id", "name"])
    book.active.append(["1", "#N/A"])
    book.active["B2"].data_type = "e"
    book.save(files / "found.xlsx")

    result = CliRunner().invoke(
        cli,
        [
            "link",
            str(files / "found.xlsx"),
            str(files / "sought.csv"),
            "--out",
            str(files / "c.csv"),
        ],
    )

    assert result.exit_code == 2
    assert "row 2, column B: the error #N/A" in result.stderr


def test_link_refuses_json_nested_beyond_reason(files):
    (files / "deep.jsonl").write_text("[" * 100_000)

    result = CliRunner().invoke(
        cli,
        [
            "link",
            str(files / "deep.jsonl"),
            str(files / "sought.csv"),
            "--out",
            str(files / "c.csv"),
        ],
    )

    assert result.exit_code == 2
    assert "row 1: not JSON" in result.stderr


def test_link_refuses_everyone_at_once_pair_by_pair(files):
    result = link(files, "--one-to-one", "--no-families", "--out", files / "c.csv")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--one-to-one matches everyone at once: leave out --no-families" in result.stderr


def test_link_one_to_one_needs_no_groups(files):
    for name in ("found.csv", "sought.csv"):
        (files / name).write_text("id,name,born\n1,Ruslan Magomedov,2010\n2,Ruslan,2011\n")

    told = []
    for options in ((), ("--one-to-one",), ("--one-to-one", "--families")):
        link(files, *options, "--engine", "arrays", "--out", files / "c.csv")
        told.append((files / "c.csv").read_text())

    assert told[0] != told[1] == told[2]
