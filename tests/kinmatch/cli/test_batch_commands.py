"""`link` and `dedupe` where pairs are written as they come."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from kinmatch.cli import cli

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found, sought = (EXAMPLES / f"{side}.csv" for side in ("found", "sought"))
    shutil.copy(found, tmp_path)
    shutil.copy(sought, tmp_path)
    with sought.open(encoding="utf-8-sig", newline="") as file:
        asked = list(csv.DictReader(file))
    with found.open(encoding="utf-8-sig", newline="") as file:
        here = list(csv.DictReader(file))
    columns = list(dict.fromkeys([*here[0], *asked[0]]))
    with Path("everyone.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows([*here, *asked])
    return lambda *arguments: CliRunner().invoke(cli, [str(argument) for argument in arguments])


def ids(rows, one, other):
    return [(row[one], row[other]) for row in rows]


@pytest.mark.parametrize("way", ["--families", "--no-families"])
def test_link_writes_the_same_pairs_as_parquet_as_in_its_csv(run, way):
    text = run("link", "found.csv", "sought.csv", way, "--engine", "arrays")
    large = run("link", "found.csv", "sought.csv", way, "--out", "pairs.parquet")

    with Path("candidates.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = ids(csv.DictReader(file), "found_id", "sought_id")
    told = ids(pq.read_table("pairs.parquet").to_pylist(), "found_id", "sought_id")
    assert (text.exit_code, large.exit_code) == (0, 0)
    assert sorted(told) == sorted(expected)
    assert f"{len(told)} written: pairs.parquet" in large.stdout


@pytest.mark.parametrize("way", ["--families", "--no-families"])
def test_a_resumed_link_writes_the_same_and_leaves_no_folder(run, way):
    run("link", "found.csv", "sought.csv", way, "--out", "pairs.parquet")

    resumed = run("link", "found.csv", "sought.csv", way, "--resume", "--out", "again.parquet")

    assert resumed.exit_code == 0
    assert pq.read_table("again.parquet").equals(pq.read_table("pairs.parquet"))
    assert not Path("again.parquet.run").exists()


def test_a_run_begun_with_another_file_is_refused(run):
    Path("pairs.parquet.run").mkdir()
    Path("pairs.parquet.run/manifest.json").write_text(json.dumps({"found": "0"}))

    result = run("link", "found.csv", "sought.csv", "--resume", "--out", "pairs.parquet")

    assert result.exit_code == 2
    assert (
        "this run was begun with another encoding, families, found, kinmatch, model, one to one, "
        in (result.stderr)
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--out", "pairs.txt"), "candidates are written as .csv, or as pairs in .parquet"),
        (("--out", "pairs.parquet", "--report", "r.html"), "--report needs candidates as CSV"),
        (("--resume",), "--resume needs --out to end in .parquet"),
        (("--out", "p.parquet", "--threshold", "2"), "is not in the range"),
    ],
)
def test_link_says_in_one_line_what_it_cannot_do(run, options, said):
    result = run("link", "found.csv", "sought.csv", *options)

    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()[-1:]) == 1


def test_dedupe_proposes_clusters_and_merges_nothing(run):
    before = Path("everyone.csv").read_bytes()

    asked = ("--clusters", "clusters.csv", "--together-from", "0.5", "--no-families")
    result = run("dedupe", "everyone.csv", *asked)

    with Path("duplicates.csv").open(encoding="utf-8-sig", newline="") as file:
        pairs = list(csv.DictReader(file))
    with Path("clusters.csv").open(encoding="utf-8-sig", newline="") as file:
        members = list(csv.DictReader(file))
    likely = [row for row in pairs if float(row["probability"]) >= 0.5]
    assert result.exit_code == 0
    assert likely
    assert {row["id"] for row in members} == {
        one for row in likely for one in (row["id"], row["other_id"])
    }
    assert all(
        int(row["size"]) == sum(other["cluster"] == row["cluster"] for other in members)
        for row in members
    )
    assert Path("everyone.csv").read_bytes() == before


def test_dedupe_writes_parquet_and_can_go_on(run):
    plain = run("dedupe", "everyone.csv", "--out", "pairs.parquet")
    resumed = run("dedupe", "everyone.csv", "--out", "again.parquet", "--resume")

    assert (plain.exit_code, resumed.exit_code) == (0, 0)
    assert pq.read_table("again.parquet").equals(pq.read_table("pairs.parquet"))


def test_dedupe_matches_groups_as_wholes_where_there_are_any(run):
    result = run("dedupe", "everyone.csv", "--out", "pairs.parquet")

    assert result.exit_code == 0
    assert pq.read_table("pairs.parquet").num_rows > 0


def test_dedupe_does_not_overwrite_its_input(run):
    result = run("dedupe", "everyone.csv", "--out", "everyone.csv")

    assert result.exit_code == 2
    assert "would be overwritten" in result.stderr


def test_dedupe_says_where_clusters_cannot_be_written(run):
    Path("taken").mkdir()

    result = run("dedupe", "everyone.csv", "--no-families", "--clusters", "taken")

    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


@pytest.mark.parametrize("command", [("link", "a.csv", "a.csv"), ("dedupe", "a.csv")])
def test_a_run_goes_on_only_with_the_encoding_it_was_begun_with(run, command):
    Path("a.csv").write_text("id,name\n1,Ruslan\n")
    folder = Path("pairs.parquet.run")
    folder.mkdir()
    (folder / "manifest.json").write_text("{}")

    result = run(*command, "--out", "pairs.parquet", "--resume", "--encoding", "latin-1")

    assert result.exit_code == 2
    assert "begun with another" in result.stderr
    assert "encoding, " in result.stderr
