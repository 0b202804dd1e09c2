"""Long lists matched part by part say what they say matched at once."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinmatch.batch import Job
from kinmatch.engines import prepare
from kinmatch.families import Collective, in_parts, match, parts
from kinmatch.families.collective import ROUNDS
from kinmatch.families.groups import Groups
from kinmatch.link import link
from kinmatch.records import Person, read
from kinmatch.synth import synth


@pytest.fixture(scope="module")
def population(tmp_path_factory):
    folder = tmp_path_factory.mktemp("caseload")
    synth(60, 41).write(folder)
    return prepare(*(read(folder / f"{side}.csv").persons for side in ("found", "sought")))


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(parts, "MANY", 0)
    monkeypatch.setattr(parts, "PART", 20)


def said(matched):
    """Return what is said of each pair: levels, the chance, and that in the families' being one."""
    columns = (matched.pairing.i, matched.pairing.j, matched.chance, matched.by_family)
    pairs = zip(*(column.tolist() for column in columns), matched.codes.tolist(), strict=True)
    return {(i, j): told for i, j, *told in pairs}


@pytest.mark.parametrize("within", [False, True])
@pytest.mark.usefixtures("small")
def test_parts_say_exactly_what_the_whole_says_in_the_same_circumstances(population, within):
    whole = match(population, within=within, learning=False)
    told = list(in_parts(population, within=within, learning=False))

    assert len(told) > 3
    assert [*chain(*(said(one).items() for one in told))] == [
        (pair, said(whole)[pair]) for one in told for pair in said(one)
    ]
    assert sum(map(len, map(said, told))) == len(said(whole))


@pytest.mark.usefixtures("small")
def test_parts_keep_to_the_circumstances_that_some_groups_taught(population):
    told = list(in_parts(population))
    taught = parts._learned_from_some(Collective.of(population, across=False), population)

    model = replace(population.model, circumstances=taught)
    whole = match(replace(population, model=model), learning=False)

    assert taught != population.model.circumstances
    assert {**{pair: one for part in told for pair, one in said(part).items()}} == said(whole)


def test_everyone_teaches_what_the_whole_teaches(population, monkeypatch):
    monkeypatch.setattr(parts, "PART", len(population.found))
    collective = Collective.of(population, across=False)
    collective.match(collective.start())

    fresh = Collective.of(population, across=False)

    assert parts._learned_from_some(fresh, population) == collective.circumstances
    assert fresh.circumstances == population.model.circumstances


def test_some_teach_about_what_the_whole_teaches(population, monkeypatch):
    monkeypatch.setattr(parts, "PART", len(population.found) // 2)
    collective = Collective.of(population, across=False)
    collective.match(collective.start())

    taught = parts._learned_from_some(Collective.of(population, across=False), population)

    for column in ("found_absent", "found_unmatched", "sought_unmatched", "together"):
        assert getattr(taught, column) == pytest.approx(
            getattr(collective.circumstances, column), abs=0.2
        )


@pytest.mark.usefixtures("small")
def test_nobody_is_matched_in_parts_where_everyone_is_in_the_way_or_few_are_asked_for(population):
    assert len(list(in_parts(population, across=True))) == 1
    assert len(list(in_parts(population, learning=False, only=[3]))) == 1


@pytest.mark.usefixtures("small")
def test_a_list_is_written_and_linked_part_by_part(population):
    seen = []

    tables = list(Job(population, 0.3).families(None, lambda *step: seen.append(step) or None))
    linkage = link(
        population.found, population.sought, population=population, families=True, threshold=0.3
    )

    rows = [row for table in tables for row in table.to_pylist()]
    assert len(tables) > 3
    assert [stage for stage, *_ in seen] == ["learning"] * ROUNDS + ["families"] * len(tables)
    assert seen[-1] == ("families", len(population.found), len(population.found))
    assert {(row["found_id"], row["sought_id"]): row["probability"] for row in rows} == (
        pytest.approx(
            {(one.found_id, one.sought_id): one.probability for one in linkage.candidates}
        )
    )
    assert linkage.compared == sum(len(one.chance) for one in in_parts(population))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=1, max_size=12), st.randoms())
def test_a_part_holds_whole_groups_and_everyone_is_in_one(monkeypatch, told, chance):
    monkeypatch.setattr(parts, "PART", 3)
    groups = Groups.read([Person(id=str(n), group=group) for n, group in enumerate(told)])
    order = list(range(len(groups)))
    chance.shuffle(order)

    made = list(parts.parts(groups, np.array(order)))

    assert sorted(np.concatenate(made).tolist()) == list(range(len(told)))
    for rows in made:
        assert len(rows) == sum(groups.sizes[list(set(groups.of[rows].tolist()))])


def test_who_teaches_does_not_depend_on_the_order_of_the_list(population, monkeypatch):
    monkeypatch.setattr(parts, "PART", len(population.found) // 3)
    sides = (list(population.found)[::-1], list(population.sought)[::-1])
    turned = prepare(*sides)

    taught, again = (
        parts._learned_from_some(Collective.of(one, across=False), one)
        for one in (population, turned)
    )

    for name in type(taught).__slots__:
        assert getattr(again, name) == pytest.approx(getattr(taught, name), abs=1e-9)
