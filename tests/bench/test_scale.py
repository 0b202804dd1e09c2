"""The benchmark of scale, on a tiny made-up list and without peers."""

from __future__ import annotations

import csv
import json

import pyarrow.parquet as pq
import scale as bench
from linking import scaled

from kinmatch.synth import synth


def test_a_folder_is_measured_and_its_goals_are_told(tmp_path, capsys):
    synth(30, 71).write(tmp_path)

    out = tmp_path / "told.json"

    code = bench.main([str(tmp_path), "--peers", "none", "--families", "--out", str(out)])

    told = json.loads(out.read_text())
    [by_matcher] = told.values()
    printed = capsys.readouterr().out.splitlines()
    assert code == 0
    assert set(by_matcher) == {bench.OURS, bench.FAMILIES}
    assert by_matcher[bench.OURS]["blocked"] > 0.9
    assert printed[-1] == "goals: 1 of 1 reached"


def test_a_folder_without_the_truth_is_refused(tmp_path, capsys):
    assert bench.main([str(tmp_path)]) == 2
    assert "holds no truth.csv" in capsys.readouterr().err


def test_a_million_has_goals_of_its_own_and_a_record_is_to_cost_the_same():
    cheap = {"cpu": 0.2, "peak": 2**30, "blocked": 0.98}
    run = bench.Run()
    run.told = {
        10_000: {bench.OURS: cheap},
        bench.MILLION: {bench.OURS: {**cheap, "cpu": 40.0, "blocked": 0.9}},
    }

    told = {(goal.label, goal.measure): goal.reached for goal in run.goals()}

    assert told == {
        ("10,000 records", "blocking recall"): True,
        ("1,000,000 records", "CPU s"): False,
        ("1,000,000 records", "GiB"): True,
        ("1,000,000 records", "blocking recall"): False,
        ("10,000 to 1,000,000", "cost of a record"): False,
    }


def test_a_matcher_that_fails_is_named(tmp_path):
    run = bench.Run()

    run.take(5, bench.SPLINK, bench.sys.executable, "linking.scaled", str(tmp_path))

    assert [reason.partition(":")[0] for reason in run.missing] == ["Splink on 5 records"]


def test_peers_see_names_in_latin_letters_in_parts_and_a_year(tmp_path):
    for side in ("found", "sought"):
        with (tmp_path / f"{side}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(
                ["id", "name", "born", "age", "age_as_of", "father", "mother", "sex", "place"]
            )
            writer.writerow(
                [side, "Руслан Тестов|رسلان", "", "7", "2018-12-30", "", "Мадина", "male", ""]
            )

    scaled.write_for_peers(tmp_path)

    [found, sought] = pq.read_table(tmp_path / scaled.PEERS).to_pylist()
    assert (found["id"], found["side"]) == ("found", "found")
    assert (sought["given"], sought["family"]) == ("ruslan", "testov")
    assert (sought["given_code"], sought["family_code"]) == ("rsln", "tstv")
    assert (found["father"], found["mother"], found["year"]) == (None, "madina", "2011")
