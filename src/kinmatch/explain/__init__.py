"""A score in words: every comparison with its bits, in three languages; and what to ask next.

candidate = explain(population, scored, prior=prior)
for reason in candidate.reasons:
    print(f"{reason.bits:+.1f}", say(reason, "ru"))
waterfall(candidate)  # the same as bars, for the screen
as_json(candidate, model=population.model.identifier)  # and for machines
why_not(population, "F01", "S01", "S02")  # what would have to be true for S02 to come before S01
questions(population, "F01", candidates, reserved=["marks"])  # the next best question
"""

from kinmatch.explain.asking import Question, Whom, entropy, posterior, questions
from kinmatch.explain.bars import Bar, Kind, waterfall
from kinmatch.explain.candidate import (
    DIGITS,
    Band,
    Candidate,
    Met,
    Reason,
    band,
    drawn,
    explain,
    reasons_of,
    written,
)
from kinmatch.explain.facts import BY_NAME, FACTS
from kinmatch.explain.sentences import (
    LANGUAGES,
    Language,
    percent,
    say,
    say_band,
    say_chance,
    say_level,
    say_line,
    say_phrase,
    say_question,
    say_value,
    say_whom,
    subject,
)
from kinmatch.explain.shape import as_json, reason_as_json
from kinmatch.explain.whynot import About, Change, Move, WhyNot, say_change, say_sets, why_not

__all__ = [
    "BY_NAME",
    "DIGITS",
    "FACTS",
    "LANGUAGES",
    "About",
    "Band",
    "Bar",
    "Candidate",
    "Change",
    "Kind",
    "Language",
    "Met",
    "Move",
    "Question",
    "Reason",
    "Whom",
    "WhyNot",
    "as_json",
    "band",
    "drawn",
    "entropy",
    "explain",
    "percent",
    "posterior",
    "questions",
    "reason_as_json",
    "reasons_of",
    "say",
    "say_band",
    "say_chance",
    "say_change",
    "say_level",
    "say_line",
    "say_phrase",
    "say_question",
    "say_sets",
    "say_value",
    "say_whom",
    "subject",
    "waterfall",
    "why_not",
    "written",
]
