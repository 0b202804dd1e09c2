from __future__ import annotations

import pytest

from kinmatch.dates import from_edtf
from kinmatch.errors import BadInput
from kinmatch.evaluate import (
    by_noise,
    by_slice,
    evaluate,
    read_candidates,
    read_noise,
    read_truth,
    slices_of,
)
from kinmatch.records import Person

CANDIDATES = {
    ("F1", "S1"): 0.99,
    ("F1", "S2"): 0.40,
    ("F2", "S3"): 0.90,
    ("F2", "S2"): 0.60,
    ("F3", "S4"): 0.50,
}
TRUTH = [("F1", "S1"), ("F2", "S2"), ("F4", "S9")]


def test_evaluate_counts_who_comes_first_of_those_who_are_sought():
    result = evaluate(CANDIDATES, TRUTH)

    assert (result.matchable, result.first, result.in_first_three) == (3, 1, 2)


def test_evaluate_counts_right_wrong_and_missed_from_each_threshold():
    result = evaluate(CANDIDATES, TRUTH)

    counts = {at.threshold: (at.right, at.wrong, at.missed) for at in result.at}

    assert counts == {
        0.3: (2, 3, 1),
        0.5: (2, 2, 1),
        0.8: (1, 1, 2),
        0.95: (1, 0, 2),
        0.99: (1, 0, 2),
    }


def test_precision_recall_and_f1_follow_from_the_counts():
    at = evaluate(CANDIDATES, TRUTH).at[1]

    assert at.precision == pytest.approx(2 / 4)
    assert at.recall == pytest.approx(2 / 3)
    assert at.f1 == pytest.approx(4 / 7)


def test_evaluate_of_nothing_divides_by_nothing():
    result = evaluate({}, [])

    assert (result.matchable, result.first, result.calibration_error) == (0, 0, 0.0)
    assert (result.at[0].precision, result.at[0].recall, result.at[0].f1) == (1.0, 1.0, 1.0)


def test_f1_is_nothing_where_nothing_is_right():
    assert evaluate({("F1", "S2"): 0.9}, [("F1", "S1")]).at[0].f1 == 0.0


def test_several_true_pairs_of_one_person_count_by_the_best():
    result = evaluate({("F1", "S1"): 0.9, ("F1", "S2"): 0.8}, [("F1", "S2"), ("F1", "S1")])

    assert (result.matchable, result.first, result.in_first_three) == (1, 1, 1)


def test_of_equal_candidates_the_first_comes_first():
    tied = {("F1", "S2"): 0.9, ("F1", "S1"): 0.9}

    assert evaluate(tied, [("F1", "S2")]).first == 1
    assert evaluate(tied, [("F1", "S1")]).first == 0


def test_calibration_is_perfect_where_what_is_said_comes_true():
    said = {("F", f"S{number}"): 0.75 for number in range(4)}

    result = evaluate(said, [("F", "S0"), ("F", "S1"), ("F", "S2")])

    assert result.calibration_error == pytest.approx(0.0)
    assert [(one.candidates, one.said, one.came_true) for one in result.bins] == [(4, 0.75, 0.75)]


def test_the_last_tenth_is_told_apart():
    said = {(f"F{n}", "S"): chance for n, chance in enumerate((0.92, 0.96, 0.985, 0.995, 0.9999))}

    result = evaluate(said, said)

    assert [one.candidates for one in result.bins] == [1, 2, 1, 1]


@pytest.mark.parametrize(
    ("candidates", "said"),
    [(0, "1 or none"), (1, "1 or none"), (3, "2 or 3"), (10, "4 to 10"), (11, "11 or more")],
)
def test_a_pair_belongs_to_a_slice_by_how_many_candidates_the_child_has(candidates, said):
    sought = {f"S{n}": Person(id=f"S{n}") for n in range(12)}
    told = {("F", f"S{n}"): 0.5 for n in range(candidates)}

    slices = by_slice(told, [("F", "S0")], {"F": Person(id="F")}, sought)

    assert set(slices["candidates of the child"]) == {said}


def test_calibration_error_is_the_gap_between_said_and_true():
    result = evaluate({("F1", "S1"): 1.0, ("F2", "S2"): 0.05}, [])

    assert result.calibration_error == pytest.approx((1.0 + 0.05) / 2)
    assert [one.candidates for one in result.bins] == [1, 1]


def test_what_was_said_and_what_came_true_on_the_whole():
    result = evaluate({("F1", "S1"): 0.8, ("F2", "S2"): 0.4}, [("F1", "S1")])

    assert (result.said, result.came_true) == (pytest.approx(0.6), 0.5)
    assert (evaluate({}, []).said, evaluate({}, []).came_true) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("found", "sought", "apart"),
    [
        ("2010", "2010-05-03", "0"),
        ("2010-05-03", "2010-05-04", "1"),
        ("2010-05-03", "2012-03-01", "2"),
        ("2010", "2014-06", "3 to 4"),
        ("2020-01-01", "2010-01-01", "5 or more"),
        (None, "2010", "unknown on a side"),
    ],
)
def test_a_pair_belongs_to_a_slice_by_the_years_between_the_births(found, sought, apart):
    sides = [
        Person(id="1", born=written and from_edtf(written), names=("Тимур",))
        for written in (found, sought)
    ]

    assert slices_of(*sides, 1, 1)["years between births"] == apart
    assert slices_of(*sides[::-1], 1, 1)["years between births"] == apart


