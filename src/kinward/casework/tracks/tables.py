"""What a state table is made of, and where the steps that were taken lead through one.

A step says to what it leads; which steps are possible is asked when one is taken, never when a
ledger is read again: a table may change, and what was recorded still stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.access.models import Role
from kinward.casework.models import Gate, Lack, Need, Track

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db import models

    from kinward.access.models import Compartment

# Who carries the case stands in for the others, but never for a medic's word or a panel's.
STANDS_IN: Final = Role.CASE_WORKER
THEIRS_ALONE: Final = frozenset({Role.MEDIC, Role.PANEL_MEMBER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step that a track knows.

    `stays` says that the position stays as it is and the step is remembered beside it; `pushed`
    that it follows from what was recorded in another room of the programme, and nobody types it.
    """

    to: str
    after: frozenset[str]
    needs: frozenset[Need] = frozenset()
    gates: tuple[Gate, ...] = ()
    by: Role | None = None  # where it is not the track's own
    stays: bool = False
    pushed: bool = False


def move(
    to: str,
    *after: str,
    needs: Iterable[Need] = (),
    gates: tuple[Gate, ...] = (),
    by: Role | None = None,
    pushed: bool = False,
) -> Move:
    """Return a step that leads to a position from any of these."""
    return Move(
        to=to, after=frozenset(after), needs=frozenset(needs), gates=gates, by=by, pushed=pushed
    )


def beside(
    to: str,
    *after: str,
    needs: Iterable[Need] = (),
    by: Role | None = None,
    pushed: bool = False,
) -> Move:
    """Return a step that is remembered beside any of these positions."""
    needed = frozenset(needs)
    return Move(to=to, after=frozenset(after), needs=needed, by=by, stays=True, pushed=pushed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The positions of a track, the steps between them, and who takes them."""

    track: Track
    words: type[models.TextChoices]  # of every position, and of what is remembered beside one
    start: str
    moves: tuple[Move, ...]
    by: Role
    compartment: Compartment

    def moves_from(self, position: str) -> list[Move]:
        """Return the steps that are possible from a position, in the order of the table."""
        return [each for each in self.moves if position in each.after]

    def move_to(self, to: str, position: str) -> Move | None:
        """Return the step to that from a position; None where there is none."""
        return next((each for each in self.moves_from(position) if each.to == to), None)

    def is_pushed(self, to: str) -> bool:
        """Tell whether that step follows from another room."""
        return any(each.to == to and each.pushed for each in self.moves)

    def whose(self, to: str) -> Role:
        """Return whose step that is."""
        return next((each.by for each in self.moves if each.to == to and each.by), self.by)

    def is_taken_by(self, role: str, to: str) -> bool:
        """Tell whether that role takes the step: its own, or one that it stands in for."""
        whose = self.whose(to)
        return role == whose or (role == STANDS_IN and whose not in THEIRS_ALONE)

    def label(self, position: str) -> str:
        """Return a position in words; one that the table no longer knows as it is."""
        return str(self.words(position).label) if position in self.words.values else position


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A row of the ledger: a step, or that the one it names is withdrawn."""

    id: UUID
    to: str  # empty where it withdraws
    by: UUID
    at: datetime
    on: date  # the day it happened on
    withdraws: UUID | None = None
    holds_from: date | None = None
    holds_until: date | None = None  # the last day


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a track stands, the step that led there, and all steps that stand, oldest first."""

    position: str
    since: Taken | None = None
    steps: tuple[Taken, ...] = ()

    def last(self, *to: str) -> Taken | None:
        """Return the last standing step to any of these; None where there was none."""
        return next((each for each in reversed(self.steps) if each.to in to), None)


def replay(table: Table, rows: Iterable[Taken], *, start: str = "") -> Standing:
    """Return where the rows of a track lead, in their order. A withdrawn step never was."""
    listed = list(rows)
    withdrawn = {each.withdraws for each in listed}
    steps = [each for each in listed if not each.withdraws and each.id not in withdrawn]
    beside_it = {each.to for each in table.moves if each.stays}
    moved = [each for each in steps if each.to not in beside_it]
    since = moved[-1] if moved else None
    return Standing(
        position=since.to if since else start or table.start, since=since, steps=tuple(steps)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The step that somebody wants to take next, before it is stored."""

    to: str
    on: date
    reason: str = ""
    evidence: str = ""
    holds_from: date | None = None
    holds_until: date | None = None


def last_to_withdraw(table: Table, standing: Standing) -> Taken | None:
    """Return the step that can be withdrawn, if one stands.

    What another room had remembered beside the position is not in the way.
    """
    kept = {each.to for each in table.moves if each.stays and each.pushed}
    return next((each for each in reversed(standing.steps) if each.to not in kept), None)


def lacks(  # noqa: PLR0913 (a step, where it is taken, and how)
    table: Table, standing: Standing, wanted: Next, *, by: UUID, today: date, pushed: bool = False
) -> tuple[Lack, ...]:
    """Return everything that a step lacks; what a gate says of it is not asked here.

    `pushed` says that it follows from what another room recorded.
    """
    found = table.move_to(wanted.to, standing.position)
    if found is None or (found.pushed and not pushed):
        return (Lack.IMPOSSIBLE,)
    moved = standing.since  # what is remembered beside it stands in no order with it
    start, end = wanted.holds_from or wanted.on, wanted.holds_until
    asked = (
        (Need.REASON, not wanted.reason.strip(), Lack.REASON),
        (Need.NO_WORDS, bool(wanted.reason.strip()), Lack.NO_WORDS),
        (Need.EVIDENCE, not wanted.evidence.strip(), Lack.EVIDENCE),
        (Need.FROM, wanted.holds_from is None, Lack.FROM),
        (Need.UNTIL, end is None, Lack.UNTIL),
        (Need.ANOTHER, bool(moved and moved.by == by), Lack.ANOTHER),
    )
    always = (
        (wanted.on > today, Lack.FUTURE),
        (bool(moved and wanted.on < moved.on), Lack.BEFORE),
        (bool(end and end < start), Lack.ENDS_BEFORE),
    )
    needed = [lack for need, missing, lack in asked if need in found.needs and missing]
    return (*needed, *(lack for holds, lack in always if holds))
