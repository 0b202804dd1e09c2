from __future__ import annotations

import pytest

from kinmatch.comparisons.gazetteer import above, around, below, known_as
from kinmatch.comparisons.keys import place_keys
from kinmatch.names import parse


def key(written):
    (found,) = place_keys(written, parse)
    return found


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Мосул", "الموصل", "Mossoul"), "mosul"),
        (("Ленинград", "Санкт-Петербург", "Saint Petersburg"), "saintpetersburg"),
        (("Raqqa", "الرقة", "Ракка"), "raqqa"),
        (("Чечня", "الشيشان", "Tchétchénie"), "chechnya"),
        (("Небылинск",), "nebylinsk"),
    ],
)
def test_names_of_one_place_lead_to_one_key(names, expected):
    assert {key(name) for name in names} == {expected}


def test_a_place_lies_in_its_regions_and_in_no_country():
    assert above("mosul") == {"nineveh"}
    assert above("nineveh") == above("nebylinsk") == frozenset()
    assert "mosul" in below("nineveh")
    assert below("mosul") == below("iraq") == frozenset()


def test_places_near_a_place_are_near_the_other_way_round():
    near = around(key("Урус-Мартан"))

    assert {key("Шали"), key("Грозный")} <= near
    assert key("Урус-Мартан") not in near
    assert key("Хасавюрт") not in near
    assert all(key("Урус-Мартан") in around(other) for other in near)
    assert around("chechnya") == around("nebylinsk") == frozenset()


def test_a_name_nobody_listed_stands_for_itself():
    assert known_as("nebylinsk") == "nebylinsk"
