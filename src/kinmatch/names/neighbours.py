"""The token neighbour table: which forms sound like which, worked out once for all records.

How close two forms are is the share of what each says of itself that it says of the other: 1 for
the same form, near 1 for two spellings of one name, little for two names.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.names.forms import (
    SHORT_NAME,
    UNKNOWN_NAME,
    alternatives,
    name_number,
    script_of_form,
    stem_hint,
)
from kinmatch.names.growing import Growing
from kinmatch.names.scripts import Script
from kinmatch.names.sounds import ACROSS, itself
from kinmatch.names.vocabulary import COMPARED, Vocabulary, compared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Progress = Callable[[int], object]

ANOTHER_FORM = 0.95  # how close two forms are that are known to be one name
SHORT_FORM = 0.8  # how close a short name is to the name
ALMOST = 0.99  # how close two forms that are not the same can be by sound
TWO_NAMES = 0.75  # how much closeness by sound counts between names that are known to be two
DIGITS = 9  # of a closeness; behind them it matters which of the two came first
SCRIPTS = tuple(Script)


@lru_cache(maxsize=500_000)
def known_as(form: str) -> tuple[tuple[str, float], ...]:
    """Return what a form may be taken for, itself first, and how close that is."""
    return (
        (form, 1.0),
        *(
            (other, ANOTHER_FORM if cost < SHORT_NAME else SHORT_FORM)
            for other, cost in alternatives(form)
        ),
    )


@lru_cache(maxsize=500_000)
def name_of(form: str) -> tuple[int, bool] | None:
    """Return the known name a form spells, by number, or is the family name of; None if neither."""
    for known, family in ((form, False), (stem_hint(form), True)):
        number = name_number(known)
        if number != UNKNOWN_NAME:
            return number, family
    return None


def closeness(one: str, other: str) -> float:
    """Return how close two forms are, 0..1, the same in either order."""
    table = neighbours([one, other], near=0.0)
    return table[one].get(other, 0.0)


class Neighbourhood:
    """The forms of a table, and every form one of them may be taken for; more can be added.

    Of each script, about `most` words are compared in full with a form. `vocabulary` is that of a
    neighbourhood of the same keys, kept from before.
    """

    def __init__(
        self, keys: Sequence[str], most: int = COMPARED, vocabulary: Vocabulary | None = None
    ) -> None:
        self.most = most
        self.owners: dict[str, list[tuple[str, float]]] = defaultdict(list)
        self.named: dict[tuple[int, bool] | None, list[str]] = defaultdict(list)
        for key in keys:
            self._enter(key)
        self.vocabulary = vocabulary or Vocabulary(self.owners)
        self.itself = Growing(np.array([itself(form) for form in self.vocabulary.forms]))
        scripts = [SCRIPTS.index(script_of_form(form)) for form in self.vocabulary.forms]
        self.script = Growing(np.array(scripts, np.int8))

    def add(self, key: str) -> None:
        """Add one more key."""
        self._enter(key)
        for form, _ in known_as(key):
            if form not in self.vocabulary.number:
                self.vocabulary.add(form)
                self.itself.extend(np.array([itself(form)]))
                self.script.extend(np.array([SCRIPTS.index(script_of_form(form))], np.int8))

    def _enter(self, key: str) -> None:
        self.named[name_of(key)].append(key)
        for form, close in known_as(key):
            self.owners[form].append((key, close))

    def close(self, key: str, near: float) -> Iterator[tuple[str, float]]:
        """Yield the keys that are near one, and how close; a key may come twice."""
        yield key, 1.0
        name = name_of(key)
        if name:
            yield from ((other, ANOTHER_FORM) for other in self.named[name])
        for other, close in self.heard(key, near):
            two = name and name_of(other) not in {name, None}
            yield other, round(min(close * (TWO_NAMES if two else 1.0), ALMOST), DIGITS)

    def heard(self, key: str, near: float) -> Iterator[tuple[str, float]]:
        """Yield the keys that sound near one, and how close, whatever is known of the names."""
        for form, taken in known_as(key):
            numbers, bits, _ = self.vocabulary.near(form, self.most)
            expected = (self.itself.array[numbers] + itself(form)) / 2
            own = SCRIPTS.index(script_of_form(form))
            expected[self.script.array[numbers] != own] *= ACROSS
            alike = np.clip(bits / expected, 0.0, 1.0) * taken
            for place in np.flatnonzero(alike >= near - 10.0**-DIGITS):
                for owner, close in self.owners[self.vocabulary.forms[numbers[place]]]:
                    yield owner, float(alike[place]) * close


def neighbours(
    keys: Iterable[str],
    *,
    near: float,
    of: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> dict[str, dict[str, float]]:
    """Return for each key the keys at least `near` close, itself included, and how close (0..1).

    With `of`, only these keys are compared with all others, and the table has an entry for each
    key that has a neighbour found so: what new keys add to a table made before. In a large
    vocabulary (`vocabulary.compared`) fewer words are compared in full, and one pair in a hundred
    is missed. `progress` is called with the number of keys done since it was last.
    """
    known = list(keys)
    sought = sorted(set(known if of is None else of))
    everyone = sorted({*known, *sought})
    around = Neighbourhood(everyone, compared(len(everyone)))
    table: dict[str, dict[str, float]] = {key: {key: 1.0} for key in sought}
    for key in sought:
        for other, close in around.close(key, near):
            if close >= near and close > table[key].get(other, 0.0):
                table[key][other] = close
                table.setdefault(other, {})[key] = close
        if progress:
            progress(1)
    return table
