from __future__ import annotations

import csv
import json

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings

from kinmatch import batch, families
from kinmatch.batch import Job, close_run, opened_run, write_pairs
from kinmatch.comparisons import COMPARISONS
from kinmatch.engines import Weights, prepare, score
from kinmatch.errors import BadInput
from kinmatch.link import link
from kinmatch.records import read
from kinmatch.synth import synth
from tests.kinmatch.engines.test_agreement import persons

ASKED = {"found": "aa", "sought": "bb", "model": "default", "threshold": "0.3"}


def quietly(*step):
    del step


def rows(tables):
    return [row for table in tables for row in table.to_pylist()]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(persons("F"), persons("S"))
def test_tables_hold_the_pairs_weights_and_levels_of_the_plain_engine(found, sought):
    population = prepare(found, sought)
    plain = score(population, Weights(lowest=-200), engine="reference")

    tables = list(Job(population, 1e-30).tables(None, quietly))

    told = {(row["found_id"], row["sought_id"]): row for row in rows(tables)}
    assert len(told) == len(plain.pairs)
    assert sum(int(one.schema.metadata[batch.COMPARED]) for one in tables) == plain.compared
    for pair in plain.pairs:
        row = told[population.found[pair.found].id, population.sought[pair.sought].id]
        assert row["weight"] == pytest.approx(pair.weight, abs=1e-6)
        assert tuple(row[one.name] for one in COMPARISONS) == pair.levels


@pytest.mark.parametrize("by_families", [False, True])
def test_tables_hold_the_candidates_of_link(found, sought, by_families):
    population = prepare(found, sought)
    linkage = link(found, sought, population=population, engine="arrays", families=by_families)
    job = Job(population, population.model.threshold)

    made = job.families(None, quietly) if by_families else None
    told = rows(made or job.tables(None, quietly))

    assert [(row["found_id"], row["sought_id"]) for row in told] == [
        (one.found_id, one.sought_id) for one in linkage.candidates
    ]
    assert [row["probability"] for row in told] == pytest.approx(
        [one.probability for one in linkage.candidates]
    )


@pytest.mark.parametrize("threshold", [0, 1, 2])
def test_a_threshold_is_a_probability(found, sought, threshold):
    with pytest.raises(BadInput, match="expected a probability"):
        Job(prepare(found, sought), threshold)


@pytest.mark.parametrize("found_many", [0, 3])
def test_nobody_sought_gives_a_table_without_rows(found, tmp_path, found_many):
    job = Job(prepare(found[:found_many], []), 0.3)

    written = write_pairs(job.tables(None, quietly), tmp_path / "pairs.parquet")

    assert (written.pairs, written.compared) == (0, 0)
    assert pq.read_table(tmp_path / "pairs.parquet").num_rows == 0


def test_pairs_are_written_alike_as_csv_and_as_parquet(found, sought, tmp_path):
    job = Job(prepare(found, sought), 0.01)

    for name in ("pairs.csv", "pairs.parquet"):
        write_pairs(job.tables(None, quietly), tmp_path / name)

    with (tmp_path / "pairs.csv").open(encoding="utf-8-sig", newline="") as file:
        text = list(csv.DictReader(file))
    table = pq.read_table(tmp_path / "pairs.parquet").to_pylist()
    assert [{**row, "weight": f"{row['weight']:.6f}"}["weight"] for row in table] == [
        row["weight"] for row in text
    ]
    assert [row["given"] for row in table] == [row["given"] for row in text]
    assert list(table[0]) == list(text[0])


def test_write_pairs_refuses_another_kind_of_file(tmp_path):
    with pytest.raises(BadInput, match="CSV"):
        write_pairs([], tmp_path / "pairs.xlsx")


def test_write_pairs_says_where_it_cannot_write(found, sought, tmp_path):
    job = Job(prepare(found, sought), 0.3)

    with pytest.raises(BadInput, match="cannot be written"):
        write_pairs(job.tables(None, quietly), tmp_path / "nowhere" / "pairs.csv")


class Stopped(Exception):
    """The run was killed."""


def test_a_run_killed_half_way_goes_on_with_the_same_result(found, sought, tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "CHUNK_ROWS", 1)
    job = Job(prepare(found, sought), 0.01)
    whole, out = tmp_path / "whole.parquet", tmp_path / "pairs.parquet"
    written = write_pairs(job.tables(None, quietly), whole)
    scored = []

    def killed(stage, done, people):
        scored.append(done)
        if done == 2:
            raise Stopped

    folder = opened_run(out, ASKED)
    with pytest.raises(Stopped):
        write_pairs(job.tables(folder, killed), out)
    (folder / "pairs-000000000001.part").touch()  # half written when the power went

    kept = sorted(one.name for one in folder.glob("*.parquet"))
    again = write_pairs(job.tables(opened_run(out, ASKED), quietly), out)

    assert kept[0] == "pairs-000000000000.parquet"
    assert again == written
    assert pq.read_table(out).equals(pq.read_table(whole))
    close_run(folder)
    assert not folder.exists()


