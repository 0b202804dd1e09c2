"""The mother's given name. "Mother of …" is no name of hers and is not compared as one."""

from kinmatch.comparisons.level import Comparison, name_columns, name_levels

MOTHER = Comparison("mother", name_columns("mother"), name_levels("mother"), shared=True)
