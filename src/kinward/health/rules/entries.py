"""What may be written down of a child's health, and what of it is told to others.

What an entry says, by its kind:

- measure: `weight_kg`, `height_cm` with `lying`, `arm_cm` (any of them), `swollen`
- vaccine: `vaccine`, `shown`, `on` (a day; always with a card)
- screening: `screening`, `found`, `words`
- mind: `words`, `helps`
- plan: `words`, `who`, `due_on`
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kinward.casework.tracks import Movement
from kinward.health.models import EntryKind, Fit, Found, Meeting, Shown
from kinward.health.models.words import Fault
from kinward.health.rules.growth import Measured

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# The least and the most that is taken for no slip of the pen.
LIMITS: Final = {"weight_kg": (0.3, 200.0), "height_cm": (20.0, 220.0), "arm_cm": (4.0, 60.0)}
KEYS: Final[Mapping[str, frozenset[str]]] = {
    EntryKind.MEASURE: frozenset({"weight_kg", "height_cm", "lying", "arm_cm", "swollen"}),
    EntryKind.VACCINE: frozenset({"vaccine", "shown", "on"}),
    EntryKind.SCREENING: frozenset({"screening", "found", "words"}),
    EntryKind.MIND: frozenset({"words", "helps"}),
    EntryKind.PLAN: frozenset({"words", "who", "due_on"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Of what the coded lists know."""

    vaccines: Collection[str]
    screenings: Collection[str]


def faults(kind: EntryKind, said: Mapping[str, Any], listed: Listed, today: date) -> list[Fault]:
    """Return everything that is wrong with an entry before it is stored."""
    unknown = set(said) - KEYS[kind]
    found = {
        EntryKind.MEASURE: lambda: measured_wrongly(said),
        EntryKind.VACCINE: lambda: vaccinated_wrongly(said, listed, today),
        EntryKind.SCREENING: lambda: looked_wrongly(said, listed),
        EntryKind.MIND: lambda: [] if said.get("words") else [Fault.WORDS],
        EntryKind.PLAN: lambda: planned_wrongly(said),
    }[kind]()
    return [Fault.UNKNOWN] * bool(unknown) + found


def measured_wrongly(said: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with a measurement."""
    values = {name: said.get(name) for name in LIMITS}
    outside = [
        name
        for name, value in values.items()
        if value is not None and not LIMITS[name][0] <= value <= LIMITS[name][1]
    ]
    nothing = not said.get("swollen") and all(value is None for value in values.values())
    unsaid = values["height_cm"] is not None and "lying" not in said
    told = ((nothing, Fault.MEASURE), (bool(outside), Fault.LIMITS), (unsaid, Fault.LYING))
    return [fault for holds, fault in told if holds]


def vaccinated_wrongly(said: Mapping[str, Any], listed: Listed, today: date) -> list[Fault]:
    """Return what is wrong with a vaccination."""
    on, shown = said.get("on", ""), said.get("shown")
    known = said.get("vaccine") in listed.vaccines and shown in Shown.values
    told = (
        (not known, Fault.UNKNOWN),
        (shown == Shown.CARD and not on, Fault.DAY),
        (bool(on) and date.fromisoformat(on) > today, Fault.FUTURE),
    )
    return [fault for holds, fault in told if holds]


def looked_wrongly(said: Mapping[str, Any], listed: Listed) -> list[Fault]:
    """Return what is wrong with what was looked for."""
    known = said.get("screening") in listed.screenings and said.get("found") in Found.values
    silent = said.get("found") != Found.NOTHING and not said.get("words")
    return [fault for holds, fault in ((not known, Fault.UNKNOWN), (silent, Fault.WORDS)) if holds]


def planned_wrongly(said: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with a plan."""
    told = ((not said.get("words"), Fault.WORDS), (not said.get("due_on"), Fault.DAY))
    return [fault for holds, fault in told if holds]


def measured(said: Mapping[str, Any], on: date) -> Measured:
    """Return what a measurement says, as growth compares it."""
    height, arm = said.get("height_cm"), said.get("arm_cm")
    return Measured(
        on=on,
        weight_kg=said.get("weight_kg"),
        height_mm=None if height is None else round(height * 10),
        lying=bool(said.get("lying")),
        arm_mm=None if arm is None else round(arm * 10),
        swollen=bool(said.get("swollen")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A statement of fitness as a medic makes it."""

    fit: Fit
    until: date | None
    needs: str = ""
    grounds: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What is passed on of a statement: a step of the journey, a day, what others do. No more."""

    to: Movement
    until: date | None
    needs: str


STEP_OF: Final[Mapping[str, Movement]] = {
    Fit.FIT: Movement.FIT,
    Fit.CONDITIONAL: Movement.CONDITIONAL,
    Fit.NOT_FIT: Movement.UNFIT,
}
MET_AT: Final[Mapping[str, Movement]] = {
    Meeting.IN_FLIGHT: Movement.IN_FLIGHT,
    Meeting.ADMISSION: Movement.ADMITTED,
    Meeting.EXAMINATION: Movement.EXAMINED,
    Meeting.LEAVING: Movement.READY,
}
TOLD: Final = (*STEP_OF.values(), Movement.FIT_AGAIN, *MET_AT.values(), Movement.DISCHARGED)


def passed_on(stated: Stated) -> Passed:
    """Return what others are told of a statement. Its grounds stay with the medic."""
    return Passed(to=STEP_OF[stated.fit], until=stated.until, needs=stated.needs.strip())


def stated_wrongly(stated: Stated, today: date) -> list[Fault]:
    """Return what is wrong with a statement before it is stored."""
    told = (
        (stated.fit != Fit.NOT_FIT and stated.until is None, Fault.UNTIL),
        (stated.until is not None and stated.until < today, Fault.PAST),
        (stated.fit == Fit.CONDITIONAL and not stated.needs.strip(), Fault.NEEDS),
    )
    return [fault for holds, fault in told if holds]
