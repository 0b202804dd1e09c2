"""What of files in and out may be seen, by whom."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinward.access.models import ApprovalKind
from kinward.access.queries import approvals, may
from kinward.access.rules import Permission
from kinward.exchange.sources import REST
from kinward.people import listed

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kinward.access.models import Approval, User
    from kinward.people.models import NameList


def leavings(*, user: User) -> QuerySet[Approval]:
    """Which archives this account asked for, newest first."""
    if not may(user, Permission.LEAVE):
        return approvals(user=user).none()
    return approvals(user=user).filter(kind=ApprovalKind.ARCHIVE, requester=user)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a list that came from another system holds beside what is read here."""

    rows: int
    silent: list[int]  # rows that say nothing of a child: expired, or notes by themselves
    left: list[tuple[str, int]]  # fields without a place here, and in how many rows


def brought(one: NameList) -> Brought:
    """Return what of a list has no place here, and is kept with its rows.

    The list must come from a query that this account may see.
    """
    rows = list(listed.rows_of(one))
    place = one.columns.index(REST) if REST in one.columns else None
    left: Counter[str] = Counter()
    silent = []
    for row in rows:
        cells = list(row.cells)
        rest = cells.pop(place) if place is not None and place < len(cells) else ""
        left.update(fields_in(rest))
        if not any(cells):
            silent.append(row.number)
    return Brought(rows=len(rows), silent=silent, left=sorted(left.items()))


def fields_in(rest: str) -> set[str]:
    """Return the fields that the rest of a record holds; those of forms within it with a point."""
    try:
        said = json.loads(rest)
    except ValueError:
        return set()
    found = set()
    for name, value in said.items():
        within = (
            [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
        )
        found |= {f"{name}.{part}" for each in within for part in each} or {name}
    return found
