"""Identifiers: UUIDs that sort by time, and references people can read out over a telephone."""

from __future__ import annotations

import secrets
import time
from threading import Lock
from typing import Final
from uuid import UUID

CHANCE, LOWER, STEP = 74, 62, 61  # bits: of chance, in the lower half of a UUID, of a step ahead
ONE_AT_A_TIME = Lock()
LAST = [0]

# 31 signs, a prime number: no 0 O 1 I L, which are taken for each other when read out or copied.
SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SIGNS_WITHOUT_CHECK: Final = 8
GROUP: Final = 3


def uuid7() -> UUID:
    """Return a new UUID of version 7: 48 bits of Unix milliseconds, then 74 bits of chance.

    Each is greater than the one before it in this process, so that what was stored together keeps
    its order. Source: RFC 9562, section 5.7, and method 2 of section 6.2.
    """
    with ONE_AT_A_TIME:
        drawn = (time.time_ns() // 1_000_000 << CHANCE) | secrets.randbits(CHANCE)
        LAST[0] = drawn if drawn > LAST[0] else LAST[0] + 1 + secrets.randbits(STEP)
        made = LAST[0]
    moment, upper, lower = made >> CHANCE, made >> LOWER & 0xFFF, made & (1 << LOWER) - 1
    return UUID(int=moment << 80 | 0x7 << 76 | upper << 64 | 0b10 << LOWER | lower)


def reference(prefix: str, record_id: UUID) -> str:
    """Return the reference of a record, as "C-7KQ-4M2-XYZ", from the random bits of its id.

    Eight signs and a check sign: some 8.5e11 references, of which none tells when it was made.
    """
    bits = record_id.int & ((1 << LOWER) - 1)
    signs = ""
    for _ in range(SIGNS_WITHOUT_CHECK):
        bits, rest = divmod(bits, len(SIGNS))
        signs += SIGNS[rest]
    signs += check_sign(signs)
    groups = [signs[at : at + GROUP] for at in range(0, len(signs), GROUP)]
    return "-".join([prefix, *groups])


def check_sign(signs: str) -> str:
    """Return the sign that a mistyped or swapped sign would not fit.

    The weighted sum modulo a prime, as ISBN-10 has it, notices every single wrong sign and every
    two signs that changed places.
    """
    total = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, start=1))
    return SIGNS[total % len(SIGNS)]


def is_reference(text: str, prefix: str) -> bool:
    """Tell whether the text is a reference with that prefix, copied without a mistake."""
    head, _, tail = text.strip().upper().partition("-")
    signs = tail.replace("-", "")
    if head != prefix or len(signs) != SIGNS_WITHOUT_CHECK + 1 or set(signs) - set(SIGNS):
        return False
    return check_sign(signs[:-1]) == signs[-1]
