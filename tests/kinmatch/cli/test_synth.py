from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner

from kinmatch.cli.synth import synth_command
from kinmatch.errors import BadInput


def run(*arguments):
    return CliRunner().invoke(synth_command, [str(argument) for argument in arguments])


def test_synth_writes_five_files_and_says_so(tmp_path):
    result = run("--families", 120, "--seed", 3, "--out", tmp_path)

    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "found.csv",
        "sought.csv",
        "truth.csv",
        "truth_families.csv",
        "truth_records.csv",
    ]
    counts = [
        len((tmp_path / name).read_text(encoding="utf-8").splitlines()) - 1
        for name in ("found.csv", "sought.csv", "truth.csv")
    ]
    assert (
        f"{counts[0]} found and {counts[1]} sought children, {counts[2]} true pairs"
        in result.output
    )


def test_synth_writes_the_same_for_the_same_seed(tmp_path):
    for name in ("one", "two"):
        run("--families", 30, "--seed", 5, "--out", tmp_path / name)

    written = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    ]
    assert written[0] == written[1]


def test_synth_refuses_less_than_one_family(tmp_path):
    result = run("--families", 0, "--out", tmp_path)

    assert result.exit_code != 0
    assert list(tmp_path.iterdir()) == []


def rows(folder, name):
    return list(csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()))


def test_synth_makes_families_of_the_customs_asked_for(tmp_path):
    run("--families", 40, "--custom", "iraq", "--custom", "syria", "--out", tmp_path)

    customs = {row["custom"] for row in rows(tmp_path, "truth_families.csv")}
    assert customs == {"iraq", "syria"}


def test_synth_reads_circumstances_from_a_file(tmp_path):
    (tmp_path / "all.toml").write_text("nameless = 1.0\n")

    run("--families", 20, "--parameters", tmp_path / "all.toml", "--out", tmp_path)

    assert {row["name"] for row in rows(tmp_path, "found.csv")} == {""}


def test_synth_refuses_a_file_that_is_wrong(tmp_path):
    (tmp_path / "all.toml").write_text("nameless = 2\n")

    result = run("--parameters", tmp_path / "all.toml", "--out", tmp_path / "made")

    assert isinstance(result.exception, BadInput)
    assert "all.toml, nameless: expected a share" in str(result.exception)
    assert not (tmp_path / "made").exists()


def test_synth_counts_ages_to_the_day_asked_for(tmp_path):
    run("--families", 30, "--as-of", "2024-05-01", "--out", tmp_path)

    days = {row["age_as_of"] for row in rows(tmp_path, "found.csv")} - {""}
    assert max(days) <= "2024-05-01"
    assert min(days) > "2023-11-01"


@pytest.mark.parametrize(("factor", "most"), [(0, 0.0), (5, 0.3)])
def test_synth_scales_noise(tmp_path, factor, most):
    run("--families", 100, "--noise", factor, "--out", tmp_path)

    named = [bool(row["name"]) for row in rows(tmp_path, "found.csv")]
    assert most / 4 <= named.count(False) / len(named) <= most


def test_synth_writes_parquet(tmp_path):
    run("--families", 20, "--format", "parquet", "--out", tmp_path)

    assert {path.suffix for path in tmp_path.iterdir()} == {".parquet"}
