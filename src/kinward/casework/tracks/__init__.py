"""The eight tracks of a case, one state table each, and where the steps of a child lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kinward.casework.tracks import (
    best_interests,
    civil_status,
    consent,
    host_release,
    locate,
    movement,
    placement,
    tracing,
)
from kinward.casework.tracks.best_interests import Best
from kinward.casework.tracks.civil_status import Civil
from kinward.casework.tracks.host_release import Host
from kinward.casework.tracks.locate import Locate
from kinward.casework.tracks.movement import Movement
from kinward.casework.tracks.placement import Placement
from kinward.casework.tracks.tables import (
    Move,
    Next,
    Standing,
    Table,
    Taken,
    lacks,
    last_to_withdraw,
    replay,
)
from kinward.casework.tracks.tracing import Tracing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kinward.casework.models import Track

TABLES: Final[Mapping[Track, Table]] = {
    table.track: table
    for table in (
        locate.TABLE,
        tracing.TABLE,
        civil_status.TABLE,
        consent.TABLE,
        best_interests.TABLE,
        host_release.TABLE,
        movement.TABLE,
        placement.TABLE,
    )
}

__all__ = [
    "TABLES",
    "Best",
    "Civil",
    "Host",
    "Locate",
    "Move",
    "Movement",
    "Next",
    "Placement",
    "Standing",
    "Table",
    "Taken",
    "Tracing",
    "lacks",
    "last_to_withdraw",
    "replay",
]
