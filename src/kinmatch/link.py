"""Link found and sought persons: prepare, block, score, and say why.

linkage = link(found, sought)
for candidate in linkage.of("F01"):
    print(candidate.sought_id, candidate.probability)
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from kinmatch import families as collective
from kinmatch.engines import Population, Weights, prepare, score
from kinmatch.errors import BadInput
from kinmatch.explain import (
    DIGITS,
    Candidate,
    Language,
    Met,
    Reason,
    band,
    drawn,
    explain,
    reasons_of,
    say,
    written,
)
from kinmatch.model import Way, probability, weight_of
from kinmatch.records.cells import harmless
from kinmatch.showing import as_html

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kinmatch.engines.closeness import Progress
    from kinmatch.engines.scored import Engine
    from kinmatch.model import Calibration, Model
    from kinmatch.records import Person, Records

COLUMNS = (
    "found_id",
    "sought_id",
    "weight",
    "probability",
    "band",
    "found_name",
    "sought_name",
    "reasons_for",
    "reasons_against",
    "not_known",
    "model",
)
SLACK = 1e-9  # of a probability: a candidate exactly at the threshold is shown by every engine


def refuse_no_chance(threshold: float | None) -> None:
    """Raise BadInput for a threshold that is no probability; None is the model's."""
    if threshold is not None and not 0 < threshold < 1:
        raise BadInput(f"a threshold of {threshold}; expected a probability between 0 and 1")


