"""Every word of many names, once: which of them sound like a word, found in two stages.

First the words that hold the most pairs of letters one would expect in a spelling of the word in
their script (`sounds.heard`), rare pairs counting more; then, for these few hundred, the sound
model letter by letter. Small vocabularies are compared whole.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

from kinmatch.names.forms import script_of_form
from kinmatch.names.growing import Growing
from kinmatch.names.postings import Postings, add_under_all, counts
from kinmatch.names.scripts import KNOWN, Script
from kinmatch.names.sounds import Spelled, bits_between, spell
from kinmatch.names.sounds.heard import LETTERS, expected_pairs, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

COMPARED = 600  # words of one script that the first stage lets through
WHOLE = 1500  # words of one script up to which all are compared
LEAST_EXPECTED = 0.02
FAMILIES = (False, True)  # pairs of all letters, and of the bones
KEYS = len(FAMILIES) * LETTERS * LETTERS
BINS = 512
COLUMNS = ("numbers", "grams", "ends", "ordinary", "sizes")


class Words:
    """The words of one script: their units, and under each pair of letters the words that hold it.

    `numbers` are those of the vocabulary; `sizes` is what the total of each word is multiplied by.
    """

    def __init__(self, script: Script, arrays: Mapping[str, NDArray[Any]], pairs: Postings) -> None:
        self.script = script
        self.columns = {name: Growing(arrays[name]) for name in COLUMNS}
        self.pairs = pairs

    @classmethod
    def of(cls, script: Script, numbers: Sequence[int], forms: Sequence[str]) -> Words:
        """Prepare the words of one script."""
        keys: list[int] = []
        values: list[int] = []
        for place, form in enumerate(forms):
            held = pair_keys(form, script)
            keys.extend(held)
            values.extend([place] * len(held))
        packed = Postings.packed(np.array(keys, np.int64), np.array(values, np.int32), KEYS)
        return cls(script, columns_of(script, numbers, forms), packed)

    @property
    def numbers(self) -> NDArray[np.int32]:
        """The number of each word in the vocabulary."""
        return self.columns["numbers"].array

    @property
    def spelled(self) -> Spelled:
        """The words as units."""
        held = self.columns
        starts = np.concatenate([[0], held["ends"].array])
        return Spelled(self.script, held["grams"].array, starts, held["ordinary"].array)

    def add(self, number: int, form: str) -> None:
        """Add one more word."""
        place = self.columns["numbers"].count
        more = columns_of(self.script, [number], [form])
        more["ends"] = more["ends"] + self.columns["grams"].count
        for name, growing in self.columns.items():
            growing.extend(more[name])
        for key in pair_keys(form, self.script):
            self.pairs.add(key, place)

    def near(self, form: str, most: int | None) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Return the numbers of the words that may sound like a form, and their sound bits."""
        few = most is None or len(self.numbers) <= max(WHOLE, most)
        chosen = None if few else self.promising(form, most or 0)
        heard = bits_between(form, self.spelled, chosen)
        return (self.numbers if chosen is None else self.numbers[chosen]), heard

    def promising(self, form: str, most: int) -> NDArray[np.int64]:
        """Return the places of the words that hold the most of the pairs of letters expected."""
        totals = np.zeros(len(self.numbers), np.float32)
        for family, bones in enumerate(FAMILIES):
            expected = expected_pairs(form, self.script, bones=bones).ravel()
            told = np.flatnonzero(expected >= LEAST_EXPECTED)
            keys = told + family * LETTERS * LETTERS
            held = counts(self.pairs.lists, keys)
            rarity = np.log(len(totals) / np.maximum(held, 1) + 1.0)
            add_under_all(self.pairs.lists, keys, np.minimum(expected[told], 1.0) * rarity, totals)
        totals *= self.columns["sizes"].array
        return highest(totals, most)


def columns_of(
    script: Script, numbers: Sequence[int], forms: Sequence[str]
) -> dict[str, NDArray[Any]]:
    """Return the columns of words: what `Words` holds of each."""
    spelled = spell(forms, script)
    return {
        "numbers": np.array(numbers, np.int32),
        "grams": spelled.grams,
        "ends": spelled.starts[1:],
        "ordinary": spelled.ordinary,
        # Long words hold more pairs; they are not to win by that.
        "sizes": np.array([1 / np.sqrt(len(form) + 3) for form in forms], np.float32),
    }


def pair_keys(form: str, script: Script) -> list[int]:
    """Return the keys of the pairs of letters of a word, and of its bones."""
    found: set[int] = set()
    for family, bones in enumerate(FAMILIES):
        letters = numbered(form, script, bones=bones)
        found.update(
            (family * LETTERS + one) * LETTERS + other
            for one, other in zip([0, *letters], letters, strict=False)
        )
    return sorted(found)


@njit(cache=True, nogil=True)
def highest(totals: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """Return the places of about the `most` highest totals, by counting them in bins."""
    n = totals.shape[0]
    top = 0.0
    for k in range(n):
        top = max(top, totals[k])
    if top == 0.0:
        return np.empty(0, np.int64)
    counts = np.zeros(BINS + 1, np.int64)
    for k in range(n):
        counts[int(totals[k] / top * BINS)] += 1
    bin_, kept = BINS, counts[BINS]
    while bin_ > 1 and kept + counts[bin_ - 1] <= most:
        bin_ -= 1
        kept += counts[bin_]
    found = np.empty(kept, np.int64)
    at = 0
    for k in range(n):
        if int(totals[k] / top * BINS) >= bin_:
            found[at] = k
            at += 1
    return found


class Vocabulary:
    """The words of many names, numbered in the order they came."""

    def __init__(self, forms: Iterable[str] = ()) -> None:
        self.forms = list(dict.fromkeys(forms))
        self.number = {form: number for number, form in enumerate(self.forms)}
        of: dict[Script, list[str]] = defaultdict(list)
        for form in self.forms:
            of[script_of_form(form)].append(form)
        self.words = {
            script: Words.of(script, [self.number[form] for form in of[script]], of[script])
            for script in KNOWN
        }

    @classmethod
    def kept(cls, forms: Sequence[str], words: dict[Script, Words]) -> Vocabulary:
        """Return a vocabulary made before."""
        found = cls()
        found.forms = list(forms)
        found.number = {form: number for number, form in enumerate(found.forms)}
        found.words = words
        return found

    def add(self, form: str) -> int:
        """Return the number of a form, a new one if it was not known."""
        number = self.number.get(form)
        if number is None:
            number = self.number[form] = len(self.forms)
            self.forms.append(form)
            if words := self.words.get(script_of_form(form)):
                words.add(number, form)
        return number

    def near(
        self, form: str, most: int | None = None
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Return the numbers of the words that may sound like a form, and their sound bits.

        At most about so many of each script, or all with None; in no order.
        """
        found = [words.near(form, most) for words in self.words.values() if len(words.numbers)]
        if not found:
            return np.empty(0, np.int32), np.empty(0)
        return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])

    def spelled(
        self, numbers: NDArray[np.int64]
    ) -> list[tuple[NDArray[np.int64], Spelled, NDArray[np.int64]]]:
        """Return words by number: for each script where in `numbers`, the units, and which."""
        found = []
        for words in self.words.values():
            at = np.searchsorted(words.numbers, numbers)
            at[at == len(words.numbers)] = 0
            ours = np.flatnonzero(words.numbers[at] == numbers) if len(words.numbers) else at[:0]
            if len(ours):
                found.append((ours, words.spelled, at[ours]))
        return found
