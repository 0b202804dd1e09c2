"""Brothers and sisters by their given names, the two lists matched one to one.

What counts is how many of the shorter list are met, and whether any of it is not; as many as are
met seen from either list, so that one name like two of the other's is met once. No list is
complete, so a name that the longer list lacks is no contradiction of it, and one that neither
meets weighs little.
"""

from kinmatch.comparisons.level import (
    Comparison,
    Level,
    meet,
    meet_twice,
    name_columns,
    unknown,
)

APART = "siblings_apart"  # one key a name: one name in two spellings is one brother
SEVERAL = 2
SHORTER = f"least(len({APART}_l), len({APART}_r))"

# Two names on either side: one name that is like two of another's is still one.
TWO = meet_twice("two", "siblings_same", APART) & meet_twice("two", APART, "siblings_same")


def several(level: str) -> Level:
    """Return the level where either list has two names or more."""
    return Level(
        level,
        f"{SHORTER} >= {SEVERAL}",
        lambda found, sought: min(len(found[APART]), len(sought[APART])) >= SEVERAL,
        lambda pairs: pairs.shorter(APART) >= SEVERAL,
    )


def whole(level: str, found_column: str, sought_column: str) -> Level:
    """Return the level where two sets have as many in common as the shorter list has names."""
    return Level(
        level,
        f"len(list_intersect({found_column}_l, {sought_column}_r)) >= {SHORTER}",
        lambda found, sought: (
            len(found[found_column] & sought[sought_column])
            >= min(len(found[APART]), len(sought[APART]))
        ),
        lambda pairs: pairs.common(found_column, sought_column, pairs.shorter(APART)),
    )


def all_met(level: str, widened: str) -> Level:
    """Return the level where nobody of the shorter list, two or more, is left without another."""
    return several(level) & whole(level, widened, APART) & whole(level, APART, widened)


SIBLINGS = Comparison(
    "siblings",
    (*name_columns("siblings"), APART),
    (
        all_met("all", "siblings_same"),
        TWO,
        all_met("all_near", "siblings_near"),
        meet("one_rare", "siblings_rare_same", "siblings_rare"),
        several("one_of_several") & meet("one_of_several", "siblings_same", "siblings"),
        meet("one", "siblings_same", "siblings"),
        meet("one_near", "siblings_near", "siblings"),
        unknown("siblings"),
        several("none_of_several"),
    ),
    shared=True,
)
