"""How good candidates are, measured against known pairs: who comes first, and is it calibrated.

Numbers on made-up caseloads show that nothing broke; they are no claim about real ones.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kinmatch.errors import BadInput
from kinmatch.names import script_of
from kinmatch.records import read_lines
from kinmatch.records.cells import unguarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kinmatch.records import Person

THRESHOLDS = (0.3, 0.5, 0.8, 0.95, 0.99)
# Where the bins of the reliability table begin: tenths, and the last tenth, where most candidates
# are and where it matters most whether one in a hundred or one in a thousand is wrong, in four.
BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)
NOISE = "noise on the found side"
KINDS = (
    "scripts",
    "birth",
    "years between births",
    "parents' names missing",
    "own name missing",
    "found with",
    "candidates of the child",
)
YEAR = 366  # days
GAPS = ((0, "0"), (1, "1"), (2, "2"), (4, "3 to 4"))  # up to so many years
SIZES = ((1, "nobody"), (2, "1 other"), (4, "2 or 3 others"))  # up to so many in a group
LENGTHS = ((1, "1 or none"), (3, "2 or 3"), (10, "4 to 10"))  # up to so many candidates
PAIRED = (("found_id", "sought_id"), ("id", "other_id"))  # as `link` and `dedupe` write pairs
IDS = ("id", "other_id", "found_id", "sought_id")  # columns that may not be empty
FEW = 3  # "in the first three"

PairIds = tuple[str, str]  # (found id, sought id)


@dataclass(frozen=True, slots=True)
class AtThreshold:
    """Candidates from one probability on, against the truth."""

    threshold: float
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """How many of those shown are right; 1 where none is shown."""
        shown = self.right + self.wrong
        return self.right / shown if shown else 1.0

    @property
    def recall(self) -> float:
        """How many of the true pairs are shown; 1 where there is none."""
        true = self.right + self.missed
        return self.right / true if true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Candidates of about one probability: what was said, and what came true."""

    candidates: int
    said: float  # mean probability
    came_true: float  # share of true pairs


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What candidates are worth. Shares are of the found persons who truly are sought."""

    matchable: int  # found persons with a true pair
    first: int  # of them, those whose true pair is the strongest candidate
    in_first_three: int
    candidates: int
    at: tuple[AtThreshold, ...]
    bins: tuple[Bin, ...]

    @property
    def said(self) -> float:
        """The mean of what was said of the candidates; 0 where there is none."""
        return sum(one.candidates * one.said for one in self.bins) / max(self.candidates, 1)

    @property
    def came_true(self) -> float:
        """The share of the candidates that are right; an honest chance says the same."""
        return sum(one.candidates * one.came_true for one in self.bins) / max(self.candidates, 1)

    @property
    def calibration_error(self) -> float:
        """Expected calibration error: the mean gap between said and true, weighted by bin.

        Naeini, Cooper, Hauskrecht 2015; the last of their ten bins is divided. It sees only the
        candidates in the file: those below the threshold of linking are not there.
        """
        gaps = sum(one.candidates * abs(one.said - one.came_true) for one in self.bins)
        return gaps / self.candidates if self.candidates else 0.0


def evaluate(probabilities: Mapping[PairIds, float], truth: Iterable[PairIds]) -> Evaluation:
    """Measure candidates against the true pairs.

    Args:
        probabilities: the candidates, and how likely each was said to be; of equal ones the
            first comes first.
        truth: the pairs that are one person.
    """
    true = frozenset(truth)
    ranks = _best_ranks(probabilities, true)
    return Evaluation(
        matchable=len({found for found, _ in true}),
        first=sum(rank == 1 for rank in ranks.values()),
        in_first_three=sum(rank <= FEW for rank in ranks.values()),
        candidates=len(probabilities),
        at=tuple(_at(threshold, probabilities, true) for threshold in THRESHOLDS),
        bins=tuple(_bins(probabilities, true)),
    )


def by_slice(
    probabilities: Mapping[PairIds, float],
    truth: Iterable[PairIds],
    found: Mapping[str, Person],
    sought: Mapping[str, Person],
) -> dict[str, dict[str, Evaluation]]:
    """Measure candidates by what is known of the two records: kind of slice -> slice -> figures.

    A true pair counts in the slice it belongs to, found as candidate or not.

    Raises:
        BadInput: a pair names somebody who is in neither file.
    """
    true = frozenset(truth)
    told: dict[str, dict[str, Evaluation]] = {}
    sizes = Counter(person.group for person in found.values())
    lengths = Counter(found_id for found_id, _ in probabilities)
    try:
        of = {
            pair: slices_of(
                found[pair[0]], sought[pair[1]], sizes[found[pair[0]].group], lengths[pair[0]]
            )
            for pair in sorted({*probabilities, *true})
        }
    except KeyError as error:
        raise BadInput(f'no person has the id "{error.args[0]}"') from error
    for kind in KINDS:
        names = sorted({slices[kind] for slices in of.values()})
        told[kind] = {
            name: evaluate(
                {pair: chance for pair, chance in probabilities.items() if of[pair][kind] == name},
                [pair for pair in true if of[pair][kind] == name],
            )
            for name in names
        }
    return told


def by_noise(
    probabilities: Mapping[PairIds, float],
    truth: Iterable[PairIds],
    noise: Mapping[str, frozenset[str]],
) -> dict[str, Evaluation]:
    """Measure candidates by what was done to the found record: kind of noise -> figures.

    A record to which several things were done counts for each of them; one that was left as it
    is, under "none".

    Args:
        probabilities: the candidates, and how likely each was said to be.
        truth: the pairs that are one person.
        noise: found id -> what was done to its record, as `read_noise` has it.

    Raises:
        BadInput: nothing is told of a found person.
    """
    true = frozenset(truth)
    pairs: dict[str, set[PairIds]] = defaultdict(set)
    for pair in {*probabilities, *true}:
        if pair[0] not in noise:
            raise BadInput(f'nothing is told of what was done to the record of "{pair[0]}"')
        for kind in noise[pair[0]] or ("none",):
            pairs[kind].add(pair)
    return {
        kind: evaluate(
            {pair: chance for pair, chance in probabilities.items() if pair in pairs[kind]},
            true & pairs[kind],
        )
        for kind in sorted(pairs)
    }


def slices_of(found: Person, sought: Person, size: int, candidates: int) -> dict[str, str]:
    """Return the slice a pair belongs to, of each kind.

    `size` is how many bear the found group, `candidates` how many the found person has.
    """
    scripts = [
        "–" if not person.called else script_of(person.called[0]).value
        for person in (found, sought)
    ]
    lacking = sum(not side for side in (found.father, sought.father, found.mother, sought.mother))
    widths = [person.born.days if person.born else None for person in (found, sought)]
    return {
        "scripts": " and ".join(scripts),
        "birth": _birth(widths),
        "years between births": _gap(found, sought),
        "parents' names missing": str(lacking),
        "own name missing": str(sum(not person.called for person in (found, sought))),
        "found with": _up_to(SIZES, size if found.group else 1, "4 others or more"),
        "candidates of the child": _up_to(LENGTHS, candidates, "11 or more"),
    }


def _gap(found: Person, sought: Person) -> str:
    """Return how many years lie between the two births, begun years counted whole."""
    if not found.born or not sought.born:
        return "unknown on a side"
    start = max(found.born.first, sought.born.first)
    days = (start - min(found.born.last, sought.born.last)).days
    return _up_to(GAPS, max(-(-days // YEAR), 0), "5 or more")


def _up_to(ends: Sequence[tuple[int, str]], value: int, beyond: str) -> str:
    return next((name for end, name in ends if value <= end), beyond)


def _birth(widths: Sequence[int | None]) -> str:
    if None in widths:
        return "unknown on a side"
    widest = max(width for width in widths if width is not None)
    return "to the day" if widest == 1 else "to the year" if widest <= YEAR else "wider"


def read_candidates(path: Path) -> dict[PairIds, float]:
    """Read what `kinmatch link` or `dedupe` wrote. Raises BadInput naming row and column."""
    probabilities: dict[PairIds, float] = {}
    for number, cells in _rows(path, PAIRED, "probability"):
        found, sought, written = cells
        try:
            chance = float(written)
        except ValueError:
            chance = -1.0
        if not 0 <= chance <= 1:
            raise BadInput(
                f'{path}, row {number}, column probability, "{written}": expected a number from'
                " 0 to 1"
            )
        if (found, sought) in probabilities:
            raise BadInput(f"{path}, row {number}: {found} and {sought} stand there a second time")
        probabilities[found, sought] = chance
    return probabilities


def read_truth(path: Path | str) -> frozenset[PairIds]:
    """Read true pairs: the columns found_id and sought_id, or id and other_id. Raises BadInput."""
    return frozenset((found, sought) for _, (found, sought) in _rows(Path(path), PAIRED))


def read_noise(path: Path | str) -> dict[str, frozenset[str]]:
    """Read what was done to each record, in the columns id and noise, with bars. Raises BadInput.

    It is the `truth_records` that `kinmatch synth` writes.
    """
    rows = _rows(Path(path), (("id", "noise"),))
    return {
        identity: frozenset(filter(None, (kind.strip() for kind in kinds.split("|"))))
        for _, (identity, kinds) in rows
    }


def _rows(
    path: Path, either: Sequence[tuple[str, ...]], *more: str
) -> Iterable[tuple[int, list[str]]]:
    """Yield the number of each row, and its cells in the columns that are there of some sets."""
    table = read_lines(path)
    there = (columns for columns in either if set(columns) <= set(table.columns))
    columns = (*next(there, either[0]), *more)
    for column in columns:
        if column not in table.columns:
            raise BadInput(
                f'{path}: there is no column "{column}"; found {", ".join(table.columns)}'
            )
    for line in table.lines:
        if not line.blank:
            for column in columns:
                if not line.cells[column] and column in IDS:
                    raise BadInput(f"{path}, row {line.number}, column {column}: nobody is named")
            cells = [unguarded(line.cells[column]) for column in columns]
            # Of one list compared with itself, either of two records may be named first.
            yield line.number, sorted(cells[:2]) + cells[2:] if "other_id" in columns else cells


def _best_ranks(probabilities: Mapping[PairIds, float], true: frozenset[PairIds]) -> dict[str, int]:
    by_found: dict[str, list[PairIds]] = defaultdict(list)
    for pair in sorted(probabilities, key=lambda pair: -probabilities[pair]):
        by_found[pair[0]].append(pair)
    ranks: dict[str, int] = {}
    for found, pairs in by_found.items():
        for rank, pair in enumerate(pairs, 1):
            if pair in true:
                ranks.setdefault(found, rank)
    return ranks


def _at(
    threshold: float, probabilities: Mapping[PairIds, float], true: frozenset[PairIds]
) -> AtThreshold:
    shown = {pair for pair, chance in probabilities.items() if chance >= threshold}
    right = len(shown & true)
    return AtThreshold(threshold, right, len(shown) - right, len(true) - right)


def _bins(probabilities: Mapping[PairIds, float], true: frozenset[PairIds]) -> Iterable[Bin]:
    members: dict[int, list[PairIds]] = defaultdict(list)
    for pair, chance in probabilities.items():
        members[bisect_right(BINS, chance)].append(pair)
    for _, pairs in sorted(members.items()):
        said = sum(probabilities[pair] for pair in pairs) / len(pairs)
        yield Bin(len(pairs), said, sum(pair in true for pair in pairs) / len(pairs))
