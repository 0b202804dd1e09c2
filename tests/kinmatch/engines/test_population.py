from __future__ import annotations

import time
from dataclasses import replace

import pytest

from kinmatch.engines import prepare
from kinmatch.engines.closeness import FEW, Closeness
from kinmatch.errors import BadInput
from kinmatch.link import link
from kinmatch.model import default_model
from kinmatch.names import vocabulary
from kinmatch.synth import synth


def test_prepare_refuses_two_persons_with_one_id(person):
    with pytest.raises(BadInput, match='two sought persons have the id "S"'):
        prepare([], [person("S"), person("S")])


def test_prepare_says_how_far_it_is(found, sought):
    steps = []

    prepare(found, sought, progress=lambda *step: steps.append(step))

    stage, done, whole = steps[-1]
    assert stage == "names"
    assert done == whole


def test_positions_are_those_of_the_ids(found, sought):
    population = prepare(found, sought)

    assert population.positions(["F3", "F1", "F3"]) == [0, 2]


def test_positions_refuses_an_id_nobody_has(found, sought):
    with pytest.raises(BadInput, match='no found person has the id "F9"'):
        prepare(found, sought).positions(["F9"])


def test_prepare_takes_over_what_still_holds(person, found, sought):
    before = prepare(found, sought)
    index = before.index

    grown = prepare([*found, person("F4")], sought, known=before)

    assert grown.closeness is before.closeness
    assert grown.index is index is before.index
    assert all(map(lambda a, b: a is b, grown.sought_rows, before.sought_rows))


def test_prepare_takes_nothing_over_where_names_are_read_otherwise(found, sought):
    before = prepare(found, sought)

    other = prepare(found, sought, model=replace(default_model(), near=0.5), known=before)

    assert other.closeness is not before.closeness


def test_prepare_takes_rows_over_where_only_weights_differ(found, sought):
    before = prepare(found, sought)
    model = replace(default_model(), coverage=0.1).renewed()

    other = prepare(found, sought, model=model, known=before)

    assert other.closeness is before.closeness
    assert other.model == model


def test_a_group_and_a_lone_person_of_its_name_are_two_for_rarity(person):
    grouped = person("S1", family="Тумгоев", group="S9")

    clash, apart = (
        prepare([], [grouped, person(alone, family="Тумгоев")]) for alone in ("S9", "S2")
    )

    told = [one.widening.rarities["family"].share("тумгоев") for one in (clash, apart)]
    assert told[0] == told[1]


def test_prepare_forgets_those_no_longer_sought(found, sought):
    before = prepare(found, sought)

    fewer = prepare(found, sought[:1], known=before)

    assert [row.row["id"] for row in fewer.sought_rows] == ["S1"]
    assert fewer.index != before.index


def test_closeness_is_the_same_in_either_direction_and_with_itself():
    closeness = Closeness(0.9, 0.7, 0.6).including(["ruslan", "rslan", "arslan", "zaynab"])

    for key in closeness.known():
        assert key in closeness.same(key) <= closeness.near(key)
        assert all(key in closeness.near(other) for other in closeness.near(key))


def test_closeness_knows_an_unseen_key_only_as_itself():
    closeness = Closeness(0.9, 0.7, 0.6)

    assert closeness.same("ruslan") == closeness.near("ruslan") == {"ruslan"}


@pytest.mark.parametrize("new", [3, FEW + 20])
def test_closeness_grown_is_closeness_made_anew(new):
    keys = [
        f"{start}{middle}{end}"
        for start in "rzmtk"
        for middle in "aui"
        for end in ("slan", "mad", "yn", "rim", "dija", "tima", "nab", "da", "sha")
    ]
    before = Closeness(0.9, 0.7, 0.6).including(keys[:-new])

    grown = before.including(keys)

    assert grown.table == Closeness(0.9, 0.7, 0.6).including(keys).table


def test_closeness_that_grows_large_is_made_anew(monkeypatch):
    keys = ["ruslan", "rslan", "arslan", "zaynab", "руслан", "رسلان"]
    before = Closeness(0.9, 0.7, 0.6).including(keys[:4])
    monkeypatch.setattr(vocabulary, "LARGE", 5)
    monkeypatch.setattr(vocabulary, "FEWER", 1)
    monkeypatch.setattr(vocabulary, "WHOLE", 0)

    grown = before.including(keys)

    assert grown.table == Closeness(0.9, 0.7, 0.6).including(keys).table


@pytest.mark.no_cover
def test_one_more_child_meets_two_thousand_sought_within_a_moment(person):
    caseload = synth(900, 4)
    sought = [as_person(person, row) for row in caseload.sought][:2000]
    found = [as_person(person, row) for row in caseload.found][:31]
    before = prepare(found[:30], sought)
    link(found[:30], sought, engine="reference", only=[found[0].id], population=before)

    started = time.process_time()
    population = prepare(found, sought, known=before)
    linkage = link(found, sought, engine="reference", only=[found[30].id], population=population)
    took = time.process_time() - started

    assert linkage.found_ids == (found[30].id,)
    # 0.2 s where nothing else runs; the bound leaves room for a busy machine.
    assert took < 2


def as_person(person, row):
    return person(
        row.id,
        names=row.name,
        father=row.father,
        mother=row.mother,
        siblings=row.siblings,
        places=row.place,
        sex=row.sex or None,
        born=row.born or None,
        group=row.group or None,
    )
