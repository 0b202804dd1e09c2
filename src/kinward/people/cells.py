"""What a cell of somebody's list says: one value or several, or that nobody knows."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from kinward.core.guarding import objection
from kinward.people.models import Answer
from kinward.people.naming import says_unknown, script_of
from kinward.people.relations import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kinward.people.properties import Property

BETWEEN: Final = re.compile(r"[|;؛\n]")  # several values in one cell
BETWEEN_SIBLINGS: Final = re.compile(r"[|;؛\n,،]")
REFUSED: Final = frozenset({"refused", "отказ", "отказался", "отказалась", "رفض", "رفضت"})
RELATIVE_LINE: Final = re.compile(
    r"(?P<relation>[^:]+):(?P<name>[^\[]*)(?:\[(?P<parts>[^\]]*)\])?\s*"
)


def relative_in(text: str) -> Mapping[str, Any] | None:
    """Return a relative as a list tells of one: "grandparent: Name [life=dead]"; None if unclear.

    What stands in brackets are further parts of a value of Shape.KIN, as other systems give them.
    """
    found = RELATIVE_LINE.fullmatch(text)
    if found is None or found["relation"].strip() not in RELATIONS:
        return None
    parts = dict(part.partition("=")[::2] for part in (found["parts"] or "").split(",") if part)
    value = {"relation": found["relation"].strip()}
    value |= {key.strip(): said.strip() for key, said in parts.items()}
    if name := found["name"].strip():
        value |= {"text": name, "script": script_of(name)}
    return None if objection(name, is_name=True) else value


def answer_in(cell: str) -> Answer:
    """Return whether a cell says something, or that nobody knows, or that it was refused."""
    if cell.strip().casefold() in REFUSED:
        return Answer.REFUSED
    return Answer.UNKNOWN if says_unknown(cell) else Answer.KNOWN


def values_in(kind: Property, cell: str) -> Iterator[str]:
    """Yield the values of a cell: several only where the fact may have several."""
    between = BETWEEN_SIBLINGS if kind.id == "sibling" else BETWEEN
    parts = listed_in(cell) or (between.split(cell) if kind.several else [cell])
    for part in parts:
        if part.strip() and answer_in(part) == Answer.KNOWN:
            yield part.strip()


def listed_in(cell: str) -> list[str]:
    """Return the values of a cell that another system wrote as a list of JSON; else none."""
    if not cell.startswith('["'):
        return []
    try:
        found = json.loads(cell)
    except ValueError:
        return []
    return [str(each) for each in found]
