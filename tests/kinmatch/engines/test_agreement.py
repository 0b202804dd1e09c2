"""DuckDB, arrays and plain Python give the same pairs, the same levels, and the same weights."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from people import persons

from kinmatch import blocking
from kinmatch.dates import from_edtf
from kinmatch.engines import Weights, prepare, score
from kinmatch.engines.reference import scored


def as_written(scoring):
    return [(pair.found, pair.sought, pair.levels) for pair in scoring.pairs]


SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@pytest.mark.no_cover
@pytest.mark.parametrize("most", [0, 2, 6, blocking.MOST])
@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(persons("F"), persons("S"))
def test_engines_agree_on_pairs_levels_and_weights(monkeypatch, most, found, sought):
    monkeypatch.setattr(blocking, "MOST", most)
    population = prepare(found, sought)

    plain = score(population, Weights(lowest=-200), engine="reference")
    for engine in ("duckdb", "arrays"):
        other = score(population, Weights(lowest=-200), engine=engine)
        assert as_written(other) == as_written(plain)
        assert [pair.weight for pair in other.pairs] == pytest.approx(
            [pair.weight for pair in plain.pairs], abs=1e-6
        )
        assert other.compared == plain.compared


@pytest.mark.no_cover
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(persons("F"), persons("S"), persons("N"))
def test_a_population_grown_is_the_population_made_anew(found, sought, new):
    before = prepare(found, sought)

    grown = prepare([*found, *new], sought, known=before)

    anew = prepare([*found, *new], sought)
    wanted = Weights(lowest=-200)
    assert score(grown, wanted, engine="reference") == score(anew, wanted, engine="reference")
    assert grown.index == anew.index


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(persons("F"), persons("S"))
def test_one_linked_alone_scores_as_in_the_batch(found, sought):
    population = prepare(found, sought)
    everyone = score(population, Weights(lowest=-200), engine="reference")

    for position in range(len(found)):
        alone = score(population, Weights(-200, only=[position]), engine="reference")

        assert alone.pairs == [pair for pair in everyone.pairs if pair.found == position]


def test_engines_agree_on_places_and_separations(person):
    apart = [None, *map(from_edtf, ("2014", "2017-06", "2017", "2016-09"))]
    towns = ["Шали", "Урус-Мартан", "Чечня", "Дербент", "Dagestan"]
    crowd = [person(f"C{at}", names="Умар", places="Мосул") for at in range(200)]
    found, sought = (
        [
            replace(person(f"{side}{at}", names="Заур", places=town), separated=apart[at * way % 5])
            for at, town in enumerate(towns)
        ]
        for side, way in (("F", 1), ("S", 2))
    )
    population = prepare(found, [*sought, *crowd])

    plain = score(population, Weights(lowest=-200), engine="reference")

    for engine in ("duckdb", "arrays"):
        assert as_written(score(population, Weights(-200), engine=engine)) == as_written(plain)
    seen = {level for pair in plain.pairs for level in pair.levels}
    assert {"near_by", "within", "same_month", "one_year_apart"} <= seen


def test_engines_agree_on_who_is_asked_for(found, sought):
    population = prepare(found, sought)

    by_engine = [
        as_written(score(population, Weights(-200, only=[1]), engine=engine))
        for engine in ("duckdb", "reference", "arrays")
    ]

    assert by_engine[0] == by_engine[1] == by_engine[2]
    assert {pair[0] for pair in by_engine[0]} == {1}


@pytest.mark.parametrize("engine", ["duckdb", "reference", "arrays"])
def test_no_pair_below_the_lowest_weight_is_given_and_every_one_is_counted(found, sought, engine):
    population = prepare(found, sought)
    everything = score(population, Weights(lowest=-200), engine=engine)

    strong = score(population, Weights(lowest=5), engine=engine)

    assert strong.compared == everything.compared == len(everything.pairs)
    assert as_written(strong) == [
        (pair.found, pair.sought, pair.levels) for pair in everything.pairs if pair.weight >= 5
    ]


@pytest.mark.parametrize("engine", ["duckdb", "reference", "arrays"])
@pytest.mark.parametrize(("left", "right"), [(0, 3), (3, 0), (0, 0)])
def test_nobody_on_one_side_gives_no_pair(found, sought, engine, left, right):
    steps = []

    scoring = score(
        prepare(found[:left], sought[:right]),
        Weights(lowest=-200),
        engine=engine,
        progress=lambda *step: steps.append(step),
    )

    assert (scoring.pairs, scoring.compared) == ([], 0)


@pytest.mark.parametrize("engine", ["duckdb", "reference", "arrays"])
def test_progress_ends_where_it_said_it_would(found, sought, engine):
    steps = []

    score(
        prepare(found, sought),
        Weights(lowest=0),
        engine=engine,
        progress=lambda *step: steps.append(step),
    )

    stage, done, whole = steps[-1]
    assert stage == "pairs"
    assert done == whole


def test_any_pair_can_be_scored_whether_it_shares_a_block_or_not(found, sought):
    population = prepare(found, sought)

    pair = scored(population, 2, 0)

    assert (pair.found, pair.sought) == (2, 0)
    assert pair.levels[0] == "unknown"
    assert pair.weight < 0
