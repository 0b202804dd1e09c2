"""Rank many names for many queries: a cheap stage over unique words, then a full comparison."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from kinmatch.names.alignment import score
from kinmatch.names.reading import parse
from kinmatch.names.sounds import FEWEST_SHARED_BONES, skeleton, token_similarity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kinmatch.names.parts import Name

NEAR_WORDS = 70  # unique words whose consonants come closest, looked at for each word of a query
NEAR = 0.55  # words less alike than this do not bring a name forward
COMPARED = 40  # names compared in full for each query, at least


@dataclass(frozen=True, slots=True)
class Hit:
    """One name found for a query: its place in the list searched, and its score 0..1."""

    index: int
    name: str
    score: float


class Index:
    """Names prepared to be searched many times."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.parsed = [parse(name) for name in names]
        self.postings: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(self.parsed):
            for key in dict.fromkeys(searched_keys(name)):
                self.postings[key].append(place)
        self.keys = sorted(self.postings)
        by_skeleton: dict[str, list[str]] = defaultdict(list)
        for key in self.keys:
            by_skeleton[skeleton(key)].append(key)
        self.by_skeleton = dict(by_skeleton)
        self.skeletons = list(by_skeleton)
        self.near: dict[str, list[tuple[str, float]]] = {}

    def weigh(self, key: str) -> float:
        """Return how telling a word is in this list: a rare one about twice a common one."""
        held = len(self.postings.get(key, ()))
        rarity = math.log((len(self.names) + 1) / (held + 0.5)) / math.log(len(self.names) + 2)
        return 0.35 + 0.65 * max(rarity, 0.0)

    def near_words(self, key: str) -> list[tuple[str, float]]:
        """Return the words of the list that sound like a key."""
        if key not in self.near:
            close = process.extract(
                skeleton(key),
                self.skeletons,
                scorer=Levenshtein.normalized_similarity,
                limit=NEAR_WORDS,
                score_cutoff=FEWEST_SHARED_BONES,
            )
            words = [word for found, _, _ in close for word in self.by_skeleton[found]]
            alike = ((word, token_similarity(key, word)) for word in words)
            self.near[key] = [(word, like) for word, like in alike if like >= NEAR]
        return self.near[key]

    def forward(self, query: Name) -> list[int]:
        """Return the places of the names worth a full comparison, best first."""
        best: dict[int, float] = defaultdict(float)
        for key in dict.fromkeys(searched_keys(query)):
            brought: dict[int, float] = {}
            for word, like in self.near_words(key):
                gained = like * like * self.weigh(word)
                for place in self.postings[word]:
                    if gained > brought.get(place, 0.0):
                        brought[place] = gained
            for place, gained in brought.items():
                best[place] += gained
        return sorted(best, key=lambda place: (-best[place], place))

    def search(self, query: str, *, top: int) -> list[Hit]:
        """Return the best `top` names for a query; equal scores in the order of the list."""
        name = parse(query)
        places = self.forward(name)[: max(COMPARED, 2 * top)]
        hits = [Hit(p, self.names[p], score(name, self.parsed[p], self.weigh)) for p in places]
        hits.sort(key=lambda hit: (-hit.score, hit.index))
        return hits[:top]


def searched_keys(name: Name) -> Iterator[str]:
    """Yield the keys a name is found by: each word, and neighbours read as one."""
    keys = [part.key for part in name.compared]
    yield from keys
    for one, other in pairwise(keys):
        yield one + other


def search(names: Sequence[str], queries: Sequence[str], *, top: int) -> Iterator[list[Hit]]:
    """Yield for each query its best `top` names, best first."""
    index = Index(names)
    for query in queries:
        yield index.search(query, top=top)
