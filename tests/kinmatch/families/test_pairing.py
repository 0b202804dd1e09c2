from __future__ import annotations

import numpy as np
import pytest

from kinmatch.families import pairing as pairing_module
from kinmatch.families.groups import Groups
from kinmatch.families.pairing import pairing
from kinmatch.records import Person


def side(letter, *groups):
    persons = [Person(id=f"{letter}{n}", group=group) for n, group in enumerate(groups)]
    return Groups.read(persons)


def told(result):
    return list(zip(result.i.tolist(), result.j.tolist(), result.family.tolist(), strict=True))


FOUND, SOUGHT = side("F", "a", "a", None), side("S", "x", None, "x", "y")


def test_a_person_without_a_group_is_one_of_its_own():
    assert SOUGHT.of.tolist() == [0, 1, 0, 2]
    assert SOUGHT.members_of(0).tolist() == [0, 2]
    assert SOUGHT.sizes.tolist() == [2, 1, 1]
    assert (FOUND.any, side("F", None, None).any, side("F").any) == (True, False, False)


def test_one_pair_worth_comparing_brings_the_members_of_both_families():
    met = pairing(np.array([0]), np.array([0]), np.array([3.0]), FOUND, SOUGHT, lowest=0.0)

    assert told(met) == [(0, 0, 0), (0, 2, 0), (1, 0, 0), (1, 2, 0)]


def test_a_weak_pair_stays_and_brings_nobody():
    met = pairing(
        np.array([2, 0]), np.array([1, 3]), np.array([3.0, -3.0]), FOUND, SOUGHT, lowest=0
    )

    assert [(i, j) for i, j, _ in told(met)] == [(0, 3), (2, 1)]
    assert met.found_group.tolist() == [0, 1]
    assert met.sought_group.tolist() == [2, 1]


def test_camps_are_no_families(monkeypatch):
    monkeypatch.setattr(pairing_module, "LARGEST", 3)

    met = pairing(np.array([0]), np.array([0]), np.array([3.0]), FOUND, SOUGHT, lowest=0.0)

    assert told(met) == [(0, 0, 0)]


@pytest.mark.parametrize(("most", "expected"), [(1, {1}), (2, {1, 3}), (9, {0, 1, 3})])
def test_of_each_found_family_only_the_strongest_are_compared_whole(monkeypatch, most, expected):
    monkeypatch.setattr(pairing_module, "MOST_FAMILIES", most)
    i, j = np.array([0, 0, 0]), np.array([0, 1, 3])

    met = pairing(i, j, np.array([1.0, 9.0, 5.0]), FOUND, SOUGHT, lowest=0.0)

    assert {second for first, second in zip(met.i, met.j, strict=True) if first == 1} & {
        0,
        1,
        3,
    } == (expected)
