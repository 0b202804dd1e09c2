"""The found side: children as the clerk of a camp wrote them down, in Arabic script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kinmatch.synth.clerk import Clerk
from kinmatch.synth.families import DAYS_IN_YEAR
from kinmatch.synth.parts import System, found_places
from kinmatch.synth.row import Draft, Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from kinmatch.synth.families import Child, Family
    from kinmatch.synth.parameters import Parameters
    from kinmatch.synth.parts import Place

SON_OR_DAUGHTER = {"male": ("ابن", "بن"), "female": ("بنت",)}
FATHER_OF = ("أبو", "ابو")
OTHER = {"male": "female", "female": "male"}
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Camp:
    """One registration: a place, a day, a clerk, and what is common to the children of it."""

    place: Place
    day: date
    clerk: Clerk


class Registration:
    """Writes down the children of families.

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

    def camp(self) -> Camp:
        """Draw a place, a day and a clerk."""
        wanted = self.parameters
        clerk = Clerk(self.chance, recognised=wanted.recognised, misheard=wanted.misheard)
        day = wanted.as_of - timedelta(days=self.chance.randrange(wanted.registered_days))
        return Camp(self.chance.choice(found_places()), day, clerk)

    def family(self, family: Family) -> list[Draft]:
        """Write down every child of a family: together, or in two places apart."""
        children, apart = list(family.children), 0
        if len(children) > 1 and self.happens(self.parameters.split):
            apart = self.chance.randrange(1, len(children))
            children = self.chance.sample(children, len(children))
        orphaned = {
            household: self.happens(self.parameters.orphaned)
            for household in range(len(family.households))
        }
        drafts = []
        for part, together in enumerate((children[:apart], children[apart:])):
            camp = self.camp()
            by_reference = self.happens(self.parameters.by_reference)
            for child in together:
                row = self.row(child, family, camp, together, orphan=orphaned[child.household])
                drafts.append(Draft(child, row, (family.number, part), by_reference))
        return drafts

    def row(
        self,
        child: Child,
        family: Family,
        camp: Camp,
        together: Sequence[Child],
        *,
        orphan: bool,
    ) -> Row:
        """Write down one child; an orphan's parents are named less often."""
        wanted = self.parameters
        untold = wanted.untold if orphan else 0.0
        told = not self.happens(wanted.father_unknown + untold)
        named = not self.happens(wanted.mother_unknown + untold)
        sex = OTHER[child.sex] if self.happens(wanted.sex_wrong) else child.sex
        born, age, as_of = self.birth(child, camp.day)
        missing = [other for other in family.siblings(child) if other not in together]
        at_home = (camp.clerk.place(family.home),) if not orphan and self.happens(HALF) else ()
        return Row(
            name=self.name(child, family, camp.clerk, father_told=told),
            sex=sex,
            born=born,
            age=age,
            age_as_of=as_of,
            father=(self.father(child, family, camp.clerk),) if told else (),
            mother=(camp.clerk.given(child.mother.given),) if named else (),
            siblings=tuple(camp.clerk.given(s.given) for s in missing if self.happens(HALF)),
            place=(camp.clerk.place(camp.place), *at_home),
        )

    def birth(self, child: Child, day: date) -> tuple[str, str, str]:
        """Return the date of birth from a document, or the age guessed and its day."""
        if self.happens(self.parameters.born_known):
            return child.born.isoformat(), "", ""
        years = (day - child.born).days / DAYS_IN_YEAR
        guessed = years + self.chance.gauss(0, self.parameters.age_error)
        return "", str(max(int(guessed), 0)), day.isoformat()

    def name(
        self, child: Child, family: Family, clerk: Clerk, *, father_told: bool
    ) -> tuple[str, ...]:
        """Write the child's name, in no, one or two forms."""
        if self.happens(self.parameters.nameless):
            return ()
        style = self.style(father_told=father_told)
        forms = [self.form(style, child, family, clerk)]
        if self.happens(self.parameters.double):
            forms.append(self.form(style, child, family, clerk))
        return tuple(dict.fromkeys(forms))

    def style(self, *, father_told: bool) -> str:
        """Draw what of a name is written; without the father only what needs none."""
        wanted = self.parameters
        styles = {
            "given": wanted.given_only,
            "nisba": wanted.nisba,
            "kunya": wanted.kunya,
        }
        rest = 1 - sum(styles.values())
        styles["full" if father_told else "given"] = rest + (0 if father_told else styles["given"])
        return self.chance.choices(list(styles), list(styles.values()))[0]

    def form(self, style: str, child: Child, family: Family, clerk: Clerk) -> str:
        """Write one form of a name."""
        own = clerk.given(child.given)
        if style == "given":
            return own
        if style == "nisba":
            return f"{own} {self.chance.choice(child.custom.nisbas)}"
        if style == "kunya":
            of = self.chance.choice(SON_OR_DAUGHTER[child.sex])
            called = self.kunya(child, family, clerk)
            return f"{own} {of} {called}" if self.happens(HALF) else f"{own} {called}"
        return " ".join((own, *self.after(child, clerk)))

    def after(self, child: Child, clerk: Clerk) -> tuple[str, ...]:
        """Write what follows the given name: father; father and grandfather; father and family."""
        father = clerk.given(child.father.given)
        house = clerk.surname(child.surname, child.sex)
        grandfather = clerk.given(child.father.father)
        if child.custom.system is System.PLAIN:
            return (house,)
        third = self.chance.choice(("", grandfather, house))
        return (father, third) if third else (father,)

    def kunya(self, child: Child, family: Family, clerk: Clerk) -> str:
        """Write what the father is called after a son; a name that is a kunya stands alone."""
        name = clerk.given(family.kunya_of(child))
        return name if name.startswith(FATHER_OF) else f"{self.chance.choice(FATHER_OF)} {name}"

    def father(self, child: Child, family: Family, clerk: Clerk) -> str:
        """Write the father: his given name, with his family's, or only his kunya."""
        draw = self.chance.random()
        if draw < self.parameters.kunya:
            return self.kunya(child, family, clerk)
        own = clerk.given(child.father.given)
        return own if draw < HALF else f"{own} {clerk.surname(child.surname, 'male')}"
