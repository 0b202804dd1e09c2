"""Cases that are read once, and remembered by this process until one of their ledgers has grown.

Remembered are positions, days and the keys of rows; never words. Who may know of which child is
asked of the database each time, before this.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import Count, Max

from kinward.casework.models import Hold, HoldEntry, Step
from kinward.casework.queries.cases import cases_of
from kinward.casework.rules import as_of, phases_through
from kinward.people.consents import Consent
from kinward.people.models import Mention

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import Model

    from kinward.casework.rules import Case, Entered

MOST: Final = 20_000  # cases that one process remembers: some 100 MB

# Ledgers that a case is read from: their rows, whose they are, and when one was added.
LEDGERS: Final[tuple[tuple[type[Model], str, str], ...]] = (
    (Step, "child", "taken_at"),
    (Hold, "child", "recorded_at"),
    (HoldEntry, "hold__child", "recorded_at"),
    (Consent, "subject", "recorded_at"),
    (Mention, "person", "id"),
)


class Read(NamedTuple):
    """A case as it was read, where it stood on a day, and the phases it had gone through."""

    version: tuple[object, ...]
    case: Case
    day: date
    stood: Case
    entered: tuple[Entered, ...]


_REMEMBERED: Final[dict[UUID, Read]] = {}


def read_cases(begun: Mapping[UUID, date], day: date) -> dict[UUID, Read]:
    """Return the cases of some children, without siblings, by the day each was begun on.

    Ask inside a passage. Only those are read whose ledgers have grown since they were read last.
    """
    versions = versions_of(begun)
    known = {key: _REMEMBERED.get(key) for key in begun}
    grown = [key for key, read in known.items() if read is None or read.version != versions[key]]
    cases = cases_of(grown) if grown else {}
    if len(_REMEMBERED) + len(grown) > MOST:
        _REMEMBERED.clear()
    found = {}
    for key, first in begun.items():
        read = known[key]
        if read is None or key in cases or read.day != day:
            case = cases[key] if read is None or key in cases else read.case
            entered = tuple(phases_through(case, first, day))
            read = Read(versions[key], case, day, as_of(case, day), entered)
            _REMEMBERED[key] = read
        found[key] = read
    return found


def versions_of(keys: Collection[UUID]) -> dict[UUID, tuple[object, ...]]:
    """Return of each child how many rows each ledger of its case has, and when the last came.

    Rows are only ever added, so a case with the same version is the same case.
    """
    found: defaultdict[UUID, tuple[object, ...]] = defaultdict(tuple)
    for number, (ledger, whose, added) in enumerate(LEDGERS):
        rows: Any = ledger._default_manager.filter(**{f"{whose}__in": keys}).order_by()  # noqa: SLF001 (Django's own name for it)
        last = Count("pk") if added == "id" else Max(added)
        for key, count, moment in rows.values_list(whose).annotate(n=Count("pk"), last=last):
            found[key] += (number, count, moment)
    return {key: found[key] for key in keys}
