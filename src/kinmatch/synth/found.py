"""The found side: children as the clerk of a camp wrote them down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kinmatch.synth.chance import Noting, Weighted
from kinmatch.synth.clerk import Clerk, Hand
from kinmatch.synth.parts import System, customs, found_places
from kinmatch.synth.row import Draft, Row
from kinmatch.synth.told import registered

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from datetime import date
    from random import Random

    from kinmatch.synth.families import Adult, Child, Family
    from kinmatch.synth.parameters import Parameters
    from kinmatch.synth.parts import Given, Place

OTHER = {"male": "female", "female": "male"}
HALF = 0.5
CLERKS = 25  # who take turns; each has habits
LATIN = (Hand.ENGLISH, Hand.FRENCH)


@dataclass(frozen=True, slots=True)
class Camp:
    """One registration: a place, a day, a clerk, and what is common to the children of it."""

    place: Place
    day: date
    clerk: Clerk
    by_reference: bool  # siblings name one another; the group has no number


class Registration:
    """Writes down the children of families.

    Args:
        chance: the source of chance.
        parameters: the circumstances.
    """

    def __init__(self, chance: Random, parameters: Parameters) -> None:
        self.chance = chance
        self.parameters = parameters
        self.noting = Noting(chance)
        self.happens = self.noting.happens
        self.clerks = [self.clerk() for _ in range(CLERKS)]
        self.camps: dict[Hashable, Camp] = {}
        self.styles = {told: self.weights(told=told) for told in (True, False)}

    def clerk(self) -> Clerk:
        """Make a clerk with habits of his own."""
        wanted = self.parameters
        hand = self.chance.choice(LATIN) if self.happens(wanted.latin_hand) else Hand.ARABIC
        return Clerk(
            self.chance,
            recognised=wanted.recognised,
            misheard=wanted.misheard,
            consistent=wanted.consistent,
            article=wanted.article,
            spacing=wanted.spacing,
            hand=hand,
            noting=self.noting,
        )

    def camp(self, group: Hashable) -> Camp:
        """Return where a group was registered; a place, a day and a clerk for a new one."""
        if group not in self.camps:
            day = self.parameters.as_of - timedelta(
                days=self.chance.randrange(self.parameters.registered_days)
            )
            clerk = self.chance.choice(self.clerks)
            place = self.chance.choice(found_places())
            by_reference = self.happens(self.parameters.by_reference)
            self.camps[group] = Camp(place, day, clerk, by_reference)
        return self.camps[group]

    def family(self, family: Family) -> list[Draft]:
        """Write down the children of a family who were found: together, or in two places apart.

        Children taken in by kin share the group of their cousins.
        """
        lost = self.parameters.child_not_found
        children = [child for child in family.children if not self.happens(lost)]
        apart = 0
        if len(children) > 1 and self.happens(self.parameters.split):
            apart = self.chance.randrange(1, len(children))
            children = self.chance.sample(children, len(children))
        drafts = []
        for part, together in enumerate((children[:apart], children[apart:])):
            for child in together:
                group = self.group(family, child, part)
                camp = self.camp(group)
                row = self.row(child, family, camp, together)
                noise = self.noting.noted() | ({"split"} if apart else set())
                drafts.append(Draft(child, row, group, camp.by_reference, noise))
        return drafts

    def group(self, family: Family, child: Child, part: int) -> Hashable:
        """Return with whom a child was found."""
        if family.cousin_of is not None and family.fate(child).carer:
            self.noting.note("with_cousins")
            return family.cousin_of, 1
        return family.number, part

    def row(self, child: Child, family: Family, camp: Camp, together: Sequence[Child]) -> Row:
        """Write down one child; an orphan's parents are named less often."""
        wanted, clerk = self.parameters, camp.clerk
        child = self.misplaced(child, family)
        untold = wanted.untold if family.fate(child).orphaned else 0.0
        told = not self.happens(wanted.father_unknown + untold, "father_untold")
        named = not self.happens(wanted.mother_unknown + untold, "mother_untold")
        birth = registered(self.noting, wanted, child, camp.day)
        missing = [other for other in family.siblings(child) if other not in together]
        at_home = not untold and self.happens(HALF)
        return Row(
            name=self.name(child, family, clerk, father_told=told),
            sex=OTHER[child.sex] if self.happens(wanted.sex_wrong, "sex_wrong") else child.sex,
            born=birth.born,
            age=birth.age,
            age_as_of=birth.as_of,
            father=(self.father(child, family, clerk),) if told else (),
            mother=(self.mother(child, family, clerk),) if named else (),
            siblings=tuple(clerk.given(s.given) for s in missing if self.happens(HALF)),
            place=(clerk.place(camp.place), *((clerk.place(family.home),) if at_home else ())),
        )

    def misplaced(self, child: Child, family: Family) -> Child:
        """Return the child with the parents the clerk takes for its own."""
        fathers = [father for father, _ in family.households if father is not child.father]
        mothers = [mother for _, mother in family.households if mother is not child.mother]
        if fathers and not child.household and self.happens(self.parameters.stepfather_named):
            self.noting.note("stepfather_as_father")
            child = replace(child, father=fathers[0])
        if mothers and self.happens(self.parameters.other_wife_named):
            self.noting.note("other_wife_as_mother")
            child = replace(child, mother=self.chance.choice(mothers))
        if family.carer and family.fate(child).carer and self.happens(self.parameters.carer_named):
            self.noting.note("carer_as_mother")
            child = replace(child, mother=family.carer)
        return child

    def name(
        self, child: Child, family: Family, clerk: Clerk, *, father_told: bool
    ) -> tuple[str, ...]:
        """Write the child's name, in no, one or two forms."""
        if self.happens(self.parameters.nameless, "nameless"):
            return ()
        style = self.style(child, father_told=father_told)
        forms = [self.form(style, child, family, clerk)]
        if self.happens(self.parameters.double):
            forms.append(self.form(style, child, family, clerk))
        return tuple(dict.fromkeys(forms))

    def weights(self, *, told: bool) -> Weighted[str]:
        """Return how often each style is written; without the father only those that need none."""
        wanted = self.parameters
        styles = {"given": wanted.given_only, "nisba": wanted.nisba, "kunya": wanted.kunya}
        rest = max(1 - sum(styles.values()), 0.0)
        styles["full" if told else "given"] = rest + (0 if told else styles["given"])
        return Weighted(styles, styles.values())

    def style(self, child: Child, *, father_told: bool) -> str:
        """Draw what of a name is written."""
        if child.sex == "male" and self.happens(self.parameters.boy_kunya, "boy_kunya"):
            return "boy_kunya"
        if self.happens(self.parameters.imposed, "imposed"):
            return "imposed"
        style = self.styles[father_told].draw(self.chance)
        if style != "full":
            self.noting.note(f"name_{style}")
        return style

    def form(self, style: str, child: Child, family: Family, clerk: Clerk) -> str:
        """Write one form of a name."""
        if style == "boy_kunya":
            return clerk.kunya("male", clerk.given(child.custom.male.draw(self.chance)))
        if style == "imposed":
            return self.imposed(child, clerk)
        own = clerk.given(child.given)
        if style == "given":
            return own
        if style == "nisba":
            return f"{own} {clerk.nisba(child.custom)}"
        if style == "kunya":
            called = self.kunya(child, family, clerk)
            word = f"{clerk.child_of(child.sex)} " if self.happens(HALF) else ""
            return f"{own} {word}{called}"
        return clerk.spaced(" ".join((own, *self.after(child, clerk))))

    def imposed(self, child: Child, clerk: Clerk) -> str:
        """Write a name of the country that others gave the child; in quotation marks at times."""
        name = clerk.given(customs()["iraq"].given(child.sex).draw(self.chance))
        return clerk.quoted(name) if self.happens(self.parameters.imposed_marked) else name

    def after(self, child: Child, clerk: Clerk) -> tuple[str, ...]:
        """Write what follows the given name: father; father and grandfather; father and family."""
        if child.custom.system is System.PLAIN:
            return (clerk.surname(child.surname, child.sex),)
        father, draw = clerk.given(self.known(child.father)), self.chance.random() * 3
        if draw < 1:
            return (father,)
        if draw < 2:  # noqa: PLR2004 - the three are as likely
            return (father, clerk.given(child.father.father))
        return (father, clerk.surname(child.surname, child.sex))

    def known(self, parent: Adult) -> Given:
        """Return the name a parent is known by, and note if home does not know it."""
        if parent.called:
            self.noting.note("convert_name")
        return parent.known_as

    def kunya(self, child: Child, family: Family, clerk: Clerk, sex: str = "male") -> str:
        """Write what a parent is called after a child."""
        return clerk.kunya(sex, clerk.given(family.kunya_of(child)))

    def father(self, child: Child, family: Family, clerk: Clerk) -> str:
        """Write the father: his given name, with his family's, or only his kunya."""
        if self.happens(self.parameters.father_kunya, "father_kunya"):
            return self.kunya(child, family, clerk)
        own = clerk.given(self.known(child.father))
        return own if self.happens(HALF) else f"{own} {clerk.surname(child.surname, 'male')}"

    def mother(self, child: Child, family: Family, clerk: Clerk) -> str:
        """Write the mother: her given name, or only her kunya."""
        if self.happens(self.parameters.mother_kunya, "mother_kunya"):
            return self.kunya(child, family, clerk, "female")
        return clerk.given(self.known(child.mother))
