"""Romanised names compared by the usual ways. Runs in the peers' environment.

A scorer is made of the candidates; `rows` yields for each query its score against every one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler
from scipy.sparse import csr_matrix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MOST_WORDS = 8  # of a name; further ones are not compared
AT_ONCE = 20  # queries scored in one call


class Scorer(Protocol):
    """What compares queries with candidates."""

    def rows(self, queries: Sequence[str]) -> Iterator[np.ndarray]:
        """Yield the scores of each query against every candidate."""


class Whole:
    """The whole string, by one of rapidfuzz's scorers."""

    def __init__(self, cands: Sequence[str], scorer: Callable[[str, str], float]) -> None:
        self.cands = cands
        self.scorer = scorer

    def rows(self, queries: Sequence[str]) -> Iterator[np.ndarray]:
        """Yield the scores of each query against every candidate."""
        for start in range(0, len(queries), AT_ONCE):
            block = queries[start : start + AT_ONCE]
            yield from process.cdist(block, self.cands, scorer=self.scorer, dtype=np.float64)


class Words:
    """Word by word: the best one-to-one pairs, taken greedily.

    Their similarities are summed and divided by the mean number of words of both names (Dice), or
    by the words of the shorter one, so that a name left out costs nothing.
    """

    def __init__(
        self,
        cands: Sequence[str],
        similar: Callable[[list[str]], Callable[[list[str]], np.ndarray]],
        *,
        shorter: bool = False,
    ) -> None:
        words = [cand.split()[:MOST_WORDS] for cand in cands]
        vocabulary = sorted({word for held in words for word in held})
        number = {word: place for place, word in enumerate(vocabulary)}
        self.lengths = np.array([len(held) for held in words])
        # Names are filled up to equal length with a word that is like no other.
        self.held = np.full((len(words), max(1, self.lengths.max())), len(vocabulary))
        for place, held in enumerate(words):
            self.held[place, : len(held)] = [number[word] for word in held]
        self.similarities = similar(vocabulary)
        self.shorter = shorter

    def rows(self, queries: Sequence[str]) -> Iterator[np.ndarray]:
        """Yield the scores of each query against every candidate."""
        for query in queries:
            words = query.split()[:MOST_WORDS]
            if not words:
                yield np.zeros(len(self.held))
                continue
            of_words = np.pad(self.similarities(words), ((0, 0), (0, 1)))
            pairs = of_words[:, self.held].transpose(1, 0, 2)
            least = np.minimum(np.maximum(self.lengths, 1), len(words))
            yield greedy(pairs) / (least if self.shorter else (self.lengths + len(words)) / 2)


def greedy(pairs: np.ndarray) -> np.ndarray:
    """Sum the best one-to-one pairs of each name: shape (names, words of one, words of other)."""
    names, ours, theirs = pairs.shape
    total = np.zeros(names)
    every = np.arange(names)
    for _ in range(min(ours, theirs)):
        best = pairs.reshape(names, -1).argmax(axis=1)
        one, other = best // theirs, best % theirs
        total += np.maximum(pairs[every, one, other], 0)
        pairs[every, one, :] = -1
        pairs[every, :, other] = -1
    return total


def jaro_winkler_of(vocabulary: list[str]) -> Callable[[list[str]], np.ndarray]:
    """Compare words by Jaro-Winkler."""
    return lambda words: process.cdist(
        words, vocabulary, scorer=JaroWinkler.similarity, dtype=np.float64
    )


def codes_of(
    encode: Callable[[str], frozenset[str]],
) -> Callable[[list[str]], Callable[[list[str]], np.ndarray]]:
    """Compare words by whether they share a phonetic code."""

    def similar(vocabulary: list[str]) -> Callable[[list[str]], np.ndarray]:
        sharing: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(vocabulary):
            for code in encode(word):
                sharing[code].append(place)

        def compare(words: list[str]) -> np.ndarray:
            shared = np.zeros((len(words), len(vocabulary)))
            for row, word in enumerate(words):
                for code in encode(word):
                    shared[row, sharing.get(code, [])] = 1
            return shared

        return compare

    return similar


