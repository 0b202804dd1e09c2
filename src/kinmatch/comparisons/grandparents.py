"""Grandparents by their given names: from a column, or the grandfather a name ends in.

A chain "Ruslan Muhammad Ahmad" names the father and his father. Which grandparent it is does not
matter: a register writes down one, and a relative tells of another.
"""

from kinmatch.comparisons.level import Comparison, meet, unknown

GRANDPARENTS = Comparison(
    "grandparents",
    ("grandparents", "grandparents_same", "grandparents_rare", "grandparents_rare_same"),
    (
        meet("same_rare", "grandparents_rare_same", "grandparents_rare"),
        meet("same", "grandparents_same", "grandparents"),
        unknown("grandparents"),
    ),
    shared=True,
    optional=True,
)
