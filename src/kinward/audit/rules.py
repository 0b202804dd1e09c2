"""What a row of the log comes to, how rows are chained, and what is signed. Plain values only."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kinward.audit.models import Event

HEAD: Final = "KW1"
MOMENT: Final = "%Y%m%dT%H%M%SZ"
# Only signs of a QR code's alphanumeric mode.
ANCHOR: Final = re.compile(r"KW1\.(\d{1,19})\.(\d{8}T\d{6}Z)\.([0-9A-F]{64})\.([0-9A-F]{128})")
EMPTY: Final = "0" * 64  # what the chain comes to before its first link


def canonical(values: Iterable[Any]) -> bytes:
    """Return values as bytes that are the same before storing and after."""
    return json.dumps(
        [plain(value) for value in values],
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    ).encode()


def plain(value: Any) -> Any:
    """Return a value of a row as JSON has it: moments in UTC, identifiers as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, dict):
        return json.loads(json.dumps(value))
    return value if isinstance(value, int) else str(value)


def mac(key: bytes, content: bytes) -> str:
    """Return the HMAC-SHA256 (RFC 2104) of what a row says, in hexadecimals."""
    return hmac.new(key, content, hashlib.sha256).hexdigest()


def link_mac(key: bytes, before: str, position: int, row: bytes | None) -> str:
    """Return the HMAC of a link: over the link before it, its place and its row, if it is there."""
    held = canonical([before, position, "absent" if row is None else "row"])
    return mac(key, held + (row or b""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What the chain came to at one moment: short enough to be printed, or put into a QR code."""

    position: int
    at: datetime
    head: str  # the HMAC of the link at that place
    signature: str = ""  # Ed25519, in hexadecimals

    @property
    def signed(self) -> str:
        """The part that is signed."""
        return f"{HEAD}.{self.position}.{self.at.astimezone(UTC):{MOMENT}}.{self.head.upper()}"

    def __str__(self) -> str:
        """Return the anchor in one line."""
        return f"{self.signed}.{self.signature.upper()}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read an anchor; None if the text is none."""
        found = ANCHOR.fullmatch(text.strip())
        if found is None:
            return None
        position, at, head, signature = found.groups()
        try:
            moment = datetime.strptime(at, MOMENT).replace(tzinfo=UTC)
        except ValueError:
            return None
        return cls(
            position=int(position), at=moment, head=head.lower(), signature=signature.lower()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that was done in one day, however often."""

    action: str
    purpose: str
    compartments: tuple[str, ...]
    device: str
    details: tuple[tuple[str, str], ...]  # what of TELLING is known of it, by name
    times: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTold:
    """What one account did on one day."""

    day: date
    actor: str
    role: str
    told: tuple[Told, ...]


# The details that tell what was done apart: words of code lists, and accounts.
TELLING: Final = (
    "property", "file", "step", "state", "giver", "emergency", "finding", "ground", "to", "form",
    "document",
)  # fmt: skip


def as_told(events: Iterable[Event]) -> list[Told]:
    """Put the same things together, those done first first. Events come in the order of time."""
    found: dict[tuple[Any, ...], list[datetime]] = {}
    for event in events:
        details = tuple(
            (part, str(event.details[part])) for part in TELLING if part in event.details
        )
        compartments = tuple(event.compartments.split())
        same = (event.action, event.purpose, compartments, event.device, details)
        found.setdefault(same, []).append(event.at)
    return [
        Told(
            action=action,
            purpose=purpose,
            compartments=compartments,
            device=device,
            details=details,
            times=len(moments),
            first_at=moments[0],
            last_at=moments[-1],
        )
        for (action, purpose, compartments, device, details), moments in found.items()
    ]


def is_key(value: object) -> bool:
    """Tell whether something, as a part of an address, is the identifier of a record."""
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
