from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinmatch.dedupe import clusters, dedupe
from kinmatch.engines import prepare
from kinmatch.engines.reference import score
from kinmatch.engines.scored import Weights
from kinmatch.errors import BadInput
from tests.kinmatch.engines.test_agreement import persons


def quietly(*step):
    del step


@pytest.fixture
def listed(person):
    mother, siblings = "Хадижат", ("Зайнаб", "Магомед")
    return [
        person("A", names="Руслан Магомедович Тестов", born="2011-05", sex="male", mother=mother,
               siblings=siblings, group="1"),
        person("B", names="Тимур Образцов", born="2001", sex="male", mother="Мадина"),
        person("C", names="رسلان محمد", born="2011", sex="male", mother="خديجة",
               siblings="زينب", group="2"),
        person("D", names="Зайнаб Магомедовна Тестова", born="2013-02-01", sex="female",
               mother=mother, siblings="Руслан", group="1"),
        person("E", names="زينب محمد", born="2013-02", sex="female", mother="خديجة",
               siblings="رسلان", group="2"),
    ]  # fmt: skip


def pairs(tables):
    return [(row["id"], row["other_id"]) for table in tables for row in table.to_pylist()]


def test_records_of_one_person_are_found_across_scripts(listed):
    assert pairs(dedupe(listed).tables(None, quietly)) == [("A", "C"), ("D", "E")]


@pytest.mark.parametrize("families", [True, False])
def test_two_of_one_group_are_never_a_pair(listed, families):
    found = pairs([dedupe(listed, threshold=1e-9).pairs(families=families)])

    assert {("A", "C"), ("D", "E")} <= set(found)
    assert not {("A", "D"), ("C", "E")} & set(found)


def test_the_one_written_down_first_stands_first_whatever_the_groups(listed):
    shuffled = [listed[place] for place in (0, 2, 4, 3, 1)]

    found = pairs(dedupe(shuffled).families(None, quietly))

    assert {("A", "C"), ("E", "D")} <= set(found)


@pytest.mark.parametrize("families", [True, False])
def test_pairs_stand_in_the_order_of_the_list(listed, families):
    found = pairs([dedupe(listed[::-1], threshold=1e-6).pairs(families=families)])

    written = [one.id for one in listed[::-1]]
    firsts = [written.index(one) for one, _ in found]
    assert {("C", "A"), ("E", "D")} <= set(found)
    assert all(written.index(one) < written.index(other) for one, other in found)
    assert firsts == sorted(firsts)


@pytest.mark.parametrize("families", [True, False])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(everyone=persons("P"), data=st.data())
def test_what_is_found_does_not_depend_on_the_order_of_the_list(families, everyone, data):
    shuffled = data.draw(st.permutations(everyone))

    told, again = (
        {
            frozenset((row["id"], row["other_id"])): (row["weight"], row["probability"])
            for row in dedupe(some, threshold=1e-6).pairs(families=families).to_pylist()
        }
        for some in (everyone, shuffled)
    )

    assert told == again


@pytest.mark.parametrize("families", [True, False])
def test_all_pairs_come_in_one_table(listed, families):
    job = dedupe(listed)
    apart = job.families(None, quietly) if families else job.tables(None, quietly)

    table = job.pairs(families=families)

    assert table.equals(pa.concat_tables(apart))
    assert pairs([table]) != []


def test_groups_are_matched_as_wholes_where_there_are_any(listed):
    job, alone = dedupe(listed), dedupe([replace(one, group=None) for one in listed])

    assert job.pairs().equals(job.pairs(families=True))
    assert alone.pairs().equals(alone.pairs(families=False))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(persons("P"))
def test_each_pair_comes_once_and_nobody_with_themselves(everyone):
    job = dedupe(everyone, threshold=1e-30)

    told = pairs(job.tables(None, quietly))

    plain = score(job.population, Weights(lowest=-200), quietly).pairs
    assert told == [] or all(one < other for one, other in told)
    assert sorted(told) == [
        (everyone[one.found].id, everyone[one.sought].id)
        for one in plain
        if one.found < one.sought and everyone[one.found].company != everyone[one.sought].company
    ]


def test_a_list_compared_with_itself_counts_everybody_once(listed):
    rarity = prepare(listed, listed).widening.rarities["given"]

    assert rarity.persons == prepare(listed, []).widening.rarities["given"].persons


@pytest.mark.parametrize("again", [0, 1])
def test_how_many_stand_in_the_list_again_is_a_share(listed, again):
    with pytest.raises(BadInput, match="a share of"):
        dedupe(listed, again=again)


def test_clusters_are_what_likely_pairs_connect():
    told = [("b", "c", 0.99), ("a", "b", 0.96), ("c", "z", 0.5), ("x", "y", 0.97)]
    columns = zip(*told, strict=True)
    table = pa.table(dict(zip(("id", "other_id", "probability"), columns, strict=True)))

    assert list(clusters([table])) == [["a", "b", "c"], ["x", "y"]]
    assert list(clusters([table], least=0.98)) == [["b", "c"]]
    assert list(clusters([table.slice(0, 0)])) == []
