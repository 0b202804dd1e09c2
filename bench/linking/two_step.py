"""A hard two-step linkage as IPUMS does it: sure persons first, then the others of their household.

After Helgertz, Price, Wellington, Thompson, Ruggles, Fitch (2022), "A new strategy for linking US
historical censuses" (the IPUMS Multigenerational Longitudinal Panel): link persons one by one where
the match is beyond doubt and nobody rivals it; then, in two households so joined, link the members
left over by a looser rule. Whoever is left is linked one by one. The scores are Splink's; what was
linked is never undone.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from jellyfish import jaro_winkler_similarity

from linking import pairwise
from linking.measures import one_to_one

if TYPE_CHECKING:
    import pandas as pd

VERSION = f"two steps on {pairwise.VERSION}"
SURE, RIVAL = 0.9, 0.5  # a match beyond doubt, and the chance of a second one that casts doubt
ALIKE, YEARS = 0.75, 3


def run(found: pd.DataFrame, sought: pd.DataFrame) -> list[tuple[str, str, float]]:
    """Return linked pairs: the sure ones, then members of their households, then the rest."""
    scored = pairwise.run(found, sought)
    seconds: dict[str, list[float]] = defaultdict(list)
    for one, other, chance in scored:
        seconds[one].append(chance)
        seconds[other].append(chance)
    sure = [
        pair
        for pair in one_to_one(scored)
        if pair[2] >= SURE and all(_alone(seconds[one]) for one in pair[:2])
    ]
    left = {row["id"]: row for row in found.to_dict("records")}
    right = {row["id"]: row for row in sought.to_dict("records")}
    households = {(left[one]["group"], right[other]["group"]) for one, other, _ in sure}
    taken = {one for pair in sure for one in pair[:2]}
    looser = []
    members = _members(left), _members(right)
    for one, other in sorted(households):
        looser += [
            (a, b, _likeness(left[a], right[b]))
            for a in members[0][one]
            for b in members[1][other]
            if a not in taken and b not in taken and _compatible(left[a], right[b])
        ]
    joined = sure + one_to_one(looser)
    taken = {one for pair in joined for one in pair[:2]}
    rest = [pair for pair in scored if pair[0] not in taken and pair[1] not in taken]
    return joined + one_to_one(rest)


def _alone(chances: list[float]) -> bool:
    return sum(chance >= RIVAL for chance in chances) == 1


def _members(rows: dict[str, dict[str, str]]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = defaultdict(list)
    for identity, row in rows.items():
        members[row["group"]].append(identity)
    return members


def _likeness(one: dict[str, str], other: dict[str, str]) -> float:
    names = one["given_name"] or "", other["given_name"] or ""
    return 0.5 + jaro_winkler_similarity(*names) / 2


def _compatible(one: dict[str, str], other: dict[str, str]) -> bool:
    if one["sex"] and other["sex"] and one["sex"] != other["sex"]:
        return False
    names = one["given_name"] or "", other["given_name"] or ""
    ages = one["age"], other["age"]
    close = all(ages) and abs(int(ages[0]) - int(ages[1])) <= YEARS
    same_day = bool(one["born"]) and one["born"] == other["born"]
    return jaro_winkler_similarity(*names) >= ALIKE or same_day or close
