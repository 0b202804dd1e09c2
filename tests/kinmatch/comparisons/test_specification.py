"""The specification of the levels holds: every engine puts each pair of it where it says."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from kinmatch.comparisons import COMPARISONS, UNKNOWN
from kinmatch.engines import prepare
from kinmatch.engines.arrays import Arrays, names_of
from kinmatch.engines.reference import scored
from kinmatch.explain import LANGUAGES, say_level
from kinmatch.records import person_of

SPECIFICATION = tomllib.loads(Path(__file__).with_name("levels.toml").read_text("utf-8"))
CASES = [
    (comparison, case["level"], case["found"], case["sought"])
    for comparison, cases in SPECIFICATION.items()
    for case in cases
]
CROWD = (  # how many, and what they are
    (9_000, {"name": "Умар", "family_name": "Тестов", "place": "Мосул"}),
    (80, {"name": "Дауд", "family_name": "Примеров", "place": "Грозный"}),
    (2, {"name": "Заур", "family_name": "Образцов", "place": "Аргун"}),
)
PLACE = {one.name: place for place, one in enumerate(COMPARISONS)}


@pytest.fixture(scope="module")
def told_by_arrays(population):
    """The levels of each pair of the specification, by the engine over arrays."""
    places = np.arange(len(CASES))
    return [names_of(codes) for codes in Arrays(population).codes(places, places)]


@pytest.fixture(scope="module")
def population():
    crowd = [
        person_of(told, f"C{kind}-{number}")
        for kind, (many, told) in enumerate(CROWD)
        for number in range(many)
    ]
    found = [person_of(told, f"F{at}") for at, (_, _, told, _) in enumerate(CASES)]
    sought = [person_of(told, f"S{at}") for at, (_, _, _, told) in enumerate(CASES)]
    return prepare(found, [*sought, *crowd])


@pytest.mark.parametrize("at", range(len(CASES)), ids=[f"{c}-{level}" for c, level, *_ in CASES])
def test_the_plain_engine_and_the_arrays_say_the_level(population, told_by_arrays, at):
    comparison, level, *_ = CASES[at]

    plain = scored(population, at, at).levels[PLACE[comparison]]

    assert (plain, told_by_arrays[at][PLACE[comparison]]) == (level, level)


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda one: one.name)
def test_every_level_is_specified_and_spoken(comparison):
    told = {level for name, level, *_ in CASES if name == comparison.name}

    assert told | {UNKNOWN} == {*comparison.level_ids, UNKNOWN}
    for language in LANGUAGES:
        for level in (*comparison.level_ids, UNKNOWN):
            assert say_level(comparison.name, level, found="a", sought="b", language=language)
