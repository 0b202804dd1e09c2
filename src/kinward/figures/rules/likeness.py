"""Texts that are copies of one: by the runs of words they share.

A text is the set of its runs of five words ("shingles"; Broder, On the resemblance and containment
of documents, 1997). Two are alike by how much of the smaller stands in the other too, so that a
copy that was cut or added to is still found. A run is kept as a number of eight bytes: a report of
a thousand words takes eight kilobytes, and two are compared in some ten microseconds.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from typing import TypeVar

    from numpy.typing import NDArray

    Key = TypeVar("Key", bound=Hashable)

RUN: Final = 5  # words
LEAST: Final = 20  # runs: what is shorter is like too much
ALIKE: Final = 0.5  # from this share on two texts are proposed as copies of one
WORD: Final = re.compile(r"\w+")


def shingles(text: str) -> NDArray[np.uint64]:
    """Return the runs of words of a text as numbers in order, whatever its punctuation and case."""
    words = [word.casefold() for word in WORD.findall(text)]
    runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    numbers = b"".join(blake2b(run.encode(), digest_size=8).digest() for run in runs)
    return np.unique(np.frombuffer(numbers, dtype=np.uint64))


def likeness(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """Return how much of the smaller text stands in the other, from 0 to 1."""
    smaller = min(len(one), len(other))
    if smaller < LEAST:
        return 0.0
    return len(np.intersect1d(one, other, assume_unique=True)) / smaller


def together(pairs: Iterable[tuple[Key, Key, bool]], rank: Mapping[Key, object]) -> dict[Key, Key]:
    """Return by text the first of the group it is of; texts of no group are left out.

    `pairs` are said in the order of time: of two texts what was said last holds.
    """
    said: dict[frozenset[Key], bool] = {}
    for one, other, same in pairs:
        said[frozenset((one, other))] = same
    top: dict[Key, Key] = {}

    def first(key: Key) -> Key:
        while top.setdefault(key, key) != key:
            key = top[key]
        return key

    for pair, same in said.items():
        if same and len(pair) > 1:
            one, other = sorted((first(key) for key in pair), key=lambda key: str(rank[key]))
            top[other] = one
    return {key: first(key) for key in list(top)}
