"""A scored pair with its reasons: every comparison, its level, its bits, the values compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from kinmatch.comparisons import COMPARISONS, UNKNOWN
from kinmatch.comparisons.father import STEM
from kinmatch.comparisons.kinship import IMPOSSIBLE, broken
from kinmatch.comparisons.rows import facts_of
from kinmatch.model import Way, probability
from kinmatch.names import Name, Role, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kinmatch.dates import Span
    from kinmatch.engines import Population, Scored
    from kinmatch.model import Model
    from kinmatch.records import Person

BETWEEN = " / "  # between several forms of one value
DIGITS = 9  # of a weight; below it two engines may differ


class Band(StrEnum):
    """What a probability is called. Absolute: never relative to the best one at hand."""

    VERY_LIKELY = "very_likely"
    LIKELY = "likely"
    POSSIBLE = "possible"
    NOT_CREDIBLE = "not_credible"  # counted, and not shown


FROM = ((0.95, Band.VERY_LIKELY), (0.8, Band.LIKELY), (0.3, Band.POSSIBLE))


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison of a candidate: what it weighs, and the values compared, as written."""

    comparison: str
    level: str
    bits: float  # above 0 speaks for, below 0 against, 0 is not known
    found: str
    sought: str
    found_id: str = ""  # of a relative: who of the found group speaks
    sought_id: str = ""  # and whom of the sought group it resembles, if anyone


@dataclass(frozen=True, slots=True)
class Met:
    """A member of the found group, of the sought group, or of both: who is who among them."""

    found_id: str  # empty: nobody found is this sought person
    found: str  # the name as written
    sought_id: str  # empty: nobody sought is this found person
    sought: str
    probability: float  # that the two are one; 0 where one side is empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A found and a sought record that may be one person, and why."""

    found_id: str
    sought_id: str
    weight: float  # bits, the prior in it
    calibrated: float  # bits the weight was worth on known pairs; the probability says the same
    prior: float  # bits before anything was compared
    reasons: tuple[Reason, ...] = field(repr=False)  # of each comparison, the strongest first
    way: Way = Way.PAIRS  # how it was matched, and so by which curve it was calibrated
    alignment: tuple[Met, ...] = field(default=(), repr=False)
    """The two groups as they fit best; matched as wholes only."""

    @property
    def probability(self) -> float:
        """The chance that the two are one person."""
        return probability(self.calibrated)

    @property
    def by_families(self) -> bool:
        """Whether groups were matched as wholes."""
        return self.way is not Way.PAIRS


def drawn(found_id: str, sought_id: str, seed: int = 0) -> bytes:
    """Return what puts candidates of equal weight in an order, so that none is always first."""
    return blake2b(f"{seed}\0{found_id}\0{sought_id}".encode(), digest_size=8).digest()


def band(chance: float) -> Band:
    """Return what a probability is called."""
    return next((name for least, name in FROM if chance >= least), Band.NOT_CREDIBLE)


def explain(population: Population, scored: Scored, *, prior: float) -> Candidate:
    """Return a scored pair with the reason of each comparison; `prior` is in bits."""
    found, sought = population.found[scored.found], population.sought[scored.sought]
    weight = round(scored.weight, DIGITS)
    reasons = reasons_of(population.model, found, sought, scored.levels)
    return Candidate(
        found_id=found.id,
        sought_id=sought.id,
        weight=weight,
        calibrated=population.model.curve(Way.PAIRS, population.people)(weight),
        prior=prior,
        reasons=tuple(reasons),
    )


def reasons_of(model: Model, found: Person, sought: Person, levels: Sequence[str]) -> list[Reason]:
    """Return the reason of each comparison, the strongest first.

    Of an optional comparison there is one only where it was compared. That of dates of kin that
    cannot be names the rule they break in the place of the level.
    """
    reasons = [
        Reason(
            comparison.name,
            broken(facts_of(found), facts_of(sought)) if level == IMPOSSIBLE.id else level,
            model.bits(comparison.name, level),
            shown(found, comparison.name, level),
            shown(sought, comparison.name, level),
        )
        for comparison, level in zip(COMPARISONS, levels, strict=True)
        if not comparison.optional or level != UNKNOWN
    ]
    return sorted(reasons, key=lambda reason: -abs(reason.bits))


def shown(person: Person, comparison: str, level: str) -> str:
    """Return what a record says about one attribute; a family name where its stem is compared."""
    told = written(person, comparison)
    return told or (written(person, "family") if level == STEM.id else "")


@lru_cache(maxsize=65_536)  # one person is in many pairs
def written(person: Person, comparison: str) -> str:
    """Return what a record says about one attribute, as written; empty where it says nothing."""
    return BETWEEN.join(dict.fromkeys(filter(None, _written(person, comparison))))


def _written(person: Person, comparison: str) -> Iterable[str]:
    own = [parse(name) for name in person.names]
    values: dict[str, Iterable[str]] = {
        "given": person.called,
        "father": [*person.father, *_parts(own, Role.FATHER)],
        "mother": person.mother,
        "siblings": person.siblings,
        "grandparents": [*person.grandparents, *_parts(own, Role.GRANDFATHER)],
        "family": [
            *person.family,
            *_parts([*own, *map(parse, person.father)], Role.FAMILY, Role.NISBA),
        ],
        "birth": [str(person.born or "")],
        "age": [str(person.told or "")],
        "sex": [person.sex or ""],
        "place": person.places,
        "separation": [str(person.separated or "")],
        "parting": person.separated_at,
        "languages": person.languages,
        "marks": person.marks,
        "kinship": [f"{label}: {span}" for label, span in _kin_dates(person)],
    }
    return values[comparison]


def _kin_dates(person: Person) -> Iterable[tuple[str, Span]]:
    """Yield the dates that are held against one another, each with what it is of."""
    dates = (("born", person.born), ("mother born", person.mother_born))
    yield from ((label, span) for label, span in dates if span)
    if person.father_died:
        yield "father died", person.father_died
    yield from (("sibling born", span) for span in person.sibling_births)


def _parts(names: Sequence[Name], *roles: Role) -> list[str]:
    return [part.written for name in names for part in name.parts if part.role in roles]
