"""Where the child and its family lost one another: the town, the camp, the border post.

The places families were parted at are few and many families name them, so each says less than a
village does, and that one lies near the other or within it says something for large ones too. In a
flight people pass many places and tell of the one they remember: that two differ says little. As a
rule brothers and sisters were lost at once, so it tells families apart, not the children of one.
"""

from kinmatch.comparisons.level import Comparison, meet, unknown

PARTING = Comparison(
    "parting",
    ("parted", "parted_uncommon", "parted_around", "parted_above"),
    (
        meet("same_small", "parted_uncommon", "parted_uncommon"),
        meet("same_large", "parted", "parted"),
        meet("near_by", "parted", "parted_around"),
        meet("within", "parted", "parted_above") | meet("within", "parted_above", "parted"),
        unknown("parted"),
    ),
    shared=True,
    optional=True,
)
