"""Marks of the body that people told of: a scar, a birthmark, a missing finger.

Words are compared, not sentences, so a mark told at length still meets one told in short. A mark
that only one side tells of says nothing: it may be new, or nobody looked.
"""

from kinmatch.comparisons.level import Comparison, meet, meet_twice, unknown

MARKS = Comparison(
    "marks",
    ("marks",),
    (
        meet_twice("two_words", "marks", "marks"),
        meet("one_word", "marks", "marks"),
        unknown("marks"),
    ),
    optional=True,
)
