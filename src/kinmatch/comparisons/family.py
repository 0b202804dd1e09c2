"""The family name or nisba, the father's as much as the child's own."""

from kinmatch.comparisons.level import Comparison, name_columns, name_levels

FAMILY = Comparison("family", name_columns("family"), name_levels("family"), shared=True)
