"""The short version of what `bench/reliability` tries many times over."""

from __future__ import annotations

import shutil

import pytest
from reliability import drills, fuzzing, intake, jobs, writes
from reliability.__main__ import keep, main
from reliability.mutating import CANARY, photographs
from reliability.rows import FULL, Row


def test_broken_photographs_are_redrawn_or_refused_and_nothing_else_comes_through():
    figures = intake.run(files=300, seed=11)

    assert (figures.crashes, figures.bytes_of_metadata, figures.wrongly_accepted) == (0, 0, 0)
    assert figures.redrawn + sum(figures.refused.values()) == 300
    assert figures.redrawn > 20


def test_the_count_of_metadata_would_see_some():
    assert intake.not_picture(photographs()["jpeg"]) > len(CANARY)


@pytest.mark.parametrize("target", ["labels", "archive"])
def test_fuzzed_parser_neither_fails_nor_lies(target):
    (figures,) = fuzzing.run(executions=200, targets=(target,))

    assert (figures.failed, figures.failure) == (False, "")
    assert figures.executions >= 200


def test_target_that_there_is_not_fails():
    assert fuzzing.run_one("photo", 1, script=fuzzing.TARGET.with_name("none.py")).failed


def test_parser_that_lies_is_caught():
    assert fuzzing.run_one("lying", 100_000).failed


def test_bar_that_breaks_is_told_and_not_reached(monkeypatch, capsys):
    monkeypatch.setenv("PYTHONPATH", "bench")  # without what the matrix is in

    code = main(["--only", "2", "--short", "--strict"])

    said = capsys.readouterr().out
    assert "not run: ModuleNotFoundError" in said
    assert said.splitlines()[-1] == "goals: 0 of 1 reached"
    assert code == 1


def test_rows_of_an_earlier_run_are_kept_and_not_run_again(tmp_path, capsys):
    row = Row(3, "tampering", "all", "5 of 5", "0 of 1", reached=True)
    keep(row, tmp_path / "rows.jsonl")

    code = main(["--only", "3", "--keep", str(tmp_path / "rows.jsonl"), "--strict", "--markdown"])

    said = capsys.readouterr().out
    assert "| 3 | tampering | all | 5 of 5 | 0 of 1 | 0 | yes |" in said
    assert said.splitlines()[-1] == "goals: 1 of 1 reached"
    assert code == 0


def test_share_is_of_each_number_and_of_no_time():
    assert FULL.shared(0.5).kills == 100
    assert FULL.shared(0.5).minutes == FULL.minutes
    assert FULL.shared(1) == FULL


needs_a_compiler = pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler")


@pytest.mark.parametrize(
    "engine",
    ["sqlite", pytest.param("sqlite power cut", marks=needs_a_compiler), "postgresql"],
)
def test_no_acknowledged_write_is_lost(engine):
    found = writes.run(cycles=2, engine=engine)

    assert found.acknowledged > 0
    assert (found.cycles, found.lost, found.half, found.corrupt) == (2, 0, 0, 0)


@pytest.mark.parametrize(
    "engine", [pytest.param("sqlite power cut", marks=needs_a_compiler), "postgresql"]
)
def test_writes_are_lost_without_the_durable_settings(engine):
    found = writes.run(cycles=2, engine=engine, waits=writes.CONTROLS[engine])

    assert found.lost > 0
    assert found.half == 0


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_jobs_are_done_once_though_workers_are_killed(engine):
    found = jobs.run(cycles=2, engine=engine)

    assert found == jobs.Jobs(cycles=2, asked=2 * jobs.EACH)


def test_jobs_marked_done_before_they_are_are_lost():
    assert jobs.run(cycles=3, careless=True).lost > 0


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_backups_made_under_load_are_restored_row_by_row(engine):
    found = drills.run(cycles=2, engine=engine)

    assert found.rows > 0
    assert found == drills.Drills(
        drills=2, restored=2, missing=0, harmed_refused=2, rows=found.rows
    )
