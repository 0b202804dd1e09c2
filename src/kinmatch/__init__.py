"""kinmatch: whose child is this? Matching of persons and families across scripts.

found, sought = read("found.csv"), read("sought.csv")
linkage = link(found.persons, sought.persons)
for candidate in linkage.of("F01"):
    print(candidate.sought_id, band(candidate.probability))
    for reason in candidate.reasons:
        print(f"{reason.bits:+.1f}", say(reason))
"""

from kinmatch.dates import Span
from kinmatch.engines import Population, prepare
from kinmatch.errors import BadInput, BadModel, KinmatchError
from kinmatch.evaluate import evaluate
from kinmatch.explain import (
    Candidate,
    Reason,
    as_json,
    band,
    questions,
    say,
    say_question,
    waterfall,
    why_not,
)
from kinmatch.index import Hit, LiveIndex
from kinmatch.link import Linkage, link
from kinmatch.model import Model
from kinmatch.records import Person, Records, Sex, read

__version__ = "0.1.0.dev0"

__all__ = [
    "BadInput",
    "BadModel",
    "Candidate",
    "Hit",
    "KinmatchError",
    "Linkage",
    "LiveIndex",
    "Model",
    "Person",
    "Population",
    "Reason",
    "Records",
    "Sex",
    "Span",
    "as_json",
    "band",
    "evaluate",
    "link",
    "prepare",
    "questions",
    "read",
    "say",
    "say_question",
    "waterfall",
    "why_not",
]
