from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch.errors import BadInput
from kinmatch.synth import Parameters, synth
from kinmatch.synth.row import COLUMNS

FAMILIES = 150
CERTAIN = Parameters(
    not_found=0.0,
    nobody_seeks=0.0,
    both_sides=0.0,
    split=0.0,
    stranger=0.0,
    forgotten=0.0,
    nameless=0.0,
    double=0.0,
    kunya=0.0,
    nisba=0.0,
    given_only=0.0,
    father_unknown=0.0,
    mother_unknown=0.0,
    untold=0.0,
    nameless_sought=0.0,
    born_unknown=0.0,
    place_unknown=0.0,
    by_reference=0.0,
)


@pytest.fixture(scope="module")
def caseload():
    return synth(FAMILIES, 1)


def changed(**circumstances):
    return synth(FAMILIES, 1, parameters=replace(CERTAIN, **circumstances))


def read(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def in_arabic(text):
    return all("\u0600" <= letter <= "\u06ff" or letter == " " for letter in text)


@settings(max_examples=10)
@given(st.integers(1, 30), st.integers(0, 1000))
def test_synth_is_the_same_for_the_same_seed(families, seed):
    assert synth(families, seed) == synth(families, seed)


def test_synth_differs_for_another_seed():
    assert synth(20, 1) != synth(20, 2)


@pytest.mark.parametrize("families", [0, -1])
def test_synth_refuses_less_than_one_family(families):
    with pytest.raises(BadInput, match="expected a number from 1"):
        synth(families)


def test_synth_tells_its_progress():
    told = []

    synth(3, progress=lambda done, total: told.append((done, total)))

    assert told == [(1, 3), (2, 3), (3, 3)]


def test_found_names_are_in_arabic_script(caseload):
    written = [
        text
        for row in caseload.found
        for text in (*row.name, *row.father, *row.mother, *row.siblings, *row.place)
    ]

    assert [text for text in written if not in_arabic(text)] == []


def test_sought_names_are_never_in_arabic_script(caseload):
    written = [text for row in caseload.sought for text in (*row.name, *row.father, *row.mother)]

    assert [
        text for text in written if any("\u0600" <= letter <= "\u06ff" for letter in text)
    ] == []


def test_sought_names_come_in_cyrillic_and_latin(caseload):
    names = [row.name[0] for row in caseload.sought if row.name]

    cyrillic = sum("а" <= name[-1] <= "я" for name in names)
    assert 0.6 < cyrillic / len(names) < 0.95


def test_rows_are_numbered_once(caseload):
    for rows, letter in ((caseload.found, "F"), (caseload.sought, "S")):
        ids = [row.id for row in rows]
        assert len(set(ids)) == len(ids)
        assert {identity[0] for identity in ids} == {letter}


def test_truth_names_rows_that_are_there(caseload):
    found = {row.id for row in caseload.found}
    sought = {row.id for row in caseload.sought}

    assert {pair.found_id for pair in caseload.truth} <= found
    assert {pair.sought_id for pair in caseload.truth} <= sought
    assert len(set(caseload.truth)) == len(caseload.truth)


def test_numbers_do_not_tell_the_truth(caseload):
    equal = [pair for pair in caseload.truth if pair.found_id[1:] == pair.sought_id[1:]]

    assert len(equal) < len(caseload.truth) / 20


def test_both_sides_have_decoys(caseload):
    with_family = {pair.found_id for pair in caseload.truth}
    found_by = {pair.sought_id for pair in caseload.truth}

    assert 0.1 < 1 - len(with_family) / len(caseload.found) < 0.5
    assert 0.2 < 1 - len(found_by) / len(caseload.sought) < 0.6


def test_everyone_is_in_the_truth_where_everyone_is_found_and_sought():
    caseload = changed()

    assert len(caseload.found) == len(caseload.sought) == len(caseload.truth)


def test_group_numbers_hold_a_family_together():
    caseload = changed()
    family_of = {pair.found_id: pair.family for pair in caseload.truth}

    families = {}
    for row in caseload.found:
        families.setdefault(row.group, set()).add(family_of[row.id])
    alone = families.pop("")
    assert {len(each) for each in families.values()} == {1}
    assert alone.isdisjoint(set().union(*families.values()))


def test_split_families_bear_several_groups_and_name_the_missing():
    caseload = changed(split=1.0)

    assert [row for row in caseload.found if row.siblings] != []
    assert changed().found != caseload.found
    assert [row for row in changed().found if row.siblings] == []


def test_references_stand_in_place_of_group_numbers():
    caseload = changed(by_reference=1.0)
    rows = {row.id: row for row in caseload.found}

    assert {row.group for row in caseload.found} == {""}
    referring = [row for row in caseload.found if row.sibling_ids]
    assert referring != []
    assert all(row.id in rows[other].sibling_ids for row in referring for other in row.sibling_ids)


def test_strangers_are_put_into_groups_of_others():
    caseload = changed(stranger=1.0)
    family_of = {pair.found_id: pair.family for pair in caseload.truth}

    families = {}
    for row in caseload.found:
        if row.group:
            families.setdefault(row.group, set()).add(family_of[row.id])
    assert max(len(each) for each in families.values()) > 1


def test_families_asked_for_by_both_sides_have_two_requests():
    caseload = changed(both_sides=1.0)

    asked = Counter(pair.found_id for pair in caseload.truth)
    assert asked.most_common(1)[0][1] == 2


def test_requests_leave_out_children_but_never_all():
    caseload = changed(forgotten=1.0)

    assert len({pair.family for pair in caseload.truth}) == FAMILIES
    assert len(caseload.sought) == FAMILIES


@pytest.mark.parametrize(
    ("circumstance", "column"),
    [
        ("nameless", "name"),
        ("father_unknown", "father"),
        ("mother_unknown", "mother"),
    ],
)
def test_clerks_leave_out_what_they_do_not_learn(circumstance, column):
    caseload = changed(**{circumstance: 1.0})

    assert {getattr(row, column) for row in caseload.found} == {()}


def test_orphans_are_told_less_about():
    with_parent = changed(orphaned=0.0, untold=1.0)
    orphans = changed(orphaned=1.0, untold=1.0)

    assert all(row.father and row.mother for row in with_parent.found)
    assert not any(row.father or row.mother for row in orphans.found)


@pytest.mark.parametrize(
    ("circumstance", "words"),
    [("given_only", 1), ("nisba", 2)],
)
def test_names_are_written_in_part(circumstance, words):
    caseload = changed(**{circumstance: 1.0}, recognised=0.0)

    short = [len(row.name[0].split()) for row in caseload.found]
    assert Counter(short).most_common(1)[0][0] == words


def test_nisba_stands_in_place_of_the_family_name():
    caseload = changed(nisba=1.0)

    written = [row.name[0] for row in caseload.found]
    assert sum("داغستان" in name for name in written) > len(written) / 12


def test_kunya_stands_in_place_of_the_father():
    caseload = changed(kunya=1.0)

    written = [row.name[0] for row in caseload.found]
    with_kunya = [name for name in written if "أبو" in name or "ابو" in name]
    assert len(with_kunya) > 0.9 * len(written)
    assert [name for name in written if "أبو أبو" in name] == []
    assert any("ابن" in name for name in written)


def test_names_are_written_twice():
    caseload = changed(double=1.0, recognised=0.0)

    assert max(len(row.name) for row in caseload.found) == 2


def test_sex_is_wrong_where_it_must_be():
    caseload = changed(sex_wrong=1.0)
    sought = {row.id: row for row in caseload.sought}
    found = {row.id: row for row in caseload.found}

    agree = [
        pair for pair in caseload.truth if found[pair.found_id].sex == sought[pair.sought_id].sex
    ]
    assert agree == []


def test_births_are_known_from_documents():
    caseload = changed(born_known=1.0, year_only=0.0)
    sought = {row.id: row for row in caseload.sought}
    found = {row.id: row for row in caseload.found}

    assert all(not row.age and not row.age_as_of for row in caseload.found)
    assert all(found[pair.found_id].born == sought[pair.sought_id].born for pair in caseload.truth)


def test_ages_are_guessed_on_a_day_before_the_last():
    caseload = changed(born_known=0.0, age_error=0.0, year_only=0.0)
    sought = {row.id: row for row in caseload.sought}

    for row in caseload.found:
        assert date(2018, 8, 1) <= date.fromisoformat(row.age_as_of) <= date(2018, 12, 30)
    of_pair = {pair.found_id: pair.sought_id for pair in caseload.truth}
    off = [
        int(row.age)
        - (
            date.fromisoformat(row.age_as_of) - date.fromisoformat(sought[of_pair[row.id]].born)
        ).days
        // 365.25
        for row in caseload.found
    ]
    assert set(off) <= {0, -1, 1}
    assert off.count(0) > 0.95 * len(off)


@pytest.mark.parametrize(
    ("circumstance", "column", "nothing"),
    [("born_unknown", "born", ""), ("place_unknown", "place", ())],
)
def test_relatives_leave_out_what_they_do_not_know(circumstance, column, nothing):
    caseload = changed(**{circumstance: 1.0})

    assert {getattr(row, column) for row in caseload.sought} == {nothing}


def test_relatives_know_the_year_only():
    caseload = changed(year_only=1.0)

    assert {len(row.born) for row in caseload.sought} == {4}


def test_relatives_never_learned_the_names_of_the_youngest():
    caseload = changed(nameless_sought=1.0, year_only=1.0)

    nameless = {int(row.born) for row in caseload.sought if not row.name}
    named = {int(row.born) for row in caseload.sought if row.name}
    assert min(nameless) == 2013
    assert max(named) == 2012


def test_write_makes_three_tables(tmp_path, caseload):
    paths = caseload.write(tmp_path / "new" / "folder")

    assert [path.name for path in paths] == ["found.csv", "sought.csv", "truth.csv"]
    tables = [read(path) for path in paths]
    assert tuple(tables[0][0]) == tuple(tables[1][0]) == COLUMNS
    assert tuple(tables[2][0]) == ("found_id", "sought_id", "family")
    assert [len(table) for table in tables] == [
        len(caseload.found),
        len(caseload.sought),
        len(caseload.truth),
    ]


def test_write_joins_several_values(tmp_path, caseload):
    found, _, _ = caseload.write(tmp_path)

    row = next(row for row in caseload.found if len(row.name) > 1)
    written = {line["id"]: line for line in read(found)}
    assert written[row.id]["name"] == "|".join(row.name)


def test_write_says_what_cannot_be_written(tmp_path, caseload):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(BadInput, match="cannot be written"):
        caseload.write(tmp_path / "file")
