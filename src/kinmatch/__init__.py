"""kinmatch: whose child is this? Matching of persons and families across scripts.

synth(300, seed=1).write("made-up")  # no lists of your own yet
found, sought = read("made-up/found.csv"), read("made-up/sought.csv")

linkage = link(found.persons, sought.persons, families=True)
for candidate in linkage.candidates:
    print(candidate.found_id, candidate.sought_id, band(candidate.probability))
    for reason in candidate.reasons:
        print(f"{reason.bits:+.1f}", say(reason))

`docs/tutorials/in-a-notebook.md` goes on from here: why not another, what to ask next, one record
looked up at once, a list compared with itself, and a model of your own.
"""

from kinmatch.dates import Span
from kinmatch.dedupe import clusters, dedupe
from kinmatch.engines import Population, prepare
from kinmatch.errors import BadInput, BadModel, KinmatchError
from kinmatch.evaluate import Evaluation, evaluate, read_truth
from kinmatch.explain import (
    Band,
    Candidate,
    Question,
    Reason,
    WhyNot,
    as_json,
    band,
    questions,
    say,
    say_change,
    say_question,
    say_sets,
    waterfall,
    why_not,
)
from kinmatch.index import Hit, LiveIndex
from kinmatch.link import Linkage, link
from kinmatch.model import Model
from kinmatch.records import Person, Records, Sex, person_of, read
from kinmatch.synth import Caseload, synth
from kinmatch.training import Learned, train

__version__ = "0.1.0.dev0"

__all__ = [  # noqa: RUF022 - what is to be learned comes first
    # Lists, their pairs, and a model of one's own.
    "read",
    "synth",
    "link",
    "dedupe",
    "LiveIndex",
    "train",
    "evaluate",
    # One pair, in words, bars, questions, JSON.
    "band",
    "say",
    "waterfall",
    "why_not",
    "questions",
    "as_json",
    # What stands beside them.
    "clusters",
    "person_of",
    "prepare",
    "read_truth",
    "say_change",
    "say_question",
    "say_sets",
    # What they take and give.
    "Band",
    "Candidate",
    "Caseload",
    "Evaluation",
    "Hit",
    "Learned",
    "Linkage",
    "Model",
    "Person",
    "Population",
    "Question",
    "Reason",
    "Records",
    "Sex",
    "Span",
    "WhyNot",
    # What goes wrong.
    "BadInput",
    "BadModel",
    "KinmatchError",
]
