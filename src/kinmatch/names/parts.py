"""The structure of a written name: which word is whose name, and what each is compared by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinmatch.names.scripts import Script


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
    the bits it costs to take the part so.
    """

    written: str
    key: str
    role: Role
    why: str = "position"
    readings: tuple[tuple[str, float], ...] = ()
    or_role: Role | None = None
    or_cost: float = 0.0

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
    father_hint: tuple[str, ...] = ()
    """Keys of the forefather's name a family name is built on (магомедов → магомед)."""

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
    def family(self) -> tuple[str, ...]:
        """Keys of the family names and nisbas, in the masculine."""
        return self.keys(Role.FAMILY, Role.NISBA)
