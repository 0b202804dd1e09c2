"""Places of any kind: birthplace, last residence, where the relatives live.

They are different facts, so one that meets says something and one that does not says little.
A small place says more than a region, two more than one. A name is copied wrongly as names of
persons are; places are many, so what is near is one letter left out, added, changed or moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinmatch.comparisons.level import Comparison, meet, meet_twice, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 5  # letters; in a shorter name one letter makes another place

PLACE = Comparison(
    "place",
    ("place", "place_uncommon", "place_rare", "place_slips"),
    (
        meet_twice("two_small", "place_uncommon", "place_uncommon"),
        meet("same_rare", "place_rare", "place_rare"),
        meet("same_small", "place_uncommon", "place_uncommon"),
        meet("near_small", "place_slips", "place_slips"),
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
