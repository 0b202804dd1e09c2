"""The person's own given name, in any of its forms.

Two names that differ say more when one of them is a brother's or sister's of the other: it is
then the same family, and another child of it.
"""

from kinmatch.comparisons.level import Comparison, crossed, meet, name_columns, name_levels

*NAMES, GIVEN_UNKNOWN = name_levels("given")
CROSSED, _ = crossed()
SIBLING = meet("sibling", "siblings_same", "given") | meet("sibling", "given_same", "siblings")

GIVEN = Comparison(
    "given",
    (*name_columns("given"), "siblings", "siblings_same", "family"),
    (*NAMES, GIVEN_UNKNOWN, CROSSED, SIBLING),
)
