"""Whole families: what brothers and sisters bring, and that reasons add up."""

from __future__ import annotations

import numpy as np
import pytest

from kinmatch.engines import prepare
from kinmatch.evaluate import evaluate, read_truth
from kinmatch.families import Accounts, Collective, match
from kinmatch.families.collective import as_in_families, learned
from kinmatch.link import link
from kinmatch.model import Circumstances
from kinmatch.records import read
from kinmatch.synth import synth


@pytest.fixture
def two_families(person):
    """A badly written brother of two children who are clearly sought; and his namesake alone."""
    found = [
        person("F1", names="Руслан Тестов", born="2010-03-01", sex="male", group="a"),
        person("F2", names="Заира Тестова", born="2012-05-01", sex="female", group="a"),
        person("F3", names="Умар", sex="male", group="a"),
    ]
    sought = [
        person("S1", names="Руслан Тестов", born="2010-03-01", sex="male", group="x"),
        person("S2", names="Заира Тестова", born="2012-05-01", sex="female", group="x"),
        person("S3", names="Умар Тестов", born="2014", sex="male", group="x"),
        person("S4", names="Умар Вымышленов", born="2014", sex="male"),
    ]
    return found, sought


def chances(found, sought, **options):
    linkage = link(found, sought, engine="arrays", threshold=1e-6, **options)
    return {(one.found_id, one.sought_id): one.probability for one in linkage.candidates}


@pytest.mark.parametrize("one_to_one", [False, True])
def test_brothers_and_sisters_tell_which_namesake_it_is(two_families, one_to_one):
    alone = chances(*two_families)
    together = chances(*two_families, families=True, one_to_one=one_to_one)

    assert together["F3", "S3"] > alone["F3", "S3"]
    assert together["F3", "S3"] - together["F3", "S4"] > alone["F3", "S3"] - alone["F3", "S4"]


def test_who_is_clearly_one_child_is_no_other(two_families, person):
    found, sought = two_families
    rival = person("F9", names="Руслан Тестов", born="2010-03-02", sex="male", group="a")

    matched = match(prepare([*found, rival], sought), across=True)

    in_all = np.bincount(matched.pairing.j, matched.chance)
    assert in_all[0] > 0.9
    assert (in_all <= 1.0 + 1e-9).all()


def test_one_to_one_holds_for_those_in_no_group_too(person):
    boys = [person(f"F{day}", names="Заур Тестов", born=f"2010-03-0{day}") for day in (1, 2)]
    asked = [person(f"S{day}", names="زاور", born=f"2010-03-0{day}") for day in (1, 2)]

    told = chances(boys, asked, one_to_one=True)

    assert told == chances(boys, asked, families=True, one_to_one=True)
    assert max(told, key=told.__getitem__) in {("F1", "S1"), ("F2", "S2")}
    assert sum(told.get(("F1", one), 0.0) for one in ("S1", "S2")) < 1.0
    assert sum(chances(boys, asked).values()) > sum(told.values())


def test_a_child_may_be_sought_by_two_families(two_families, person):
    found, sought = two_families
    again = [
        person(f"{one.id}b", names=one.names, born=str(one.born), sex=one.sex, group="z")
        for one in sought[:2]
    ]

    told = chances(found, [*sought, *again], families=True)

    assert told["F1", "S1"] > 0.5
    assert told["F1", "S1b"] > 0.5


@pytest.mark.no_cover
def test_a_family_comes_first_more_often_when_matched_whole(tmp_path):
    synth(200, 31).write(tmp_path)
    found, sought = read(tmp_path / "found.csv").persons, read(tmp_path / "sought.csv").persons
    truth = read_truth(tmp_path / "truth.csv")

    alone = evaluate(chances(found, sought), truth)
    together = evaluate(chances(found, sought, families=True), truth)

    assert together.first >= alone.first
    assert max(at.f1 for at in together.at) > max(at.f1 for at in alone.at) + 0.03


def test_reasons_add_up_to_the_weight_and_name_the_relatives(two_families):
    linkage = link(*two_families, engine="arrays", threshold=0.01, families=True)

    for one in linkage.candidates:
        bits = sum(reason.bits for reason in one.reasons)
        assert one.weight == pytest.approx(one.prior + bits, abs=1e-6)
        (rest,) = [reason for reason in one.reasons if reason.comparison == "families"]
        assert (rest.level == "more") == (rest.bits > 0)
    umar = next(one for one in linkage.of("F3") if one.sought_id == "S3")
    met = {
        (reason.found, reason.sought)
        for reason in umar.reasons
        if (reason.comparison, reason.level) == ("relatives", "met")
    }
    assert met == {("Руслан Тестов", "Руслан Тестов"), ("Заира Тестова", "Заира Тестова")}


def test_linking_one_gives_what_the_batch_gives(two_families):
    batch = link(*two_families, engine="arrays", threshold=0.01, families=True)

    alone = link(*two_families, engine="arrays", threshold=0.01, families=True, only=["F3"])

    assert alone.candidates == tuple(batch.of("F3"))
    assert alone.compared < batch.compared


def test_matching_twice_gives_the_same(two_families):
    one, other = (match(prepare(*two_families)) for _ in range(2))

    assert one.chance.tolist() == other.chance.tolist()
    assert one.one_to_one.tolist() == other.one_to_one.tolist()


