"""A few prepared among everyone of an index are linked as everyone is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinmatch.index import LiveIndex
from kinmatch.link import link
from kinmatch.records import read
from kinmatch.synth import synth

LEAST = 0.01


def marked(people, side):
    """Return people whose ids and groups tell their side: an index holds both."""
    return [replace(one, id=side + one.id, group=one.group and side + one.group) for one in people]


@pytest.fixture
def both(tmp_path):
    found, sought, *_ = synth(30, seed=8).write(tmp_path)
    return marked(read(found).persons, "F"), marked(read(sought).persons, "S")


def by_pair(linkage):
    return {(one.found_id, one.sought_id): one for one in linkage.candidates}


def of_company(people, one):
    return [other for other in people if other.company == one.company]


@pytest.mark.parametrize("side", [0, 1])
def test_families_get_the_figures_they_get_when_everyone_is_linked(both, side):
    found, sought = both
    everybody = by_pair(link(found, sought, families=True, learning=False, threshold=LEAST))
    index = LiveIndex()
    index.load([*found, *sought])
    groups = len({one.company for one in sought})

    for person in both[side][::7]:
        few = [*both]
        few[side] = of_company(both[side], person)
        among = index.among(*few, people=len(sought), groups=groups)
        linked = link(*few, population=among, families=True, learning=False, threshold=LEAST)

        ids = {one.id for one in few[side]}
        mine = {pair: one for pair, one in everybody.items() if pair[side] in ids}
        assert by_pair(linked) == mine

    assert everybody


def test_those_who_came_and_went_count_as_in_a_new_index(both):
    found, sought = both
    changed, fresh = LiveIndex(), LiveIndex()
    changed.load([*found, *sought])
    for one in sought[:5]:
        changed.delete(one.id)
    fresh.load([*found, *sought[5:]])
    few = found[:3], sought[5:]

    figures = [
        by_pair(
            link(
                *few,
                population=index.among(*few, people=len(few[1]), groups=9),
                families=True,
                learning=False,
                threshold=LEAST,
            )
        )
        for index in (changed, fresh)
    ]

    assert figures[0] == figures[1]
