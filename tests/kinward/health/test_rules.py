"""What may be written down, and what of a statement is passed on."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.casework.models import Track
from kinward.casework.tracks import TABLES, Movement
from kinward.casework.tracks.movement import SAID
from kinward.health.models import EntryKind, Fit
from kinward.health.models.words import Fault
from kinward.health.rules import (
    MET_AT,
    TOLD,
    Stated,
    faults,
    listed,
    measured,
    passed_on,
    stated_wrongly,
)

TODAY = date(2018, 12, 30)


@pytest.mark.parametrize(
    ("kind", "said", "wrong"),
    [
        ("measure", {}, ["measure"]),
        ("measure", {"swollen": True}, []),
        ("measure", {"weight_kg": 12.4}, []),
        ("measure", {"weight_kg": 12400.0}, ["limits"]),
        ("measure", {"height_cm": 0.87, "lying": True}, ["limits"]),
        ("measure", {"height_cm": 87.1}, ["lying"]),
        ("measure", {"height_cm": 87.1, "lying": False, "arm_cm": 14.0}, []),
        ("measure", {"blood": "0"}, ["unknown", "measure"]),
        ("vaccine", {"vaccine": "measles", "shown": "card"}, ["day"]),
        ("vaccine", {"vaccine": "measles", "shown": "told"}, []),
        ("vaccine", {"vaccine": "measles", "shown": "card", "on": "2018-12-31"}, ["future"]),
        ("vaccine", {"vaccine": "smallpox", "shown": "told"}, ["unknown"]),
        ("screening", {"screening": "vision", "found": "nothing"}, []),
        ("screening", {"screening": "vision", "found": "something"}, ["words"]),
        ("screening", {"screening": "soul", "found": "nothing"}, ["unknown"]),
        ("mind", {}, ["words"]),
        ("mind", {"words": "sleeps again"}, []),
        ("plan", {}, ["words", "day"]),
        ("plan", {"words": "glasses", "due_on": "2019-02-01"}, []),
    ],
)
def test_entry_says_what_its_kind_needs(kind, said, wrong):
    found = faults(EntryKind(kind), said, listed(), TODAY)

    assert [str(each) for each in found] == wrong


def test_measures_are_compared_in_the_units_of_the_tables():
    found = measured({"weight_kg": 12.4, "height_cm": 87.1, "lying": True, "arm_cm": 14.2}, TODAY)

    assert (found.weight_kg, found.height_mm, found.lying, found.arm_mm) == (12.4, 871, True, 142)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"fit": Fit.FIT, "until": TODAY}, []),
        ({"fit": Fit.FIT, "until": None}, [Fault.UNTIL]),
        ({"fit": Fit.FIT, "until": date(2018, 12, 29)}, [Fault.PAST]),
        ({"fit": Fit.CONDITIONAL, "until": TODAY, "needs": " "}, [Fault.NEEDS]),
        ({"fit": Fit.NOT_FIT, "until": None}, []),
    ],
)
def test_statement_holds_until_a_day_and_says_its_conditions(said, wrong):
    assert stated_wrongly(Stated(**said), TODAY) == wrong


@given(
    fit=st.sampled_from(list(Fit)),
    until=st.none() | st.just(TODAY),
    needs=st.text(max_size=20),
    grounds=st.lists(st.text(max_size=20), min_size=2, max_size=2),
)
def test_what_is_passed_on_never_depends_on_the_grounds(fit, until, needs, grounds):
    one, other = (
        passed_on(Stated(fit=fit, until=until, needs=needs, grounds=each)) for each in grounds
    )

    assert one == other
    assert asdict(one).keys() == {"to", "until", "needs"}


def test_everything_that_is_told_is_a_step_of_a_medic():
    moves = TABLES[Track.MOVEMENT].moves

    assert {each.by for each in moves if each.to in TOLD} == {"medic"}
    told = {*SAID, *MET_AT.values(), Movement.FIT_AGAIN, Movement.DISCHARGED}
    assert told == set(TOLD)
