"""The inner loop that compares two names part by part, compiled on first use and kept.

A name is a few arrays. `begins` says where the forms of each part start, shape (parts + 1,);
`forms` are rows or columns of the bits, shape (forms,), and `costs` what it takes to read a part
so. Of each part, shape (parts,): `roles` are numbers of `Role`; `or_roles` its other role if any,
or -1, and `or_costs` what it takes to say so; `rarities` the bits of surprise that a stranger bears
this word; `letters` the form of its first letter alone; `joins` the form of the part written
together with the next, or -1. `bits` holds for every form of the left and of the right name what it
says that they are one: shape (left forms, right forms).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from kinmatch.names.parts import Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROLES = tuple(Role)
GIVEN, FATHER, GRANDFATHER, FAMILY, KUNYA, NISBA, _, INITIAL, UNSURE = range(len(ROLES))
MOST_PARTS = 6  # parts of a name that are looked at
NEVER = -1e9
LONE_INITIAL = 0.5  # bits a letter costs that meets nothing
INITIAL_FROM = 9.0  # bits from which two first letters are taken to be one
INITIAL_AGAINST = -8.0
SKIP, MEET, MEET_TWO_LEFT, MEET_TWO_RIGHT = range(4)


class Arrays(NamedTuple):
    """A name as arrays; see the module."""

    begins: NDArray[np.int64]
    forms: NDArray[np.int64]
    costs: NDArray[np.float64]
    roles: NDArray[np.int64]
    or_roles: NDArray[np.int64]
    or_costs: NDArray[np.float64]
    rarities: NDArray[np.float64]
    letters: NDArray[np.int64]
    joins: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weights:
    """What agreement, absence and contradiction weigh, in bits. Tuned on the DEV sets.

    A part that met nothing while the other name has a part left to meet contradicts it; a part that
    the other name simply does not have is absent. These are three different things.
    """

    contradiction: float = 14.4
    given_contradiction: float = 26.0
    unlike_kinds: float = 1.8  # a family name beside a nisba, a father's name beside a family name
    left_absent: float = 1.75
    right_absent: float = 1.2
    enough: float = 3.5  # bits from which one part adds only a share: no part proves a person
    beyond: float = 0.5
    order: float = 0.5  # two parts that met in another order
    crossed: float = 2.0  # a given name that met a father's or a family name
    joined: float = 1.25  # one word that met two
    initial: float = 1.25  # an initial that agrees
    rare_absent: float = 0.05  # for each bit of its rarity: a rare word is seldom left out

    @property
    def array(self) -> NDArray[np.float64]:
        """The weights in their order, for the loop."""
        return np.array(astuple(self), np.float64)


class Workspace(NamedTuple):
    """Memory the loop uses again and again."""

    cells: NDArray[np.float64]
    two_left: NDArray[np.float64]
    two_right: NDArray[np.float64]
    best: NDArray[np.float64]
    back: NDArray[np.int16]


def workspace() -> Workspace:
    """Return memory for one comparison at a time."""
    n = MOST_PARTS + 1
    square = (n, n)
    return Workspace(
        np.zeros(square), np.zeros(square), np.zeros(square),
        np.zeros((n + 1, 1 << MOST_PARTS, n + 1)),
        np.zeros((n + 1, 1 << MOST_PARTS, n + 1), np.int16),
    )  # fmt: skip


@njit(cache=True, nogil=True)
def floor(one: int, other: int, both: bool, weights: NDArray[np.float64]) -> float:
    """Return the least two parts that disagree can weigh, by their roles.

    A father's name beside a family name says little, unless `both` names have both: then each has
    its own to meet.
    """
    if one == GIVEN and other == GIVEN:
        return -float(weights[1])
    if KUNYA in (one, other):
        return -float(weights[2])
    told = one not in (GIVEN, UNSURE) and other not in (GIVEN, UNSURE)
    if told and (one == NISBA) != (other == NISBA):
        return -float(weights[2])
    fathers = (FATHER, GRANDFATHER)
    if (one == FAMILY and other in fathers) or (other == FAMILY and one in fathers):
        return -float(weights[0] if both else weights[2])
    return -float(weights[0])


@njit(cache=True, nogil=True)
def parts_of(name: Arrays) -> int:
    """Return how many parts of a name are looked at."""
    return min(int(name.roles.shape[0]), MOST_PARTS)


@njit(cache=True, nogil=True)
def has_both(name: Arrays) -> bool:
    """Whether a name has a father's name and a family name."""
    father = family = False
    for role in name.roles[: parts_of(name)]:
        father |= role == FATHER
        family |= role == FAMILY
    return father and family


@njit(cache=True, nogil=True)
def softened(bits: float, weights: NDArray[np.float64]) -> float:
    """Return the bits of one part, those beyond `enough` counted in part."""
    return weights[5] + weights[6] * (bits - weights[5]) if bits > weights[5] else bits


