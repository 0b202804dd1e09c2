"""Every word of many names, once: which of them sound like a word, found in two stages.

First the words that hold the most pairs of letters one would expect in a spelling of the word in
their script (`sounds.heard`), rare pairs counting more; then, for these few hundred, the sound
model letter by letter. Small vocabularies are compared whole.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numba import njit

from kinmatch.names.forms import UNKNOWN_NAME, name_number, names_numbered, script_of_form
from kinmatch.names.growing import Growing
from kinmatch.names.postings import Postings, add_under, add_under_all, counts
from kinmatch.names.scripts import KNOWN, Script
from kinmatch.names.sounds import Spelled, bits_between, spell
from kinmatch.names.sounds.heard import LETTERS, expected_pairs, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

COMPARED = 600  # words of one script that the first stage lets through
FEWER = 200  # in a large vocabulary; of the pairs 600 find, 99 in 100, at a third of the cost
LARGE = 20_000  # keys beyond which a vocabulary is large
WHOLE = 2.5  # times as many as would be compared: up to so many words of a script, all are
LEAST_EXPECTED = 0.02
FAMILIES = (False, True)  # pairs of all letters, and of the bones
NAMES = len(FAMILIES) * LETTERS * LETTERS  # behind the pairs, a key for each known name
OF_THE_NAME = 1000.0  # what a word gains that is known to spell the name asked for
BINS = 512
COLUMNS = ("numbers", "grams", "ends", "ordinary", "sizes", "named")


def compared(keys: int) -> int:
    """Return about how many words of a script to compare in full with each of so many keys."""
    return COMPARED if keys <= LARGE else FEWER


class Near(NamedTuple):
    """Words that may sound like a form, in the order of their numbers.

    Shape (words,) each: their numbers in the vocabulary, their sound bits with the form, and the
    numbers of the known names they spell.
    """

    numbers: NDArray[np.int32]
    heard: NDArray[np.float64]
    named: NDArray[np.int16]


NOWHERE = Near(np.empty(0, np.int32), np.empty(0), np.empty(0, np.int16))


class Chosen(NamedTuple):
    """Some words of one script.

    `places` says where each stands among all that were asked for, `spelled` holds the words of the
    script and `chosen` which of these they are, all with None; `named` the names they spell.
    """

    places: NDArray[np.int64]
    spelled: Spelled
    chosen: NDArray[np.int64] | None
    named: NDArray[np.int16]


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
        count = NAMES + names_numbered()
        packed = Postings.packed(np.array(keys, np.int64), np.array(values, np.int32), count)
        return cls(script, columns_of(script, numbers, forms), packed)

    @property
    def numbers(self) -> NDArray[np.int32]:
        """The number of each word in the vocabulary."""
        return self.columns["numbers"].array

    @property
    def spelled(self) -> Spelled:
        """The words as units."""
        grams, ends, ordinary = (self.columns[n].array for n in ("grams", "ends", "ordinary"))
        return Spelled(self.script, grams, ends, ordinary)

    def add(self, number: int, form: str) -> None:
        """Add one more word."""
        place = self.columns["numbers"].count
        more = columns_of(self.script, [number], [form])
        more["ends"] = more["ends"] + self.columns["grams"].count
        for name, growing in self.columns.items():
            growing.extend(more[name])
        for key in pair_keys(form, self.script):
            self.pairs.add(key, place)

    def near(self, form: str, most: int | None) -> Near:
        """Return the words that may sound like a form, about so many, or all with None."""
        named = self.columns["named"].array
        if most is None or len(self.numbers) <= WHOLE * most:
            return Near(self.numbers, bits_between(form, self.spelled), named)
        chosen = self.promising(form, most)
        heard = bits_between(form, self.spelled, chosen)
        return Near(self.numbers[chosen], heard, named[chosen])

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
        if (name := name_number(form)) != UNKNOWN_NAME:
            add_under(self.pairs.lists, NAMES + name, OF_THE_NAME, totals)
        return highest(totals, most)


def columns_of(
    script: Script, numbers: Sequence[int], forms: Sequence[str]
) -> dict[str, NDArray[Any]]:
    """Return the columns of words: what `Words` holds of each."""
    spelled = spell(forms, script)
    return {
        "numbers": np.array(numbers, np.int32),
        "grams": spelled.grams,
        "ends": spelled.ends,
        "ordinary": spelled.ordinary,
        "named": np.array([name_number(form) for form in forms], np.int16),
        # Long words hold more pairs; they are not to win by that.
        "sizes": np.array([1 / np.sqrt(len(form) + 3) for form in forms], np.float32),
    }


def pair_keys(form: str, script: Script) -> list[int]:
    """Return the keys of a word: its pairs of letters, those of its bones, and its name."""
    found: set[int] = set()
    for family, bones in enumerate(FAMILIES):
        letters = numbered(form, script, bones=bones)
        found.update(
            (family * LETTERS + one) * LETTERS + other
            for one, other in zip([0, *letters], letters, strict=False)
        )
    name = name_number(form)
    return sorted(found) + ([NAMES + name] if name != UNKNOWN_NAME else [])


@njit(cache=True, nogil=True)
def above(totals: NDArray[np.float32], least: np.float32) -> NDArray[np.int64]:
    """Return the places of the totals above some value."""
    found = np.empty(totals.shape[0] + 1, np.int64)
    count = 0
    for k in range(totals.shape[0]):
        found[count] = k
        count += totals[k] > least
    return found[:count].copy()


@njit(cache=True, nogil=True)
def highest(totals: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """Return the places of about the `most` highest totals above 0, by counting them in bins."""
    if totals.shape[0] == 0:
        return np.empty(0, np.int64)
    top = totals.max()
    places = above(totals, np.float32(top / 2))
    if places.shape[0] < most:
        places = above(totals, np.float32(0.0))
    if places.shape[0] <= most:
        return places
    bins = (totals[places] * np.float32(BINS / top)).astype(np.int64)
    counts = np.bincount(bins)
    least, kept = counts.shape[0] - 1, counts[-1]
    while least > 0 and kept + counts[least - 1] <= most:
        least -= 1
        kept += counts[least]
    found: NDArray[np.int64] = places[bins >= least]
    return found


class Vocabulary:
    """The words of many names, numbered in alphabetical order; those added later in theirs."""

    def __init__(self, forms: Iterable[str] = ()) -> None:
        self.forms = sorted(set(forms))
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

    def near(self, form: str, most: int | None = None) -> Near:
        """Return the words that may sound like a form, about so many of each script, or all."""
        found = [words.near(form, most) for words in self.words.values() if len(words.numbers)]
        if not found:
            return NOWHERE
        columns = [np.concatenate(column) for column in zip(*found, strict=True)]
        order = np.argsort(columns[0])
        return Near(*(column[order] for column in columns))

    def spelled(self, numbers: NDArray[np.int64]) -> list[Chosen]:
        """Return words by number, script by script."""
        found = []
        for words in self.words.values():
            at = np.searchsorted(words.numbers, numbers)
            at[at == len(words.numbers)] = 0
            ours = np.flatnonzero(words.numbers[at] == numbers) if len(words.numbers) else at[:0]
            if len(ours):
                named = words.columns["named"].array[at[ours]]
                found.append(Chosen(ours, words.spelled, at[ours], named))
        return found
