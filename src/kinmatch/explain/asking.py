"""The next best question: of what nobody has asked yet, what would tell most.

A child is one of its top candidates, or none of them: that is a set of hypotheses with chances,
and their entropy is what is not known, in bits. For a fact not yet told there are a few answers
that matter: what one candidate's record says, something like it, anything else. The model's m
says how often the right child, or its relative, would give each; the bits the answer then brings,
calibrated as every weight is, how much less often a stranger. What the answer is expected to take
off the entropy is the gain of the question (mutual information; Lindley 1956, "On a measure of
the information provided by an experiment").

An answer is put into the record and the pairs are compared anew, so that one that is A's father's
name is at once a name that is not B's father's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kinmatch.comparisons import COMPARISONS, UNKNOWN
from kinmatch.comparisons.spans import YEAR
from kinmatch.engines.reference import NAMES, Weighing, levels_of
from kinmatch.errors import BadInput
from kinmatch.explain.candidate import DIGITS, Candidate
from kinmatch.explain.facts import BY_NAME, FACTS, Columns, Fact, born_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from kinmatch.comparisons import Row
    from kinmatch.engines import Population
    from kinmatch.engines.arrays import Bits

TOP = 5  # candidates the questions are to tell apart
LEAST = 0.001  # bits; a question that tells less is not worth the asking
APART = ("sibling", "stem")  # levels that are about more than the fact asked for
LEVEL_IDS = {comparison.name: comparison.level_ids for comparison in COMPARISONS}


class Whom(StrEnum):
    """Who can tell a fact."""

    CHILD = "child"  # the child, or the custodian who looks after it
    ENQUIRER = "enquirer"  # who sent the tracing request
    BOTH = "both"  # apart from one another, for neither has told it


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to ask for, whom, and how much the answer is expected to tell."""

    fact: str  # a key of BY_NAME
    whom: Whom
    sought_id: str  # whose enquirer; empty where only the child is asked
    entropy: float  # bits not known before asking: who of the candidates, or nobody
    gain: float  # bits of these that the answer is expected to take away
    gain_each: float  # the same by each who has to be asked; questions are ranked by it


class Answer(NamedTuple):
    """One answer: how often a stranger gives it, and the bits it brings each candidate."""

    chance: float
    bits: Bits


class Effect(NamedTuple):
    """What an answer does to each candidate: the level of the fact, and bits gained."""

    levels: Sequence[str]  # UNKNOWN where the answer is not compared with that candidate
    bits: Bits


def questions(
    population: Population,
    found_id: str,
    candidates: Sequence[Candidate],
    *,
    reserved: Collection[str] = (),
    most: int = TOP,
) -> list[Question]:
    """Return the facts worth asking for, the best question first.

    Args:
        population: everyone, prepared.
        found_id: the child.
        candidates: of the child; the `TOP` most likely are told apart, and nobody from them.
        reserved: facts kept for verification, which are never proposed.
        most: how many questions are wanted.

    Raises:
        BadInput: a reserved fact is none of `FACTS`, or nobody has one of the ids.
    """
    for fact in reserved:
        if fact not in BY_NAME:
            raise BadInput(f'there is no fact "{fact}"; expected one of {", ".join(BY_NAME)}')
    top = sorted(candidates, key=lambda one: (-one.calibrated, one.sought_id))[:TOP]
    if not top:
        return []
    asking = _Asking(population, found_id, top)
    open_to = [fact for fact in FACTS if fact.name not in reserved]
    asked = (one for fact in open_to for one in asking.about(fact))
    worth = sorted((one for one in asked if one.gain >= LEAST), key=lambda one: -one.gain_each)
    return once_of_both(worth)[:most]


def once_of_both(ranked: Sequence[Question]) -> list[Question]:
    """Return the questions without those that put a fact to both sides a second time.

    Once the child has answered, the other enquirers are asked for a fact the child has told.
    """
    of_both = [one.fact if one.whom is Whom.BOTH else "" for one in ranked]
    return [
        one
        for place, (one, fact) in enumerate(zip(ranked, of_both, strict=True))
        if not fact or fact not in of_both[:place]
    ]


