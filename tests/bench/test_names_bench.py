"""The benchmark of names, on tiny made-up sets and without peers."""

from __future__ import annotations

import json
from importlib import import_module

import names as bench
import pytest
from naming import (
    environment,
    figures,
    goals,
    measures,
    ours,
    peers,
    sets,
    speed,
    speeds,
    tables,
)

CANDS = ["رسلان محمدوف", "زليخة حسنوف", "تيمور قاديروف", "ليلى عثمانوف"]
QUERIES = [["Ruslan Magomedov", 0, "DAG"], ["Timur Kadirov", [2], "CHE"]]
PAIRS = [
    ["Ruslan Magomedov", "رسلان محمدوف", 1, "pos"],
    ["Ruslan Magomedov", "تيمور قاديروف", 0, "rand"],
    ["Ruslan Magomedov", "زليخة محمدوف", 0, "swap"],
]


@pytest.fixture
def write_set(tmp_path):
    def write(name, content):
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
        return tmp_path

    return write


@pytest.fixture
def folder(write_set):
    write_set("P_HELD-lat-ara", {"pairs": PAIRS})
    return write_set("R_HELD-lat-ara_4", {"queries": QUERIES, "cands": CANDS})


def run(*arguments):
    return bench.main([*map(str, arguments), "--no-speed", "--peers", "none"])


def test_ties_count_as_half():
    assert measures.rank(measures.standing([0.9, 0.5, 0.5, 0.1], [1])) == 2.5
    assert measures.rank(measures.standing([0.5, 0.5], [0])) == 1.5
    assert measures.rank(measures.standing([0.9, 0.5], [0])) == 1


def test_a_tie_for_the_first_place_is_no_recall_at_1():
    assert measures.retrieval([1.5, 1]) == {
        "recall@1": 0.5,
        "recall@10": 1.0,
        "mrr": pytest.approx((1 / 1.5 + 1) / 2),
    }


def test_of_several_right_candidates_the_best_counts():
    assert measures.standing([0.4, 0.9, 0.8, 0.9], [0, 1, 2]) == (0, 1)


def test_what_was_not_found_ranks_last_and_alike():
    found = {0: 0.9, 1: 0.8}

    assert measures.standing_of_found(found, [5], 10) == (2, 7)
    assert measures.standing_of_found(found, [1, 5], 10) == (1, 0)
    assert measures.standing_of_found({0: 0.8, 1: 0.8}, [1], 10) == (0, 1)


def test_finding_everything_is_the_same_as_scoring_everything(chance):
    for _ in range(50):
        scores = [chance.choice((0.1, 0.2, 0.3)) for _ in range(8)]
        right = chance.sample(range(8), 2)

        told = measures.standing(scores, right)

        assert measures.standing_of_found(dict(enumerate(scores)), right, 8) == told


def test_peers_are_ranked_as_ours_are(chance):
    numpy = pytest.importorskip("numpy", reason="only where the library brings it along")
    worker = import_module("naming.worker")
    for _ in range(50):
        scores = [chance.choice((0.1, 0.2, 0.3)) for _ in range(8)]
        right = chance.sample(range(8), 2)

        assert worker.standing(numpy.array(scores), right) == measures.standing(scores, right)


def test_auc_counts_ties_as_half():
    assert measures.auc([0.9, 0.8], [0.1, 0.2]) == 1
    assert measures.auc([0.5], [0.5]) == 0.5
    assert measures.auc([0.3, 0.7], [0.5, 0.3]) == (0 + 0.5 + 1 + 1) / 4


def test_each_kind_of_wrong_pair_is_measured_against_all_right_ones():
    told = measures.separation_by_kind(
        [0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0], ["pos", "pos", "near", "rand"]
    )

    assert told == {"near": (1, 0.75), "rand": (1, 1.0)}


def test_each_kind_of_right_pair_is_measured_against_all_wrong_ones():
    told = measures.separation_by_kind([0.9, 0.2, 0.5], [1, 1, 0], ["order", "initial", "near"])

    assert told == {"order": (1, 1.0), "initial": (1, 0.0)}


