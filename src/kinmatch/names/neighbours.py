"""The token neighbour table: which keys sound like which, worked out once for all records.

Keys are grouped by the skeleton of their consonants. Two groups are looked into only when their
skeletons are at most one edit apart, and that edit is cheap enough to leave the keys near; few
pairs of keys are aligned sound by sound.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from string import ascii_letters
from typing import TYPE_CHECKING

from kinmatch.names.sounds import (
    ARTICLE_COST,
    CLASSES,
    CONSONANT,
    LEFT_OUT,
    WORN_ENDS,
    Losses,
    cheapest,
    similarity,
    sound_costs,
    sounds_of,
    substance,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Progress = Callable[[int], object]

WITHOUT_BONES = str.maketrans(
    dict.fromkeys((s for s in ascii_letters if not s.translate(CLASSES)), "")
)


def neighbours(
    keys: Iterable[str],
    *,
    near: float,
    of: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> dict[str, dict[str, float]]:
    """Return for each key the keys at least `near` alike, itself included, and how alike (0..1).

    With `of`, only these keys are compared with all others, and the table has an entry for each
    key that has a neighbour found so: what new keys add to a table made before. `progress` is
    called with the number of keys done since it was last.
    """
    new = None if of is None else set(of)
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted({*keys, *(new or ())}):
        groups[consonants(key)].append(key)
    close = ClosestBones(groups, near)
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for bones, ours in groups.items():
        sought = ours if new is None else [key for key in ours if key in new]
        if sought:
            for other in close.to(bones):
                # Similarity has no direction: without `of`, each pair of groups is looked at once.
                if new is not None or other >= bones:
                    meet(sought, groups[other], near, table)
        if progress:
            progress(len(ours))
    return dict(table)


@lru_cache(maxsize=200_000)
def consonants(key: str) -> str:
    """Return the sounds of a key that its skeleton shows, not merged into classes."""
    return sounds_of(key).translate(WITHOUT_BONES)


class ClosestBones:
    """Which strings of consonants may belong to keys that are near."""

    def __init__(self, groups: dict[str, list[str]], near: float) -> None:
        self.most = {bones: most_substance(keys) for bones, keys in groups.items()}
        self.near = near
        self.alike: dict[str, list[str]] = defaultdict(list)
        for bones in groups:
            self.alike[bones.translate(CLASSES)].append(bones)
        self.buckets: dict[str, list[str]] = defaultdict(list)
        for classes in self.alike:
            for variant in one_left_out(classes):
                self.buckets[variant].append(classes)

    def to(self, bones: str) -> Iterator[str]:
        """Yield the strings that can be aligned with one at a cost that leaves the keys near."""
        variants = one_left_out(bones.translate(CLASSES))
        lost = bone_losses(bones)
        for classes in sorted({found for variant in variants for found in self.buckets[variant]}):
            for other in self.alike[classes]:
                limit = (1 - self.near) * max(self.most[bones], self.most[other])
                if cheapest(bones, other, lost, bone_losses(other), limit) <= limit:
                    yield other


def one_left_out(classes: str) -> set[str]:
    """Return a skeleton, and it with each one of its consonants left out."""
    return {classes, *(classes[:place] + classes[place + 1 :] for place in range(len(classes)))}


def most_substance(keys: Sequence[str]) -> float:
    """Return the most there is to agree on in any of the keys."""
    return max(substance(sounds_of(key)) for key in keys)


@lru_cache(maxsize=200_000)
def bone_losses(bones: str) -> Losses:
    """Return the least that leaving out each consonant can cost, whatever stands around it."""
    costs = [least_losses()[bone] for bone in bones]
    if bones.startswith("l"):
        costs[0] = ARTICLE_COST
    return tuple(costs)


@cache
def least_losses() -> dict[str, float]:
    """Return the least each sound costs to lose, or to hear as one that no skeleton shows."""
    found: dict[str, float] = {}
    for sound, costs in sound_costs().items():
        heard = (cost for other, cost in costs.items() if not other.translate(CLASSES))
        lost = LEFT_OUT.get(sound, CONSONANT), WORN_ENDS.get(sound, CONSONANT)
        found[sound] = min(CONSONANT, *lost, *heard)
    return found


def meet(
    ours: Iterable[str], theirs: Iterable[str], near: float, table: dict[str, dict[str, float]]
) -> None:
    """Enter every near pair of two groups of keys in the table, both ways."""
    for one in ours:
        for other in theirs:
            alike = similarity(one, other, near)
            if alike >= near:
                table[one][other] = table[other][one] = alike
