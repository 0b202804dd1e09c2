"""Brothers and sisters by their given names. No list is complete, so a miss weighs little."""

from kinmatch.comparisons.level import (
    Comparison,
    meet,
    meet_twice,
    name_columns,
    unknown,
)

# Two names on either side: one name that resembles two spellings of another is still one.
TWO = meet_twice("two", "siblings_same", "siblings") & meet_twice(
    "two", "siblings", "siblings_same"
)

SIBLINGS = Comparison(
    "siblings",
    name_columns("siblings"),
    (
        TWO,
        meet("one_rare", "siblings_rare_same", "siblings_rare"),
        meet("one", "siblings_same", "siblings"),
        meet("one_near", "siblings_near", "siblings"),
        unknown("siblings"),
    ),
)
