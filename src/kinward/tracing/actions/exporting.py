"""Handing a list out as a file: one person asks, another agrees, and it is sealed to its reader."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import pyrage
from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.actions import request_approval, use_approval
from kinward.access.models import ApprovalKind
from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record, record_reads
from kinward.core.errors import NotAllowed, RuleBroken

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db import models
    from django.utils.functional import _StrPromise

    from kinward.access.models import Approval, User
    from kinward.people.models import Person

# As many as one may read in a day (access/rules/limits.py): a file is worth as much to a thief.
MOST: Final = 200


class UnfitExport(RuleBroken):
    """A list cannot be handed out like that: it is empty, too long, or not what was agreed to."""


class UnfitKey(RuleBroken):
    """What was given is no age key of somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What exactly is handed out, and to whose key; words of code lists and identifiers."""

    list: str
    narrowed: str  # as the address of the list says it
    rows: int
    digest: str  # of which rows
    purpose: str
    form: str  # "xlsx", "csv", or one of FURTHER
    key: str  # of who receives it: age1…


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """What a file holds: whom and what the log will say was handed out."""

    people: Iterable[Person]
    records: Iterable[models.Model]  # requests, or candidates
    content: bytes


class Form(NamedTuple):
    """A form that a list can be handed out in beside a table: files that other systems read."""

    label: str | _StrPromise
    ending: str
    lists: frozenset[str]  # which it can be made of
    make: Callable[[list[Person], User, datetime], bytes]


FURTHER: Final[dict[str, Form]] = {}  # the rooms above enter theirs when they are loaded


def digest_of(rows: Collection[UUID]) -> str:
    """Return the SHA-256 of which rows these are, whatever their order."""
    return hashlib.sha256(" ".join(sorted(str(each) for each in rows)).encode()).hexdigest()


def key_of(written: str) -> pyrage.x25519.Recipient:
    """Read the age key of who receives a file.

    Raises:
        UnfitKey: it is none.
    """
    try:
        return pyrage.x25519.Recipient.from_str(written.strip())
    except pyrage.RecipientError as error:
        raise UnfitKey(_("This is no age key. It begins with age1.")) from error


@transaction.atomic
def ask_to_export(
    *, export: Export, recipient: str, reason: str, by: User, at: datetime
) -> Approval:
    """Ask a second person to agree that a list is handed out. Who receives it stands in the reason.

    Raises:
        NotAllowed: `by` hands out no lists.
        UnfitExport: the list is empty or too long.
        UnfitKey: there is no key to seal it to.
        NoReason: the reason is blank.
    """
    if not may(by, Permission.EXPORT):
        raise NotAllowed(_("You may not hand out lists."))
    if not 0 < export.rows <= MOST:
        raise UnfitExport(_("A file holds 1 to 200 rows. Narrow the list down."))
    key_of(export.key)
    asked = f"{recipient.strip()}: {reason.strip()}" if reason.strip() else ""
    payload = asdict(export)
    return request_approval(kind=ApprovalKind.EXPORT, payload=payload, reason=asked, by=by, at=at)


@transaction.atomic
def hand_out(
    *, approval: Approval, export: Export, held: HandedOut, by: User, at: datetime
) -> bytes:
    """Return a list as a sealed file, once, as a second person agreed; each child’s log tells it.

    Raises:
        NotAllowed: `by` hands out no lists.
        UnfitExport: the rows of the list are others by now.
        NotApproved: no second person has agreed to just this, or it was done.
    """
    if not may(by, Permission.EXPORT):
        raise NotAllowed(_("You may not hand out lists."))
    if export.digest != approval.payload["digest"]:
        raise UnfitExport(_("The list has changed since it was agreed to. Ask anew."))
    payload = asdict(export)
    use_approval(approval=approval, kind=ApprovalKind.EXPORT, payload=payload, by=by, at=at)
    sealed = pyrage.encrypt(held.content, [key_of(export.key)])
    opened, purpose = open_compartments(by), export.purpose
    record_reads("people.exported", held.people, by=by, at=at, purpose=purpose, compartments=opened)
    record_reads("tracing.exported", held.records, by=by, at=at, purpose=purpose)
    file = hashlib.sha256(sealed).hexdigest()
    details = {"list": export.list, "rows": export.rows, "approval": str(approval.pk)}
    record("tracing.exported_list", None, by=by, at=at, sha256=file, **details)
    return bytes(sealed)
