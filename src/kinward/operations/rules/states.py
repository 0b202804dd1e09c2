"""How far an operation is: read from what is recorded of it, never typed in."""

from __future__ import annotations

from dataclasses import dataclass

from kinward.operations.models.words import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What is recorded of an operation. What nobody records yet has not happened."""

    permits: bool = False
    drafted: bool = False
    frozen: bool = False
    handed_over: bool = False  # the handover minute is signed by both sides
    departed: bool = False  # everybody is counted on board of a leg
    landed: bool = False  # everybody is counted after the last leg
    reconciled: bool = False  # every difference is explained
    closed: bool = False


def state_of(recorded: Recorded) -> State:
    """Return the furthest that is recorded; a new draft does not undo a frozen manifest."""
    reached = (
        (recorded.closed, State.CLOSED),
        (recorded.reconciled, State.RECONCILED),
        (recorded.landed, State.LANDED),
        (recorded.departed, State.DEPARTED),
        (recorded.handed_over, State.HANDED_OVER),
        (recorded.frozen, State.FROZEN),
        (recorded.drafted, State.DRAFTED),
        (recorded.permits, State.PERMITS),
    )
    return next((state for holds, state in reached if holds), State.PLANNED)
