"""The sought side: the same children as relatives at home ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinmatch.synth.parts import found_places
from kinmatch.synth.relative import Relative
from kinmatch.synth.row import Draft, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from kinmatch.synth.families import Child, Family
    from kinmatch.synth.parameters import Parameters

YEARS_AWAY = 5  # families left some five years before


class Enquiry:
    """Writes down whom families seek.

    Args:
        chance: the source of chance.
        parameters: the circumstances.
    """

    def __init__(self, chance: Random, parameters: Parameters) -> None:
        self.chance = chance
        self.parameters = parameters

    def happens(self, share: float) -> bool:
        """Draw whether something of this chance happens."""
        return self.chance.random() < share

    def family(self, family: Family) -> list[Draft]:
        """Write down every request of a family."""
        drafts = []
        for number, children in enumerate(self.requests(family)):
            relative = self.relative(family)
            places = self.places(family, relative)
            drafts += [
                Draft(child, self.row(child, relative, places), (family.number, number))
                for child in children
            ]
        return drafts

    def requests(self, family: Family) -> Iterator[Sequence[Child]]:
        """Return the children of each request; two kins who ask apart each seek their own.

        A request leaves out a child its relatives have not heard of, but never all.
        """
        sides = [list(family.children)]
        if self.happens(self.parameters.both_sides):
            father, mother = self.chance.choice(family.households)
            sides = [
                [child for child in family.children if child.father is father],
                [child for child in family.children if child.mother is mother],
            ]
        for side in filter(None, sides):
            known = [child for child in side if not self.happens(self.parameters.forgotten)]
            yield known or side[:1]

    def relative(self, family: Family) -> Relative:
        """Draw the spelling a relative uses."""
        spellings = family.custom.spellings
        spelling = self.chance.choices(list(spellings), list(spellings.values()))[0]
        return Relative(
            self.chance,
            spelling,
            patronymic_dropped=self.parameters.patronymic_dropped,
            typing_error=self.parameters.typing_error,
        )

    def places(self, family: Family, relative: Relative) -> tuple[str, ...]:
        """Write the family's home, and the place last heard from if any."""
        if self.happens(self.parameters.place_unknown):
            return ()
        last = self.chance.choice(found_places())
        return relative.place(family.home), relative.place(last)

    def row(self, child: Child, relative: Relative, places: tuple[str, ...]) -> Row:
        """Write down one child."""
        away = self.parameters.as_of.year - child.born.year <= YEARS_AWAY
        nameless = away and self.happens(self.parameters.nameless_sought)
        system = child.custom.system
        return Row(
            name=() if nameless else (relative.child(child),),
            sex=child.sex,
            born=self.born(child),
            father=(relative.adult(child.father, system),),
            mother=(relative.adult(child.mother, system),),
            place=places,
        )

    def born(self, child: Child) -> str:
        """Return what is known of the birth: the day, the year, or nothing (EDTF)."""
        if self.happens(self.parameters.born_unknown):
            return ""
        if self.happens(self.parameters.year_only):
            return str(child.born.year)
        return child.born.isoformat()
