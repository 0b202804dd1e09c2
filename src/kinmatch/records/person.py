"""A person as one party described them: what is compared, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinmatch.dates import Span


class Sex(StrEnum):
    """The sex a record states."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One record of a person. Names and places stand as they were written, in any script.

    Nothing is mandatory but the id: an empty tuple or None is what nobody told, and is never
    taken for a disagreement.
    """

    id: str
    names: tuple[str, ...] = ()  # forms of this person's own name
    sex: Sex | None = None
    born: Span | None = None
    father: tuple[str, ...] = ()  # forms of his name
    mother: tuple[str, ...] = ()  # forms of her name
    siblings: tuple[str, ...] = ()  # their names
    places: tuple[str, ...] = ()  # origin, last residence, …
    group: str | None = None  # children found together, or asked for together
