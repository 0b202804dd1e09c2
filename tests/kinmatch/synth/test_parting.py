from __future__ import annotations

from dataclasses import replace

import pytest

from kinmatch.dates import from_edtf
from kinmatch.synth import Parameters, synth
from kinmatch.synth.parting import homes, named, written
from kinmatch.synth.parts import found_places

ALWAYS = Parameters(
    parted_found=1.0,
    parted_sought=1.0,
    parted_error=0.001,
    parted_at_found=1.0,
    parted_at_sought=1.0,
    parted_at_other=0.0,
    parted_at_region=0.0,
)
NEVER = replace(
    ALWAYS,
    parted_found=0.0,
    parted_sought=0.0,
    parted_at_found=0.0,
    parted_at_sought=0.0,
    home_region=0.0,
    home_near=0.0,
)


def code_of(places):
    (code,) = {
        place.code
        for place in found_places()
        if places[0] in {*place.arabic, *place.spellings.values()}
    }
    return code


def by_child(caseload, **wanted):
    rows = {row.id: row for row in (*caseload.found, *caseload.sought)}
    return [(rows[pair.found_id], rows[pair.sought_id]) for pair in caseload.truth]


def test_both_sides_date_one_parting_alike():
    pairs = by_child(synth(30, 3, parameters=ALWAYS))

    told = [(found.separated, sought.separated) for found, sought in pairs]
    both = [(from_edtf(one), from_edtf(other)) for one, other in told if one and other]

    assert len(both) > len(told) / 2
    assert all(one.first <= other.last and other.first <= one.last for one, other in both)


def test_nothing_else_of_a_caseload_hangs_on_the_parting():
    with_it, without = synth(20, 3, parameters=ALWAYS), synth(20, 3, parameters=NEVER)

    assert any(row.separated for row in with_it.found)
    assert any(row.separated_at for row in with_it.sought)
    assert [row._replace(separated="", separated_at=(), place=()) for row in with_it.found] == [
        row._replace(place=()) for row in without.found
    ]
    assert not any(row[-2:] != ("", ()) for row in (*without.found, *without.sought))


def test_both_sides_name_one_place_of_the_parting_each_in_its_script():
    pairs = by_child(synth(30, 3, parameters=ALWAYS))

    told = [(found.separated_at, sought.separated_at) for found, sought in pairs]
    both = [tuple(map(code_of, pair)) for pair in told if all(pair)]

    assert len(both) > len(told) / 2
    assert all(one == other for one, other in both)
    assert any(found != sought for found, sought in told)


@pytest.mark.parametrize(
    ("how", "share"),
    [("parted_at_other", {"parted_at_other": 1.0}), ("parted_at_region", {"parted_at_region": 1})],
)
def test_another_place_or_the_region_is_named_and_the_truth_says_so(how, share):
    plain, other = (synth(20, 3, parameters=replace(ALWAYS, **one)) for one in ({}, share))

    changed = {
        after.id
        for before, after in zip(
            (*plain.found, *plain.sought), (*other.found, *other.sought), strict=True
        )
        if before.separated_at != after.separated_at
    }

    assert changed
    assert changed == {record.id for record in other.records if how in record.noise.split("|")}


@pytest.mark.parametrize(
    ("how", "share"),
    [
        ("home_region", {"home_region": 1.0, "home_near": 0.0}),
        ("home_near", {"home_region": 0.0, "home_near": 1.0}),
    ],
)
def test_a_home_is_named_otherwise_and_the_truth_says_so(how, share):
    plain, other = (synth(20, 3, parameters=replace(NEVER, **one)) for one in ({}, share))

    changed = {
        after.id
        for before, after in zip(
            (*plain.found, *plain.sought), (*other.found, *other.sought), strict=True
        )
        if before.place != after.place
    }

    assert changed
    noted = {record.id for record in other.records if how in record.noise.split("|")}
    assert changed <= noted


def test_a_home_has_the_region_around_it_and_homes_nearby():
    (region,) = named("home_region", "RU-DA:gunib")

    assert region.code == "RU-DA"
    assert "RU-CE:grozny" in {one.code for one in named("home_near", "RU-CE:urus-martan")}
    assert named("home_region", "FR:lyon") == []


@pytest.mark.parametrize(
    ("like", "expected"), [("Гуниб", "Грозный"), ("غونيب", "غروزني"), ("Gunib", "Grozny")]
)
def test_a_place_is_written_in_the_script_it_stands_in_for(like, expected):
    assert written(homes()["RU-CE:grozny"], like=like) == expected
