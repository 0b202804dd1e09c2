"""The sex the two records state."""

from kinmatch.comparisons.level import Comparison, Level, untold

SEX = Comparison(
    "sex",
    ("sex",),
    (
        untold("sex"),
        Level(
            "same",
            "sex_l = sex_r",
            lambda found, sought: bool(found["sex"] == sought["sex"]),
            lambda pairs: pairs.found("sex") == pairs.sought("sex"),
        ),
    ),
    scalars={"sex": "VARCHAR"},
)
