"""Places of any kind: birthplace, last residence, where the relatives live.

They are different facts, so one that meets says something and one that does not says little.
A small place says more than a region, two more than one. A name is copied wrongly as names of
persons are; places are many, so what is near is one letter left out, added, changed or moved.

People name the town where others name the village, or the region around both, or say what a place
was called before. What is one place by several names is one key already (`comparisons.gazetteer`);
that two lie near one another, or one within the other, are levels of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinmatch.comparisons.gazetteer import above, around
from kinmatch.comparisons.level import Comparison, meet, meet_twice, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SHORTEST = 5  # letters; in a shorter name one letter makes another place

PLACE = Comparison(
    "place",
    ("place", "place_uncommon", "place_rare", "place_slips", "place_around", "place_above"),
    (
        meet_twice("two_small", "place_uncommon", "place_uncommon"),
        meet("same_rare", "place_rare", "place_rare"),
        meet("same_small", "place_uncommon", "place_uncommon"),
        meet("near_small", "place_slips", "place_slips"),
        meet("near_by", "place_uncommon", "place_around"),
        meet("within", "place", "place_above") | meet("within", "place_above", "place"),
        meet("same_large", "place", "place"),
        unknown("place"),
    ),
    shared=True,
)


def slips_of(places: Iterable[str]) -> frozenset[str]:
    """Return each name with every letter left out in turn: two that share one are near."""
    return frozenset(
        place[:letter] + place[letter + 1 :]
        for place in places
        if len(place) >= SHORTEST
        for letter in range(len(place))
    ) | frozenset(place for place in places if len(place) >= SHORTEST)


def around_of(places: Iterable[str]) -> frozenset[str]:
    """Return the places near any of some."""
    return _of_each(around, places)


def above_of(places: Iterable[str]) -> frozenset[str]:
    """Return the regions any of some places lies in."""
    return _of_each(above, places)


def _of_each(kin: Callable[[str], frozenset[str]], places: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(kin, places))
