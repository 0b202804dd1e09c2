"""Guesses of one account's password, each from an address of its own, as the sign-in form has it.

Counts how many are compared with the stored password at all. Runs inside Django, and leaves
nothing behind.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest.mock import patch

from django.contrib.auth import authenticate
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import transaction
from django.test import RequestFactory

from kinward.access.entry.guessing import Guesses
from reliability import made

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kinward.access.models import User

PASSWORD = "seven wet herons at dusk"  # noqa: S105 (of an account that is made here)
USERNAME = "timur"


@dataclass(slots=True)
class Guessed:
    """How many were tried, how many of them compared, and how many got in."""

    guesses: int
    compared: int
    inside: int


def run(guesses: int, *, limited: bool = True) -> Guessed:
    """Guess so often; without the limits, which is the control, every guess is compared."""
    inside = 0
    with transaction.atomic(), compared() as tried, limits(limited=limited):
        made.account(USERNAME, password=PASSWORD)
        for number in range(guesses):
            inside += guess(f"guess {number}", address=address(number)) is not None
        transaction.set_rollback(True)
    return Guessed(guesses, len(tried), inside)


def address(number: int) -> str:
    """Return the address of one guess."""
    return f"10.{number // 65_536}.{number // 256 % 256}.{number % 256}"


def guess(password: str, *, address: str, cookies: Mapping[str, str] | None = None) -> User | None:
    """Try a password as the sign-in form does."""
    request = RequestFactory(REMOTE_ADDR=address).post("/sign-in/")
    request.COOKIES = dict(cookies or {})
    return authenticate(request, username=USERNAME, password=password)


@contextmanager
def compared() -> Iterator[list[str]]:
    """Yield every password that is compared with a stored one; in no time, for there are many."""
    tried: list[str] = []

    def verify(_self: object, password: str, _encoded: str) -> bool:
        tried.append(password)
        return password == PASSWORD

    with patch.object(Argon2PasswordHasher, "verify", verify):
        yield tried


@contextmanager
def limits(*, limited: bool) -> Iterator[None]:
    """Keep the limits, or take them away."""
    if limited:
        yield
        return
    with patch.object(Guesses, "is_locked", lambda *_arguments, **_known: False):
        yield
