"""One line of `found.csv` or `sought.csv`: a person as one party wrote them down."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable
    from random import Random

    from kinmatch.synth.families import Child

BETWEEN = "|"  # several values in one cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A person as written; the fields are the columns of the file, empty where nothing is known."""

    id: str = ""
    name: tuple[str, ...] = ()
    sex: str = ""
    born: str = ""  # EDTF
    age: str = ""  # completed years
    age_as_of: str = ""  # the day the age was told or guessed
    father: tuple[str, ...] = ()
    mother: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()  # names as written
    sibling_ids: tuple[str, ...] = ()
    group: str = ""
    place: tuple[str, ...] = ()

    def cells(self) -> list[str]:
        """Return the cells of the line, in the order of `COLUMNS`."""
        values = (getattr(self, column) for column in COLUMNS)
        return [value if isinstance(value, str) else BETWEEN.join(value) for value in values]


COLUMNS = tuple(field.name for field in fields(Row))


@dataclass(frozen=True, slots=True)
class Draft:
    """A row before it has a number, and whom it truly is about."""

    child: Child
    row: Row
    group: Hashable  # children written down together share it
    by_reference: bool = False  # siblings name one another; no group number stands in the row


def numbered(drafts: list[Draft], chance: Random, *, letter: str) -> list[tuple[Draft, Row]]:
    """Shuffle the rows, number them, and turn groups into numbers or references.

    Neither the order nor a number says which rows are about one child.
    """
    drafts = chance.sample(drafts, len(drafts))
    width = len(str(len(drafts)))
    ids = [f"{letter}{number:0{width}}" for number in range(1, len(drafts) + 1)]
    together: dict[Hashable, list[str]] = {}
    for draft, identity in zip(drafts, ids, strict=True):
        together.setdefault(draft.group, []).append(identity)
    numbers = {group: f"{letter}G{number:0{width}}" for number, group in enumerate(together, 1)}
    rows = []
    for draft, identity in zip(drafts, ids, strict=True):
        others = tuple(other for other in together[draft.group] if other != identity)
        row = replace(draft.row, id=identity)
        if others and draft.by_reference:
            row = replace(row, sibling_ids=others)
        elif others:
            row = replace(row, group=numbers[draft.group])
        rows.append((draft, row))
    return rows
