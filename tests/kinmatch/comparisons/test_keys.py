from __future__ import annotations

import pytest

from kinmatch.comparisons.keys import keys_of, place_keys
from kinmatch.names import parse


def test_keys_of_nobody_are_empty(person):
    assert keys_of(person(), parse).all == frozenset()


def test_keys_of_a_person_are_sorted_by_whose_they_are(person):
    one = person(
        names="Тимур Даудович Образцов", mother="Мадина", siblings=("Карим", "Заур"), places="Мосул"
    )

    keys = keys_of(one, parse)

    assert [len(found) for found in (keys.given, keys.father, keys.family, keys.mother)] == [1] * 4
    assert len(keys.siblings) == 2
    assert keys.place == {"mosul"}
    assert keys.given | keys.father | keys.family | keys.mother <= keys.all


def test_keys_of_a_child_known_by_a_kunya_hold_no_given_name(person):
    assert keys_of(person(names="أبو حمزة"), parse).given == frozenset()


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("Махачкала, Дагестан", ["makhachkala", "dagestan"]),
        ("العراق، الموصل", ["iraq", "mosul"]),
        ("Tal Afar / Irak", ["talafar", "iraq"]),
        ("", []),
        (" , ", []),
        ("12", []),
    ],
)
def test_place_keys_are_one_for_each_place_between_commas(written, keys):
    assert list(place_keys(written, parse)) == keys