def posterior(candidates: Sequence[Candidate]) -> Bits:
    """Return the chance of each candidate to be the one, and last that none of them is.

    Their odds are set side by side with nobody's, which are 1: at most one of them is the child.
    """
    bits = np.array([*(one.calibrated for one in candidates), 0.0])
    odds = np.exp2(bits - bits.max())
    chances: Bits = odds / odds.sum()
    return chances


def entropy(chances: Bits) -> float:
    """Return what is not known, in bits."""
    some = chances[chances > 0]
    left: float = (some * -np.log2(some)).sum()
    return left


def expected_gain(now: Bits, answers: Sequence[Answer]) -> float:
    """Return what an answer is expected to take off the entropy, in bits.

    Args:
        now: the chance of each candidate, and last of nobody.
        answers: everything that can be answered. Their chances are those a stranger gives each,
            and are taken as shares of their sum.
    """
    stranger = np.array([one.chance for one in answers])
    true = stranger[:, None] * np.exp2(np.stack([one.bits for one in answers]))
    given = np.column_stack([true, stranger])
    joint = given / given.sum(axis=0) * now
    answered = joint.sum(axis=1)
    left = [chance * entropy(row / chance) for chance, row in zip(answered, joint, strict=True)]
    return max(entropy(now) - float(sum(left)), 0.0)


