"""Cyrillic to Latin letter by letter, as passports, French and German papers have it.

Relatives abroad write names this way. It is a copy of public tables on purpose: the matcher must
not be tried on names that its own romanisation wrote.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kinmatch.synth.parts import Spelling, table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def units(text: str, known: Collection[str]) -> list[str]:
    """Split lower-case text into the longest known units (at most two letters), left to right."""
    found: list[str] = []
    at = 0
    while at < len(text):
        pair = text[at : at + 2]
        unit = pair if len(pair) > 1 and pair in known else text[at]
        found.append(unit)
        at += len(unit)
    return found


@cache
def letters(spelling: Spelling) -> Mapping[str, str]:
    """Return the letter table of one Latin spelling."""
    return {row["cyrillic"]: row[spelling] for row in table("letters")}


@cache
def latin(cyrillic: str, spelling: Spelling) -> str:
    """Write a Cyrillic name in a Latin spelling; each part starts with a capital letter."""
    if spelling is Spelling.CYRILLIC:
        return cyrillic
    known = letters(spelling)
    written = "".join(known.get(unit, unit) for unit in units(cyrillic.lower(), known))
    return "-".join(part[:1].upper() + part[1:] for part in written.split("-"))
