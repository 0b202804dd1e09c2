"""When the child and its family lost one another: two spans of days, and how far apart they are.

Both sides count from what happened around them, a battle, a winter, a flight, and are often a
season off. Brothers and sisters are mostly lost together, so the day tells families apart, not the
children of one.
"""

from kinmatch.comparisons.level import Comparison
from kinmatch.comparisons.spans import MONTHS, YEAR, YEARS, Spans

SEASON = 186  # days; two that agree to a half-year
PARTED = Spans("separated")

SEPARATION = Comparison(
    "separation",
    PARTED.columns,
    (
        PARTED.untold(),
        PARTED.within("same_month", MONTHS),
        PARTED.within("same_season", SEASON),
        PARTED.within("same_year", YEARS) & PARTED.apart("same_year", 0),
        PARTED.apart("meet", 0),
        PARTED.apart("season_apart", SEASON),
        PARTED.apart("one_year_apart", YEAR),
    ),
    scalars=PARTED.scalars,
    shared=True,
    optional=True,
)