def trigrams(text: str) -> list[str]:
    """Return the letters of each word in threes, its ends marked."""
    return [
        padded[start : start + 3]
        for padded in (f"  {word} " for word in text.split())
        for start in range(len(padded) - 2)
    ]


class Trigrams:
    """Shared trigrams: Dice of the sets, or the cosine of counts weighted by rarity."""

    def __init__(self, cands: Sequence[str], *, cosine: bool) -> None:
        self.cosine = cosine
        held = Counter(gram for cand in cands for gram in set(trigrams(cand)))
        self.number = {gram: place for place, gram in enumerate(held)}
        self.rarity = {gram: np.log(len(cands) / count) + 1 for gram, count in held.items()}
        self.unseen = np.log(len(cands)) + 1
        self.cands, self.sizes = self.matrix(cands)

    def weights(self, text: str) -> dict[str, float]:
        """Return the weight of each trigram of a name."""
        if not self.cosine:
            return dict.fromkeys(trigrams(text), 1.0)
        counts = Counter(trigrams(text))
        return {gram: n * self.rarity.get(gram, self.unseen) for gram, n in counts.items()}

    def matrix(self, names: Sequence[str]) -> tuple[csr_matrix, np.ndarray]:
        """Return names as rows of weights, and the size of each, unseen trigrams included."""
        values, columns, ends, sizes = [], [], [0], []
        for name in names:
            held = self.weights(name)
            known = [gram for gram in held if gram in self.number]
            values += [held[gram] for gram in known]
            columns += [self.number[gram] for gram in known]
            ends.append(len(values))
            weights = np.array(list(held.values()) or [0.0])
            sizes.append(np.sqrt((weights**2).sum()) if self.cosine else weights.sum())
        rows = csr_matrix((values, columns, ends), shape=(len(names), len(self.number)))
        return rows, np.array(sizes)

    def rows(self, queries: Sequence[str]) -> Iterator[np.ndarray]:
        """Yield the scores of each query against every candidate."""
        found, sizes = self.matrix(queries)
        across = self.cands.T.tocsc()
        for place, size in enumerate(sizes):
            shared = (found[place] @ across).toarray()[0]
            whole = size * self.sizes if self.cosine else (size + self.sizes) / 2
            yield shared / np.maximum(whole, 1e-12)


def double_metaphone(word: str) -> frozenset[str]:
    """Return the codes of a word by double metaphone."""
    return frozenset(filter(None, import_module("doublemetaphone").doublemetaphone(word)))


def beider_morse() -> Callable[[str], frozenset[str]]:
    """Return what gives the codes of a word by Beider-Morse, in Abydos's implementation."""
    encoder = import_module("abydos.phonetic").BeiderMorse()
    return lambda word: frozenset(encoder.encode(word).split())


SCORERS: dict[str, Callable[[Sequence[str]], Scorer]] = {
    "Jaro-Winkler": lambda cands: Whole(cands, JaroWinkler.similarity),
    "token sort": lambda cands: Whole(cands, fuzz.token_sort_ratio),
    "WRatio": lambda cands: Whole(cands, fuzz.WRatio),
    "token Jaro-Winkler": lambda cands: Words(cands, jaro_winkler_of),
    "token Jaro-Winkler (shorter)": lambda cands: Words(cands, jaro_winkler_of, shorter=True),
    "double metaphone": lambda cands: Words(cands, codes_of(double_metaphone)),
    "Beider-Morse": lambda cands: Words(cands, codes_of(beider_morse())),
    "trigram Dice": lambda cands: Trigrams(cands, cosine=False),
    "trigram cosine": lambda cands: Trigrams(cands, cosine=True),
}
