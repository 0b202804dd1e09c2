"""Places of any kind: birthplace, last residence, where the relatives live.

They are different facts, so one that meets says something and one that does not says little.
A small place says more than a region.
"""

from kinmatch.comparisons.level import Comparison, meet, unknown

PLACE = Comparison(
    "place",
    ("place", "place_uncommon"),
    (
        meet("same_small", "place_uncommon", "place_uncommon"),
        meet("same_large", "place", "place"),
        unknown("place"),
    ),
    shared=True,
)
