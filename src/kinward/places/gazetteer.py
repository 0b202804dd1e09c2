"""The gazetteer that is shipped: read from its file, and put into the database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GAZETTEER: Final = Path(__file__).parent / "data" / "gazetteer.jsonl"
ROWS_AT_ONCE: Final = 500


def columns(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a place from its line of the file."""
    latitude, longitude = entry.get("at", (None, None))
    return {
        "code": entry["code"],
        "kind": entry["kind"],
        "names": entry["names"],
        "others": entry["others"],
        "parent_id": entry.get("parent"),
        "latitude": latitude,
        "longitude": longitude,
        "population": entry.get("population", 0),
        "searched": entry["searched"],
        "sounds": entry["sounds"],
    }


def entries() -> Iterator[dict[str, Any]]:
    """Yield the lines of the file, larger places before those within them."""
    with GAZETTEER.open(encoding="utf-8") as lines:
        next(lines)  # where it is from
        for line in lines:
            yield json.loads(line)


def fill(place: Any) -> int:
    """Put every place of the file into the table of this model, anew where it is there already.

    Returns how many. What people added stays, and so does what an earlier file held: statements
    may speak of it.
    """
    rows = [place(**columns(entry)) for entry in entries()]
    told = [field.name for field in place._meta.fields if not field.primary_key]  # noqa: SLF001 (Django's documented model API)
    place.objects.bulk_create(
        rows,
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=told,
    )
    return len(rows)
