"""The sought side: the same children as relatives at home ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinmatch.synth.chance import Noting
from kinmatch.synth.parts import found_places
from kinmatch.synth.relative import Relative
from kinmatch.synth.row import Draft, Row
from kinmatch.synth.told import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from kinmatch.synth.families import Adult, Child, Family
    from kinmatch.synth.parameters import Parameters

YEARS_AWAY = 5  # families left some five years before
HALF = 0.5
FATHERS, MOTHERS = "father", "mother"


class Enquiry:
    """Writes down whom families seek.

    Args:
        chance: the source of chance.
        parameters: the circumstances.
    """

    def __init__(self, chance: Random, parameters: Parameters) -> None:
        self.chance = chance
        self.parameters = parameters
        self.noting = Noting(chance)
        self.happens = self.noting.happens

    def family(self, family: Family) -> list[Draft]:
        """Write down every request of a family."""
        drafts = []
        for number, (side, children) in enumerate(self.requests(family)):
            relative = self.relative(family)
            places = self.places(family, relative)
            vague = ""
            if self.happens(self.parameters.other_side_vague):
                vague = {FATHERS: MOTHERS, MOTHERS: FATHERS}[side]
            for child in children:
                row = self.row(child, relative, places, vague=vague)
                group = (family.number, number)
                drafts.append(Draft(child, row, group, noise=self.noting.noted()))
        return drafts

    def requests(self, family: Family) -> Iterator[tuple[str, Sequence[Child]]]:
        """Return whose kin ask, and the children of each request.

        Two kins who ask apart each seek their own. A request leaves out a child its relatives have
        not heard of, but never all.
        """
        side = FATHERS if self.happens(HALF) else MOTHERS
        sides = [(side, list(family.children))]
        if self.happens(self.parameters.both_sides):
            father, mother = self.chance.choice(family.households)
            sides = [
                (FATHERS, [child for child in family.children if child.father is father]),
                (MOTHERS, [child for child in family.children if child.mother is mother]),
            ]
        for kin, theirs in sides:
            known = [child for child in theirs if not self.happens(self.parameters.forgotten)]
            if theirs:
                yield kin, known or theirs[:1]

    def relative(self, family: Family) -> Relative:
        """Draw the spelling a relative uses."""
        return Relative(
            self.chance,
            family.custom.spellings.draw(self.chance),
            patronymic_dropped=self.parameters.patronymic_dropped,
            typing_error=self.parameters.typing_error,
            noting=self.noting,
        )

    def places(self, family: Family, relative: Relative) -> tuple[str, ...]:
        """Write the family's home, and the place last heard from if any."""
        if self.happens(self.parameters.place_unknown):
            return ()
        last = self.chance.choice(found_places())
        return relative.place(family.home), relative.place(last)

    def row(
        self, child: Child, relative: Relative, places: tuple[str, ...], *, vague: str = ""
    ) -> Row:
        """Write down one child; `vague` is the parent the relatives hardly know."""
        away = self.parameters.as_of.year - child.born.year <= YEARS_AWAY
        nameless = away and self.happens(self.parameters.nameless_sought, "nameless")
        return Row(
            name=() if nameless else (relative.child(child),),
            sex=child.sex,
            born=remembered(self.noting, self.parameters, child),
            father=(self.parent(child.father, child, relative, vague=vague == FATHERS),),
            mother=(self.parent(child.mother, child, relative, vague=vague == MOTHERS),),
            place=places,
        )

    def parent(self, parent: Adult, child: Child, relative: Relative, *, vague: bool) -> str:
        """Write a parent in full, or by the given name if hardly known."""
        if vague:
            self.noting.note("parent_hardly_known")
            return relative.given(parent.given)
        return relative.adult(parent, child.custom)
