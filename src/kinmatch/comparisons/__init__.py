"""What is compared, one attribute a module, each level in SQL, in Python, and over arrays.

A level is a question about two prepared rows: do these two sets of name keys meet, how far apart
are these two spans. Python's answer is the reference; every engine must give the same.
"""

from kinmatch.comparisons.age import AGE
from kinmatch.comparisons.birth import BIRTH
from kinmatch.comparisons.family import FAMILY
from kinmatch.comparisons.father import FATHER
from kinmatch.comparisons.given import GIVEN
from kinmatch.comparisons.grandparents import GRANDPARENTS
from kinmatch.comparisons.kinship import KINSHIP
from kinmatch.comparisons.languages import LANGUAGES
from kinmatch.comparisons.level import UNKNOWN, Comparison, Level, Row
from kinmatch.comparisons.marks import MARKS
from kinmatch.comparisons.mother import MOTHER
from kinmatch.comparisons.parting import PARTING
from kinmatch.comparisons.place import PLACE
from kinmatch.comparisons.separation import SEPARATION
from kinmatch.comparisons.sex import SEX
from kinmatch.comparisons.siblings import SIBLINGS

COMPARISONS = (
    GIVEN,
    FATHER,
    MOTHER,
    SIBLINGS,
    GRANDPARENTS,
    FAMILY,
    BIRTH,
    AGE,
    SEX,
    PLACE,
    SEPARATION,
    PARTING,
    LANGUAGES,
    MARKS,
    KINSHIP,
)

__all__ = ["COMPARISONS", "UNKNOWN", "Comparison", "Level", "Row"]
