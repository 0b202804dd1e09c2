"""What is compared, one attribute a module, each level once for SQL and once as plain Python.

A level is a question about two prepared rows: do these two sets of name keys meet, how far apart
are these two spans. Python's answer is the reference; every engine must give the same.
"""

from kinmatch.comparisons.birth import BIRTH
from kinmatch.comparisons.family import FAMILY
from kinmatch.comparisons.father import FATHER
from kinmatch.comparisons.given import GIVEN
from kinmatch.comparisons.level import UNKNOWN, Comparison, Level, Row
from kinmatch.comparisons.mother import MOTHER
from kinmatch.comparisons.place import PLACE
from kinmatch.comparisons.sex import SEX
from kinmatch.comparisons.siblings import SIBLINGS

COMPARISONS = (GIVEN, FATHER, MOTHER, SIBLINGS, FAMILY, BIRTH, SEX, PLACE)

__all__ = ["COMPARISONS", "UNKNOWN", "Comparison", "Level", "Row"]