@dataclass(frozen=True, slots=True)
class Linkage:
    """What linking gave: candidates, and the count of everything that is not among them."""

    model: str  # identifier of the model that scored
    threshold: float
    found_ids: tuple[str, ...]  # the found persons that were linked
    sought: int
    candidates: tuple[Candidate, ...]  # by found person, the strongest first
    compared: int  # pairs that shared a block
    _by_found: dict[str, list[Candidate]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_found: dict[str, list[Candidate]] = {one: [] for one in self.found_ids}
        for candidate in self.candidates:
            by_found[candidate.found_id].append(candidate)
        object.__setattr__(self, "_by_found", by_found)

    def of(self, found_id: str) -> Sequence[Candidate]:
        """Return the candidates of one found person, the strongest first."""
        return self._by_found[found_id]

    def rows(self, language: Language = "en") -> Iterator[dict[str, str | float]]:
        """Yield the candidates as rows, for `pandas.DataFrame(linkage.rows())` or the like."""
        for one in self.candidates:
            said = [(reason.bits, say(reason, language)) for reason in one.reasons]
            yield {
                "found_id": one.found_id,
                "sought_id": one.sought_id,
                "weight": one.weight,
                "probability": one.probability,
                "band": str(band(one.probability)),
                "reasons_for": " ".join(words for bits, words in said if bits > 0),
                "reasons_against": " ".join(words for bits, words in said if bits < 0),
                "not_known": " ".join(words for bits, words in said if not bits),
            }

    def __repr__(self) -> str:
        """Return how many there are, for a notebook or a debugger."""
        return (
            f"Linkage({len(self.found_ids)} found, {self.sought} sought,"
            f" {len(self.candidates)} candidates)"
        )

    def _repr_html_(self) -> str:
        """Return the first candidates as a table; notebooks ask for it by this name."""
        return as_html(self.rows(), repr(self))

    @property
    def probabilities(self) -> dict[tuple[str, str], float]:
        """How likely each candidate is, by its found and its sought id: what `evaluate` takes."""
        return {(one.found_id, one.sought_id): one.probability for one in self.candidates}

    @property
    def below(self) -> int:
        """How many pairs were compared and stay below the threshold."""
        return self.compared - len(self.candidates)

    @property
    def without_candidate(self) -> tuple[str, ...]:
        """The found persons for whom nobody sought is a credible match."""
        return tuple(one for one in self.found_ids if not self._by_found[one])


def link(  # noqa: PLR0913 - what can be chosen about a linkage, each with its default
    found: Sequence[Person],
    sought: Sequence[Person],
    *,
    model: Model | None = None,
    engine: Engine = "duckdb",
    only: Collection[str] | None = None,
    threshold: float | None = None,
    seed: int = 0,
    population: Population | None = None,
    families: bool = False,
    one_to_one: bool = False,
    learning: bool = True,
    progress: Progress | None = None,
) -> Linkage:
    """Find who among the sought may be whom among the found.

    `only` names found ids: they score as in a batch of all. `population` is what `prepare` made of
    the same persons, kept from an earlier call. `threshold` is a probability; the model has one.
    Candidates of one found person with the same weight come in an order drawn with `seed`, so
    that nobody is always first for having been written down first.

    With `families`, groups are matched as wholes (`kinmatch.families`): a candidate's chance then
    takes brothers and sisters into account, and depends on everyone in both lists. `one_to_one`
    says that nobody stands in either list twice, so that whoever is clearly one child is no other;
    everyone is matched at once then, as with `families`, in groups or not.
    `learning` lets the lists say how many are absent or alone; without it the model does. With
    neither of the two, a group's chances depend on the other groups no more than a pair's do, so
    that `only` compares just the groups of those it names.

    Raises:
        BadInput: ids repeat, `only` names nobody, or the threshold is no probability.
    """
    refuse_no_chance(threshold)  # before minutes go into the names
    population = population or prepare(found, sought, model=model, progress=progress)
    least = population.model.threshold if threshold is None else threshold
    positions = None if only is None else population.positions(only)
    if families or one_to_one:
        # Whoever teaches the others, or takes a person from them, has to be compared as well.
        apart = not (one_to_one or learning)
        parts = collective.in_parts(
            population,
            across=one_to_one,
            learning=learning,
            only=positions if apart else None,
            progress=progress,
        )
        way = Way.ONE_TO_ONE if one_to_one else Way.FAMILIES
        candidates, compared = _by_families(population, parts, way, least, only=positions)
    else:
        lowest = population.model.curve(Way.PAIRS, population.people).lowest(weight_of(least))
        wanted = Weights(lowest=lowest - SLACK, only=positions)
        scoring = score(population, wanted, engine=engine, progress=progress)
        prior = weight_of(population.model.prior(population.people))
        candidates = [explain(population, pair, prior=prior) for pair in scoring.pairs]
        compared = scoring.compared
    shown = [one for one in candidates if one.probability >= least - SLACK]
    places = {person.id: place for place, person in enumerate(population.found)}
    shown.sort(
        key=lambda one: (
            places[one.found_id],
            -one.weight,
            drawn(one.found_id, one.sought_id, seed),
        )
    )
    linked = range(len(population.found)) if positions is None else positions
    return Linkage(
        model=population.model.identifier,
        threshold=least,
        found_ids=tuple(population.found[position].id for position in linked),
        sought=population.people,
        candidates=tuple(shown),
        compared=compared,
    )


def _by_families(
    population: Population,
    parts: Iterable[collective.Matched],
    way: Way,
    least: float,
    *,
    only: Collection[int] | None,
) -> tuple[list[Candidate], int]:
    """Return the candidates whose chance is enough, and how many pairs were compared."""
    told = [_of_part(population, matched, way, least, only) for matched in parts]
    candidates = [one for part, _ in told for one in part]
    return candidates, sum(compared for _, compared in told)


def _of_part(
    population: Population,
    matched: collective.Matched,
    way: Way,
    least: float,
    only: Collection[int] | None,
) -> tuple[list[Candidate], int]:
    accounts = collective.Accounts(matched, population)
    asked = np.ones(len(matched.chance), np.bool_)
    if only is not None:
        asked = np.isin(matched.pairing.i, np.array(sorted(only), np.int64))
    curve = population.model.curve(way, population.people)
    lowest = probability(curve.lowest(weight_of(least))) - SLACK
    shown = np.flatnonzero(asked & (matched.chance >= lowest))
    aligned = cache(lambda family: _aligned(population, accounts.alignment(family), curve))
    told = [accounts.of(int(pair)) for pair in shown]
    candidates = [_candidate(population, one, way, curve, aligned(one.family)) for one in told]
    return candidates, int(asked.sum())


def _candidate(
    population: Population,
    account: collective.Account,
    way: Way,
    curve: Calibration,
    alignment: tuple[Met, ...],
) -> Candidate:
    """Return a pair of the collective stage with the reasons for its chance."""
    found, sought = population.found[account.found], population.sought[account.sought]
    prior = weight_of(population.model.prior(population.people))
    own = reasons_of(population.model, found, sought, account.levels)
    relatives = [_relative(population, one) for one in account.relatives]
    weight = round(account.weight, DIGITS)
    rest = weight - prior - sum(reason.bits for reason in (*own, *relatives))
    reasons = sorted(
        [*own, *relatives, Reason("families", "more" if rest > 0 else "rest", rest, "", "")],
        key=lambda reason: -abs(reason.bits),
    )
    return Candidate(
        found_id=found.id,
        sought_id=sought.id,
        weight=weight,
        calibrated=curve(weight),
        prior=prior,
        reasons=tuple(reasons),
        way=way,
        alignment=alignment,
    )


def _relative(population: Population, one: collective.Relative) -> Reason:
    found_id, found = _named(population.found, one.found)
    sought_id, sought = _named(population.sought, one.sought)
    level = ("met" if one.bits > 0 else "hardly_met") if sought_id else "not_met"
    return Reason("relatives", level, one.bits, found, sought, found_id, sought_id)


def _aligned(
    population: Population, alignment: Iterable[collective.Aligned], curve: Calibration
) -> tuple[Met, ...]:
    return tuple(
        Met(
            *_named(population.found, one.found),
            *_named(population.sought, one.sought),
            probability=probability(curve(round(one.weight, DIGITS))),
        )
        for one in alignment
    )


def _named(persons: Sequence[Person], position: int | None) -> tuple[str, str]:
    """Return the id and the name of a person, as written; empty for nobody."""
    if position is None:
        return "", ""
    return persons[position].id, written(persons[position], "given")


def write_candidates(
    linkage: Linkage, found: Records, sought: Records, out: Path, *, language: Language = "en"
) -> None:
    """Write the candidates as CSV, in UTF-8 with a mark so that spreadsheets read it right.

    Columns of the input that kinmatch does not compare follow, as found_… and sought_….
    """
    header = [
        *COLUMNS,
        *(f"found_{column}" for column in found.ignored),
        *(f"sought_{column}" for column in sought.ignored),
    ]
    try:
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            for cells in _lines(linkage, found, sought, language):
                writer.writerow([harmless(cell) for cell in cells])
    except OSError as error:
        raise BadInput(f"{out}: cannot be written ({error.strerror})") from error


def _lines(
    linkage: Linkage, found: Records, sought: Records, language: Language
) -> Iterator[list[str]]:
    found_names = _names(found.persons)
    sought_names = _names(sought.persons)
    for one, row in zip(linkage.candidates, linkage.rows(language), strict=True):
        told = {
            **row,
            "weight": f"{one.weight:.6f}",
            "probability": f"{one.probability:.6f}",
            "found_name": found_names[one.found_id],
            "sought_name": sought_names[one.sought_id],
            "model": linkage.model,
        }
        yield [
            *(str(told[column]) for column in COLUMNS),
            *_kept(found.kept[one.found_id], found.ignored),
            *_kept(sought.kept[one.sought_id], sought.ignored),
        ]


def _names(persons: Sequence[Person]) -> dict[str, str]:
    return {person.id: " | ".join(person.called) for person in persons}


def _kept(cells: Mapping[str, str], columns: Sequence[str]) -> list[str]:
    return [cells[column] for column in columns]
