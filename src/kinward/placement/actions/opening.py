"""Who may write about the home of a child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext as _

from kinward.access.models import Compartment
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.actions import open_for
from kinward.core.errors import RuleBroken
from kinward.core.guarding import refuse_words
from kinward.placement.models import Placed

if TYPE_CHECKING:
    from datetime import date, datetime

    from _typeshed import DataclassInstance

    from kinward.access.models import User
    from kinward.people.models import Person
    from kinward.placement.models import OfHome

Row = TypeVar("Row", bound="OfHome")


class UnfitHome(RuleBroken):
    """Something about a home cannot be recorded like that; its words say why."""


def open_home(child: Person, *, by: User, at: datetime) -> Person:
    """Lock a child and return it, if `by` may write about its home.

    Raises:
        NotAllowed: `by` finds no homes.
        NotFound: `by` may not know of this child, or where it lives is not open to them.
    """
    return open_for(
        child, {Compartment.LOCATION, Compartment.FAMILY}, to=Permission.PLACE_CHILD, by=by, at=at
    )


def keep(  # noqa: PLR0913 (a row, of whom, what it says, and how it is named in the log)
    model: type[Row],
    child: Person,
    said: DataclassInstance,
    act: str,
    *,
    by: User,
    at: datetime,
    **beside: Any,
) -> Row:
    """Store a row of what was said, and write it down in the log.

    Raises:
        UnfitHome: it is about another child's row.
        WordsRefused: its words label a person, or hold what is never kept.
    """
    told = {name: getattr(said, name) for name in said.__dataclass_fields__} | beside
    for name, value in told.items():
        if isinstance(value, str):
            told[name] = value.strip()
            refuse_words(value, field=name)
        elif getattr(value, "child_id", child.pk) != child.pk and name != "verified":
            raise UnfitHome(_("That is not of this child."))
    row: Row = model.objects.create(child=child, **told, recorded_by=by, recorded_at=at)  # type: ignore[attr-defined]  # every row has a manager of its own
    record(act, child, by=by, at=at, row=str(row.pk))
    return row


def refuse_gaps(*texts: str) -> None:
    """Refuse that something is not said.

    Raises:
        UnfitHome: a text is blank.
    """
    if not all(text.strip() for text in texts):
        raise UnfitHome(_("Write something in every field."))


def refuse_future(on: date, *, since: date | None = None, today: date) -> None:
    """Refuse a day that is still to come, or before another.

    Raises:
        UnfitHome: it is.
    """
    if on > today or (since is not None and on < since):
        raise UnfitHome(_("The day is before what happened before, or still to come."))


def refuse_past(on: date | None, *, today: date) -> None:
    """Refuse a day that is not to come.

    Raises:
        UnfitHome: it is not.
    """
    if on is not None and on <= today:
        raise UnfitHome(_("This day has to be still to come."))


def lives_now(child: Person) -> Placed | None:
    """Return where a child lives, as far as it was recorded; it is locked."""
    last = Placed.objects.filter(child=child).order_by("recorded_at", "id").last()
    return None if last is None or hasattr(last, "breakdown") else last


def needs_home(child: Person) -> Placed:
    """Return where a child lives.

    Raises:
        UnfitHome: nobody recorded that it lives with a carer.
    """
    lives = lives_now(child)
    if lives is None:
        raise UnfitHome(_("Nobody recorded yet that the child lives with a carer."))
    return lives
