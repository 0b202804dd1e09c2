"""The simulator of bench/field.py, small: links break at every step, and nothing goes wrong."""

from __future__ import annotations

import pytest
from reliability.phones import BREAKS, FAULTS, simulate

pytestmark = pytest.mark.django_db


def test_nothing_is_lost_doubled_or_overwritten_on_links_that_break():
    tally = simulate(12, seed=3)

    assert tally.written > 12 * 4 - 1
    assert set(tally.breaks) == set(BREAKS)
    assert tally.conflicts > 0
    assert (tally.lost, tally.doubled, tally.overwritten) == (0, 0, 0)
    assert (tally.refused, tally.disordered) == (0, 0)


@pytest.mark.parametrize(("fault", "counted"), FAULTS.items())
def test_fault_is_counted_as_what_it_does(fault, counted):
    assert getattr(simulate(6, seed=5, fault=fault), counted) > 0
