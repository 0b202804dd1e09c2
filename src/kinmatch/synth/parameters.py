"""What a made-up caseload is like: every share and chance it is drawn with.

Each field says what it means and where its value comes from; `docs/reference/made-up-caseloads.md`
is made from here, and `kinmatch.synth.settings` reads the fields from a TOML file.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from kinmatch.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
OURS = "editorial judgement"
EARLIEST = 1900  # years before it have no parents' and grandparents' births to count back to
LANDED = date(2018, 12, 30)  # of the programme's first large flight
SHARE, YEARS, DAYS, SPREAD = "share", "years", "days", "spread"
WEIGHTS, DAY, CUSTOMS = "weights", "day", "customs"
# Of each group one thing happens at most.
ONE_OF = (
    ("not_found", "nobody_seeks"),
    ("polygyny", "remarriage"),
    ("namesakes", "cousins"),
    ("given_only", "nisba", "kunya"),
    ("born_known", "hijri", "approximate"),
    ("year_only", "born_about", "born_unknown"),
    ("home_region", "home_near"),
    ("parted_at_other", "parted_at_region"),
    ("mother_imprisoned", "mother_dead"),
)


def told(default: T, group: str, kind: str, means: str, *, source: str = OURS) -> T:
    """Declare a field with its meaning and the source of its value."""
    about = {"group": group, "kind": kind, "means": means, "source": source}
    made: T = field(default=default, metadata=about)
    return made


def families(default: float, means: str, *, source: str = OURS) -> float:
    """Declare a share that says what families are like."""
    return told(default, "families", SHARE, means, source=source)


def sides(default: float, means: str) -> float:
    """Declare a share that says who is found and who is sought."""
    return told(default, "who is found, who is sought", SHARE, means)


def clerk(default: float, means: str) -> float:
    """Declare a share of what is done to the found; `noisier` scales it."""
    return told(default, "what a clerk writes", SHARE, means)


def habits(default: float, means: str) -> float:
    """Declare a share that says how a place works; no error, so `noisier` leaves it."""
    return told(default, "habits of the places", SHARE, means)


def asked(default: float, means: str) -> float:
    """Declare a share of what is done to the sought; `noisier` scales it."""
    return told(default, "what a relative tells", SHARE, means)


NOISE = ("what a clerk writes", "what a relative tells")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Shares (0..1), years and days of a made-up caseload; see each field's `means`.

    Most values are ours: plausible for the programme, measured on no one. Change them to ask how a
    matcher bears other circumstances.

    Raises:
        BadInput: a share is not one, or shares of which one comes true at most exceed 1.
    """

    as_of: date = told(  # noqa: RUF009 - `told` is `field` with our metadata
        LANDED, "families", DAY, "day ages are counted to"
    )
    youngest: int = told(0, "families", YEARS, "completed years of the youngest child")
    oldest: int = told(13, "families", YEARS, "completed years of the eldest child")
    customs: tuple[tuple[str, int], ...] = told(
        (), "families", CUSTOMS, "weights of the customs; empty: as in the table below"
    )
    compounds: float = families(0.2, "persons whose given name is put together from two")
    children: tuple[int, ...] = told(
        (30, 32, 22, 11, 5), "families", WEIGHTS, "weights of a mother having 1, 2, 3 … children"
    )
    twins: float = families(
        0.012,
        "births of twins",
        source="Monden, Pison and Smits, Twin Peaks, Human Reproduction 36 (2021): 12 in 1,000",
    )
    polygyny: float = families(0.08, "families of two wives or more: half-siblings by the father")
    third_wife: float = families(0.15, "of those, families of a third wife")
    remarriage: float = families(0.08, "families whose mother had a second husband")
    orphaned: float = families(0.35, "households whose children were found without a parent")
    mother_imprisoned: float = families(0.4, "of those, whose mother is in prison")
    mother_dead: float = families(0.35, "of those, whose mother is dead; else she is missing")
    father_dead: float = families(0.6, "households whose father is dead")
    taken_in: float = families(
        0.3, "orphaned households taken in by an aunt or a grandmother; cousins share the group"
    )
    convert_names: float = families(
        0.8, "converts called by another name where they went, which home does not know"
    )
    namesakes: float = sides(
        0.05, "families with a child and a father named as in another family (decoys)"
    )
    cousins: float = sides(0.08, "families whose father is a brother of another family's father")
    not_found: float = sides(0.32, "families who seek children that no one has found (decoys)")
    nobody_seeks: float = sides(0.15, "families whose children are found and sought by no one")
    child_not_found: float = sides(0.06, "children of found families who are not among the found")
    both_sides: float = sides(0.12, "families sought twice, by the father's and the mother's kin")
    split: float = sides(0.12, "families whose children were registered in two places, apart")
    stranger: float = sides(0.025, "found children put into a group of another family")
    by_reference: float = habits(0.15, "groups that name one another and bear no group number")
    parted_found: float = habits(0.4, "groups of found children who tell when they lost their kin")
    parted_sought: float = habits(0.5, "requests that tell when the family was parted")
    parted_error: float = told(
        0.4, "what a clerk writes", SPREAD, "standard deviation, in years, of when that was"
    )
    parted_at_found: float = habits(0.3, "groups of found children who tell where they lost kin")
    parted_at_sought: float = habits(0.35, "requests that tell where the family was parted")
    parted_at_other: float = clerk(0.1, "of those places, another one that was passed in flight")
    parted_at_region: float = clerk(0.1, "of those places, which are named by the region")
    home_region: float = asked(0.12, "homes that are named by the region around them")
    home_near: float = asked(0.08, "homes that are named by a place near them")
    registered_days: int = told(
        150,
        "who is found, who is sought",
        DAYS,
        "days before `as_of` within which children were registered",
    )
    latin_hand: float = habits(0.12, "clerks who write Latin letters, by English or French habit")
    recognised: float = habits(0.65, "names a clerk knows, and writes as his neighbours do")
    consistent: float = habits(0.6, "sounds a clerk writes as he always does")
    misheard: float = clerk(0.04, "words in which one letter is misheard")
    spacing: float = clerk(
        0.10, "names of a short word that is run together with the next (عبدالله)"
    )
    article: float = clerk(0.06, "nisbas and family names that lose or gain the article")
    nameless: float = clerk(0.02, "children written down without any name")
    given_only: float = clerk(0.15, "children written down with their given name only")
    kunya: float = clerk(0.10, "children written down with a parent's kunya, not the father's name")
    nisba: float = clerk(0.15, "children written down with a nisba in place of the family name")
    boy_kunya: float = clerk(0.02, "boys known by a kunya given in fun, and by nothing else")
    imposed: float = clerk(0.03, "children called by a name the group or the orphanage gave them")
    imposed_marked: float = habits(0.5, "of those names, which are set in quotation marks")
    double: float = clerk(0.05, "children whose name is written down twice, in two spellings")
    father_unknown: float = clerk(0.15, "children whose father is not told, a parent being there")
    mother_unknown: float = clerk(0.25, "children whose mother is not told, a parent being there")
    untold: float = clerk(0.35, "how much more often the two are missing for orphans (added)")
    father_kunya: float = clerk(0.10, "fathers named by their kunya only")
    mother_kunya: float = clerk(0.10, "mothers named by their kunya only")
    stepfather_named: float = clerk(0.3, "stepchildren whose stepfather is put down as the father")
    other_wife_named: float = clerk(0.1, "half-siblings under whom another wife is put down")
    carer_named: float = clerk(0.25, "children taken in whose carer is put down as the mother")
    born_known: float = habits(0.10, "children whose birth is on a document")
    first_of_january: float = clerk(0.15, "of those, documents that say 1 January")
    hijri: float = clerk(0.04, "births told as a Hijri year, written as a year of ours")
    approximate: float = habits(0.08, "ages guessed that are written as a year about (EDTF 2012~)")
    age_error: float = told(
        0.5, "what a clerk writes", SPREAD, "standard deviation, in years, of a newborn's age"
    )
    age_error_growth: float = told(
        0.08, "what a clerk writes", SPREAD, "by how much that grows with each year of age"
    )
    sex_wrong: float = clerk(0.01, "children whose sex was written down wrongly")
    forgotten: float = asked(0.08, "children of a family that one of its requests leaves out")
    nameless_sought: float = asked(0.15, "children of the last five years whose name is not known")
    other_side_vague: float = asked(
        0.3, "requests of one side that know the other parent by given name or kunya only"
    )
    patronymic_dropped: float = asked(0.20, "names written without the patronymic")
    year_only: float = asked(0.27, "births of which the year is known only")
    born_about: float = asked(0.06, "births known to a year or so (EDTF 2012~)")
    born_unknown: float = asked(0.05, "births of which nothing is known")
    born_slip: float = asked(0.03, "births remembered a year off")
    place_unknown: float = asked(0.20, "requests that name no place")
    typing_error: float = asked(0.02, "words with two letters swapped")

    def __post_init__(self) -> None:
        for fault in faults(self):
            raise BadInput(fault)
        if self.as_of.year < EARLIEST:
            raise BadInput(f"as_of: expected a day from {EARLIEST} on, got {self.as_of}")

    def noisier(self, factor: float) -> Parameters:
        """Return the same with what clerks and relatives do wrong scaled by a factor.

        Shares stay below 1, and sums of which one comes true at most are scaled down to 1.

        Raises:
            BadInput: the factor is below 0.
        """
        if factor < 0:
            raise BadInput(f"noise: expected a number from 0, got {factor:g}")
        scaled = {
            each.name: min(getattr(self, each.name) * factor, 1.0)
            for each in fields(self)
            if each.metadata["group"] in NOISE and each.metadata["kind"] == SHARE
        }
        for names in ONE_OF:
            total = sum(scaled.get(name, getattr(self, name)) for name in names)
            fixed = sum(getattr(self, name) for name in names if name not in scaled)
            if total > 1:
                shrink = (1 - fixed) / (total - fixed)
                scaled |= {name: scaled[name] * shrink for name in names if name in scaled}
        return replace(self, **scaled)


def faults(parameters: Parameters) -> Iterator[str]:
    """Yield what cannot be, one line each, with the name of the field first."""
    for each in fields(parameters):
        value, kind = getattr(parameters, each.name), each.metadata["kind"]
        if kind == SHARE and not 0 <= value <= 1:
            yield f"{each.name}: expected a share from 0 to 1, got {value:g}"
        if kind in {YEARS, DAYS, SPREAD} and value < (kind == DAYS):
            yield f"{each.name}: expected a number from {int(kind == DAYS)}, got {value:g}"
    for names in ONE_OF:
        if sum(getattr(parameters, name) for name in names) > 1 + 1e-9:
            yield f"{' + '.join(names)}: expected shares that sum to 1 at most"
    if parameters.youngest > parameters.oldest:
        yield "youngest: expected no more than oldest"
    if not parameters.children or min(parameters.children) < 0 or not sum(parameters.children):
        yield "children: expected weights from 0, one of them more"
