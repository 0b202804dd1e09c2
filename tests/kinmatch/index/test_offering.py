"""Who asks is counted as `link` counts them, in spellings that nobody in the index has too."""

from __future__ import annotations

import pytest

from kinmatch.engines import prepare
from kinmatch.engines.reference import scored
from kinmatch.index import LiveIndex


def searched(asked, sought, among=()):
    """Return the levels and weight of a person with each of the others, by the index."""
    index = LiveIndex()
    index.load(sought)
    return {hit.id: (hit.levels, hit.weight) for hit in index.search(asked, among=among)}


def linked(asked, sought, among=()):
    """Return the same by the plain engine, to as many digits."""
    population = prepare([asked, *among], sought)
    pairs = {one.id: scored(population, 0, place) for place, one in enumerate(sought)}
    return {identity: (pair.levels, round(pair.weight, 9)) for identity, pair in pairs.items()}


@pytest.mark.parametrize(
    "siblings",
    [("Бугар", "بوقار"), ("Zurgan", "Зурган")],  # nobody has either; others have the second
)
def test_a_brother_told_of_in_two_spellings_is_one(person, siblings):
    asked = person("F1", given="Ruslan", siblings=siblings)
    sought = [
        person("S1", given="Ruslan", siblings=("Зайнаб", "Тимур")),
        person("S2", given="Ruslan", siblings=("Zaynab", "Bugar")),
        person("S3", given="Ruslan", siblings=("Зурган", "Тимур")),
    ]

    hits = searched(asked, sought)

    assert hits == linked(asked, sought)
    assert "none_of_several" not in {level for levels, _ in hits.values() for level in levels}


def test_a_mother_told_of_in_two_spellings_bears_her_name_once(person):
    spelled = ("Руслан", "رسلان")
    asked = person(
        "F1",
        family=("Ruslan", "Timur"),
        mother=spelled,
        siblings=(*spelled, "Ruslan", "Зайнаб"),
        grandparents="Руслан",
    )
    sought = [person("S1", given="Ruslan", mother="Ruslan", father="Timur")]

    hits = searched(asked, sought)

    assert hits == linked(asked, sought)
    assert "same_uncommon" in hits["S1"][0]


def test_a_name_told_of_two_of_a_group_in_two_spellings_is_counted_once(person):
    asked = person("F1", given="Timur", mother="Руслан", siblings="Ruslan", group="G")
    brother = person("F2", mother="رسلان", group="G")
    sought = [
        person("S1", given="Ruslan", mother="Ruslan"),
        person("S2", given="Ruslan"),
    ]

    hits = searched(asked, sought, among=[brother])

    assert hits["S1"] == linked(asked, sought, among=[brother])["S1"]
    assert "same_uncommon" in hits["S1"][0]
