"""What a machine may be given: for how long, and which operations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kinward.access.rules.purposes import purposes_of
from kinward.access.rules.table import grants

if TYPE_CHECKING:
    from collections.abc import Collection

MOST: Final = timedelta(days=90)


def may_be_given(
    role: str, *, purpose: str, scopes: Collection[str], offered: Collection[str], days: int
) -> bool:
    """Tell whether an account may give a machine a token for that, for so many days.

    It opens no more than the account itself, and only what some operation of the API asks for.
    """
    theirs = {each for each in offered if grants(role, each)}
    opens = bool(scopes) and set(scopes) <= theirs
    return opens and purpose in purposes_of(role) and 0 < days <= MOST.days
