"""When a child with several claimants is locked, and what a decision between them changes.

A claim is a candidate that is confirmed or credibly matched. Who is claimed in two requests is
locked until two people have decided between exactly these claims; one that comes up later locks
the child again. A decision says whose family it is and nothing about anybody's search.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID


class Claim(NamedTuple):
    """One sought person whom the child is credibly taken for, and the request they stand in."""

    sought: UUID
    request: UUID
    confirmed: bool


class Decided(NamedTuple):
    """One decision between claimants, or that one is taken back."""

    id: UUID
    compared: frozenset[UUID]  # the sought people it was between
    named: frozenset[UUID]  # those of the family that it names: none, or some of those compared
    takes_back: UUID | None
    agreed: bool  # a second person agreed


class Hindrance(StrEnum):
    """Why a child may not be confirmed as who is sought, or verified with their family."""

    LOCKED = "locked"  # several claimants, and nobody has decided between them
    NOT_NAMED = "not_named"  # a decision names another claimant, or none


class Consequence(StrEnum):
    """What taking a decision back changes."""

    LOCKED_AGAIN = "locked_again"
    NOT_LOCKED = "not_locked"  # fewer than two claims are left
    NAMED_STANDS_STILL = "named_stands_still"
    OTHERS_OPEN = "others_open"  # those not named may be confirmed, once it is decided anew
    SEARCHES_GO_ON = "searches_go_on"


def by_request(claims: Iterable[Claim]) -> set[UUID]:
    """Return the requests that claim a child: several people sought in one are one claimant."""
    return {claim.request for claim in claims}


def standing(decisions: Sequence[Decided]) -> Decided | None:
    """Return the decision that stands, of all in the order they were asked for.

    The last one agreed to counts, unless it was taken back; what came before it does not return.
    """
    agreed = [each for each in decisions if each.agreed]
    taken_back = {each.takes_back for each in agreed}
    last = next((each for each in reversed(agreed) if each.takes_back is None), None)
    return None if last is None or last.id in taken_back else last


def is_locked(claims: Collection[Claim], stands: Decided | None) -> bool:
    """Tell whether a child waits for a decision between claimants."""
    if len(by_request(claims)) <= 1:
        return False
    return stands is None or not {claim.sought for claim in claims} <= stands.compared


def hindrance(sought: UUID, claims: Collection[Claim], stands: Decided | None) -> Hindrance | None:
    """Return why a child may not be confirmed as this sought person, or None."""
    if is_locked(claims, stands):
        return Hindrance.LOCKED
    if stands and sought in stands.compared - stands.named:
        return Hindrance.NOT_NAMED
    return None


def consequences(claims: Collection[Claim], stands: Decided) -> list[Consequence]:
    """Return what follows if the decision that stands is taken back, the gravest first."""
    locked = is_locked(claims, None)
    found = [Consequence.LOCKED_AGAIN if locked else Consequence.NOT_LOCKED]
    if stands.named and locked:
        found.append(Consequence.NAMED_STANDS_STILL)
    if stands.compared - stands.named:
        found.append(Consequence.OTHERS_OPEN)
    return [*found, Consequence.SEARCHES_GO_ON]
