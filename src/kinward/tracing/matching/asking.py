"""What to ask next about a child: of what nobody was asked yet, what would tell most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from kinmatch import explain
from kinmatch.explain import LANGUAGES
from kinmatch.link import link
from kinward.access.rows import Passage, passage
from kinward.people.models import Kind
from kinward.people.queries import records_among
from kinward.tracing.matching.comparing import COMPARED, LEAST, counted, families_of, read_people
from kinward.tracing.models import Candidate, Verdict

ASKED: Final = 3  # questions that are proposed
TOP: Final = 5  # candidates they are to tell apart, as the library has it
# Marks, and when and where the family was separated, are kept for verification; languages and
# grandparents are not compared here.
RESERVED: Final = ("marks", "separation", "parting", "languages", "grandparents")


@dataclass(frozen=True, slots=True, kw_only=True)
class NextQuestion:
    """A fact to ask for, whom, and how many bits of doubt the answer is expected to take away."""

    fact: str
    whom: str  # as `kinmatch.explain.Whom`
    sought: UUID | None  # whose enquirer; none where only the child is asked
    doubt: float  # bits: which of the candidates the child is, or none of them
    gain: float

    def say(self, language: str) -> str:
        """Return the question as a sentence, in English where it is not said in that language."""
        return explain.say_question(self.fact, language if language in LANGUAGES else "en")


@passage(Passage.MATCHING)
def next_questions(child: UUID) -> list[NextQuestion]:
    """Return what to ask next about a child, what tells most first, at most `ASKED`.

    Its likeliest candidates that were not judged not the same are told apart, and nobody from them.
    What is kept for verification, and what is not compared, is never proposed.
    """
    records = records_among([child])[child]
    standing = Candidate.objects.lawful().filter(child__in=records)
    wanted = standing.exclude(verdict=Verdict.REJECTED).order_by("-weight", "id")[:TOP]
    persons = {each.sought.person_id: each.sought_id for each in wanted.select_related("sought")}
    index = COMPARED.now()
    own = read_people(families_of(records, Kind.CHILD))
    others = read_people(families_of(persons, Kind.SOUGHT))
    if not persons or not own.found:
        return []
    population = index.among(own.found, others.sought, **counted())
    found = link(
        own.found,
        others.sought,
        threshold=LEAST,
        population=population,
        families=True,
        learning=False,
    ).candidates
    (as_compared,) = (each for each, some in own.records.items() if child in some)
    theirs = {str(person) for person in persons}
    mine = [each for each in found if each.found_id == as_compared and each.sought_id in theirs]
    asked = explain.questions(population, as_compared, mine, reserved=RESERVED, most=ASKED)
    return [
        NextQuestion(
            fact=each.fact,
            whom=each.whom.value,
            sought=persons[UUID(each.sought_id)] if each.sought_id else None,
            doubt=each.entropy,
            gain=each.gain,
        )
        for each in asked
    ]
