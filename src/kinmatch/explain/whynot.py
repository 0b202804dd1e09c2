"""Why not B: what would have to be true for B to come before A.

A single change is one fact coming out otherwise: the child's as B's record has it, B's or A's own
otherwise, or what nobody knows yet the same on both sides. Each is put into the records and both
pairs are compared anew, whole, so that a change is worth what the model would give it. Then the
smallest sets are looked for: one fact, or two together, or three.

Where groups were matched as wholes, what the relatives say of a pair counts as it stands: it
depends on everyone, and only facts of the three records come out otherwise here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kinmatch.comparisons import COMPARISONS
from kinmatch.engines.reference import Weighing, levels_of
from kinmatch.errors import BadInput
from kinmatch.explain.candidate import DIGITS, written
from kinmatch.explain.facts import FACTS, Columns, Fact
from kinmatch.explain.sentences import Language, say_line, say_value, subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kinmatch.comparisons import Row
    from kinmatch.engines import Population
    from kinmatch.explain.candidate import Candidate

LARGEST = 3  # facts of a set; with more, anything could be true
MOST = 5  # sets told


class About(StrEnum):
    """Whose fact comes out otherwise."""

    CHILD = "child"  # the child's is what B's record says
    CHILD_OTHER = "child_other"  # the child's is not what A's record says
    B = "b"  # B's is what the child's record says
    A = "a"  # A's is not what the child's record says
    BOTH = "both"  # nobody knows it yet, and it is the same of the child and of B


@dataclass(frozen=True, slots=True)
class Move:
    """A comparison of one pair that a change moves to another level."""

    sought_id: str
    comparison: str
    before: str  # level
    after: str
    bits: float  # what the pair gains, or loses


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that would have to come out otherwise, and what that moves."""

    fact: str
    about: About
    now: str  # what the record that changes says, as written; empty where it says nothing
    wanted: str  # what it would say; empty where only what it would not say matters
    moves: tuple[Move, ...]
    bits: float  # by how much B gains on A


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What would have to be true for B to come before A."""

    found_id: str
    a: str
    b: str
    weight_a: float  # bits, as the pair is ranked by: with what its relatives say, where they count
    weight_b: float
    sets: tuple[tuple[Change, ...], ...]  # all of one size, the smallest that is enough
    enough: int  # how many sets of that size are; the first `MOST` are told
    tried: int  # facts of the largest sets tried; 0 where B already is ahead
    as_matched: bool  # whether the weights are those the pairs were matched with

    @property
    def gap(self) -> float:
        """Bits that A is ahead of B; 0 or less where it is not."""
        return self.weight_a - self.weight_b


class Rows(NamedTuple):
    """The three records, prepared: the child, A and B."""

    child: Row
    a: Row
    b: Row

    def told(self, about: About, columns: Columns) -> Rows:
        """Return the records once a fact is as told."""
        if about is About.BOTH:
            return Rows({**self.child, **columns}, self.a, {**self.b, **columns})
        if about is About.A:
            return Rows(self.child, {**self.a, **columns}, self.b)
        if about is About.B:
            return Rows(self.child, self.a, {**self.b, **columns})
        return Rows({**self.child, **columns}, self.a, self.b)


def why_not(
    population: Population, found_id: str, a: str, b: str, ranked: Iterable[Candidate] = ()
) -> WhyNot:
    """Return what would have to be true for `b` to come before `a`; both are sought ids.

    `ranked` are the candidates of the found one as they were matched. Where both are among them,
    what their weights hold beyond the facts of the pair, of relatives, is theirs whatever comes
    out. The sets are the smallest that are enough, those first that contradict least of what is
    written, then those that bring most; at most `MOST`. None means that no `LARGEST` facts do.

    Raises:
        BadInput: nobody has one of the ids, or `a` and `b` are one.
    """
    if a == b:
        raise BadInput(f'"{a}" cannot come before itself; name another')
    weights = {one.sought_id: one.weight for one in ranked}
    return _Asked(population, found_id, (a, b), weights).answer()


def say_change(change: Change, answer: WhyNot, language: Language = "en") -> str:
    """Return as one sentence what would have to be true."""
    told = say_line(
        f"change_{change.about}",
        language,
        a=answer.a,
        b=answer.b,
        now=say_value(change.now, language) or say_line("not_known", language),
        wanted=say_value(change.wanted, language),
    )
    return f"{subject(change.fact, language)}: {told}"


def say_sets(answer: WhyNot, language: Language = "en") -> str:
    """Return what stands before the sets: who is ahead, and how many facts it takes, if any do."""
    first, last = (answer.b, answer.a) if answer.gap < 0 else (answer.a, answer.b)
    bits = f"{abs(answer.gap):.1f}"
    ahead = say_line("ahead" if answer.gap else "level", language, a=first, b=last, bits=bits)
    if not answer.tried:
        return ahead
    sets = say_line(f"sets_{answer.tried if answer.sets else 'none'}", language, b=answer.b)
    return f"{ahead} {sets}"


class _Asked:
    def __init__(
        self,
        population: Population,
        found_id: str,
        sought_ids: tuple[str, str],
        ranked: Mapping[str, float],
    ) -> None:
        self.population = population
        self.weighing = Weighing(population)
        (self.child,) = population.positions([found_id])
        ((self.a,), (self.b,)) = (population.sought_positions([one]) for one in sought_ids)
        sought = population.sought_rows
        self.rows = Rows(
            population.found_row(self.child).row, sought[self.a].row, sought[self.b].row
        )
        self.ids = found_id, *sought_ids
        self.relatives: tuple[float, ...] = (0.0, 0.0)
        self.matched = ranked.keys() >= set(sought_ids)
        if self.matched:
            own = zip(sought_ids, self.own_facts(self.rows), strict=True)
            self.relatives = tuple(ranked[one] - weight for one, weight in own)
        self.changes = self.possible()

    def answer(self) -> WhyNot:
        weight_a, weight_b = self.weights(self.rows)
        sets: list[tuple[Change, ...]] = []
        tried = 0
        while weight_b <= weight_a and not sets and tried < LARGEST:
            tried += 1
            sets = self.enough(tried)
        told = tuple(sets[:MOST])
        return WhyNot(*self.ids, weight_a, weight_b, told, len(sets), tried, self.matched)

    def weights(self, rows: Rows) -> tuple[float, float]:
        """Return what the two pairs weigh, rounded as candidates are."""
        a, b = map(sum, zip(self.own_facts(rows), self.relatives, strict=True))
        return round(a, DIGITS), round(b, DIGITS)

    def own_facts(self, rows: Rows) -> tuple[float, float]:
        """Return what the two pairs weigh by the facts of their records alone."""
        a, b = (self.weighing.weight(levels_of(rows.child, one)) for one in (rows.a, rows.b))
        return a, b

    def enough(self, size: int) -> list[tuple[Change, ...]]:
        """Return the sets of so many facts that bring B before A."""
        found: list[tuple[int, float, tuple[Change, ...]]] = []
        for chosen in combinations(self.changes, size):
            if len({change.fact for change, _ in chosen}) < size:
                continue
            rows = self.rows
            for change, columns in chosen:
                rows = rows.told(change.about, columns)
            a, b = self.weights(rows)
            if b > a:
                contradicted = sum(bool(change.now) for change, _ in chosen)
                found.append((contradicted, a - b, tuple(change for change, _ in chosen)))
        return [changes for *_, changes in sorted(found, key=lambda one: one[:2])]

    def possible(self) -> list[tuple[Change, Columns]]:
        """Return every single change by which B gains on A, and the columns it fills."""
        changes = [
            (self.change(fact, about, columns), columns)
            for fact in FACTS
            for about, columns in self.otherwise(fact)
        ]
        return [(change, columns) for change, columns in changes if change.bits > 0]

    def otherwise(self, fact: Fact) -> Iterator[tuple[About, Columns]]:
        """Yield the ways in which a fact could come out otherwise."""
        child, a, b = (fact.known(row) for row in self.rows)
        if b:
            yield About.CHILD, fact.of(self.rows.b)
        elif a:
            yield About.CHILD_OTHER, fact.other_than(self.rows.a)
        if child:
            yield About.B, fact.of(self.rows.child)
            yield About.A, fact.other_than(self.rows.child)
        elif not b:
            yield About.BOTH, fact.unheard

    def change(self, fact: Fact, about: About, columns: Columns) -> Change:
        told = self.rows.told(about, columns)
        lost = self.moves(self.ids[1], (self.rows.child, self.rows.a), (told.child, told.a))
        won = self.moves(self.ids[2], (self.rows.child, self.rows.b), (told.child, told.b))
        child, a, b = self.written(fact)
        now, wanted = {
            About.CHILD: (child, b),
            About.CHILD_OTHER: (child, ""),
            About.B: (b, child),
            About.A: (a, ""),
            About.BOTH: ("", ""),
        }[about]
        bits = sum(move.bits for move in won) - sum(move.bits for move in lost)
        return Change(fact.name, about, now, wanted, (*won, *lost), round(bits, DIGITS))

    def written(self, fact: Fact) -> tuple[str, str, str]:
        """Return what the three records say of a fact; nothing where only a guess could be read."""
        sought = self.population.sought
        persons = self.population.found[self.child], sought[self.a], sought[self.b]
        child, a, b = (
            written(person, fact.name) if fact.known(row) else ""
            for person, row in zip(persons, self.rows, strict=True)
        )
        return child, a, b

    def moves(
        self, sought_id: str, before: Sequence[Row], after: Sequence[Row]
    ) -> tuple[Move, ...]:
        """Return the comparisons of a pair that come to another level."""
        return tuple(
            Move(sought_id, comparison.name, then, now, self.gain(comparison.name, then, now))
            for comparison, then, now in zip(
                COMPARISONS, levels_of(*before), levels_of(*after), strict=True
            )
            if then != now
        )

    def gain(self, comparison: str, before: str, after: str) -> float:
        bits = self.weighing.bits
        return bits[comparison, after] - bits[comparison, before]
