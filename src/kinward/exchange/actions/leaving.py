"""Leaving with everything: one asks, another agrees, and an archive is written once."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.actions import request_approval, use_approval
from kinward.access.models import ApprovalKind, Compartment, Purpose
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record, record_reads
from kinward.core.errors import NotAllowed
from kinward.exchange.archives.making import one_moment, write_archive
from kinward.people.models import Person
from kinward.tracing.actions.exporting import key_of
from kinward.tracing.models import Request

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pyrage

    from kinward.access.models import Approval, User
    from kinward.exchange.archives.manifests import Manifest

AT_ONCE: Final = 2_000  # events in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """To whose age key everything is handed."""

    key: str
    list: str = "everything"


@transaction.atomic
def ask_to_leave(
    *, leaving: Leaving, recipient: str, reason: str, by: User, at: datetime
) -> Approval:
    """Ask a second person to agree that everything is handed over, and to whom.

    Raises:
        NotAllowed: `by` does not answer for the programme.
        UnfitKey: there is no key to seal it to.
        NoReason: the reason is blank.
    """
    if not may(by, Permission.LEAVE):
        raise NotAllowed(_("You may not hand the programme over."))
    key_of(leaving.key)
    asked = f"{recipient.strip()}: {reason.strip()}" if reason.strip() else ""
    payload = asdict(leaving)
    return request_approval(kind=ApprovalKind.ARCHIVE, payload=payload, reason=asked, by=by, at=at)


def leave(*, approval: Approval, to: Path, by: User, at: datetime) -> tuple[Manifest, str]:
    """Write everything into a new sealed file, once, as a second person agreed.

    Every record's list of disclosures tells it. Returns what the archive says of itself, and the
    SHA-256 of the file. `by` is the clock: it is done on the machine, on behalf of whoever asked.

    Raises:
        NotApproved: no second person has agreed to just this, or it was done.
        FileExistsError: there is a file of that name.
        OSError: it cannot be written there.
    """
    draft = to.with_name(f".{to.name}.part")
    if to.exists():
        raise FileExistsError(_("There is a file at %(file)s already.") % {"file": to})
    try:
        with one_moment(), transaction.atomic():
            manifest = used(approval, draft, by=by, at=at)
            file = sha256(draft)
            record(
                "exchange.archived",
                approval,
                by=by,
                at=at,
                sha256=file,
                rows=manifest.rows,
                files=len(manifest.files),
            )
            draft.replace(to)
    finally:
        draft.unlink(missing_ok=True)
    return manifest, file


def used(approval: Approval, draft: Path, *, by: User, at: datetime) -> Manifest:
    """Use an approval, write down whom the archive holds, and write it."""
    leaving = Leaving(**approval.payload)
    use_approval(
        approval=approval, kind=ApprovalKind.ARCHIVE, payload=asdict(leaving), by=by, at=at
    )
    everything = [each.value for each in Compartment]
    tell("people.exported", Person, by=by, at=at, compartments=everything)
    tell("tracing.exported", Request, by=by, at=at)
    recipient: pyrage.x25519.Recipient = key_of(leaving.key)
    return write_archive(draft, recipient, at=at)


def tell(action: str, model: Any, *, by: User, at: datetime, **shown: Any) -> None:
    """Write down of every record of a kind that it was handed over."""
    read = model.objects.order_by("pk").iterator(chunk_size=AT_ONCE)
    while some := list(islice(read, AT_ONCE)):
        record_reads(action, some, by=by, at=at, purpose=Purpose.MANAGEMENT, **shown)


def sha256(file: Path) -> str:
    """Return the digest of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
