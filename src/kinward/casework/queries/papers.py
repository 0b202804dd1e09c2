"""With which travel documents children journey, as far as a journey needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinward.casework.models import DocumentInHand

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID


def documents_in_hand(keys: Collection[UUID]) -> dict[UUID, DocumentInHand]:
    """The document each of these children travels with, if it has one. Ask inside a passage."""
    rows = DocumentInHand.objects.filter(child__in=keys).order_by("recorded_at", "id")
    last = {row.child_id: row for row in rows}
    return {key: row for key, row in last.items() if row.usable}
