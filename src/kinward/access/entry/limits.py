"""How many tries are given, and who needs a second factor: plain values in, plain values out."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from kinward.access.rules import Permission, grants

FREE_TRIES: Final = 5  # wrong passwords before the first wait, from one address or known browser
LONGEST_WAIT: Final = timedelta(hours=1)  # nobody is locked out for longer, or for good
# Wrong passwords for one account, from all unknown browsers together, in what is remembered: a day.
TRIES_PER_ACCOUNT: Final = 50


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after so many wrong passwords: 1, 2, 4 … minutes, an hour at most."""
    if failures < FREE_TRIES:
        return timedelta(0)
    doublings = min(failures - FREE_TRIES, 6)  # 2⁶ minutes are past the longest wait
    return min(timedelta(minutes=2**doublings), LONGEST_WAIT)


def needs_second_factor(role: str) -> bool:
    """Tell whether the role needs a second factor: each that is permitted anything at all.

    Every role that sees a child has a permission; so have those who open accounts or read the
    log, whose accounts a thief wants most.
    """
    return any(grants(role, permission) for permission in Permission)