def test_the_assignment_gives_everyone_at_most_one(two_families):
    matched = match(prepare(*two_families), across=True)

    i, j = matched.pairing.i[matched.one_to_one], matched.pairing.j[matched.one_to_one]
    assert len(set(i.tolist())) == len(i) == len(set(j.tolist()))
    assert {(int(a), int(b)) for a, b in zip(i, j, strict=True)} >= {(0, 0), (1, 1), (2, 2)}


def test_the_account_of_a_pair_names_its_levels_and_who_resembles_whom(two_families):
    population = prepare(*two_families)
    matched = match(population)
    place = next(
        int(pair) for pair in np.flatnonzero(matched.pairing.i == 2) if matched.pairing.j[pair] == 2
    )

    accounts = Accounts(matched, population)
    account = accounts.of(place)

    assert (account.found, account.sought, account.in_one_to_one) == (2, 2, True)
    assert {(one.found, one.sought) for one in account.relatives} == {(0, 0), (1, 1)}
    assert all(one.bits > 0 for one in account.relatives)
    alignment = accounts.alignment(account.family)
    assert [(one.found, one.sought) for one in alignment] == [(0, 0), (1, 1), (2, 2)]


def test_the_groups_of_a_candidate_are_aligned_person_by_person(two_families, person):
    found, sought = two_families
    found = [*found, person("F4", names="Олег Чужаков", born="2001", sex="male", group="a")]
    sought = [*sought, person("S5", names="Аминат Тестова", born="2017", sex="female", group="x")]

    linkage = link(found, sought, engine="arrays", threshold=0.01, families=True)

    umar = next(one for one in linkage.of("F3") if one.sought_id == "S3")
    who = [(one.found_id, one.sought_id) for one in umar.alignment]
    assert who == [("F1", "S1"), ("F2", "S2"), ("F3", "S3"), ("F4", ""), ("", "S5")]
    own = next(one for one in umar.alignment if one.found_id == "F3")
    assert (own.found, own.sought, own.probability) == ("Умар", "Умар Тестов", umar.probability)
    assert [one.probability for one in umar.alignment[3:]] == [0.0, 0.0]
    relatives = {(one.found_id, one.sought_id) for one in umar.reasons if one.found_id}
    assert relatives == {("F1", "S1"), ("F2", "S2"), ("F4", "")}


def test_a_brothers_name_is_any_other_name_once_the_brother_speaks_himself(person):
    found = [person("F1", names="Руслан", siblings="Умар")]
    collective = Collective.of(prepare(found, [person("S1", names="Умар")]), across=False)
    codes = collective.arrays.codes(np.array([0]), np.array([0]))

    given = as_in_families(codes)[0, 0]

    assert codes[0, 0] == given - 1
    assert codes[0, 0] != as_in_families(codes)[0, 0]


def test_nobody_in_common_teaches_nothing(person):
    population = prepare([person("F", names="Тимур")], [person("S", names="Заира")])
    collective = Collective.of(population, across=True)
    before = collective.circumstances

    matched = collective.match(collective.start())

    assert matched.chance.size == 0
    assert learned(matched, collective) == before == collective.circumstances


@pytest.mark.parametrize("across", [False, True])
def test_one_family_found_whole_does_not_teach_that_nobody_is_absent(person, across):
    """Two of whom nothing is told, each beside a sister who is clearly found."""
    others = [
        person(f"B{n}", names=name, born=str(2005 + n), group=f"B{n // 2}")
        for n, name in enumerate(("Ахмед Исаев", "Муса Исаев", "Хава Умарова", "Лейла Умарова"))
    ]
    sister = {"names": "Макка Яндиева", "born": "2012"}
    found = [person("F1", group="F"), person("F2", group="F", **sister)]
    sought = [person("S1", group="S"), person("S2", group="S", **sister), *others]
    collective = Collective.of(prepare(found, sought), across=across)

    matched = collective.match(collective.start())

    chances = dict(
        zip(
            zip(matched.pairing.i.tolist(), matched.pairing.j.tolist(), strict=True),
            matched.chance.tolist(),
            strict=True,
        )
    )
    assert chances[1, 1] > 0.95
    assert 0.5 < chances[0, 0] < 0.95
    assert collective.circumstances.found_absent > 0.1


def test_many_families_teach_what_they_are(tmp_path):
    found, sought, *_ = synth(80, seed=8).write(tmp_path)
    collective = Collective.of(prepare(read(found).persons, read(sought).persons), across=True)
    collective.before = Circumstances(found_absent=0.9, sought_unmatched=0.05)

    collective.match(collective.start())

    assert collective.circumstances.found_absent < 0.5
    assert collective.circumstances.sought_unmatched > 0.25


def test_nobody_found_gives_nothing(person):
    assert match(prepare([], [person("S", names="Тимур")])).chance.size == 0
    assert match(prepare([person("F", names="Тимур")], [])).chance.size == 0


def test_a_relative_is_said_to_be_met_only_where_that_speaks_for_the_family(tmp_path):
    found, sought, *_ = synth(60, seed=8).write(tmp_path)
    linkage = link(read(found).persons, read(sought).persons, families=True, threshold=0.001)

    told = {
        (reason.level, reason.bits > 0, bool(reason.sought_id))
        for candidate in linkage.candidates
        for reason in candidate.reasons
        if reason.comparison == "relatives"
    }

    assert told == {
        ("met", True, True),
        ("hardly_met", False, True),
        ("not_met", False, False),
    }
