"""The inner loop that compares two names part by part, compiled on first use and kept.

The arrays are those of `arrays.py`; `weights` are `Weights` in their order.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from kinmatch.names.arrays import MOST_PARTS, ROLES, Arrays, Held, Workspace

if TYPE_CHECKING:
    from numpy.typing import NDArray

GIVEN, FATHER, GRANDFATHER, FAMILY, KUNYA, NISBA, _, INITIAL, UNSURE = range(len(ROLES))
NEVER = -1e9
LONE_INITIAL = 0.5  # bits a letter costs that meets nothing
UNLIKE_INITIAL = 4.0  # the same where the other name has one of the role it stands for
INITIAL_FROM = 9.0  # bits from which two first letters are taken to be one
INITIAL_AGAINST = -8.0
SKIP, MEET, MEET_TWO_LEFT, MEET_TWO_RIGHT = range(4)


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
    order: float = 0.35  # two parts that met in another order than their names have them
    crossed: float = 2.0  # a given name that met a father's or a family name
    joined: float = 1.25  # one word that met two
    initial: float = 1.25  # an initial that agrees
    rare_absent: float = 0.05  # for each bit of its rarity: a rare word is seldom left out

    @property
    def both_ways(self) -> Weights:
        """The same for two names neither of which is the query: what is absent weighs one thing."""
        return replace(self, right_absent=self.left_absent)

    @property
    def array(self) -> NDArray[np.float64]:
        """The weights in their order, for the loop."""
        return np.array(astuple(self), np.float64)


@njit(cache=True, nogil=True)
def floor(one: int, other: int, unlike: float, weights: NDArray[np.float64]) -> float:
    """Return the least two parts that disagree can weigh, by their roles.

    `unlike` is what a father's name beside a family name costs.
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
        return -unlike
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
def stands_for(name: Arrays, i: int) -> int:
    """Return the role of a part; of an initial that of the name it begins, -1 where not known."""
    return int(name.or_roles[i] if name.roles[i] == INITIAL else name.roles[i])


@njit(cache=True, nogil=True)
def apart(one: int, other: int) -> bool:
    """Whether two roles are a given and a father's name: an initial of the one is not the other."""
    return (one == GIVEN and other == FATHER) or (one == FATHER and other == GIVEN)


@njit(cache=True, nogil=True)
def lone_initial(name: Arrays, i: int, other: Arrays) -> float:
    """Return what an initial costs that met nothing."""
    role = stands_for(name, i)
    if role >= 0:
        for j in range(parts_of(other)):
            if stands_for(other, j) == role:
                return UNLIKE_INITIAL
    return LONE_INITIAL


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
def cell(one: int, other: int, said: float, unlike: float, weights: NDArray[np.float64]) -> float:
    """Return what two parts of these roles weigh together, given what their forms say."""
    weighed = max(softened(said, weights), floor(one, other, unlike, weights))
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
    unlike: float,
    weights: NDArray[np.float64],
) -> float:
    """Return what two parts weigh together in the roles that suit them best.

    That a part may have another role can make two parts agree; that they disagree it cannot excuse.
    """
    if INITIAL in (one.roles[i], other.roles[j]):
        agree = said > INITIAL_FROM and not apart(stands_for(one, i), stands_for(other, j))
        return float(weights[10]) if agree else INITIAL_AGAINST
    found = cell(one.roles[i], other.roles[j], said, unlike, weights)
    if said <= 0.0:
        return found
    if one.or_roles[i] >= 0:
        taken = cell(one.or_roles[i], other.roles[j], said, unlike, weights) - one.or_costs[i]
        found = max(found, taken)
    if other.or_roles[j] >= 0:
        taken = cell(one.roles[i], other.or_roles[j], said, unlike, weights) - other.or_costs[j]
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
    # A father's name beside a family name says little, unless each has its own to meet.
    unlike = float(weights[0] if has_both(left) and has_both(right) else weights[2])
    for i in range(n):
        for j in range(m):
            if left.roles[i] == INITIAL or right.roles[j] == INITIAL:
                said = bits[left.letters[i], right.letters[j]]
            else:
                said = likest(left, i, right, j, bits)
            space.cells[i, j] = either(left, i, right, j, said, unlike, weights)
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
def ones(bits: int) -> int:
    """Return how many bits are set."""
    count = 0
    while bits:
        count += bits & 1
        bits >>= 1
    return count


@njit(cache=True, nogil=True)
def step_from(
    left: Arrays,
    right: Arrays,
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
        offer(space, i + 1, met, alone, so_far - lone_initial(left, i, right), SKIP)
    else:
        offer(space, i + 1, met, alone + 1, so_far - weights[11] * left.rarities[i], SKIP)
    for j in range(m):
        bit = 1 << j
        if met & bit:
            continue
        ahead = so_far - weights[7] * ones(met >> j)
        offer(space, i + 1, met | bit, alone, ahead + space.cells[i, j], 4 * j + MEET)
        if i + 1 < n and space.two_left[i, j] > 0:
            step = 4 * j + MEET_TWO_LEFT
            offer(space, i + 2, met | bit, alone, ahead + space.two_left[i, j], step)
        if j + 1 < m and not met & (bit << 1) and space.two_right[i, j] > 0:
            both, step = met | bit | (bit << 1), 4 * j + MEET_TWO_RIGHT
            offer(space, i + 1, both, alone, ahead + space.two_right[i, j], step)


@njit(cache=True, nogil=True)
def left_over(
    left: Arrays, right: Arrays, met: int, alone: int, weights: NDArray[np.float64]
) -> float:
    """Return what the parts cost that met nothing: contradictions, then absences."""
    others, letters, rarity = 0, 0.0, 0.0
    for j in range(parts_of(right)):
        if not met & (1 << j):
            if right.roles[j] == INITIAL:
                letters += lone_initial(right, j, left)
            else:
                others += 1
                rarity += right.rarities[j]
    both = min(alone, others)
    contradicted = both * (max(weights[0], weights[1]) + 0.01)
    absent = (alone - both) * weights[3] + (others - both) * weights[4]
    return float(contradicted + absent + letters + weights[11] * rarity)


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
                    step_from(left, right, i, n, m, met, alone, weights, space)
    total, last_met, last_alone = NEVER, 0, 0
    for met in range(1 << m):
        for alone in range(n + 1):
            if space.best[n, met, alone] > NEVER:
                cost = left_over(left, right, met, alone, weights)
                if space.best[n, met, alone] - cost > total:
                    total = space.best[n, met, alone] - cost
                    last_met, last_alone = met, alone
    return total, last_met, last_alone


class Met(NamedTuple):
    """Parts that met: the place of the (first) left and right one, the kind of step, the bits."""

    left: int
    right: int
    step: int
    bits: float


def meetings(left: Arrays, space: Workspace, met: int, alone: int) -> list[Met]:
    """Return which parts met, after `compare_arrays`, in the order of the left name."""
    found = []
    i = int(parts_of(left))
    while i > 0:
        j, step = divmod(int(space.back[i, met, alone]), 4)
        if step == SKIP:
            i -= 1
            alone -= left.roles[i] != INITIAL
            continue
        after = space.best[i, met, alone]
        i -= 2 if step == MEET_TWO_LEFT else 1
        met &= ~(3 << j if step == MEET_TWO_RIGHT else 1 << j)
        found.append(Met(i, j, step, float(after - space.best[i, met, alone])))
    return found[::-1]


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