@pytest.mark.parametrize(
    ("stem", "core"),
    [
        ("R_DEV-lat-ara_5000", "lat-ara_5000"),
        ("R_TEST-lat-ara_5000", "lat-ara_5000"),
        ("R_HELD-tok-ara-lat", "tok-ara-lat"),
        ("P_held_out-ara-cyr", "ara-cyr"),
        ("R_wd-ara-lat_20000", "wd-ara-lat_20000"),
    ],
)
def test_a_set_is_known_by_its_name_without_its_split(stem, core):
    assert sets.core_of(stem) == core


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("R lat-ara_5000", {"recall@1": 0.97, "recall@10": 0.995}),
        ("R wd-lat-ara_20000", {"recall@1": 0.94, "recall@10": 0.985}),
        ("R wd-lat-ara_5000", {}),
        ("R tok-lat-ara", {"recall@1": 0.86}),
        ("R lat-lat-en-fr_20000", {"recall@1": 0.9, "recall@10": 0.97}),
        ("P lat-ara", {"auc": 0.988}),
        ("P noisy-lat", {}),
    ],
)
def test_goals_are_found_by_the_name_of_a_set(label, wanted):
    assert goals.goals_of(label) == wanted


def test_a_sample_is_the_same_every_time():
    queries = tuple(sets.Query(f"name {n}", (0,), "") for n in range(50))
    one = sets.Retrieval("lat-ara", queries, ("a",))

    assert one.sampled(5) == one.sampled(5)
    assert len(one.sampled(5).queries) == 5
    assert one.sampled(50) is one


def test_the_last_line_says_how_many_goals_were_reached(folder, capsys):
    run(folder)

    assert capsys.readouterr().out.splitlines()[-1] == "goals: 3 of 3 reached"


def test_only_the_rows_of_the_run_count(folder, capsys):
    run(folder, "--sets", "P *")

    assert capsys.readouterr().out.splitlines()[-1] == "goals: 1 of 1 reached"


def test_strict_passes_when_every_goal_is_reached(folder):
    assert run(folder, "--strict") == 0


def test_strict_fails_when_one_goal_is_missed(folder, write_set):
    write_set("R_HELD-ara-lat_1", {"queries": [["رسلان", 1, ""]], "cands": ["Ruslan", "Zulfiya"]})

    assert run(folder) == 0
    assert run(folder, "--strict") == 1


def test_strict_fails_when_there_was_no_goal(write_set, capsys):
    held = write_set("R_anything", {"queries": QUERIES, "cands": CANDS})

    assert run(held, "--strict") == 1
    assert capsys.readouterr().out.splitlines()[-1] == "goals: 0 of 0 reached"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("R_x", {"queries": [["Ruslan", 4, ""]], "cands": CANDS}),
        ("R_x", {"queries": QUERIES}),
        ("P_x", {"pairs": [["Ruslan", "Timur", 0, "rand"]]}),
        ("P_x", {"pairs": [["Ruslan", "Timur"]]}),
    ],
)
def test_a_file_that_is_no_set_is_refused_in_one_line(write_set, capsys, name, content):
    held = write_set(name, content)

    assert run(held) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith(f"bench: {name}.json: ")


def test_without_a_folder_the_environment_names_one(monkeypatch, tmp_path, capsys):
    monkeypatch.delenv("KINWARD_VECTORS", raising=False)
    assert run() == 2

    assert run(tmp_path / "none") == 2
    assert run(tmp_path) == 2
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "bench: name a folder of sets, or set KINWARD_VECTORS to the public data",
        f"bench: there is no folder {tmp_path / 'none'}",
        f"bench: {tmp_path} holds no set that fits *",
    ]


def test_without_the_environment_of_the_peers_ours_is_measured(
    folder, monkeypatch, tmp_path, capsys
):
    monkeypatch.setattr(peers, "PYTHON", tmp_path / "none")

    assert bench.main([str(folder), "--no-speed"]) == 0

    told = capsys.readouterr().out.splitlines()
    assert told[-2] == f"not measured: {peers.NO_ENVIRONMENT}"


def test_every_figure_is_written_as_json_and_markdown(folder, tmp_path):
    run(folder, "--by-tag", "--out", tmp_path / "out.json", "--markdown", tmp_path / "out.md")

    told = json.loads((tmp_path / "out.json").read_text())
    assert told["sets"]["R lat-ara_4"]["kinmatch"]["measured"]["recall@1"] == 1.0
    assert [goal["reached"] for goal in told["goals"]] == [True, True, True]
    assert "| [1] |" not in (tmp_path / "out.md").read_text().splitlines()[0]
    assert "| 1 | R lat-ara_4 | recall@1 |" in (tmp_path / "out.md").read_text()


def test_peers_are_chosen_by_name_or_family():
    assert peers.chosen("none") == []
    assert {peer.family for peer in peers.chosen("nomenklatura, icu+*")} == {"nomenklatura", "icu"}
    assert [peer.name for peer in peers.chosen("logic-v2")] == ["logic-v2"]


