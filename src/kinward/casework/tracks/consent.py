"""Consent to being looked for. Nothing is typed here: it is what `people` keeps of answers."""

from __future__ import annotations

from typing import Final

from kinward.access.models import Compartment, Role
from kinward.casework.models import Track
from kinward.casework.tracks.tables import Table, move
from kinward.people.consents import State

TABLE: Final = Table(
    track=Track.CONSENT,
    words=State,
    start=State.NOT_SOUGHT,
    by=Role.CASE_WORKER,
    compartment=Compartment.IDENTITY,
    moves=tuple(
        move(each, *(one for one in State if one != each), pushed=True)
        for each in State
        if each != State.NOT_SOUGHT
    ),
)
