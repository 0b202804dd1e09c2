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
    given: tuple[str, ...] = ()  # its given name, where the record keeps it apart
    family: tuple[str, ...] = ()  # its family name, likewise
    born: Span | None = None
    told: Span | None = None  # when an age puts the birth that was told beside the date
    father: tuple[str, ...] = ()  # forms of his name
    mother: tuple[str, ...] = ()  # forms of her name
    siblings: tuple[str, ...] = ()  # their names
    grandparents: tuple[str, ...] = ()  # their names, on either side
    mother_born: Span | None = None
    father_died: Span | None = None
    sibling_births: tuple[Span, ...] = ()  # of those by the same mother
    separated: Span | None = None  # when the person and the family lost one another
    separated_at: tuple[str, ...] = ()  # where they did
    places: tuple[str, ...] = ()  # origin, last residence, …
    languages: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()  # scars, birthmarks, …, as described
    group: str | None = None  # children found together, or asked for together

    @property
    def company(self) -> tuple[str, str]:
        """The group, or the person alone: the same for those who stand together, for no others."""
        return ("group", self.group) if self.group else ("alone", self.id)

    @property
    def called(self) -> tuple[str, ...]:
        """Return the forms of the name as shown, put together where they were kept apart."""
        if self.names:
            return self.names
        together = " ".join((*self.given[:1], *self.family[:1]))
        return (together,) if together else ()