def test_the_best_peer_is_told_apart_from_those_that_hold_the_names():
    one = sets.Retrieval("lat-ara_4", (sets.Query("a", (0,), ""),), ("a", "b"))
    plain, holding = peers.chosen("anyascii+WRatio")[0], peers.chosen("logic-v2")[0]
    run_of = figures.Run()
    run_of.take(one, [1.0], 60)
    run_of.peers[one.label] = {
        plain: figures.of(one, [2.0]),
        holding: figures.of(one, [1.0]),
    }

    assert run_of.best(one.label, "recall@1") == (plain, 0.0)
    assert run_of.best(one.label, "recall@1", holds=True) == (holding, 1.0)
    first = figures.compared(run_of)[0]
    assert first[1:5] == ("R lat-ara_4", "recall@1", "anyascii+WRatio (1)", "logic-v2 (1)")
    assert first[5:] == ("1", "1.000", "0.970", "reached", "0.000", "–", "1.000", "×1.00")


def test_ours_is_compared_with_a_slow_peer_on_the_same_queries():
    queries = tuple(sets.Query(f"name {n}", (0,), "") for n in range(10))
    one = sets.Retrieval("lat-ara_4", queries, ("a", "b"))
    asked = one.sampled(4).queries
    run_of = figures.Run()

    run_of.take(one, [1.0 if query in asked else 2.0 for query in queries], 4)

    slow, quick = peers.chosen("name-based")[0], peers.chosen("anyascii+WRatio")[0]
    assert run_of.beside(one.label, slow, "recall@1") == 1.0
    assert run_of.beside(one.label, quick, "recall@1") == 0.4


def test_tags_with_enough_queries_have_rows_of_their_own():
    queries = tuple(sets.Query("a", (0,), "DAG" if n < 12 else f"id {n}") for n in range(20))
    one = sets.Retrieval("lat-ara_4", queries, ("a", "b"))

    told = figures.of(one, [1.0] * 12 + [2.0] * 8)

    assert told.by_tag == {"DAG": (12, {"recall@1": 1.0, "recall@10": 1.0, "mrr": 1.0})}


def test_speed_is_measured_and_told_as_ratios(monkeypatch):
    monkeypatch.setattr(speed, "PREPARED", 20)
    asked = {"queries": [(name, [0]) for name, *_ in QUERIES], "cands": CANDS}
    rows = {
        speeds.SEARCH: speed.measure({**asked, "what": "search"}),
        speeds.SCORE: speed.measure({**asked, "what": "pairs"}),
        "logic-v2": {"pairs": 1.0, "prepare": 0.0, "peak": 1},
    }

    head, told = speeds.table({"rows": rows})

    assert [len(row) for row in told] == [len(head)] * 3
    assert told[0][2] == told[1][3] == "×1.00"


def test_what_the_first_stage_loses_is_counted():
    asked = {"queries": [(name, [at] if isinstance(at, int) else at) for name, at, _ in QUERIES]}

    told = speed.measure({**asked, "cands": CANDS, "what": "exactness"})

    assert told["points lost"] == 0.0
    assert told["queries"] == 2


@pytest.mark.parametrize(
    ("pairs", "lost", "reached"),
    [
        (3e6, 0.2, True),
        (3e6, 0.6, False),
        (1e6, 0.0, False),
    ],
)
def test_speed_counts_only_where_hardly_a_name_is_lost(pairs, lost, reached):
    stage = {"points lost": lost, "same first": 1.0}

    quick, same = speeds.judged({"rows": {speeds.SEARCH: {"pairs": pairs}}, "first stage": stage})

    assert (quick.reached, same.reached) == (reached, True)


@pytest.mark.parametrize(
    ("spent", "same", "reached"), [(20.0, 0.999, [True, True]), (20.1, 0.998, [False, False])]
)
def test_a_million_names_have_goals_of_their_own(spent, same, reached):
    told = speeds.judged_million({"p95 ms": spent, "same first": same})

    assert [goal.reached for goal in told] == reached


def test_the_library_is_asked_for_its_switches_in_one_place():
    assert all(callable(turned_off) for _, turned_off in ours.ablations())


def test_a_lock_can_be_taken_without_a_package_that_must_be_built():
    lock = environment.LOCK.read_text()

    partial = environment.without(environment.BUILT_HERE, lock)

    assert lock.count("==") - partial.count("==") == 1
    assert "\npyicu==" in lock
    assert "pyicu==" not in partial
    assert "\npygments==" in partial


def test_tables_are_aligned():
    told = tables.aligned(("a", "b"), [("é", "1"), ("long", "22")])

    assert told.splitlines() == ["a      b", "----  --", "é      1", "long  22"]
    assert tables.amount(2.14e7) == "21.4 M"
    assert tables.times(1.0, None) == "–"
