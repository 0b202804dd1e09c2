"""What each part of the library brings: the same comparison with one of them taken out.

The library offers no such switches; they would be of no use to anyone but a benchmark. Here its
modules are given other functions for a while, and what they remembered is forgotten.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from kinmatch.names import Name, Part, Role, alignment, index, rarity, reading, vocabulary
from kinmatch.names.fold import split
from kinmatch.names.forms import UNKNOWN_NAME, form_of
from kinmatch.names.romanisation import plain_key
from kinmatch.names.scripts import Script, script_of
from kinmatch.names.sounds import units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOFT = frozenset("aeiouywh")
SAME_LETTER, OTHER_LETTER = 5.0, -6.0  # bits
SOFT_LEFT_OUT, LEFT_OUT = -1.0, -4.0
REMEMBERING = (
    reading.parse,
    alignment.prepare,
    rarity.shares_of_names,
    units.sound_bits,
    units.itself,
    units.spell_one,
)


def flat(written: str) -> Name:
    """Read a name as a set of words, none of which is anybody's in particular."""
    forms = [(word, form_of(word)) for word in split(written)]
    parts = tuple(Part(word, form, Role.UNSURE) for word, form in forms if form)
    return Name(written, script_of(written), parts)


@cache
def by_letter(one: Script, other: Script) -> np.ndarray:
    """Return the odds of units if all one knew were a table of letters."""
    ours, theirs = units.inventory(one), units.inventory(other)
    odds = np.zeros((len(ours) + 2, len(theirs) + 2), np.float32)
    left = {unit: plain_key(unit) for unit in ours if len(unit) == 1}
    right = {unit: plain_key(unit) for unit in theirs if len(unit) == 1}
    for unit, key in left.items():
        odds[ours[unit], 0] = 2 ** (SOFT_LEFT_OUT if set(key) <= SOFT else LEFT_OUT)
        for met, said in right.items():
            same = unit == met or (key and key == said)
            odds[ours[unit], theirs[met]] = 2 ** (SAME_LETTER if same else OTHER_LETTER)
    for met, said in right.items():
        odds[0, theirs[met]] = 2 ** (SOFT_LEFT_OUT if set(said) <= SOFT else LEFT_OUT)
    odds[-1, 1:], odds[1:, -1] = units.UNKNOWN_MET, units.UNKNOWN_MET
    return odds


SWITCHES: dict[str, tuple[tuple[Any, str, Callable[..., Any]], ...]] = {
    "no structure": ((alignment, "parse", flat), (index, "parse", flat)),
    "no learning": ((units, "odds_between", by_letter),),
    "no rarity": (
        (rarity, "share", lambda _form: 0.0),
        (index, "share", lambda _form: 0.0),
        (index, "counts", lambda _lists, numbers: np.zeros(len(numbers))),
    ),
    "no equivalents": (
        (reading, "alternatives", lambda _form, **_short: ()),
        *(
            (module, "name_number", lambda _form: UNKNOWN_NAME)
            for module in (rarity, alignment, index, vocabulary)
        ),
    ),
}


@contextmanager
def without(switch: str) -> Iterator[None]:
    """Take one part out for a while."""
    before = [(module, name, getattr(module, name)) for module, name, _ in SWITCHES[switch]]
    try:
        for module, name, instead in SWITCHES[switch]:
            setattr(module, name, instead)
        forget()
        yield
    finally:
        for module, name, was in before:
            setattr(module, name, was)
        forget()


def forget() -> None:
    """Empty what the library remembers."""
    for function in REMEMBERING:
        function.cache_clear()
