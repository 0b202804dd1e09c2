"""What a made-up caseload is like: every share and chance it is drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Shares (0..1), ages (years) and days of a made-up caseload.

    The values are ours: plausible for the programme, measured on no one. Change them to ask how a
    matcher bears other circumstances.

    Args:
        as_of: the day the caseload is looked at; ages are counted to it.
        youngest: completed years of the youngest child.
        oldest: completed years of the eldest child.
        children: weights of a mother having 1, 2, 3 … children in the span of ages.
        polygyny: families with two wives, whose children are half-siblings.
        remarriage: families whose mother had two husbands.
        not_found: families who seek children that no one has found (decoys).
        nobody_seeks: families whose children are found and sought by no one.
        both_sides: families sought twice, by the father's and the mother's kin apart.
        orphaned: households whose children were found without a parent, who tell less.
        registered_days: days before `as_of` within which children were registered.
        recognised: names the clerk knows and writes in their Arabic form.
        misheard: chance that one letter of a word is misheard.
        nameless: children written down without any name.
        given_only: children written down with their given name and nothing else.
        kunya: children written down with their parent's kunya in place of the father's name.
        nisba: children written down with a nisba in place of the family name.
        double: children whose name is written down twice, in two spellings.
        father_unknown: children whose father's name is not told where a parent is there.
        mother_unknown: children whose mother's name is not told where a parent is there.
        untold: how much more often the two above are missing for orphans (added).
        born_known: children whose date of birth is on a document.
        age_error: standard deviation, in years, of an age guessed.
        sex_wrong: children whose sex was written down wrongly.
        split: families whose children were registered in two places, apart.
        stranger: groups that hold a child of another family.
        by_reference: groups that name one another instead of bearing a group number.
        forgotten: children of a family that one of its requests leaves out.
        nameless_sought: children of the last five years whose name never reached home.
        patronymic_dropped: names relatives write without the patronymic.
        year_only: births of which relatives know the year only.
        born_unknown: births of which relatives know nothing.
        place_unknown: requests and registrations that name no place.
        typing_error: chance that a word of a request has two letters swapped.
    """

    as_of: date = date(2018, 12, 30)
    youngest: int = 0
    oldest: int = 13
    children: tuple[int, ...] = (30, 32, 22, 11, 5)
    polygyny: float = 0.08
    remarriage: float = 0.08
    not_found: float = 0.35
    nobody_seeks: float = 0.15
    both_sides: float = 0.12
    orphaned: float = 0.35
    registered_days: int = 150
    recognised: float = 0.65
    misheard: float = 0.04
    nameless: float = 0.02
    given_only: float = 0.15
    kunya: float = 0.10
    nisba: float = 0.15
    double: float = 0.05
    father_unknown: float = 0.15
    mother_unknown: float = 0.25
    untold: float = 0.35
    born_known: float = 0.10
    age_error: float = 0.9
    sex_wrong: float = 0.01
    split: float = 0.12
    stranger: float = 0.05
    by_reference: float = 0.15
    forgotten: float = 0.08
    nameless_sought: float = 0.15
    patronymic_dropped: float = 0.20
    year_only: float = 0.30
    born_unknown: float = 0.05
    place_unknown: float = 0.20
    typing_error: float = 0.02
