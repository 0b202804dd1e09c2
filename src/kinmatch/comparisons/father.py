"""The father's given name, wherever it stands: a field of its own, a patronymic, a nasab.

A surname made from a given name (Магомедов) often is a forefather's and not the father's, so
meeting one is a weak level of its own, and not meeting it is no disagreement.
"""

from kinmatch.comparisons.level import Comparison, meet, name_columns, name_levels

STEMS = ("father_stem", "father_stem_same")  # columns that follow from the family name
*NAMES, FATHER_UNKNOWN = name_levels("father")
STEM = meet("stem", "father_stem_same", "father") | meet("stem", "father_same", "father_stem")

FATHER = Comparison(
    "father",
    (*name_columns("father"), *STEMS),
    (*NAMES, STEM, FATHER_UNKNOWN),
    shared=True,
)
