from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch.errors import BadInput
from kinmatch.synth import Parameters, stream, synth
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
    child_not_found=0.0,
    latin_hand=0.0,
    boy_kunya=0.0,
    imposed=0.0,
    father_kunya=0.0,
    mother_kunya=0.0,
    taken_in=0.0,
    namesakes=0.0,
    cousins=0.0,
    hijri=0.0,
    approximate=0.0,
    first_of_january=0.0,
    age_error_growth=0.0,
    born_slip=0.0,
    born_about=0.0,
    customs=(("dagestan", 40), ("chechnya", 20), ("tajikistan", 20), ("france", 20)),
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


def test_found_names_are_in_one_script(caseload):
    for row in caseload.found:
        written = (*row.name, *row.father, *row.mother, *row.siblings, *row.place)
        assert {in_arabic(text.strip("«»“”")) for text in written} in ({True}, {False})


def test_a_share_of_clerks_writes_latin_letters():
    arabic = changed(latin_hand=0.0)
    latin = changed(latin_hand=1.0)

    assert {in_arabic(text) for row in arabic.found for text in row.name} == {True}
    assert {in_arabic(text) for row in latin.found for text in row.name} == {False}


def test_families_of_the_country_seek_in_arabic_script():
    sought = changed(customs=(("iraq", 1),)).sought

    arabic = [in_arabic(row.name[0]) for row in sought]
    assert 0.8 < arabic.count(True) / len(arabic) < 1


def test_sought_names_come_in_cyrillic_and_latin(caseload):
    names = [row.name[0] for row in caseload.sought if row.name]

    cyrillic = sum("а" <= name[-1] <= "я" for name in names)
    latin = sum(name[-1].isascii() for name in names)
    assert 0.5 < cyrillic / len(names) < 0.85
    assert 0.1 < latin / len(names) < 0.4


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
    assert {family.found + family.sought for family in caseload.families} == {"yesyes"}


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
    caseload = changed(kunya=1.0, spacing=0.0)

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
    caseload = changed(year_only=0.0, **{circumstance: 1.0})

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


def test_write_makes_five_tables(tmp_path, caseload):
    paths = caseload.write(tmp_path / "new" / "folder")

    tables = {path.name: read(path) for path in paths}
    assert tuple(tables) == (
        "found.csv",
        "sought.csv",
        "truth.csv",
        "truth_records.csv",
        "truth_families.csv",
    )
    assert tuple(tables["found.csv"][0]) == tuple(tables["sought.csv"][0]) == COLUMNS
    assert tuple(tables["truth.csv"][0]) == ("found_id", "sought_id", "family")
    assert [len(table) for table in tables.values()] == [
        len(caseload.found),
        len(caseload.sought),
        len(caseload.truth),
        len(caseload.found) + len(caseload.sought),
        FAMILIES,
    ]


def test_write_joins_several_values(tmp_path, caseload):
    found, *_ = caseload.write(tmp_path)

    row = next(row for row in caseload.found if len(row.name) > 1)
    written = {line["id"]: line for line in read(found)}
    assert written[row.id]["name"] == "|".join(row.name)


def test_write_says_what_cannot_be_written(tmp_path, caseload):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(BadInput, match="cannot be written"):
        caseload.write(tmp_path / "file")


def test_stream_makes_the_same_part_by_part():
    parts = list(stream(1100, 3))

    whole = synth(1100, 3)
    assert len(parts) == 2
    assert parts[0].found + parts[1].found == whole.found
    assert parts[0].truth + parts[1].truth == whole.truth
    assert len({row.id for row in whole.found + whole.sought}) == len(whole.found + whole.sought)
    assert {row.group for row in parts[0].found} & {row.group for row in parts[1].found} == {""}


def test_stream_tells_its_progress_over_all_parts():
    told = []

    list(stream(1002, progress=lambda done, total: told.append((done, total))))

    assert told[0] == (1, 1002)
    assert told[999:1001] == [(1000, 1002), (1001, 1002)]