@njit(cache=True, nogil=True)
def likest(one: Arrays, i: int, other: Arrays, j: int, bits: NDArray[np.float64]) -> float:
    """Return the most that any form of one part says about any form of the other."""
    found = NEVER
    for a in range(one.begins[i], one.begins[i + 1]):
        for b in range(other.begins[j], other.begins[j + 1]):
            said = bits[one.forms[a], other.forms[b]] - one.costs[a] - other.costs[b]
            found = max(found, said)
    return found


@njit(cache=True, nogil=True)
def cell(one: int, other: int, said: float, both: bool, weights: NDArray[np.float64]) -> float:
    """Return what two parts of these roles weigh together, given what their forms say."""
    if INITIAL in (one, other):
        return float(weights[10]) if said > INITIAL_FROM else INITIAL_AGAINST
    weighed = max(softened(said, weights), floor(one, other, both, weights))
    free = one == other or UNSURE in (one, other)
    if weighed > 0 and not free and (one == GIVEN) != (other == GIVEN):
        return weighed - float(weights[8])
    return weighed


@njit(cache=True, nogil=True)
def either(
    one: Arrays,
    i: int,
    other: Arrays,
    j: int,
    said: float,
    both: bool,
    weights: NDArray[np.float64],
) -> float:
    """Return what two parts weigh together in the roles that suit them best.

    That a part may have another role can make two parts agree; that they disagree it cannot excuse.
    """
    found = cell(one.roles[i], other.roles[j], said, both, weights)
    if said <= 0.0:
        return found
    if one.or_roles[i] >= 0:
        taken = cell(one.or_roles[i], other.roles[j], said, both, weights) - one.or_costs[i]
        found = max(found, taken)
    if other.or_roles[j] >= 0:
        taken = cell(one.roles[i], other.or_roles[j], said, both, weights) - other.or_costs[j]
        found = max(found, taken)
    return found


@njit(cache=True, nogil=True)
def fill(
    left: Arrays,
    right: Arrays,
    bits: NDArray[np.float64],
    weights: NDArray[np.float64],
    space: Workspace,
) -> None:
    """Weigh every part with every other, alone and as two words that met one."""
    n, m = parts_of(left), parts_of(right)
    both = has_both(left) and has_both(right)
    for i in range(n):
        for j in range(m):
            if left.roles[i] == INITIAL or right.roles[j] == INITIAL:
                said = bits[left.letters[i], right.letters[j]]
            else:
                said = likest(left, i, right, j, bits)
            space.cells[i, j] = either(left, i, right, j, said, both, weights)
            space.two_left[i, j] = space.two_right[i, j] = NEVER
            if i + 1 < n and left.joins[i] >= 0:
                for b in range(right.begins[j], right.begins[j + 1]):
                    said = bits[left.joins[i], right.forms[b]] - right.costs[b]
                    weighed = 2 * softened(said / 2, weights) - weights[9]
                    space.two_left[i, j] = max(space.two_left[i, j], weighed)
            if j + 1 < m and right.joins[j] >= 0:
                for a in range(left.begins[i], left.begins[i + 1]):
                    said = bits[left.forms[a], right.joins[j]] - left.costs[a]
                    weighed = 2 * softened(said / 2, weights) - weights[9]
                    space.two_right[i, j] = max(space.two_right[i, j], weighed)


@njit(cache=True, nogil=True)
def offer(space: Workspace, i: int, met: int, alone: int, bits: float, step: int) -> None:
    """Keep the better way to come to a state."""
    if bits > space.best[i, met, alone]:
        space.best[i, met, alone] = bits
        space.back[i, met, alone] = step


@njit(cache=True, nogil=True)
def step_from(
    left: Arrays,
    i: int,
    n: int,
    m: int,
    met: int,
    alone: int,
    weights: NDArray[np.float64],
    space: Workspace,
) -> None:
    """Try everything the next part of the left name can do: meet nothing, one part, or two."""
    so_far = space.best[i, met, alone]
    if left.roles[i] == INITIAL:
        offer(space, i + 1, met, alone, so_far - LONE_INITIAL, SKIP)
    else:
        offer(space, i + 1, met, alone + 1, so_far - weights[11] * left.rarities[i], SKIP)
    for j in range(m):
        bit = 1 << j
        if met & bit:
            continue
        inverted = weights[7] if met >> j and space.cells[i, j] > 0 else 0.0
        offer(space, i + 1, met | bit, alone, so_far + space.cells[i, j] - inverted, 4 * j + MEET)
        if i + 1 < n and space.two_left[i, j] > 0:
            offer(
                space, i + 2, met | bit, alone, so_far + space.two_left[i, j], 4 * j + MEET_TWO_LEFT
            )
        if j + 1 < m and not met & (bit << 1) and space.two_right[i, j] > 0:
            both = met | bit | (bit << 1)
            offer(space, i + 1, both, alone, so_far + space.two_right[i, j], 4 * j + MEET_TWO_RIGHT)


