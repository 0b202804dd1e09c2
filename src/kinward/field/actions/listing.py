"""A list that somebody copied on a phone, taken in as any list is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kinward.field.actions.refusing import WORDS, Unfit
from kinward.field.rules import Wrong
from kinward.people import actions as people
from kinward.people.listing import Told
from kinward.people.models import Certainty, SaidBy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.field.rules import Read, Row

# The columns that the rows of the form become, as `people.listing` names their meanings.
COLUMNS: Final = (
    "name",
    "sex",
    "born",
    "age",
    "age_as_of",
    "father",
    "mother",
    "last_residence",
    "nationality",
)


def take_copied_list(values: Mapping[str, Any], said: Read, *, by: User, at: datetime) -> UUID:
    """Take in a copied list and register each row that can be read; the others wait there.

    Raises:
        Unfit: nobody stands on it, or nobody was asked for consent.
    """
    rows = said.rows["rows"]
    if not rows:
        raise Unfit({"rows": str(WORDS[Wrong.LACKING])})
    table = [(1, list(COLUMNS)), *((n, cells_of(row)) for n, row in enumerate(rows, start=2))]
    taken = people.take_list(
        table=table,
        name=values["list_name"],
        given_by=values["given_by"],
        given_on=values.get("given_on", ""),
        by=by,
        at=at,
    )
    if taken.known:
        return taken.list.pk
    told = Told(
        said_by=SaidBy.OFFICIAL,
        certainty=Certainty.PROBABLE,
        as_of=values.get("given_on", ""),
    )
    people.read_list(
        one=taken.list,
        meanings=list(COLUMNS),
        told=told,
        consent=said.consents[0],
        by=by,
        at=at,
    )
    people.register_rows(one=taken.list, by=by, at=at)
    return taken.list.pk


def cells_of(row: Row) -> list[str]:
    """Return a row as the cells of a list."""
    age = row.values.get("age", {})
    told = {
        "born": cell_of(row.values.get("born_on", "")),
        "age": str(age.get("age", "")) if "answer" not in age else str(age["answer"]),
        "age_as_of": str(age.get("as_of", "")),
    }
    return [told.get(name, cell_of(row.values.get(name, ""))) for name in COLUMNS]


def cell_of(answer: Any) -> str:
    """Return an answer as a cell; not to know is written in words that lists use."""
    if isinstance(answer, dict):
        return str(answer.get("text") or answer.get("answer", "").replace("not_asked", ""))
    return str(answer)
