"""The arrays a name is compared by, and the memory the inner loop works in.

A name is a few arrays. `begins` says where the forms of each part start, shape (parts + 1,);
`forms` are rows or columns of the bits, shape (forms,), and `costs` what it takes to read a part
so. Of each part, shape (parts,): `roles` are numbers of `Role`; `or_roles` its other role if any,
or -1 (of an initial, the role of the name it begins), and `or_costs` what it takes to say so;
`rarities` the bits of surprise that a stranger bears this word; `letters` the form of its first
letter alone; `joins` the form of the part written together with the next, or -1. `bits` holds for
every form of the left and of the right name what it says that they are one: shape (left forms,
right forms).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kinmatch.names.parts import Role

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROLES = tuple(Role)
MOST_PARTS = 6  # parts of a name that are looked at


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
