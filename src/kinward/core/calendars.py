"""A calendar as other programs read it (RFC 5545): days with words, and nothing else."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

LONGEST: Final = 75  # octets of a line, without its end (RFC 5545, 3.1)
REMINDED: Final = "-PT15H"  # before midnight of the day: at nine in the morning of the day before


class Entry(NamedTuple):
    """What stands on one day; `uid` is the same whenever the entry is read again."""

    uid: str
    on: date
    words: str


def as_ics(entries: Iterable[Entry], *, name: str, at: datetime) -> str:
    """Return a calendar of whole days, each with a reminder in the morning before."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kinward//Kinward//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    stamp = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.uid}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(entry.words)}",
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"TRIGGER:{REMINDED}",
            f"DESCRIPTION:{escaped(entry.words)}",
            "END:VALARM",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    """Return a text as a value (RFC 5545, 3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> str:
    """Return a line in parts of at most 75 octets, no character cut through (RFC 5545, 3.1)."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > LONGEST:
            parts.append(part)
            part = " "  # which counts, and marks that the line goes on
        part += sign
    return "\r\n".join([*parts, part])
