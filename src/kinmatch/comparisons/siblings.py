"""Brothers and sisters by their given names. No list is complete, so a miss weighs little."""

from kinmatch.comparisons.level import (
    Comparison,
    meet,
    meet_twice,
    name_columns,
    unknown,
)

# Two names on either side: one name in two spellings, or like two of another's, is still one.
TWO = meet_twice("two", "siblings_same", "siblings_apart") & meet_twice(
    "two", "siblings_apart", "siblings_same"
)

SIBLINGS = Comparison(
    "siblings",
    (*name_columns("siblings"), "siblings_apart"),
    (
        TWO,
        meet("one_rare", "siblings_rare_same", "siblings_rare"),
        meet("one", "siblings_same", "siblings"),
        meet("one_near", "siblings_near", "siblings"),
        unknown("siblings"),
    ),
    shared=True,
)