@pytest.mark.parametrize(
    ("size", "said"),
    [(1, "nobody"), (2, "1 other"), (4, "2 or 3 others"), (5, "4 others or more")],
)
def test_a_pair_belongs_to_a_slice_by_who_was_found_together(size, said):
    found = [Person(id=f"F{n}", group="G", names=("Тимур",)) for n in range(size)]
    sought = Person(id="S")

    told = by_slice({("F0", "S"): 0.9}, [], {one.id: one for one in found}, {"S": sought})

    assert set(told["found with"]) == {said}
    assert set(told["own name missing"]) == {"1"}
    assert slices_of(Person(id="F"), sought, 9, 0)["found with"] == "nobody"


def test_read_candidates_reads_what_link_writes(write):
    path = write("c.csv", "found_id,sought_id,weight,probability\n'-F1,S1,2,0.8\n\n")

    assert read_candidates(path) == {("-F1", "S1"): 0.8}


def test_read_truth_reads_pairs(write):
    path = write("t.csv", "found_id,sought_id,family\nF1,S1,9\nF1,S1,9\n")

    assert read_truth(path) == {("F1", "S1")}


@pytest.mark.parametrize("cell", ["much", "", "1.5", "-0.1", "nan"])
def test_read_candidates_names_the_row_of_a_bad_probability(write, cell):
    path = write("c.csv", f"found_id,sought_id,probability\nF1,S1,{cell}\n")

    with pytest.raises(BadInput, match=f'row 2, column probability, "{cell}": expected a number'):
        read_candidates(path)


def test_read_truth_names_the_column_that_is_missing(write):
    with pytest.raises(BadInput, match='no column "sought_id"; found found_id, person'):
        read_truth(write("t.csv", "found_id,person\nF1,S1\n"))


def test_a_record_counts_for_each_thing_that_was_done_to_it():
    noise = {
        "F1": frozenset({"misheard", "nameless"}),
        "F2": frozenset({"misheard"}),
        "F3": frozenset(),
        "F4": frozenset({"split"}),
        "F5": frozenset({"imposed"}),  # neither a candidate nor a true pair
    }

    told = by_noise(CANDIDATES, TRUTH, noise)

    assert {kind: (one.matchable, one.first, one.candidates) for kind, one in told.items()} == {
        "misheard": (2, 1, 4),
        "nameless": (1, 1, 2),
        "none": (0, 0, 1),
        "split": (1, 0, 0),
    }


def test_noise_of_somebody_unknown_is_refused():
    with pytest.raises(BadInput, match='nothing is told of what was done to the record of "F1"'):
        by_noise({("F1", "S1"): 0.9}, [], {})


def test_noise_is_read_with_bars_between_kinds(write):
    path = write("r.csv", "id,child,noise\nF1,0.1,misheard | split\nF2,0.2,\n")

    assert read_noise(path) == {"F1": frozenset({"misheard", "split"}), "F2": frozenset()}


def test_noise_without_its_column_is_refused(write):
    with pytest.raises(BadInput, match='there is no column "noise"'):
        read_noise(write("r.csv", "id\nF1\n"))


def test_a_pair_told_twice_is_refused_and_named(write):
    path = write("c.csv", "found_id,sought_id,probability\nF1,S1,0.5\nF1,S1,0.9\n")

    with pytest.raises(BadInput, match=r"c\.csv, row 3: F1 and S1 stand there a second time"):
        read_candidates(path)


@pytest.mark.parametrize(("row", "column"), [("F1,", "sought_id"), (",S1", "found_id")])
def test_a_row_that_names_nobody_is_refused_and_named(write, row, column):
    path = write("t.csv", f"found_id,sought_id\nF2,S2\n{row}\n")

    with pytest.raises(BadInput, match=rf"t\.csv, row 3, column {column}: nobody is named"):
        read_truth(path)


def test_an_apostrophe_is_taken_off_only_where_it_was_put(write):
    path = write("t.csv", "found_id,sought_id\n'-F1,'S1\n'x,-3\n")

    assert read_truth(path) == {("-F1", "'S1"), ("'x", "-3")}


def test_pairs_of_one_list_are_read_whichever_record_is_named_first(write):
    candidates = write("duplicates.csv", "id,other_id,probability\nB,A,0.9\nC,D,0.4\n")
    truth = write("truth.csv", "id,other_id\nA,B\n")

    result = evaluate(read_candidates(candidates), read_truth(truth))

    assert (result.matchable, result.first, result.candidates) == (1, 1, 2)
