"""Languages a child speaks. One that meets says a little; a child learns those around it."""

from kinmatch.comparisons.level import Comparison, meet, unknown

LANGUAGES = Comparison(
    "languages",
    ("languages",),
    (meet("same", "languages", "languages"), unknown("languages")),
    optional=True,
)
