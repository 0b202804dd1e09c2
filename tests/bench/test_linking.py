"""The benchmark of families, on tiny made-up lists and without peers."""

from __future__ import annotations

import csv
import json

import families as bench
import linkage
import pytest
from linking import cases, census, historical, joining, measures, report, running

from kinmatch.synth import synth


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("lists")
    synth(80, 71).write(path)
    return path


def test_the_strongest_pairs_are_kept_first_and_nobody_twice():
    pairs = [("a", "x", 0.5), ("a", "y", 0.9), ("b", "y", 0.8), ("b", "x", 0.4)]

    assert measures.one_to_one(pairs) == [("a", "y", 0.9), ("b", "x", 0.4)]


def test_f1_counts_pairs_of_even_chance_or_more():
    pairs = [("a", "x", 0.9), ("b", "y", 0.8), ("c", "z", 0.3)]

    told = measures.persons(pairs, [("a", "x"), ("c", "z")])

    assert told["F1"] == pytest.approx(2 * 1 / (2 + 2))
    assert told["best F1"] == pytest.approx(2 * 2 / (3 + 2))
    assert (told["precision"], told["recall"]) == (0.5, 0.5)


def test_a_chance_that_always_comes_true_as_said_has_no_error():
    honest = [(str(n), str(n), 0.75) for n in range(4)]

    assert measures.calibration_error(honest, {("0", "0"), ("1", "1"), ("2", "2")}) == 0
    assert measures.calibration_error(honest, set()) == pytest.approx(0.75)


def test_a_family_is_as_likely_as_its_members_together():
    group = {"x1": "x", "x2": "x", "y1": "y", "z1": "z"}
    pairs = [("a", "x1", 0.3), ("a", "x2", 0.3), ("a", "y1", 0.5), ("b", "z1", 0.2)]

    told = measures.families(pairs, group, [("a", "x"), ("b", "y"), ("c", "z")])

    assert told == {"family first": 1 / 3, "in first five": 1 / 3}


def test_louder_multiplies_chances_and_nothing_else():
    defaults = {
        "column_noise": {
            "age": {
                "make_typos": {"cell_probability": 0.01, "token_probability": 0.1},
                "misreport_age": {"cell_probability": 0.5, "possible_age_differences": {-1: 0.4}},
            }
        },
        "row_noise": {"omit_row": {"row_probability": 0.0145}},
    }

    told = census.louder(defaults, 10)

    assert told["column_noise"]["age"]["make_typos"] == {"cell_probability": 0.1}
    assert told["column_noise"]["age"]["misreport_age"] == {"cell_probability": 0.95}
    assert told["row_noise"]["omit_row"]["row_probability"] == pytest.approx(0.145)


@pytest.mark.parametrize(
    ("written", "told"),
    [("03/12/2010", "2010-03-12"), ("31/12/2010", ""), ("0b/12/2010", ""), ("", "")],
)
def test_a_date_that_is_none_is_left_out(written, told):
    assert census.born(written) == told


@pytest.mark.parametrize(("written", "told"), [("7", "7"), ("|2", ""), ("7O", ""), ("203", "")])
def test_an_age_that_is_none_is_left_out(written, told):
    assert census.age(written) == told


def test_seeds_that_are_reported_were_not_developed_on():
    tested = {seed for pair in cases.TESTED_ON for seed in pair}

    assert tested.isdisjoint(cases.DEVELOPED_ON)


def test_a_folder_is_matched_and_measured(folder, capsys):
    assert bench.main([str(folder), "--peers", "none", "--no-ablate"]) == 0

    told = capsys.readouterr().out
    f1 = next(line.split() for line in told.splitlines() if " F1 " in line and "best" not in line)
    assert float(f1[3]) > 0.7
    assert told.splitlines()[-1] == "goals: 0 of 0 reached"


def test_a_child_sought_by_two_relatives_is_not_missed_once_several_may_seek_it(folder, tmp_path):
    recalls = []
    for place, more in enumerate(([], ["--several"])):
        out = tmp_path / f"{place}.json"
        bench.main([str(folder), "--peers", "none", "--no-ablate", "--out", str(out), *more])
        reached = json.loads(out.read_text())["reached"]
        recalls.append(next(row[3] for row in reached if row[1] == "recall"))

    assert float(recalls[0]) < float(recalls[1])


def test_pairs_are_measured_one_to_one_unless_several_may_seek_a_child():
    pairs, truth = [("a", "x", 0.9), ("a", "y", 0.8)], [("a", "x"), ("a", "y")]

    assert measures.persons(pairs, truth)["recall"] == 0.5
    assert measures.persons(pairs, truth, several=True)["recall"] == 1.0


def test_strict_fails_where_there_was_no_goal(folder):
    assert bench.main([str(folder), "--peers", "none", "--no-ablate", "--strict"]) == 1


@pytest.mark.parametrize(("least", "code"), [(0.5, 0), (0.999, 1)])
def test_strict_follows_the_goals(folder, capsys, least, code):
    known = [cases.Case("made up", goals={"F1": least}, folder=folder)]

    assert bench.main(["--peers", "none", "--no-ablate", "--strict"], known) == code
    assert capsys.readouterr().out.splitlines()[-1] == f"goals: {1 - code} of 1 reached"


