"""Made-up families for tests, demonstrations and benchmarks; never real people.

A family is made by the naming custom of its home; a clerk writes its found children down as he
hears them, in Arabic script or Latin letters; its relatives seek them in their own. `synth` returns
both sides and, apart, the truth; `stream` the same part by part. What it shows is never the only
evidence for a claim about a matcher.
"""

from kinmatch.synth.caseload import Caseload, stream, synth
from kinmatch.synth.clerk import Clerk, Hand
from kinmatch.synth.families import Adult, Child, Family, Fate
from kinmatch.synth.parameters import Parameters
from kinmatch.synth.relative import Relative
from kinmatch.synth.row import Row
from kinmatch.synth.settings import read_parameters
from kinmatch.synth.truth import Pair, Record, Truth
from kinmatch.synth.writing import Form, Tables

__all__ = [
    "Adult",
    "Caseload",
    "Child",
    "Clerk",
    "Family",
    "Fate",
    "Form",
    "Hand",
    "Pair",
    "Parameters",
    "Record",
    "Relative",
    "Row",
    "Tables",
    "Truth",
    "read_parameters",
    "stream",
    "synth",
]
