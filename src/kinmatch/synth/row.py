"""One line of `found.csv` or `sought.csv`: a person as one party wrote them down."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable
    from random import Random

    from kinmatch.synth.families import Child

BETWEEN = "|"  # several values in one cell


class Row(NamedTuple):
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
    separated: str = ""  # EDTF: when the family lost one another
    separated_at: tuple[str, ...] = ()  # and where

    def cells(self) -> list[str]:
        """Return the cells of the line, in the order of `COLUMNS`."""
        return [value if isinstance(value, str) else BETWEEN.join(value) for value in self]


COLUMNS = Row._fields


class Draft(NamedTuple):
    """A row before it has a number, and whom it truly is about."""

    child: Child
    row: Row
    group: Hashable  # children written down together share it
    by_reference: bool = False  # siblings name one another; no group number stands in the row
    noise: frozenset[str] = frozenset()  # what was done to the row


def numbered(
    drafts: list[Draft], chance: Random, *, letter: str, after: int = 0, width: int = 0
) -> list[tuple[Draft, Row]]:
    """Shuffle the rows, number them, and turn groups into numbers or references.

    Neither the order nor a number says which rows are about one child.

    Args:
        drafts: the rows of one side.
        chance: the source of chance.
        letter: what numbers start with.
        after: the number of the last row before these.
        width: digits of a number; as many as the last one has, if 0.
    """
    drafts = chance.sample(drafts, len(drafts))
    width = width or len(str(after + len(drafts)))
    ids = [f"{letter}{number:0{width}}" for number in range(after + 1, after + len(drafts) + 1)]
    together: dict[Hashable, list[str]] = {}
    for draft, identity in zip(drafts, ids, strict=True):
        together.setdefault(draft.group, []).append(identity)
    # A group is numbered after its first row, so that groups of later rows bear other numbers.
    numbers = {group: f"{letter}G{members[0][1:]}" for group, members in together.items()}
    return [
        (draft, placed(draft, identity, together[draft.group], numbers[draft.group]))
        for draft, identity in zip(drafts, ids, strict=True)
    ]


def placed(draft: Draft, identity: str, members: list[str], number: str) -> Row:
    """Give a row its number, and its group's or the numbers of the others in it."""
    others = tuple(other for other in members if other != identity)
    if others and draft.by_reference:
        return draft.row._replace(id=identity, sibling_ids=others)
    return draft.row._replace(id=identity, group=number if others else "")