class _Asking:
    """The child and its top candidates as records, and what answers would do to them."""

    def __init__(self, population: Population, found_id: str, top: Sequence[Candidate]) -> None:
        (child,) = population.positions([found_id])
        self.model, self.people = population.model, population.people
        self.weighing = Weighing(population)
        self.child = population.found_row(child).row
        self.ids = [one.sought_id for one in top]
        places = [population.sought_positions([one])[0] for one in self.ids]
        self.sought = [population.sought_rows[place].row for place in places]
        self.everyone = [row.row for row in population.sought_rows]
        self.now = posterior(top)
        self.entropy = round(entropy(self.now), DIGITS)
        self.levels = [levels_of(self.child, row) for row in self.sought]
        self.weights = [self.weighing.weight(levels) for levels in self.levels]
        self.top = top

    def about(self, fact: Fact) -> Iterator[Question]:
        """Yield the questions about one fact, by whom they are put to."""
        known = [place for place, row in enumerate(self.sought) if fact.known(row)]
        if fact.known(self.child):
            for place in range(len(self.sought)):
                if place not in known:
                    answers = self.answers(fact, {place: self.child}, self.told_of(fact, place))
                    yield self.question(fact, Whom.ENQUIRER, place, answers)
            return
        if known:
            others = {place: self.sought[place] for place in known}
            answers = self.answers(fact, others, self.told_of_child(fact))
            yield self.question(fact, Whom.CHILD, None, answers)
        for place in range(len(self.sought)):
            if place not in known:
                yield self.question(fact, Whom.BOTH, place, self.answers_of_both(fact, place))

    def question(
        self, fact: Fact, whom: Whom, place: int | None, answers: Sequence[Answer]
    ) -> Question:
        gain = round(expected_gain(self.now, answers), DIGITS)
        each = gain / 2 if whom is Whom.BOTH else gain
        sought_id = "" if place is None else self.ids[place]
        return Question(fact.name, whom, sought_id, self.entropy, gain, each)

    def told_of_child(self, fact: Fact) -> Callable[[Columns], Effect]:
        """Return what the child's answers do to all candidates."""
        return lambda columns: self.effect(fact, {**self.child, **columns}, self.sought)

    def told_of(self, fact: Fact, place: int) -> Callable[[Columns], Effect]:
        """Return what the answers of one candidate's enquirer do: to this candidate alone."""

        def told(columns: Columns) -> Effect:
            rows = list(self.sought)
            rows[place] = {**rows[place], **columns}
            levels, bits = self.effect(fact, self.child, rows)
            only = [level if one == place else UNKNOWN for one, level in enumerate(levels)]
            return Effect(only, bits)

        return told

    def effect(self, fact: Fact, child: Row, sought: Sequence[Row]) -> Effect:
        levels = [levels_of(child, row) for row in sought]
        bits = [
            self.calibrated(place, self.weighing.weight(each) - self.weights[place])
            for place, each in enumerate(levels)
        ]
        return Effect([each[NAMES.index(fact.name)] for each in levels], np.array(bits))

    def calibrated(self, place: int, bits: float) -> float:
        """Return what bits more or less come to once the weight of a candidate is calibrated."""
        one = self.top[place]
        return self.model.curve(one.way, self.people)(one.weight + bits) - one.calibrated

    def answers(
        self, fact: Fact, known: Mapping[int, Row], told: Callable[[Columns], Effect]
    ) -> list[Answer]:
        """Return the answers that matter; `known` are the records they are compared with."""
        if fact.name == "birth":
            return self.years(fact, told)
        answers: list[Answer] = []
        different = told(fact.other_than(next(iter(known.values())))).bits
        met: set[int] = set()
        for place, row in known.items():
            if place not in met:
                same = told(fact.of(row))
                agreeing = self.as_alike(fact, place, same.levels)
                met |= agreeing
                answers += self.like(fact, place, same, different, agreeing)
        left = 1.0 - sum(answer.chance for answer in answers)
        return [*answers, Answer(left, different)] if left > 0 else answers

    def as_alike(self, fact: Fact, place: int, levels: Sequence[str]) -> set[int]:
        """Return the candidates whose record says the same as that at `place`, or as good as."""
        ids = LEVEL_IDS[fact.name]
        weakest = ids.index(levels[place])
        return {
            one
            for one, level in enumerate(levels)
            if level != UNKNOWN and ids.index(level) <= weakest
        }

    def like(
        self, fact: Fact, place: int, same: Effect, different: Bits, agreeing: set[int]
    ) -> Iterator[Answer]:
        """Yield the answer a record gives, and those like it.

        How often the true answer agrees is what the levels of agreement have of m together: the
        name decides which one of them it is, and the bits of that one how often a stranger's does.
        """
        ids, chances = LEVEL_IDS[fact.name], self.model.levels[fact.name]
        exact = same.levels[place]
        alike = [level for level in fact.alike if ids.index(level) > ids.index(exact)]
        other = {*alike, *APART, ids[-1]} - {exact}
        agreed = sum(chances[level].m for level in ids if level not in other)
        yield Answer(agreed / 2.0 ** same.bits[place], same.bits)
        for level in alike:
            bits = different.copy()
            for one in agreeing:
                bits[one] = self.brought(fact, level, one)
            yield Answer(chances[level].m / 2.0 ** bits[place], bits)

    def years(self, fact: Fact, told: Callable[[Columns], Effect]) -> list[Answer]:
        """Return a birth in each of the years the sought were born in, as often as they were."""
        born = Counter(
            (row["born_from"] + row["born_to"]) // 2 // YEAR
            for row in self.everyone
            if fact.known(row)
        )
        of_child = self.child["born_from"]
        years = [*born, *([of_child // YEAR] if of_child else [])]
        return [
            Answer(1.0 + born[year], told(born_in(year * YEAR)).bits)
            for year in range(min(years), max(years) + 1)
        ]

    def answers_of_both(self, fact: Fact, place: int) -> list[Answer]:
        """Return the levels a fact can come to that neither side has told."""
        levels = [level for level in LEVEL_IDS[fact.name] if level not in APART]
        answers = []
        for level in levels:
            bits = np.zeros(len(self.sought))
            bits[place] = self.brought(fact, level, place)
            right = self.model.levels[fact.name][level].m
            answers.append(Answer(right / 2.0 ** bits[place], bits))
        return answers

    def brought(self, fact: Fact, level: str, place: int) -> float:
        """Return the bits one candidate gains once the fact comes to a level."""
        bits, now = self.weighing.bits, self.levels[place][NAMES.index(fact.name)]
        return self.calibrated(place, bits[fact.name, level] - bits[fact.name, now])
