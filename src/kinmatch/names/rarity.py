"""What it says that two words agree, given how many people's words would agree as well.

bits = SCALE · (sound − expectation) + rarity. The expectation is what a name says of itself, taken
across the two scripts; the rarity of a word, -log2(RAREST + share), is the most that agreeing on it
can say. That two people are called Muhammad says little; that both bear a name that nobody else
does says up to log2(1 / RAREST), about twelve bits.
"""

from __future__ import annotations

from functools import cache
from math import log2
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.names.forms import UNKNOWN_NAME, name_number, script_of_form
from kinmatch.names.scripts import KNOWN, Script
from kinmatch.names.sounds import itself
from kinmatch.names.tables import rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Tuned on the DEV sets. The sound model takes letters for independent, and so is too sure.
SCALE = 0.55
RAREST = 2e-4  # the share of persons a word is taken to have that nobody is known to bear
KNOWN_SAYS = 0.6  # share of full agreement that two spellings of a known name say at least
TWO_NAMES = 8.0  # bits two words say less that are known to be two names, however alike they sound
# What a spelling must say, as a share of what both words say of themselves, to count in full.
WITHIN = 1.2
ACROSS = 1.1
WITHOUT_VOWELS = (
    0.9  # Cyrillic, where vowels are written, and Arabic, learned from the fewest pairs
)


@cache
def shares(script: Script) -> dict[str, float]:
    """Return the share of persons who bear each frequent word of a script."""
    return {row["form"]: float(row["share"]) for row in rows(f"sounds/frequent_{script}")}


def share(form: str) -> float:
    """Return the share of persons who bear a word, 0 when it is not a frequent one.

    A spelling of a known name has that of its commonest spelling in any script: who counts the
    persons of one script seldom meets how its speakers spell a name of another.
    """
    script = script_of_form(form)
    own = shares(script).get(form, 0.0) if script in KNOWN else 0.0
    return max(own, shares_of_names().get(name_number(form), 0.0))


@cache
def shares_of_names() -> dict[int, float]:
    """Return the share of persons who bear each known name, in its commonest spelling."""
    found: dict[int, float] = {}
    for script in KNOWN:
        for form, borne in shares(script).items():
            number = name_number(form)
            if number != UNKNOWN_NAME:
                found[number] = max(borne, found.get(number, 0.0))
    return found


def corrected(
    form: str,
    bits: NDArray[np.float64],
    named: NDArray[np.int16],
    least: NDArray[np.float64] | float,
) -> NDArray[np.float64]:
    """Return the bits of a form with words, corrected where it is known which names they are.

    Spellings of one name say at least `least`; two names say so much less than they sound. `named`
    are the numbers of the words' names, shape as `bits`.
    """
    own = name_number(form)
    if own == UNKNOWN_NAME:
        return bits
    apart = np.where(named == UNKNOWN_NAME, bits, bits - TWO_NAMES)
    return np.where(named == own, np.maximum(bits, least), apart)


def rarity(form: str) -> float:
    """Return the bits of surprise that a stranger bears a word."""
    return -log2(RAREST + share(form))


def expectation(one: str, other: str, script: Script) -> float:
    """Return the bits of sound two spellings are expected to say; `script` is that of the other."""
    if script_of_form(one) is script:
        of_both = WITHIN
    else:
        of_both = WITHOUT_VOWELS if {script_of_form(one), script} == NEVER_LATIN else ACROSS
    return of_both * (itself(one) + itself(other)) / 2


NEVER_LATIN = {Script.ARABIC, Script.CYRILLIC}
