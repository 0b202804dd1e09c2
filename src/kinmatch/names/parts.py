"""The structure of a written name: which word is whose name, and what each is compared by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinmatch.names.scripts import Script


EITHER = 1.0  # bits it costs to take one of two that are as likely
RARELY = 3.0  # bits it costs to take the one of two that is seldom so
UNKNOWN_STEM = 4.0  # bits it costs to take a forefather nobody knows a name of for one


class Role(StrEnum):
    """What one word of a name says about its bearer."""

    GIVEN = "given"
    FATHER = "father"
    GRANDFATHER = "grandfather"
    FAMILY = "family"
    KUNYA = "kunya"
    NISBA = "nisba"
    TITLE = "title"
    INITIAL = "initial"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Part:
    """One word, or words that belong together, of a name.

    `key` is the form it is compared by: folded, in its own script, a patronymic as the father's
    name, a family name in the masculine. `readings` are what else it may be, each with the bits it
    costs to take it so: the word as written, another spelling, a short name. `why` names the rule
    that gave the role. Where that leaves two roles open, `or_role` is the other one, and `or_cost`
    the bits it costs to take the part so. `initial_of` is the role of the name a single letter
    begins, where the order of the letters says it.
    """

    written: str
    key: str
    role: Role
    why: str = "position"
    readings: tuple[tuple[str, float], ...] = ()
    or_role: Role | None = None
    or_cost: float = 0.0
    initial_of: Role | None = None

    @property
    def forms(self) -> tuple[tuple[str, float], ...]:
        """Every form this part may be compared by, and its cost in bits; the key first."""
        return ((self.key, 0.0), *self.readings)


@dataclass(frozen=True)
class Name:
    """A name as written, and its parts in the order written; titles are among them."""

    written: str
    script: Script
    parts: tuple[Part, ...]
    father_hints: tuple[tuple[str, float], ...] = ()
    """Keys of the forefathers' names family names are built on (магомедов → магомед), each with
    the bits it costs to believe it: none for a known name, `UNKNOWN_STEM` for any other."""

    def keys(self, *roles: Role) -> tuple[str, ...]:
        """Return the keys of the parts in these roles, in the order written."""
        return tuple(part.key for part in self.parts if part.role in roles)

    @cached_property
    def compared(self) -> tuple[Part, ...]:
        """The parts a comparison looks at: all but titles."""
        return tuple(part for part in self.parts if part.role is not Role.TITLE)

    @property
    def given(self) -> tuple[str, ...]:
        """Keys of the given names."""
        return self.keys(Role.GIVEN)

    @property
    def father(self) -> tuple[str, ...]:
        """Keys of the father's name: from a patronymic, a nasab or its place in an Arabic name."""
        return self.keys(Role.FATHER)

    @property
    def father_hint(self) -> tuple[str, ...]:
        """Keys of the forefathers' names family names are built on, where they are known names."""
        return tuple(key for key, cost in self.father_hints if not cost)

    @property
    def family(self) -> tuple[str, ...]:
        """Keys of the family names and nisbas, in the masculine."""
        return self.keys(Role.FAMILY, Role.NISBA)
