"""The learned units of sound, read from `data/names/sounds`, and words spelled in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.names.forms import ARTICLE, script_of_form
from kinmatch.names.scripts import KNOWN, Script
from kinmatch.names.sounds.kernel import LONGEST, MOST_LETTERS, NO_UNIT, bits_to_many
from kinmatch.names.tables import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

START, END = "^", "$"
NOTHING = -1000.0  # bits of words that cannot be compared: one of them is in no known script
LEAST_ACROSS = -12.0  # bits of any two letters, or a letter and nothing
LEAST_WITHIN = -6.0  # the same within one script, where people mistype
ARTICLES_MET, ARTICLE_LEFT_OUT = 2.0, -3.0
UNKNOWN_MET, UNKNOWN_LEFT_OUT = 0.5, 0.25
ACROSS = 0.75  # what a name's spelling in another script says of it, as a share of the name itself
LEAST_ITSELF = 1.0  # bits; a form that says less of itself is no name
BACKGROUND = 0.4  # how much of what makes a string of letters ordinary is taken off; tuned on DEV


@dataclass(frozen=True, slots=True)
class Spelled:
    """Words of one script as units.

    `grams` has a row for each letter and boundary mark, shape (letters, 4); `ends` says where each
    word ends in it, shape (words,); `ordinary` holds the bits by which each word is likelier
    than its letters alone, shape (words,).
    """

    script: Script
    grams: NDArray[np.int32]
    ends: NDArray[np.int64]
    ordinary: NDArray[np.float64]


def pair_of(one: Script, other: Script) -> tuple[Script, Script]:
    """Return two scripts in the order their table is kept in: Latin, Cyrillic, Arabic."""
    order = (Script.LATIN, Script.CYRILLIC, Script.ARABIC)
    return (one, other) if order.index(one) <= order.index(other) else (other, one)


@cache
def unit_rows(one: Script, other: Script) -> tuple[tuple[str, str, float], ...]:
    """Return the units of two scripts, kept in this order, and the bits of each meeting."""
    found = rows(f"sounds/units_{one}_{other}")
    return tuple((row["one"], row["other"], float(row["bits"])) for row in found)


@cache
def inventory(script: Script) -> dict[str, int]:
    """Return the number of each unit of a script, from 1."""
    units: set[str] = set()
    for one, other in product(KNOWN, KNOWN):
        if pair_of(one, other) == (one, other) and script in {one, other}:
            for left, right, _ in unit_rows(one, other):
                units.update({left} if script is one else ())
                units.update({right} if script is other else ())
    return {unit: number for number, unit in enumerate(sorted(units - {""}), start=1)}


@cache
def odds_between(one: Script, other: Script) -> NDArray[np.float32]:
    """Return the odds of the units of one script with those of the other; see `kernel`."""
    kept = pair_of(one, other)
    first, second = inventory(one), inventory(other)
    odds = np.zeros((len(first) + 2, len(second) + 2), np.float32)
    for left, right, bits in unit_rows(*kept):
        ours, theirs = (left, right) if kept == (one, other) else (right, left)
        odds[first.get(ours, 0), second.get(theirs, 0)] = 2.0**bits
    raise_floors(odds, first, second, LEAST_WITHIN if one is other else LEAST_ACROSS)
    return odds


def raise_floors(
    odds: NDArray[np.float32], first: dict[str, int], second: dict[str, int], least_bits: float
) -> None:
    """Let no single letter make two words impossible, and an article always meet an article."""
    ours = [0, *(number for unit, number in first.items() if len(unit) == 1)]
    theirs = [0, *(number for unit, number in second.items() if len(unit) == 1)]
    single = np.ix_(ours, theirs)
    odds[single] = np.maximum(odds[single], 2.0**least_bits)
    # A letter the model never saw speaks neither for nor much against.
    odds[-1, theirs], odds[ours, -1], odds[-1, -1] = UNKNOWN_MET, UNKNOWN_MET, UNKNOWN_MET
    odds[-1, 0] = odds[0, -1] = UNKNOWN_LEFT_OUT
    odds[0, 0] = 0.0
    one, other = first.get(ARTICLE, 0), second.get(ARTICLE, 0)
    for place, least in (
        ((one, other), ARTICLES_MET),
        ((one, 0), ARTICLE_LEFT_OUT),
        ((0, other), ARTICLE_LEFT_OUT),
    ):
        odds[place] = max(odds[place], 2.0**least) if place != (0, 0) else 0.0


@cache
def ordinary(script: Script) -> dict[str, float]:
    """Return the bits by which two or three letters of a script are likelier than apart."""
    return {row["letters"]: float(row["bits"]) for row in rows(f"sounds/letters_{script}")}


def ordinary_bits(form: str, script: Script) -> float:
    """Return the bits by which a word is likelier than its letters alone."""
    known = ordinary(script)
    marked = START + form + END
    total = 0.0
    for end in range(2, len(marked) + 1):
        three = known.get(marked[max(end - 3, 0) : end]) if end > 2 else None  # noqa: PLR2004
        total += known.get(marked[end - 2 : end], 0.0) if three is None else three
    return total


def spell(forms: Sequence[str], script: Script) -> Spelled:
    """Return words of one script as units; words beyond 46 letters are cut there."""
    numbers = inventory(script)
    unknown = len(numbers) + 1
    lengths = []
    found: list[list[int]] = []
    for form in forms:
        marked = START + form[: MOST_LETTERS - 2] + END
        lengths.append(len(marked))
        for at in range(len(marked)):
            longest = len(marked) - at
            found.append(
                [
                    numbers.get(marked[at : at + n], unknown if n == 1 else NO_UNIT)
                    if n <= longest
                    else NO_UNIT
                    for n in LENGTHS
                ]
            )
    grams = np.array(found, np.int32).reshape(-1, LONGEST)
    ends = np.cumsum(lengths, dtype=np.int64)
    return Spelled(script, grams, ends, np.array([ordinary_bits(f, script) for f in forms]))


LENGTHS = range(1, LONGEST + 1)


def spell_by_script(forms: Sequence[str]) -> list[tuple[NDArray[np.int64], Spelled]]:
    """Return forms as units, script by script, each with the places they stand in."""
    found = []
    for script in KNOWN:
        at = [place for place, form in enumerate(forms) if script_of_form(form) is script]
        if at:
            found.append((np.array(at, np.int64), spell([forms[place] for place in at], script)))
    return found


@lru_cache(maxsize=20_000)
def spell_one(form: str) -> Spelled:
    """Return one word as units."""
    return spell([form], script_of_form(form))


def bits_between(
    form: str,
    words: Spelled,
    chosen: NDArray[np.int64] | None = None,
) -> NDArray[np.float64]:
    """Return the bits of a word with words of one script, all or the chosen ones, in their order.

    Where a word is in no known script they are `NOTHING`.
    """
    wanted = np.arange(len(words.ordinary)) if chosen is None else chosen
    found = np.full(len(wanted), NOTHING)
    if script_of_form(form) not in KNOWN or words.script not in KNOWN:
        return found
    one = spell_one(form)
    odds = odds_between(one.script, words.script)
    bits_to_many(one.grams, words.grams, words.ends, wanted, odds, found)
    found -= BACKGROUND * (words.ordinary[wanted] + one.ordinary[0])
    return found


@lru_cache(maxsize=500_000)
def sound_bits(one: str, other: str) -> float:
    """Return the bits for two words being one name by sound, the same in either order."""
    if not {script_of_form(one), script_of_form(other)} <= set(KNOWN):
        return NOTHING
    one, other = sorted((one, other))
    return float(bits_between(one, spell_one(other))[0])


@lru_cache(maxsize=500_000)
def itself(form: str) -> float:
    """Return the bits a form says of itself, at least so many."""
    return max(sound_bits(form, form), LEAST_ITSELF)


def resemblance(one: str, other: str) -> float:
    """Return how much of what two forms say of themselves they say of each other, 0..1."""
    across = 1.0 if script_of_form(one) is script_of_form(other) else ACROSS
    expected = across * (itself(one) + itself(other)) / 2
    return min(max(sound_bits(one, other) / expected, 0.0), 1.0)
