"""Limits on emergencies and on reading many files; plain numbers in, a decision out."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

EMERGENCY_LASTS: Final = timedelta(hours=4)
EMERGENCIES_A_DAY: Final = 3
REVIEWED_WITHIN: Final = timedelta(hours=72)
LONGEST_ASSIGNMENT: Final = timedelta(days=180)

MOST_CHILDREN_A_DAY: Final = 200
TIMES_THE_USUAL: Final = 3
DAYS_OF_HABIT: Final = 5  # fewer days with reading than these tell no habit
USUAL_OF_A_NEWCOMER: Final = 20  # children a day, until a habit can be told
NEVER_MANY: Final = 15  # children a day that are no alarm, however few somebody usually reads


class Brake(StrEnum):
    """What reading so many children in a day calls for."""

    NONE = "none"
    ALARM = "alarm"
    STOP = "stop"


def brake(today: int, usual_days: Sequence[int]) -> Brake:
    """Decide by how many children were read today, and on each earlier day with any reading.

    More than 200 a day is a copy of the list, not work on it; three times one's own median is told
    to the data-protection officer.
    """
    if today > MOST_CHILDREN_A_DAY:
        return Brake.STOP
    usual = median(usual_days) if len(usual_days) >= DAYS_OF_HABIT else USUAL_OF_A_NEWCOMER
    return Brake.ALARM if today > max(TIMES_THE_USUAL * usual, NEVER_MANY) else Brake.NONE


def too_late(unreviewed_since: datetime | None, at: datetime) -> bool:
    """Tell whether an emergency waits for its review for longer than it may."""
    return unreviewed_since is not None and at - unreviewed_since >= REVIEWED_WITHIN
