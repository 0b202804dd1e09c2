"""Who acts: said once at a door or a clock, known to the log and to the database below."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class Actor(Protocol):
    """Whoever does something, as far as the log needs to know. The log holds no foreign keys."""

    @property
    def username(self) -> str:
        """What the account is called; no account is called as Nobody is."""
        ...

    @property
    def role(self) -> str:
        """In what role they act."""
        ...


@dataclass(frozen=True, slots=True)
class Nobody:
    """Someone who has not signed in. The brackets are no signs of a username."""

    username: str = "(nobody)"
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who acts, what for, in which request, from what kind of device."""

    by: Actor
    purpose: str = ""
    request_id: str = ""
    device: str = ""


NOBODY: Final = Nobody()
ACTING: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting(
    by: Actor, *, purpose: str = "", request_id: str = "", device: str = ""
) -> Iterator[Acting]:
    """Do what is inside as `by`. What is left empty is as it was outside."""
    outside = ACTING.get()
    inside = Acting(
        by=by,
        purpose=purpose or (outside.purpose if outside else ""),
        request_id=request_id or (outside.request_id if outside else ""),
        device=device or (outside.device if outside else ""),
    )
    token = ACTING.set(inside)
    try:
        yield inside
    finally:
        ACTING.reset(token)
