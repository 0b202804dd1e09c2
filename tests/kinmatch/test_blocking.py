from __future__ import annotations

from kinmatch import blocking
from kinmatch.blocking import candidates, chosen, found_blocks, index_of, sought_blocks
from kinmatch.comparisons.level import ENDINGS

COLUMNS = ("given", "father", "mother", "siblings", "family")


def row(born=None, places="", **names):
    """A prepared row in which `given="a b"` holds two keys; nothing is like anything else."""
    columns = {
        column + ending: frozenset(names.get(column, "").split())
        for column in COLUMNS
        for ending in ENDINGS
    }
    first, last = born or (None, None)
    places = dict.fromkeys(("place_rare", "place_uncommon"), frozenset(places.split()))
    return {**columns, **places, "born_slips": frozenset(), "born_from": first, "born_to": last}


def test_rows_without_names_stand_in_no_block():
    assert sought_blocks(row()) == found_blocks(row()) == frozenset()


def test_sought_blocks_are_of_one_name_and_of_two_together():
    blocks = sought_blocks(row(given="a", father="f"))

    assert blocks == {"given:a", "father:f", "given+father:a:f"}


def test_birth_splits_a_block_only_where_it_is_known_well_enough():
    year = blocking.YEAR
    sure = sought_blocks(row(given="a", born=(10 * year, 10 * year + 5)))
    vague = sought_blocks(row(given="a", born=(10 * year, 30 * year)))

    assert sure == {"given:a", "given+birth:a:10"}
    assert vague == {"given:a"}


def test_a_place_few_name_is_a_block_and_splits_those_of_names():
    blocks = sought_blocks(row(family="a", places="p"))

    assert blocks == {"family:a", "family+place:a:p", "place:p"}


def test_found_blocks_allow_for_a_guessed_age():
    year = blocking.YEAR

    blocks = found_blocks(row(given="a", born=(10 * year, 10 * year)))

    assert blocks == {"given:a"} | {f"given+birth:a:{number}" for number in range(8, 13)}


def test_found_blocks_look_where_names_alike_stand():
    looking = row(given="a") | {"given_near": frozenset("ab"), "given_same": frozenset("ac")}
    looking |= {"father_same": frozenset("f")}

    assert found_blocks(looking) == {
        "given:a",
        "given:b",
        "given+father:a:f",
        "given+father:c:f",
    }


def test_a_child_is_met_through_kin_alone():
    index = index_of([sought_blocks(row(given="a", father="f")), sought_blocks(row(given="b"))])

    assert candidates(found_blocks(row(given="z", father="f")), index) == [0]


def test_candidates_come_once_and_in_order():
    index = index_of([sought_blocks(row(given="a", father="f"))] * 3)

    assert candidates(found_blocks(row(given="a", father="f")), index) == [0, 1, 2]


def test_the_smallest_blocks_are_looked_into_until_there_are_enough_persons(monkeypatch):
    monkeypatch.setattr(blocking, "MOST", 4)
    rows = [row(given="a", father="f")] + [row(given="b")] * 3 + [row(given="c")] * 3
    index = index_of([sought_blocks(one) for one in rows])

    assert chosen({"given:a", "given:b", "given:z"}, index) == {"given:a", "given:b"}
    assert chosen({"given:a", "father:f", "given:b", "given:c"}, index) == {"given:a", "father:f"}
    assert chosen({"given:b", "given:c"}, index) == frozenset()