def test_more_families_begin_with_the_same():
    shape = replace(CERTAIN, customs=(("iraq", 1),))

    less, more = (next(stream(n, 5, parameters=shape)).families for n in (1000, 1001))

    assert less == more


def test_truth_tells_of_every_row(caseload):
    rows = {row.id for row in caseload.found + caseload.sought}

    assert {record.id for record in caseload.records} == rows
    assert len(caseload.records) == len(rows)
    numbers = {family.family for family in caseload.families}
    assert {record.family for record in caseload.records} <= numbers


def test_pairs_of_the_truth_are_all_rows_of_one_child(caseload):
    child = {record.id: record.child for record in caseload.records}

    expected = {
        (one.id, other.id)
        for one in caseload.found
        for other in caseload.sought
        if child[one.id] == child[other.id]
    }
    assert {(pair.found_id, pair.sought_id) for pair in caseload.truth} == expected


def test_decoys_are_no_true_pairs():
    caseload = changed(namesakes=1.0)
    family_of = {record.id: record.family for record in caseload.records}

    assert sum(bool(family.namesake_of) for family in caseload.families) == FAMILIES - 1
    pairs = {(family_of[pair.found_id], family_of[pair.sought_id]) for pair in caseload.truth}
    assert {one == other for one, other in pairs} == {True}


def test_cousins_share_groups_where_kin_took_children_in():
    caseload = changed(cousins=1.0, orphaned=1.0, taken_in=1.0)

    mixed = {record.id for record in caseload.records if "with_cousins" in record.noise}

    assert len(mixed) > FAMILIES / 2
    assert {row.id for row in caseload.found} >= mixed


def test_split_groups_keep_the_truth():
    caseload = changed(split=1.0)

    assert len(caseload.found) == len(caseload.sought) == len(caseload.truth)
    split = [record for record in caseload.records if "split" in record.noise]
    assert len(split) > len(caseload.found) / 2


@pytest.mark.parametrize(
    ("kind", "name", "share"),
    [
        ("nameless", "nameless", 0.3),
        ("sex_wrong", "sex_wrong", 0.2),
        ("father_untold", "father_unknown", 0.3),
        ("mother_untold", "mother_unknown", 0.3),
        ("imposed", "imposed", 0.2),
    ],
)
def test_shares_of_noise_are_met(kind, name, share):
    caseload = synth(700, 9, parameters=replace(CERTAIN, orphaned=0.0, **{name: share}))
    found = {row.id for row in caseload.found}

    noisy = [kind in record.noise.split("|") for record in caseload.records if record.id in found]

    # Five standard deviations of a share counted in so many rows.
    bound = 5 * (share * (1 - share) / len(noisy)) ** 0.5
    assert abs(sum(noisy) / len(noisy) - share) < bound


def test_noise_that_a_caseload_is_spared_is_not_there():
    spared = {
        "sex_wrong": 0.0,
        "misheard": 0.0,
        "typing_error": 0.0,
        "patronymic_dropped": 0.0,
        "spacing": 0.0,
        "article": 0.0,
        "age_error": 0.0,
        "other_side_vague": 0.0,
        "other_wife_named": 0.0,
        "stepfather_named": 0.0,
        "convert_names": 0.0,
        "home_region": 0.0,
        "home_near": 0.0,
        "parted_error": 0.0,
        "parted_at_other": 0.0,
        "parted_at_region": 0.0,
    }

    assert {record.noise for record in changed(**spared).records} == {""}


def test_given_names_grow_with_the_caseload():
    def distinct(count):
        shape = replace(CERTAIN, customs=(("dagestan", 1),))
        rows = synth(count, 4, parameters=shape).sought
        return len({word for row in rows for word in row.name[0].split()})

    assert distinct(1600) > 4 * distinct(100)
