"""Primero's matching, stated again: what its search engine is asked, and how it reads the answer.

From primeroIMS (AGPL; nothing is copied) `matchable.rb`, `matching_service.rb`: the criteria of
each group of fields are joined by OR, each with a boost (name 15, sex 10, age 10, date of birth 5,
name of a relative 10, relation 5, others 1); names are met by double metaphone, ages and dates as
exact text; the twenty best are kept, each score divided by the best, above 0.1; "likely" is what
stands alone or more than 0.7 above the mean. The score of one field is the inverse document
frequency, as Lucene has it. A likely pair is given as 0.9, another as 0.4 of its share.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from doublemetaphone import doublemetaphone

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

VERSION = "our statement of Primero's rules"
BOOSTS = {
    "given_name": 15.0,
    "family_name": 15.0,
    "sex": 10.0,
    "age": 10.0,
    "born": 5.0,
    "father": 10.0,
    "mother": 10.0,
}
SOUNDED = {"given_name", "family_name", "father", "mother"}
BEST, LEAST, ABOVE_MEAN = 20, 0.1, 0.7
LIKELY, POSSIBLE = 0.9, 0.4


def terms(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a record is indexed by: field and term."""
    for field in BOOSTS:
        written = row.get(field)
        if not written:
            continue
        if field not in SOUNDED:
            yield field, written
            continue
        for word in written.replace("|", " ").split():
            yield from ((field, code) for code in set(doublemetaphone(word)) if code)


def run(found: pd.DataFrame, sought: pd.DataFrame) -> list[tuple[str, str, float]]:
    """Return the candidates of each found person."""
    index: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in sought.to_dict("records"):
        for term in terms(row):
            index[term].add(row["id"])
    pairs = []
    for row in found.to_dict("records"):
        scores: dict[str, float] = defaultdict(float)
        for term in set(terms(row)):
            met = index.get(term, ())
            weight = BOOSTS[term[0]] * (1.0 + math.log(len(sought) / (len(met) + 1.0)))
            for other in met:
                scores[other] += weight
        pairs += [(row["id"], other, chance) for other, chance in likelihoods(scores)]
    return pairs


def likelihoods(scores: dict[str, float]) -> Iterator[tuple[str, float]]:
    """Yield what is kept of the hits for one person, and how likely it is called."""
    best = sorted(scores.items(), key=lambda one: (-one[1], one[0]))[:BEST]
    if not best:
        return
    shares = [(other, score / best[0][1]) for other, score in best]
    kept = [one for one in shares if one[1] > LEAST]
    mean = sum(share for _, share in kept) / len(kept)
    for other, share in kept:
        likely = len(kept) == 1 or share - mean > ABOVE_MEAN
        yield other, LIKELY * share if likely else POSSIBLE * share
