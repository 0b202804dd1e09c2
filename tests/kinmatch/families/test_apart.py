"""One group by itself gets the very figures it gets among all, where nothing is learned."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.engines import prepare
from kinmatch.families import match
from kinmatch.families.messages import pass_messages
from kinmatch.link import link
from kinmatch.records import Person, Sex, read
from kinmatch.synth import synth

GIVEN = ("Руслан", "Заира", "Умар", "Марьям", "رسلان", "زائرة", "عمر", "مريم")
FAMILY = ("", " Тестов", " Тестова", " Вымышленов", " تستوف")


@st.composite
def persons(draw, letter):
    """Some persons of one side: few names, so that many are alike; in a group, or alone."""
    count = draw(st.integers(1, 7))
    return [
        Person(
            id=f"{letter}{number}",
            names=(draw(st.sampled_from(GIVEN)) + draw(st.sampled_from(FAMILY)),),
            sex=draw(st.sampled_from([Sex.MALE, Sex.FEMALE, None])),
            group=draw(st.sampled_from(["a", "b", "c", None])),
        )
        for number in range(count)
    ]


@pytest.mark.no_cover
@given(found=persons("F"), sought=persons("S"), data=st.data())
def test_some_alone_have_the_figures_of_the_batch(found, sought, data):
    asked = data.draw(st.sets(st.sampled_from([one.id for one in found]), min_size=1))
    population = prepare(found, sought)
    chosen = {"population": population, "threshold": 1e-6, "families": True, "learning": False}

    batch = link(found, sought, **chosen)
    alone = link(found, sought, only=asked, **chosen)

    assert alone.candidates == tuple(one for one in batch.candidates if one.found_id in asked)


def test_only_the_groups_of_those_asked_about_are_compared(person):
    found = [
        person("F1", names="Руслан Тестов", group="a"),
        person("F2", names="Руслан Тестов"),
        person("F3", names="Умар Тестов", group="a"),
    ]
    population = prepare(found, [person("S1", names="Руслан Тестов")])

    matched = match(population, learning=False, only=[2])

    assert set(matched.pairing.i.tolist()) == {0, 2}


@pytest.mark.parametrize("options", [{}, {"learning": False, "one_to_one": True}])
def test_who_teaches_the_others_or_takes_from_them_is_compared_too(person, options):
    found = [person(f"F{number}", names="Руслан Тестов", born="2010") for number in range(6)]
    sought = [person(f"S{number}", names="Руслан Тестов", born="2010") for number in range(3)]
    chosen = {"threshold": 1e-6, "families": True, **options}

    batch = link(found, sought, **chosen)
    alone = link(found, sought, only=["F3"], **chosen)

    assert alone.candidates == tuple(batch.of("F3"))


def test_without_learning_the_circumstances_are_those_of_the_model(person):
    found = [person(f"F{number}", names="Руслан Тестов", born="2010") for number in range(6)]
    sought = [person("S1", names="Руслан Тестов", born="2010")]

    told, untold = (
        link(found, sought, threshold=1e-6, families=True, learning=learning).of("F1")[0]
        for learning in (True, False)
    )

    assert told.weight != untold.weight


def test_each_part_settles_by_itself():
    weights = np.array([3.0, -1.0, 0.5, 2.0, 9.0, 8.5, 7.0])
    found, sought = np.array([0, 0, 1, 1, 2, 2, 3]), np.array([0, 1, 0, 1, 2, 3, 3])
    part = np.array([0, 0, 0, 0, 1, 1, 1])

    both = pass_messages(weights, found, sought, apart=part)

    for number in (0, 1):
        some = part == number
        alone = pass_messages(weights[some], found[some], sought[some])
        assert both.chance[some].tolist() == alone.chance.tolist()


def test_groups_of_a_caseload_have_the_figures_of_the_batch(tmp_path):
    synth(40, 31).write(tmp_path)
    found, sought = read(tmp_path / "found.csv").persons, read(tmp_path / "sought.csv").persons
    chosen = {"population": prepare(found, sought), "threshold": 1e-6}
    chosen |= {"families": True, "learning": False}

    batch = link(found, sought, **chosen)

    for group in sorted({one.group for one in found if one.group})[:12]:
        asked = [one.id for one in found if one.group == group]
        alone = link(found, sought, only=asked, **chosen)
        assert alone.candidates == tuple(one for one in batch.candidates if one.found_id in asked)