def test_a_run_of_families_killed_half_way_goes_on_with_the_same_result(tmp_path, monkeypatch):
    monkeypatch.setattr(families.parts, "MANY", 0)
    monkeypatch.setattr(families.parts, "PART", 20)
    synth(40, 41).write(tmp_path)
    sides = (read(tmp_path / f"{side}.csv").persons for side in ("found", "sought"))
    job = Job(prepare(*sides), 0.01)
    whole, out = tmp_path / "whole.parquet", tmp_path / "pairs.parquet"
    written = write_pairs(job.families(None, quietly), whole)
    matched = []

    def killed(stage, done, people):
        matched.extend([done] if stage == "families" else [])
        if len(matched) == 2:
            raise Stopped

    folder = opened_run(out, ASKED)
    with pytest.raises(Stopped):
        write_pairs(job.families(folder, killed), out)
    kept = {one.name: one.stat().st_mtime_ns for one in folder.glob("families-*.parquet")}
    again = write_pairs(job.families(opened_run(out, ASKED), quietly), out)

    assert sorted(kept) == ["families-000000.parquet", "families-000001.parquet"]
    assert {name: (folder / name).stat().st_mtime_ns for name in kept} == kept
    assert again == written
    assert pq.read_table(out).equals(pq.read_table(whole))


def test_families_all_matched_before_are_not_matched_again(found, sought, tmp_path):
    job = Job(prepare(found, sought), 0.01)
    folder = opened_run(tmp_path / "pairs.parquet", ASKED)
    [table] = job.families(folder, quietly)

    [kept] = job.families(folder, lambda *step: pytest.fail(f"matched again: {step}"))

    assert kept.equals(table)


def test_a_kept_chunk_is_not_scored_again(found, sought, tmp_path):
    job = Job(prepare(found, sought), 0.01)
    folder = opened_run(tmp_path / "pairs.parquet", ASKED)
    [table] = job.tables(folder, quietly)
    pq.write_table(table.slice(0, 1), folder / "pairs-000000000000.parquet")

    [kept] = job.tables(folder, quietly)

    assert kept.num_rows == 1


def test_a_run_of_something_else_is_refused_and_named(tmp_path):
    out = tmp_path / "pairs.parquet"
    folder = opened_run(out, ASKED)

    with pytest.raises(BadInput, match="begun with another model, sought; remove the folder"):
        opened_run(out, {**ASKED, "sought": "cc", "model": "other"})

    assert json.loads((folder / "manifest.json").read_text("utf-8")) == ASKED


def test_a_run_whose_folder_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "pairs.parquet.run").touch()

    with pytest.raises(BadInput, match="cannot be written"):
        opened_run(tmp_path / "pairs.parquet", ASKED)


@pytest.mark.parametrize("written", [b"{", b"[1]", b"7", b"\xff"])
def test_a_run_whose_manifest_is_damaged_is_refused(tmp_path, written):
    folder = opened_run(tmp_path / "pairs.parquet", ASKED)
    (folder / "manifest.json").write_bytes(written)

    with pytest.raises(BadInput, match=r"manifest\.json: is damaged; remove the folder .*\.run to"):
        opened_run(tmp_path / "pairs.parquet", ASKED)


@pytest.mark.parametrize(
    ("way", "name"),
    [(Job.tables, "pairs-000000000000.parquet"), (Job.families, "families-000000.parquet")],
)
def test_a_damaged_chunk_is_named_and_made_again_once_removed(found, sought, tmp_path, way, name):
    job = Job(prepare(found, sought), 0.01)
    folder = opened_run(tmp_path / "pairs.parquet", ASKED)
    [table] = way(job, folder, quietly)
    foreign = table.replace_schema_metadata(None)

    for spoil in (lambda path: path.write_bytes(b"x"), lambda path: pq.write_table(foreign, path)):
        spoil(folder / name)
        with pytest.raises(BadInput, match=f"{name}: is damaged; remove it"):
            list(way(job, folder, quietly))

    (folder / name).unlink()
    [again] = way(job, folder, quietly)
    assert again.equals(table)


def test_parts_behind_one_that_is_missing_are_made_again(tmp_path, monkeypatch):
    monkeypatch.setattr(families.parts, "MANY", 0)
    monkeypatch.setattr(families.parts, "PART", 20)
    synth(20, 41).write(tmp_path)
    job = Job(
        prepare(*(read(tmp_path / f"{one}.csv").persons for one in ("found", "sought"))), 0.01
    )
    folder = opened_run(tmp_path / "pairs.parquet", ASKED)
    whole = rows(job.families(folder, quietly))
    (folder / "families-000000.parquet").unlink()

    assert rows(job.families(folder, quietly)) == whole
