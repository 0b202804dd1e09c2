"""Two names compared part by part, whatever their scripts and the order of their words."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kinmatch.names.parts import Name, Part, Role
from kinmatch.names.reading import parse
from kinmatch.names.sounds import token_similarity

Weigh = Callable[[str], float]
FLOOR = 0.55  # below this two words are different names
ABSENT = 0.3  # what a part that only one name has takes from the score, per weight
CONTRADICTED = 0.85  # what a part takes that met no counterpart although the other name has one
CROSSED = 0.84  # a given name met a father's or a family name
UNSURE_ROLE = 0.98
JOINED = 0.98  # one word against two written apart
INITIAL = 0.6
INITIAL_WEIGHT = 0.3
ROLE_WEIGHT = {
    Role.INITIAL: INITIAL_WEIGHT,
    Role.GRANDFATHER: 0.8,
    Role.NISBA: 0.8,
    Role.KUNYA: 0.7,
}
FAMILY_LIKE = frozenset({Role.FAMILY, Role.NISBA, Role.KUNYA})
FREE = frozenset({Role.UNSURE, Role.INITIAL})


@dataclass(frozen=True, slots=True)
class Pair:
    """Parts of two names that met."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]
    similarity: float
    words: str


@dataclass(frozen=True, slots=True)
class NameComparison:
    """How alike two names are, 0..1, and why."""

    score: float
    pairs: tuple[Pair, ...]
    left_only: tuple[Part, ...]
    right_only: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """One part, or two neighbouring parts read as one word."""

    places: tuple[int, ...]
    key: str
    role: Role


def even(key: str) -> float:
    """Weigh a part by its length alone: short names are easily alike."""
    return min(1.0, 0.4 + 0.12 * len(key))


@lru_cache(maxsize=200_000)
def units(name: Name) -> tuple[Unit, ...]:
    """Return the parts of a name and its pairs of neighbours joined."""
    parts = name.compared
    single = [Unit((place,), part.key, part.role) for place, part in enumerate(parts)]
    joined = [
        Unit((place, place + 1), one.key + other.key, other.role)
        for place, (one, other) in enumerate(itertools.pairwise(parts))
        if Role.INITIAL not in {one.role, other.role}
    ]
    return (*single, *joined)


def likeness(left: Unit, right: Unit) -> float:
    """Return how alike two units are as names of the same person in the same role, 0..1."""
    if Role.INITIAL in {left.role, right.role}:
        return INITIAL if left.key[:1] == right.key[:1] else 0.0
    if len(left.places) > 1 and len(right.places) > 1:
        return 0.0
    alike = token_similarity(left.key, right.key)
    if len(left.places) + len(right.places) > 2:  # noqa: PLR2004 - one against two
        alike *= JOINED
    return alike * agreement_of_roles(left.role, right.role)


def agreement_of_roles(left: Role, right: Role) -> float:
    """Return what is left of a likeness when the roles differ."""
    if left is right or (left in FAMILY_LIKE and right in FAMILY_LIKE):
        return 1.0
    if left in FREE or right in FREE:
        return UNSURE_ROLE
    return CROSSED if Role.GIVEN in {left, right} else 0.93


def meetings(left: Name, right: Name) -> list[tuple[float, Unit, Unit]]:
    """Return the units that may have met, most alike first, each part in one meeting at most."""
    possible = [
        (alike, one, other)
        for one in units(left)
        for other in units(right)
        if (alike := likeness(one, other)) >= FLOOR
    ]
    possible.sort(
        key=lambda met: (-met[0] * (1 + 0.01 * len(met[1].key)), met[1].places, met[2].places)
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    kept = []
    for alike, one, other in possible:
        if used_left.isdisjoint(one.places) and used_right.isdisjoint(other.places):
            used_left.update(one.places)
            used_right.update(other.places)
            kept.append((alike, one, other))
    return kept


def weight(part: Part, weigh: Weigh) -> float:
    """Return how much one part says about who this is."""
    return weigh(part.key) * ROLE_WEIGHT.get(part.role, 1.0)


def score_of(left: Name, right: Name, met: list[tuple[float, Unit, Unit]], weigh: Weigh) -> float:
    """Return the score 0..1 of an alignment: agreement against absence and contradiction."""
    agreed = shared = 0.0
    for alike, one, other in met:
        mass = weighed(left, one.places, weigh) + weighed(right, other.places, weigh)
        shared += mass / 2
        agreed += mass / 2 * alike**2
    met_left = {place for _, one, _ in met for place in one.places}
    met_right = {place for _, _, other in met for place in other.places}
    alone_left = weighed(left, set(range(len(left.compared))) - met_left, weigh)
    alone_right = weighed(right, set(range(len(right.compared))) - met_right, weigh)
    contradicted = min(alone_left, alone_right)
    absent = max(alone_left, alone_right) - contradicted
    whole = shared + CONTRADICTED * contradicted + ABSENT * absent
    return agreed / whole if whole else 0.0


def weighed(name: Name, places: set[int] | tuple[int, ...], weigh: Weigh) -> float:
    """Return the weight of some parts of a name."""
    parts = name.compared
    return sum(weight(parts[place], weigh) for place in sorted(places))


def score(left: Name, right: Name, weigh: Weigh = even) -> float:
    """Return how alike two parsed names are, 0..1; what `compare` says without its words."""
    return score_of(left, right, meetings(left, right), weigh)


def score_names(a: str, b: str) -> float:
    """Return how alike two written names are, 0..1; what `compare` says without its words."""
    return score(parse(a), parse(b))


def compare(a: str | Name, b: str | Name) -> NameComparison:
    """Compare two names of any script: which part met which, and how alike they are as a whole."""
    left, right = (name if isinstance(name, Name) else parse(name) for name in (a, b))
    met = meetings(left, right)
    pairs = tuple(said(left, right, met))
    met_left = {part for pair in pairs for part in pair.left}
    met_right = {part for pair in pairs for part in pair.right}
    return NameComparison(
        score_of(left, right, met, even),
        pairs,
        tuple(part for part in left.compared if part not in met_left),
        tuple(part for part in right.compared if part not in met_right),
    )


def said(left: Name, right: Name, met: list[tuple[float, Unit, Unit]]) -> Iterator[Pair]:
    """Yield each meeting with its words, in the order of the left name."""
    for alike, one, other in sorted(met, key=lambda meeting: meeting[1].places):
        ours = tuple(left.compared[place] for place in one.places)
        theirs = tuple(right.compared[place] for place in other.places)
        yield Pair(ours, theirs, alike, words_for(ours, theirs))


def words_for(ours: tuple[Part, ...], theirs: tuple[Part, ...]) -> str:
    """Return a meeting in words: "Магомед = محمد: same name"."""
    one = " ".join(part.written for part in ours)
    other = " ".join(part.written for part in theirs)
    same = "".join(part.key for part in ours) == "".join(part.key for part in theirs)
    told = "same name" if same else "sounds alike"
    roles = {part.role for part in (*ours, *theirs)} - FREE
    if len(roles) > 1 and not roles <= FAMILY_LIKE:
        told += f", but {ours[-1].role} here and {theirs[-1].role} there"
    return f"{one} = {other}: {told}"
