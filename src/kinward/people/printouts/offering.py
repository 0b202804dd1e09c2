"""The documents that may be made of a child, of every room: the rooms above add theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils import translation

from kinward.access.policy import decide
from kinward.access.rules import Permission
from kinward.people.models import DocumentKind, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from kinward.access.models import Compartment, User
    from kinward.core.printing import Sheet
    from kinward.people.models import Printout

PRINT: Final = "people.print"  # the job


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One document that may be made now; `about` says which of its kind."""

    kind: DocumentKind
    about: str
    label: str
    compartment: Compartment

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.about}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A document drawn up for its reader: its page, the version of its words, and of what it is."""

    sheet: Sheet
    version: str
    compartments: frozenset[Compartment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """How a room offers documents of a kind, and draws one up; None where there is none any more.

    Both are given the account that reads: what it may not see is not in the document.
    """

    offers: Callable[[Person, User, Collection[Compartment]], list[Offer]]
    draw: Callable[[Printout, User, datetime], Drawn | None]


MAKERS: Final[dict[str, Maker]] = {}


def offered(child: Person, *, user: User, at: datetime) -> list[Offer]:
    """The documents that this account may have made of a child now, in the order of their kinds."""
    opened = decide(user, Permission.MAKE_DOCUMENTS, child, at=at).compartments
    return [
        offer
        for kind in DocumentKind
        if kind in MAKERS
        for offer in MAKERS[kind].offers(child, user, opened)
        if offer.compartment in opened
    ]


def draw(printout: Printout, *, user: User, at: datetime) -> Drawn | None:
    """Draw a document up for who asked for it; None where it is no longer open to them."""
    seen = Person.objects.visible_to(user, to=Permission.MAKE_DOCUMENTS, at=at)
    if not user.is_active or not seen.filter(pk=printout.person_id).exists():
        return None
    wanted = {offer.key for offer in offered(printout.person, user=user, at=at)}
    if f"{printout.kind}:{printout.about}" not in wanted:
        return None
    with translation.override(printout.language):
        return MAKERS[printout.kind].draw(printout, user, at)
