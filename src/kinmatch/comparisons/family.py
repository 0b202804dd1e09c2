"""The family name or nisba, the father's as much as the child's own."""

from kinmatch.comparisons.level import Comparison, crossed, name_columns, name_levels

*NAMES, FAMILY_UNKNOWN = name_levels("family")
_, EXCHANGED = crossed()

FAMILY = Comparison(
    "family",
    (*name_columns("family"), "given_uncommon_same"),
    (*NAMES, FAMILY_UNKNOWN, EXCHANGED),
    shared=True,
)
