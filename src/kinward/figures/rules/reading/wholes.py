"""Which suggestion is a part of which: "of them", or numbers that add up to one told before."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kinward.figures.models.words import Dimension, Operator, Unit
from kinward.figures.rules.claims import NO_COUNT, can_be_part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinward.figures.rules.reading.suggesting import Suggestion

CATEGORY: Final = 100  # signs
BORN: Final = re.compile(r"\bborn\b|родил", re.IGNORECASE)
WENT: Final = re.compile(r"\bto\b|прибыл|отправ", re.IGNORECASE)


def with_wholes(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Return the suggestions, each part with where its whole stands."""
    told: list[Suggestion] = []
    for _sentence, group in groupby(found, key=lambda one: one.sentence):
        told += of_one_sentence(list(group), told)
    return told


def of_one_sentence(group: list[Suggestion], earlier: Sequence[Suggestion]) -> list[Suggestion]:
    """Return the suggestions of one sentence with their wholes."""
    summed = added_up(group, earlier)
    told: list[Suggestion] = []
    whole: Suggestion | None = None
    for one in group:
        if one.at in summed:
            told.append(as_part(one, summed[one.at]))
            continue
        following = whole is not None and one.elliptic and not one.is_part
        if one.is_part or following:
            before = [*earlier, *told]
            whole = whole if following else whole_of(one, before)
        else:
            whole = None
        told.append(as_part(one, whole) if whole else one)
    return told


def whole_of(one: Suggestion, before: Sequence[Suggestion]) -> Suggestion | None:
    """Return the nearest count before, not a part itself, that the one can be a part of."""
    fits = [
        each
        for each in before
        if each.unit not in NO_COUNT
        and each.low is not None
        and (one.unit == Unit.SHARE or one.low is None or each.low >= one.low)
        and (one.unit == Unit.SHARE or can_be_part(one.unit, each.unit) or one.elliptic)
    ]
    beside = [each for each in fits if each.sentence == one.sentence]
    if beside:
        return beside[-1]
    wholes = [each for each in fits if each.whole is None or each.unit == one.unit]
    wholes = [each for each in wholes if each.unit == one.unit] or wholes
    return next(reversed(wholes or fits), None)


def added_up(group: Sequence[Suggestion], earlier: Sequence[Suggestion]) -> dict[int, Suggestion]:
    """Return by place the whole of numbers that stand together and are exactly its sum."""
    counts = [one for one in group if is_exact(one)]
    for start in range(len(counts)):
        for end in range(len(counts), start + 1, -1):
            parts = counts[start:end]
            total = sum(part.low or 0 for part in parts)
            before = [*earlier, *counts[:start]]
            same = [one for one in before if one.low == total and is_exact(one)]
            if same:
                return {part.at: same[-1] for part in parts}
    return by_place(counts, earlier)


def by_place(counts: Sequence[Suggestion], earlier: Sequence[Suggestion]) -> dict[int, Suggestion]:
    """Return by place in the text the whole of numbers that each name another place.

    They are parts of the last exact count of the same unit, if they make up at least half of it.
    """
    parts = [one for one in counts if len(one.places) == 1]
    apart = {one.places for one in parts}
    total = sum(one.low or 0 for one in parts)
    if len(parts) < 2 or len(apart) < len(parts):  # noqa: PLR2004 (one part is no breakdown)
        return {}
    wholes = [
        one
        for one in earlier
        if is_exact(one) and one.whole is None and can_be_part(parts[0].unit, one.unit)
    ]
    if wholes and total <= (wholes[-1].low or 0) <= 2 * total:
        return {part.at: wholes[-1] for part in parts}
    return {}


def is_exact(one: Suggestion) -> bool:
    """Tell whether it is an exact number of people."""
    return one.operator == Operator.EXACT and one.unit not in NO_COUNT and bool(one.low)


def as_part(one: Suggestion, whole: Suggestion) -> Suggestion:
    """Return a suggestion as a part of another, broken down by what it names."""
    dimension, category = Dimension.OTHER, one.words
    if one.unit in {Unit.GIRLS, Unit.BOYS, Unit.WOMEN, Unit.MEN} and not one.places:
        dimension, category = Dimension.SEX, one.unit.value
    elif one.places:
        dimension, category = Dimension.ORIGIN, ", ".join(one.places)
        if BORN.search(one.words):
            dimension = Dimension.BIRTHPLACE
        elif WENT.search(one.words):
            dimension = Dimension.DESTINATION
    return replace(one, whole=whole.at, dimension=dimension, category=category[:CATEGORY])
