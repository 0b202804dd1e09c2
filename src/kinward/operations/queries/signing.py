"""The handover minutes of an operation, and who signed them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count as Number

from kinward.access.models import Compartment
from kinward.core import files
from kinward.core.sealing import unseal
from kinward.operations.models import Handover, Minute, SignedMinute
from kinward.operations.queries.travelling import rows_of

if TYPE_CHECKING:
    from uuid import UUID

    from kinward.access.models import User
    from kinward.operations.models import Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMinute:
    """A minute, how many children stand in it, and who signed it."""

    minute: Minute
    children: int
    signed: tuple[SignedMinute, ...]


def minutes_of(operation: Operation, *, user: User) -> list[Minute]:
    """The handover minutes of an operation that this account may see, the first first."""
    rows = rows_of(Minute, operation, user).select_related("giver", "receiver")
    return list(rows.order_by("handed_at", "id"))


def kept_minutes(operation: Operation, *, user: User) -> list[KeptMinute]:
    """The handover minutes of an operation with their signatures; always as many questions."""
    lines = rows_of(Handover, operation, user).filter(void=False).order_by()
    counted = dict(lines.values("minute").annotate(n=Number("pk")).values_list("minute", "n"))
    signed = signed_of(operation, user=user)
    return [
        KeptMinute(
            minute=each,
            children=counted[each.pk],
            signed=tuple(one for one in signed if one.minute_id == each.pk),
        )
        for each in minutes_of(operation, user=user)
        if each.pk in counted
    ]


def signed_of(operation: Operation, *, user: User) -> list[SignedMinute]:
    """Every signature under the minutes of an operation, the first first."""
    return list(rows_of(SignedMinute, operation, user).select_related("recorded_by"))


def scan_of(row: SignedMinute) -> bytes:
    """The scan of a minute that was signed on paper.

    Raises:
        FileMissing: the disk does not hold it.
        Forged: it was changed from outside.
    """
    name: UUID = row.scan_as  # type: ignore[assignment]  # only rows of paper are asked for
    return unseal(files.read(name), **place_of_scan(row))


def place_of_scan(row: SignedMinute) -> dict[str, Any]:
    """Whose key seals a scan, and what it is bound to: moved elsewhere it cannot be opened."""
    return {
        "subject": row.pk,
        "compartment": Compartment.STAFF,
        "bound_to": f"operations_signedminute|{row.scan_as}|{row.pk}",
    }
