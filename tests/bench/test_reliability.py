"""The short version of what `bench/reliability` tries many times over."""

from __future__ import annotations

import shutil

import pytest
from reliability import drills, intake, jobs, writes
from reliability.mutating import CANARY, photographs


def test_broken_photographs_are_redrawn_or_refused_and_nothing_else_comes_through():
    figures = intake.run(files=300, seed=11)

    assert (figures.crashes, figures.bytes_of_metadata, figures.wrongly_accepted) == (0, 0, 0)
    assert figures.redrawn + sum(figures.refused.values()) == 300
    assert figures.redrawn > 20


def test_the_count_of_metadata_would_see_some():
    assert intake.not_picture(photographs()["jpeg"]) > len(CANARY)


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


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_backups_made_under_load_are_restored_row_by_row(engine):
    found = drills.run(cycles=2, engine=engine)

    assert found.rows > 0
    assert found == drills.Drills(
        drills=2, restored=2, missing=0, harmed_refused=2, rows=found.rows
    )
