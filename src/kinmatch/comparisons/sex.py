"""The sex the two records state."""

from kinmatch.comparisons.level import UNKNOWN, Comparison, Level

SEX = Comparison(
    "sex",
    ("sex",),
    (
        Level(
            UNKNOWN,
            "sex_l IS NULL OR sex_r IS NULL",
            lambda found, sought: found["sex"] is None or sought["sex"] is None,
        ),
        Level("same", "sex_l = sex_r", lambda found, sought: bool(found["sex"] == sought["sex"])),
    ),
    scalars={"sex": "VARCHAR"},
)
