"""What comes after the landing: hospital, families who meet, where each goes, and a home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils.timezone import localdate

from kinward.access.models import Role
from kinward.access.policy import standing_grants
from kinward.audit.context import acting
from kinward.demo.caring import give_to_medic
from kinward.demo.homes import Household, ask_regions
from kinward.demo.scenario import data
from kinward.health.actions import Leaving, Met, discharge, record_encounter, record_entry
from kinward.health.models import EntryKind, FitnessStatement, Meeting
from kinward.operations.actions import record_meeting
from kinward.people.actions import add_statement
from kinward.people.models import Assertion, Person, SaidBy
from kinward.people.rules import Statement
from kinward.places.queries import place_of
from kinward.tracing.matching import held_back

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from kinward.access.models import User
    from kinward.demo.hands import Hands
    from kinward.demo.truth import Key
    from kinward.operations.models import Operation

WRITTEN: Final = (
    EntryKind.MEASURE,
    EntryKind.VACCINE,
    EntryKind.SCREENING,
    EntryKind.MIND,
    EntryKind.PLAN,
)


def household_of(family: int) -> str:
    """Return the region where a home is looked for, for the children of a family of the file."""
    told = data("families")["families"][family]
    return str(told.get("goes_to") or told["home"].partition(":")[0])


def households(found: Mapping[Key, Person]) -> list[Household]:
    """Return the children family by family, in the order in which the first was registered."""
    families: dict[int, list[Person]] = {}
    for key in sorted(found, key=lambda each: (found[each].registered_at, each)):
        families.setdefault(key[0], []).append(found[key])
    return [Household(household_of(key), tuple(some)) for key, some in families.items()]


def say_origins(found: Mapping[Key, Person], worker: User) -> None:
    """Say where relatives live of whom a child could not tell it, as a list of both states has it.

    Which families they are is not said: that is for tracing to find.
    """
    at: datetime = data("operation")["origins"]["at"]
    with acting(worker):
        for key, child in found.items():
            told = Assertion.objects.filter(person=child, property="relatives_region")
            if any("code" in each.value for each in told):
                continue
            home = data("families")["families"][key[0]]["home"].partition(":")[0]
            say_place(child, "relatives_region", home, by=worker, at=at)


def say_place(child: Person, kind: str, code: str, *, by: User, at: datetime) -> None:
    """Say of a child a place that an official told."""
    place = place_of(code)
    value = {"text": place.name("ru") if place else code} | ({"code": code} if place else {})
    statement = Statement(property=kind, value=value, said_by=SaidBy.OFFICIAL)
    add_statement(person=child, statement=statement, by=by, at=at)


def go_on(operation: Operation, families: Sequence[Household], hands: Hands) -> None:
    """Treat everybody in hospital, let families meet, and say where each goes."""
    children = [child for one in families for child in one.children]
    told = data("operation")
    worker, medic = hands.first(Role.CASE_WORKER), hands.first(Role.MEDIC)
    officer, lead = hands.first(Role.GUARDIANSHIP_OFFICER), hands.first(Role.OPERATION_LEAD)
    ask_regions(families, worker, at=told["closed"]["at"])
    for child in children:
        manager = hands.first(Role.PROGRAMME_MANAGER)
        give_to_medic(child, medic, by=manager, at=told["health"]["given_at"])
    examine(children, medic)
    meet([one for one in families if one.region == officer.region], operation, lead)
    with held_back(), acting(worker):
        for one in families:
            for child in one.children:
                at = told["destinations"]["at"]
                say_place(child, "destination", one.region, by=worker, at=at)
    leave_hospital(children, medic)


def by_region(families: Sequence[Household]) -> list[tuple[str, list[Person]]]:
    """Return the children who leave hospital together, by the region where they go."""
    found: dict[str, list[Person]] = {}
    for one in families:
        found.setdefault(one.region, []).extend(one.children)
    return list(found.items())


def examine(children: Sequence[Person], medic: User) -> None:
    """Have the medic examine everybody, and write down of the first children what was found."""
    told = data("operation")["health"]
    at: datetime = told["examined_at"]
    with acting(medic):
        for number, child in enumerate(children):
            met = Met(meeting=Meeting.EXAMINATION, seen_on=localdate(at), place=told["place"])
            encounter, _step = record_encounter(child=child, met=met, by=medic, at=at)
            written = told["written"][number] if number < len(told["written"]) else {}
            later = at.replace(day=at.day + 1)
            for kind in (each for each in WRITTEN if each.value in written):
                said: dict[str, Any] = written[kind.value]
                record_entry(encounter=encounter, kind=kind, said=said, by=medic, at=later)


def meet(families: Sequence[Household], operation: Operation, lead: User) -> None:
    """Record which families met their children in hospital."""
    with acting(lead):
        for one in data("operation")["met"]:
            at: datetime = one["at"]
            for child in families[one["family"]].children:
                record_meeting(
                    operation=operation,
                    child=child.pk,
                    met_on=localdate(at),
                    who=one["who"],
                    words=one["words"],
                    by=lead,
                    at=at,
                )


def leave_hospital(children: Sequence[Person], medic: User) -> None:
    """Have the medic write down that everybody left hospital, and to whom."""
    told = data("operation")["health"]
    at: datetime = told["left_at"]
    said = {name: told[name] for name in ("summary", "care", "handed_to")}
    with acting(medic):
        for child in children:
            leaving = Leaving(left_on=localdate(at), **said)
            discharge(child=child, leaving=leaving, by=medic, at=at)


def open_to_visitors(*, medic: User, manager: User, at: datetime) -> int:
    """Give the children to the medic anew: what was assigned in the story ran out years ago.

    Returns how many; none where a visitor sees them already.
    """
    if not settings.DEMO or standing_grants(at).filter(account=medic).exists():
        return 0
    treated = FitnessStatement.objects.order_by("child").values_list("child", flat=True).distinct()
    children = list(Person.objects.filter(pk__in=list(treated)))
    for child in children:
        give_to_medic(child, medic, by=manager, at=at)
    return len(children)