def test_a_folder_without_lists_is_refused_in_one_line(tmp_path, capsys):
    assert bench.main([str(tmp_path)]) == 2
    assert bench.main([str(tmp_path / "none")]) == 2

    assert [line.partition(" holds")[0] for line in capsys.readouterr().err.splitlines()] == [
        f"bench: {tmp_path}",
        f"bench: there is no folder {tmp_path / 'none'}",
    ]


def test_without_the_environment_of_the_peers_ours_is_measured(
    folder, monkeypatch, tmp_path, capsys
):
    monkeypatch.setattr(running, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(running, "SCORES", tmp_path)

    assert bench.main([str(folder), "--no-ablate"]) == 0

    assert "not measured: the environment of the peers is not set up" in capsys.readouterr().out


def test_the_shipped_model_is_measured_with_its_curves(folder):
    told = running.Runner().run(running.SHIPPED, folder)
    alone = running.Runner().run(running.SHIPPED_ALONE, folder)

    assert 0 < told.measured["calibration error"] < 0.12
    assert alone.measured["F1"] < told.measured["F1"]


def test_the_shipped_model_is_for_two_lists(tmp_path):
    (tmp_path / "clusters.csv").touch()

    assert running.Runner().run(running.SHIPPED, tmp_path) is None


def test_families_are_measured_where_the_truth_is_by_family(folder, tmp_path):
    for side in ("found", "sought"):
        (tmp_path / f"{side}.csv").write_bytes((folder / f"{side}.csv").read_bytes())
    sought = {row["id"]: row["group"] or row["id"] for row in running.rows(folder / "sought.csv")}
    with (tmp_path / "families.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["found_id", "sought_group"])
        for row in running.rows(folder / "truth.csv"):
            writer.writerow([row["found_id"], sought[row["sought_id"]]])

    told = running.Runner().run(running.OURS, tmp_path)

    assert 0.7 < told.measured["family first"] <= told.measured["in first five"] <= 1
    assert told.cpu > 0
    assert told.peak > 1e6


def test_rows_show_the_mean_and_the_spread():
    run = report.Run()
    for value in (0.8, 0.9):
        run.take(
            cases.Case("a case", goals={"F1": 0.84}),
            running.OURS,
            running.Answer({"F1": value}, 1.0, 2e6),
        )

    assert list(run.compared(running.OURS)) == [
        ("a case", "F1", "kinmatch", "0.850", "0.800", "0.900", "0.840", "reached")
    ]
    assert list(run.costs()) == [("a case", "kinmatch", "1.0", "2")]


def test_records_are_joined_where_groups_agree_on_average():
    pairs = [("a", "b", 0.999), ("b", "c", 0.99), ("a", "c", 0.6), ("c", "d", 0.7)]

    told = joining.joined(pairs)

    assert {record for one, other, _ in told for record in (one, other)} == {"a", "b", "c"}
    assert len({one for one, _, _ in told}) == 1


def test_a_chain_does_not_make_one_person_of_many():
    chain = [(str(n), str(n + 1), 0.8) for n in range(9)]

    sizes = {}
    for one, _, _ in joining.joined(chain):
        sizes[one] = sizes.get(one, 1) + 1
    assert max(sizes.values()) == 2


def test_groups_of_records_are_measured_by_their_pairs():
    of = {"a": "1", "b": "1", "c": "2", "d": "2"}

    told = measures.clusters([("a", "b", 0.9), ("b", "c", 0.9), ("c", "d", 0.2)], of)

    assert told["precision"] == pytest.approx(1 / 3)
    assert told["recall"] == pytest.approx(1 / 2)
    assert told["clustered F1"] == pytest.approx(2 * 1 / (3 + 2))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("1630-08-01", "1630-08-01"),
        ("1630-01-01", "1630"),
        ("1630-86-01", "1630"),
        ("16x0-08-01", ""),
        ("x", ""),
        (None, ""),
    ],
)
def test_a_historical_date_of_which_only_the_year_is_known_is_a_year(written, told):
    assert historical.born(written) == told


@pytest.mark.parametrize(
    ("full", "told"),
    [
        ("sir frederick pollock, 3rd baronet", ("frederick", "pollock")),
        ("frank edward brightman", ("frank|edward", "brightman")),
        ("watts", ("watts", "")),
        ("the 1st earl", ("", "")),
        (None, ("", "")),
    ],
)
def test_a_historical_name_is_told_without_titles(full, told):
    assert historical.names(full) == told


@pytest.mark.parametrize(
    ("town", "postcode", "told"),
    [
        ("devon", "tq13 8df", "devon|tqbdidf, tqbd"),
        ("devon", None, "devon"),
        (None, "tq13", "tqbd"),
        (None, None, ""),
    ],
)
def test_a_postcode_is_a_place_within_another(town, postcode, told):
    assert historical.places(town, postcode) == told


def test_without_the_environment_of_the_peers_a_case_they_make_is_left_out(monkeypatch, tmp_path):
    monkeypatch.setattr(linkage, "FOLDER", tmp_path)
    monkeypatch.setattr(linkage, "PYTHON", tmp_path / "none")

    assert linkage.made_by_peers("linking.febrl") is None
    (tmp_path / "caseloads" / "febrl").mkdir(parents=True)
    (tmp_path / "caseloads" / "febrl" / "truth.csv").touch()
    assert linkage.made_by_peers("linking.febrl") == tmp_path / "caseloads" / "febrl"