@njit(cache=True, nogil=True)
def left_over(right: Arrays, m: int, met: int, alone: int, weights: NDArray[np.float64]) -> float:
    """Return what the parts cost that met nothing: contradictions, then absences."""
    others, letters, rarity = 0, 0, 0.0
    for j in range(m):
        if not met & (1 << j):
            if right.roles[j] == INITIAL:
                letters += 1
            else:
                others += 1
                rarity += right.rarities[j]
    both = min(alone, others)
    contradicted = both * (max(weights[0], weights[1]) + 0.01)
    absent = (alone - both) * weights[3] + (others - both) * weights[4]
    return float(contradicted + absent + letters * LONE_INITIAL + weights[11] * rarity)


@njit(cache=True, nogil=True)
def compare_arrays(  # noqa: C901 - the loop and its states, in one place
    left: Arrays,
    right: Arrays,
    bits: NDArray[np.float64],
    weights: NDArray[np.float64],
    space: Workspace,
) -> tuple[float, int, int]:
    """Return the bits of two names, and the last state of their best alignment.

    Every one-to-one meeting of parts is tried: over the parts of the left name in turn, for every
    set of parts of the right name that have met, and every number of left parts that met nothing.
    """
    n, m = parts_of(left), parts_of(right)
    fill(left, right, bits, weights, space)
    space.best[: n + 1, : 1 << m, : n + 1] = NEVER
    space.best[0, 0, 0] = 0.0
    for i in range(n):
        for met in range(1 << m):
            for alone in range(i + 1):
                if space.best[i, met, alone] > NEVER:
                    step_from(left, i, n, m, met, alone, weights, space)
    total, last_met, last_alone = NEVER, 0, 0
    for met in range(1 << m):
        for alone in range(n + 1):
            if space.best[n, met, alone] > NEVER:
                cost = left_over(right, m, met, alone, weights)
                if space.best[n, met, alone] - cost > total:
                    total = space.best[n, met, alone] - cost
                    last_met, last_alone = met, alone
    return total, last_met, last_alone


def meetings(left: Arrays, space: Workspace, met: int, alone: int) -> list[tuple[int, int, int]]:
    """Return which parts met, after `compare_arrays`: (left place, right place, kind of step)."""
    found = []
    i = int(parts_of(left))
    while i > 0:
        j, step = divmod(int(space.back[i, met, alone]), 4)
        if step == SKIP:
            i -= 1
            alone -= left.roles[i] != INITIAL
            continue
        i -= 2 if step == MEET_TWO_LEFT else 1
        met &= ~(3 << j if step == MEET_TWO_RIGHT else 1 << j)
        found.append((i, j, step))
    return found[::-1]


# What is kept of each name, of each of its parts, and of each form of a part.
COLUMNS = {
    "parts_end": np.int64,
    "here": np.bool_,
    "roles": np.int8,
    "or_roles": np.int8,
    "or_costs": np.float32,
    "rarities": np.float32,
    "letters": np.int32,
    "forms_end": np.int64,
    "forms": np.int32,
    "costs": np.float32,
}


class Held(NamedTuple):
    """The columns of an index, as the compiled loops take them; see `COLUMNS`."""

    parts_end: NDArray[np.int64]
    here: NDArray[np.bool_]
    roles: NDArray[np.int8]
    or_roles: NDArray[np.int8]
    or_costs: NDArray[np.float32]
    rarities: NDArray[np.float32]
    letters: NDArray[np.int32]
    forms_end: NDArray[np.int64]
    forms: NDArray[np.int32]
    costs: NDArray[np.float32]


@njit(cache=True, nogil=True)
def bounds(ends: NDArray[np.int64], at: int) -> tuple[int, int]:
    """Return where the entries of one place begin and end."""
    return (ends[at - 1] if at > 0 else 0), ends[at]


@njit(cache=True, nogil=True)
def score_places(
    asked: Arrays,
    places: NDArray[np.int64],
    held: Held,
    known: NDArray[np.int64],
    joins: NDArray[np.int64],
    bits: NDArray[np.float64],
    weights: NDArray[np.float64],
    space: Workspace,
    found: NDArray[np.float64],
) -> None:
    """Write into `found` the bits of the query with each name."""
    for at in range(places.shape[0]):
        first, last = bounds(held.parts_end, places[at])
        if last == first:
            found[at] = -1e9
            continue
        begin = bounds(held.forms_end, first)[0]
        begins = np.zeros(last - first + 1, np.int64)
        begins[1:] = held.forms_end[first:last] - begin
        forms = np.searchsorted(
            known, held.forms[begin : held.forms_end[last - 1]].astype(np.int64)
        )
        costs = held.costs[begin : held.forms_end[last - 1]].astype(np.float64)
        roles = held.roles[first:last].astype(np.int64)
        or_roles = held.or_roles[first:last].astype(np.int64)
        or_costs = held.or_costs[first:last].astype(np.float64)
        rarities = held.rarities[first:last].astype(np.float64)
        letters = np.searchsorted(known, held.letters[first:last].astype(np.int64))
        name = Arrays(begins, forms, costs, roles, or_roles, or_costs, rarities, letters, joins[at])
        found[at] = compare_arrays(asked, name, bits, weights, space)[0]
