from __future__ import annotations

import csv
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from kinmatch import __version__
from kinmatch.cli import cli
from kinmatch.cli.progress import Bars

LINK = ("link", "found.csv", "sought.csv", "--engine", "reference")
EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("found.csv", "sought.csv", "truth.csv"):
        shutil.copy(EXAMPLES / name, tmp_path)
    return lambda *arguments: CliRunner().invoke(cli, [str(argument) for argument in arguments])


def candidates(path):
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_version_says_the_version(run):
    assert run("--version").stdout == f"kinmatch, version {__version__}\n"


def test_help_lists_the_commands(run):
    listed = run("--help").stdout

    for command in ("link", "explain", "evaluate", "names", "synth"):
        assert f"  {command} " in listed


def test_link_finds_every_true_pair_of_the_examples_first(run):
    result = run("link", "found.csv", "sought.csv", "--report", "report.html")

    best = {}
    for line in candidates("candidates.csv"):
        best.setdefault(line["found_id"], line["sought_id"])
    with Path("truth.csv").open(encoding="utf-8") as file:
        truth = {line["found_id"]: line["sought_id"] for line in csv.DictReader(file)}
    assert result.exit_code == 0
    assert {found: best.get(found) for found in truth} == truth
    assert Path("report.html").read_text("utf-8").startswith("<!doctype html>")


def test_link_accounts_for_every_row_on_standard_output(run):
    result = run("link", "found.csv", "sought.csv", "--engine", "reference")

    lines = result.stdout.splitlines()
    assert lines[0].startswith("Found   12 rows = 12 persons (1 without a name) + 0 blank")
    assert lines[1].startswith("Sought  15 rows = 15 persons (0 without a name) + 0 blank")
    assert sum(int(line.split()[0]) for line in lines[4:8]) == 12
    assert lines[-1] == "Candidates: candidates.csv"


def test_link_names_columns_it_does_not_compare(run):
    result = run("link", "found.csv", "sought.csv", "--engine", "reference")

    assert "sought.csv: not compared, but kept: told by" in result.stderr
    assert candidates("candidates.csv")[0]["sought_told by"]


def test_link_writes_the_same_with_either_engine(run):
    run("link", "found.csv", "sought.csv", "--out", "one.csv")
    run("link", "found.csv", "sought.csv", "--out", "two.csv", "--engine", "reference")

    assert Path("one.csv").read_bytes() == Path("two.csv").read_bytes()


def test_link_speaks_the_language_asked_for(run):
    run(
        "link",
        "found.csv",
        "sought.csv",
        "--report",
        "r.html",
        "--lang",
        "ar",
        "--engine",
        "reference",
    )

    assert 'dir="rtl"' in Path("r.html").read_text("utf-8")
    assert "اسم الأم" in candidates("candidates.csv")[0]["reasons_for"]


def test_link_shows_more_from_a_lower_threshold(run):
    run("link", "found.csv", "sought.csv", "--out", "few.csv", "--engine", "reference")
    run(
        "link",
        "found.csv",
        "sought.csv",
        "--out",
        "all.csv",
        "--engine",
        "reference",
        "--threshold",
        "0.0001",
    )

    assert len(candidates("few.csv")) < len(candidates("all.csv"))


def test_link_uses_another_model(run, write):
    text = files("kinmatch").joinpath("models", "default.toml").read_text("utf-8")
    model = write("model.toml", text.replace('name = "default"', 'name = "mine"'))

    run("link", "found.csv", "sought.csv", "--model", model, "--engine", "reference")

    assert candidates("candidates.csv")[0]["model"].startswith("mine-4+")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("link", "gone.csv", "sought.csv"), 2, "gone.csv: there is no such file"),
        (
            ("link", "found.csv", "sought.csv", "--out", "x.xlsx"),
            2,
            "x.xlsx: candidates are written",
        ),
        (
            ("link", "found.csv", "sought.csv", "--model", "gone.toml"),
            3,
            "gone.toml: cannot be read",
        ),
        (("link", "found.csv", "sought.csv", "--encoding", "x"), 2, 'there is no encoding "x"'),
        (("link", "found.csv", "sought.csv", "--out", "no/x.csv"), 2, "cannot be written"),
        (("link", "found.csv", "sought.csv", "--report", "no/x.html"), 2, "cannot be written"),
        (("evaluate", "found.csv", "truth.csv"), 2, 'there is no column "found_id"'),
    ],
)
def test_a_foreseen_failure_is_one_line_and_an_exit_code(run, arguments, code, says):
    result = run(*arguments)

    last = result.stderr.splitlines()[-1]
    assert result.exit_code == code
    assert last.startswith("kinmatch: ")
    assert says in last
    assert "Traceback" not in result.output


def test_evaluate_prints_who_comes_first(run):
    run("link", "found.csv", "sought.csv", "--engine", "reference")

    result = run("evaluate", "candidates.csv", "truth.csv")

    assert result.exit_code == 0
    assert "the right one first           8 (100.0%)" in result.stdout
    assert "expected calibration error" in result.stdout


def test_evaluate_reads_the_encoding_that_link_reads(run, write):
    found = write("found.csv", "id,name\nF1,Руслан\n".encode("windows-1251"))
    truth = write("true.csv", "found_id,sought_id\nF1,F1\n")
    candidates = write("c.csv", "found_id,sought_id,probability\nF1,F1,0.5\n")
    asked = ("evaluate", candidates, truth, "--found", found, "--sought", found)

    assert run(*asked).exit_code == 2
    assert "scripts: cyrillic and " in run(*asked, "--encoding", "windows-1251").stdout


def test_evaluate_of_no_truth_prints_no_share(run, write):
    truth = write("none.csv", "found_id,sought_id\n")
    run("link", "found.csv", "sought.csv", "--engine", "reference")

    assert "the right one first           0\n" in run("evaluate", "candidates.csv", truth).stdout


def test_bars_show_each_stage_once(capsys):
    with Bars() as bars:
        bars("names", 1, 2)
        bars("names", 2, 2)
        bars("pairs", 1, 1)

    shown = capsys.readouterr().err
    assert shown.count("Comparing names") == 1
    assert shown.count("Comparing records") == 1


def test_bars_that_never_moved_show_nothing(capsys):
    with Bars():
        pass

    assert capsys.readouterr().err == ""
