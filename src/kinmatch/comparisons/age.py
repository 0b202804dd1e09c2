"""The age that was told beside a date of birth: two ages, and how far they are apart.

Where only an age is known, it is the birth (`comparisons.birth`). Where both sides have a date
and an age, the ages were written down apart from the dates, and one may be right where the other
is not.
"""

from kinmatch.comparisons.level import Comparison
from kinmatch.comparisons.spans import YEAR, Spans

FEW_YEARS = 5
TOLD = Spans("told")

AGE = Comparison(
    "age",
    TOLD.columns,
    (
        TOLD.untold(),
        TOLD.apart("meet", 0),
        TOLD.apart("one_year_apart", YEAR),
        TOLD.apart("two_years_apart", 2 * YEAR),
        TOLD.apart("few_years_apart", FEW_YEARS * YEAR),
    ),
    scalars=TOLD.scalars,
    optional=True,
)
