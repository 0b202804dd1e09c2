"""When and where families lost one another; homes named by their region or a place nearby.

Drawn apart from all else: without these a caseload is the same, to the letter.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from kinmatch.comparisons.gazetteer import around
from kinmatch.comparisons.keys import place_keys
from kinmatch.names import Script, parse
from kinmatch.synth.families import DAYS_IN_YEAR
from kinmatch.synth.letters import latin
from kinmatch.synth.parts import Spelling, found_places, places

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from random import Random

    from kinmatch.synth.families import Family
    from kinmatch.synth.parameters import Parameters
    from kinmatch.synth.parts import Place
    from kinmatch.synth.row import Draft, Row

    Placed = tuple[Place | None, str]

# Days before `as_of` on which many families were parted at once: the falls of cities. Days around.
FALLS, FALL = (540, 430, 900, 1_200), 45.0
HOME = {"F": 1, "S": 0}  # which of the places of a row is the home
OFF = 183  # days; a date that is as wrong is noted
TO_THE_MONTH, TO_THE_YEAR = 0.35, 0.8  # shares of those dated so, or better; the rest say about


class Parting:
    """Says of rows when and where the family was parted, and where its home is in other words.

    Args:
        chance: a source of chance for when, and for homes.
        where: a source of chance for where.
        parameters: the circumstances.
    """

    def __init__(self, chance: Random, where: Random, parameters: Parameters) -> None:
        self.chance = chance
        self.where = where
        self.parameters = parameters
        self.days: dict[int, date] = {}
        self.at: dict[int, Place] = {}

    def found(self, family: Family, drafts: Iterable[Draft]) -> list[Draft]:
        """Add to what clerks wrote of a family."""
        shares = self.parameters.parted_found, self.parameters.parted_at_found
        return self._added(family, drafts, "F", shares)

    def sought(self, family: Family, drafts: Iterable[Draft]) -> list[Draft]:
        """Add to what relatives told of a family."""
        shares = self.parameters.parted_sought, self.parameters.parted_at_sought
        return self._added(family, drafts, "S", shares)

    def day(self, family: Family) -> date:
        """Return the day a family was parted; in the days of the fall of some city."""
        if family.number not in self.days:
            before = self.chance.gauss(self.chance.choice(FALLS), FALL)
            self.days[family.number] = self.parameters.as_of - timedelta(days=max(int(before), 1))
        return self.days[family.number]

    def _added(
        self, family: Family, drafts: Iterable[Draft], side: str, shares: tuple[float, float]
    ) -> list[Draft]:
        """Add the same to all written down together; who was not born then was not there."""
        when, where = shares
        of: dict[Hashable, tuple[str, bool, str, Placed]] = {}
        added = []
        for draft in drafts:
            if draft.group not in of:
                told = *self.dated(family, when), self.otherwise(), self.placed(family, where)
                of[draft.group] = told
            dated, off, other, (at, how) = of[draft.group]
            row, noise = draft.row, draft.noise
            if draft.child.born < self.day(family):
                row = row._replace(separated=dated, separated_at=spelled(at, row))
                noise |= ({"parted_off"} if off else set()) | ({how} if how else set())
            home = HOME[side]
            if other and (instead := self.instead(other, family, row.place[home : home + 1])):
                row = row._replace(place=(*row.place[:home], instead, *row.place[home + 1 :]))
                noise |= {other}
            added.append(draft._replace(row=row, noise=noise))
        return added

    def instead(self, how: str, family: Family, home: tuple[str, ...]) -> str:
        """Return what stands in the place of the home, if it is named and there is something."""
        others = (
            [written(one, like=home[0]) for one in named(how, family.home.code)] if home else []
        )
        known = [one for one in others if one]
        return self.chance.choice(known) if known else ""

    def dated(self, family: Family, share: float) -> tuple[str, bool]:
        """Return how one side dates the parting in EDTF, if it does; and whether it is far off."""
        wrong = self.chance.gauss(0, self.parameters.parted_error * DAYS_IN_YEAR)
        told, exact = self.chance.random() < share, self.chance.random()
        day = min(self.day(family) + timedelta(days=int(wrong)), self.parameters.as_of)
        if not told:
            return "", False
        year = str(day.year) if exact < TO_THE_YEAR else f"{day.year}~"
        return (f"{day.year}-{day.month:02}" if exact < TO_THE_MONTH else year), abs(wrong) > OFF

    def placed(self, family: Family, share: float) -> Placed:
        """Return which place one side names, if it names one, and what is wrong with it."""
        told, draw, other = self.where.random() < share, self.where.random(), self.passed()
        if family.number not in self.at:
            self.at[family.number] = self.passed()
        at = self.at[family.number]
        if not told:
            return None, ""
        if draw < self.parameters.parted_at_other:
            return (at, "") if other == at else (other, "parted_at_other")
        region = [one for one in named("home_region", at.code) if one.code != at.code]
        if region and draw < self.parameters.parted_at_other + self.parameters.parted_at_region:
            return region[0], "parted_at_region"
        return at, ""

    def passed(self) -> Place:
        """Draw a place people passed in flight."""
        return self.where.choice(found_places())

    def otherwise(self) -> str:
        """Draw how the home is named: by its region, by a place nearby, or as it is called."""
        draw = self.chance.random()
        if draw < self.parameters.home_region:
            return "home_region"
        return "home_near" if draw < self.parameters.home_region + self.parameters.home_near else ""


@cache
def named(how: str, code: str) -> list[Place]:
    """Return the region a home lies in, or the homes near it; none where none is known."""
    if how == "home_region":
        return [one for one in places("region")[""] if one.code == code.partition(":")[0]]
    near = frozenset().union(*map(around, key_of(homes()[code])))
    return [one for one in homes().values() if near.intersection(key_of(one))]


@cache
def homes() -> dict[str, Place]:
    """Return the places families come from, by their codes."""
    return {one.code: one for of_custom in places("home").values() for one in of_custom}


def key_of(place: Place) -> Iterable[str]:
    """Return the keys the library has of a place."""
    return place_keys(place.spellings[Spelling.CYRILLIC], parse)


def spelled(place: Place | None, row: Row) -> tuple[str, ...]:
    """Write the place in the script of the row, if there is one."""
    if place is None:
        return ()
    hand = next((word for word in (*row.place, *row.name, *row.father) if word), "")
    return (written(place, like=hand),)


def written(place: Place, *, like: str) -> str:
    """Write a place in the script of the word it stands in for; "" where nobody knows how."""
    script = parse(like).script
    if script is Script.ARABIC:
        return place.arabic[0] if place.arabic else ""
    cyrillic = place.spellings[Spelling.CYRILLIC]
    if script is Script.CYRILLIC:
        return cyrillic
    return place.spellings.get(Spelling.PASSPORT) or latin(cyrillic, Spelling.PASSPORT)
