from __future__ import annotations

from datetime import timedelta

import pytest

from kinward.access.rules.limits import Brake, brake, too_late


@pytest.mark.parametrize(
    ("today", "days", "expected"),
    [
        (200, [100] * 9, Brake.NONE),
        (201, [100] * 9, Brake.STOP),
        (30, [10] * 5, Brake.NONE),
        (31, [10] * 5, Brake.ALARM),
        (31, [2, 2, 10, 90, 90], Brake.ALARM),  # the median, not the mean
        (60, [1] * 4, Brake.NONE),  # too few days to tell a habit
        (61, [], Brake.ALARM),
        (15, [1] * 5, Brake.NONE),
        (16, [1] * 5, Brake.ALARM),
        (0, [], Brake.NONE),
    ],
)
def test_brake_alarms_beyond_three_times_the_usual_and_stops_at_200(today, days, expected):
    assert brake(today, days) == expected


def test_review_is_too_late_after_72_hours(at):
    assert not too_late(None, at)
    assert not too_late(at - timedelta(hours=72) + timedelta(microseconds=1), at)
    assert too_late(at - timedelta(hours=72), at)
