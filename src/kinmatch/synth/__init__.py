"""Made-up families for tests, demonstrations and benchmarks; never real people.

A family is made by the naming custom of its home; a clerk writes its found children down in Arabic
script as he hears them; its relatives seek them in Cyrillic or Latin. `synth` returns both sides
and, apart, the truth. What it shows is never the only evidence for a claim about a matcher.
"""

from kinmatch.synth.caseload import Caseload, Pair, synth
from kinmatch.synth.clerk import Clerk
from kinmatch.synth.families import Adult, Child, Family
from kinmatch.synth.parameters import Parameters
from kinmatch.synth.relative import Relative
from kinmatch.synth.row import Row

__all__ = [
    "Adult",
    "Caseload",
    "Child",
    "Clerk",
    "Family",
    "Pair",
    "Parameters",
    "Relative",
    "Row",
    "synth",
]
