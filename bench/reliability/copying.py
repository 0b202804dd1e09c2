"""A bot with a registrar's account that copies the list of children, page by page.

Counts the children whose names it is shown in a day, and how long it takes until managers and data
protection are told. Runs inside Django, and leaves nothing behind.
"""

from __future__ import annotations

import re
import time
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from django.db import transaction

from kinward.access.models import Notice, Role, User
from kinward.access.rules import limits
from kinward.people.models import Kind, Person
from reliability import made
from reliability.inside import signed_in

if TYPE_CHECKING:
    from collections.abc import Iterable

LINK: Final = re.compile(r'href="(/children/[0-9a-f-]{36}/)"')
LISTED: Final = 230  # more than a day allows


@dataclass(slots=True)
class Copied:
    """How far the bot came."""

    listed: int
    children: int
    refused: int
    told: bool
    seconds: float  # from the first page until somebody was told


def run(*, braked: bool = True) -> Copied:
    """Copy the list; without the brake, which is the control, all of it."""
    with transaction.atomic(), nullcontext() if braked else no_brake():
        officer = made.account(role=Role.DATA_PROTECTION_OFFICER)
        list_of(LISTED, by=made.account(role=Role.REGISTRAR, region=made.BAGHDAD))
        bot = signed_in(made.account("bot", role=Role.REGISTRAR, region=made.BAGHDAD))
        began, told_after = time.monotonic(), None
        children: set[str] = set()
        refused = 0
        for page in range(1, LISTED // 25 + 2):
            shown, refusals = copy(bot, [f"/children/?page={page}"])
            children |= shown
            refused += len(refusals)
            if told_after is None and Notice.objects.filter(recipient=officer).exists():
                told_after = time.monotonic() - began
        transaction.set_rollback(True)
    seconds = time.monotonic() - began if told_after is None else told_after
    return Copied(LISTED, len(children), refused, told_after is not None, seconds)


def list_of(many: int, *, by: User) -> list[Person]:
    """Put so many children on the list."""
    return Person.objects.bulk_create(
        Person(
            reference=f"C-{number}",
            kind=Kind.CHILD,
            region=by.region,
            registered_by=by,
            registered_at=made.AT + timedelta(seconds=number),
        )
        for number in range(many)
    )


def copy(bot: Any, addresses: Iterable[str]) -> tuple[set[str], list[Any]]:
    """Ask for each page; return the children on those that were shown, and the refusals."""
    children: set[str] = set()
    refusals = []
    for address in addresses:
        response = bot.get(address)
        if response.status_code == 200:  # noqa: PLR2004 (HTTP: here it is)
            children |= set(LINK.findall(response.content.decode()))
        else:
            refusals.append(response)
    return children, refusals


def no_brake() -> Any:
    """Let a day allow any number."""
    return patch.object(limits, "MOST_CHILDREN_A_DAY", LISTED * 2)
