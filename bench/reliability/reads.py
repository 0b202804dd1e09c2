"""Every read is in the log, exactly: whoever is shown in a body, and nobody else.

Asks for every address with every record it could be asked for, as every role, in an order of
chance. Runs inside Django, and leaves nothing behind.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from django.db import connection, transaction
from django.urls import get_resolver

from kinward.access.models import Role, User
from kinward.audit.models import Event
from kinward.people import actions as people
from kinward.people.models import Person
from kinward.people.properties import PROPERTIES
from reliability import made
from reliability.barrier import routes
from reliability.inside import signed_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from kinward.tracing.models import Candidate, Request

ROLES: Final = tuple(role for role in Role if role != Role.CLOCK)
READERS: Final = (Role.TRACING_OFFICER, Role.REGISTRAR)  # to whom names are shown
# "Ф" and a Latin letter for each number: no such name stands in any text of the screens.
NAMES: Final = tuple(f"Ф{letter}ырабук" for letter in "ABCDEFGHIJKLMNOP")
LISTS: Final = ("/matches/?show=all", "/matches/?show=confirmed", "/children/?reference=C")
ALWAYS: Final = ("/requests/", "/children/")
SHOWN: Final = (200, 422)  # statuses with a page behind them
FORGETS: Final = 10  # one event in so many, of a log that forgets


@dataclass(slots=True)
class World:
    """Records of every kind, and the one name that only one person bears."""

    persons: dict[UUID, str]  # to the name
    requests: list[Request]
    candidates: list[Candidate]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: what was asked, what came, who was shown in it and who is in the log."""

    address: str
    response: Any
    shown: frozenset[str]
    logged: frozenset[str]


@dataclass(slots=True)
class Reads:
    """What was found: requests, persons shown in all of them, requests that differ."""

    requests: int = 0
    shown: int = 0
    differing: int = 0
    differed: set[str] = field(default_factory=set)  # roles and addresses of those


@dataclass(slots=True)
class Full:
    """Addresses with persons: how many, how many showed them before and with a full disk."""

    asked: int = 0
    before: int = 0
    bodies: int = 0


def run(requests: int, *, seed: int = 1) -> Reads:
    """Ask so often, shared out among the roles; hold who is shown against who is in the log."""
    found, each = Reads(), -(-requests // len(ROLES))
    for number, role in enumerate(ROLES):
        with transaction.atomic():
            world = populated()
            for asked in walk(world, role=role, requests=each, seed=seed * 100 + number):
                found.requests += 1
                found.shown += len(asked.shown)
                if asked.shown != asked.logged:
                    found.differing += 1
                    found.differed.add(f"{role}: {asked.address}")
            transaction.set_rollback(True)
    return found


def run_forgetful(requests: int, *, seed: int = 1) -> Reads:
    """Do the same with a log that forgets: the control, which must differ."""
    with forgetting():
        return run(requests, seed=seed)


def run_full(*, seed: int = 1) -> Full:
    """Ask for what shows persons, then again with a log that cannot be written."""
    found = Full()
    for role in READERS:
        with transaction.atomic():
            world, client = populated(), signed_in(walker(role, Random(seed)))  # noqa: S311 (no secret)
            showing = [each for each in addresses(world) if shown_in(client.get(each), each, world)]
            with transaction.atomic():
                break_the_log()
                bodies = [each for each in showing if shown_in(client.get(each), each, world)]
                transaction.set_rollback(True)
            found.asked += len(showing)
            found.before += len(showing)
            found.bodies += len(bodies)
            transaction.set_rollback(True)
    return found


def populated() -> World:
    """Make a group, children, requests and candidates, each person with a name of its own."""
    names = iter(NAMES)
    huda = made.account("huda", role=Role.REGISTRAR, region="IQ-BG")
    group = people.register_group(
        children=[[made.said("name", text=next(names))] for _ in range(2)],
        consents=[[made.AGREES], [made.AGREES]],
        by=huda,
        at=made.AT,
    )
    alone = made.register(next(names), region="IQ-NI")
    requests = [
        made.take(next(names), enquirer=next(names), region=region)
        for region in ("RU-DA", "RU-CE", "RU-DA")
    ]
    candidates = [
        made.candidate(child=child, request=request)
        for child, request in ((group[0], requests[0]), (alone, requests[1]))
    ]
    candidates.append(made.candidate(child=group[0], request=requests[1], probability=0.9))
    candidates.append(with_families(group, requests[2]))
    persons = {
        person.pk: person.assertions.get(property="name").value["text"]
        for person in Person.objects.all()
    }
    return World(persons, requests, candidates)


def with_families(group: list[Person], request: Request) -> Candidate:
    """Make a candidate on whose page a brother is named as well."""
    sought = request.sought.get().person
    names = [person.assertions.get(property="name").value["text"] for person in (*group, sought)]
    rows = [(group[0], names[0], str(sought.pk), names[2]), (group[1], names[1], "", "")]
    alignment = [
        {
            "found_id": str(child.pk),
            "found": name,
            "sought_id": sought_id,
            "sought": other,
            "probability": 0.9,
        }
        for child, name, sought_id, other in rows
    ]
    return made.candidate(child=group[0], request=request, alignment=alignment)


def addresses(world: World) -> list[str]:
    """Return every address with every record it could be asked for, and some it should not be."""
    keys = {
        "child_id": [*world.persons],
        "request_id": [each.pk for each in world.requests],
        "candidate_id": [each.pk for each in world.candidates],
        "kind": [*PROPERTIES][:4],
        "track": ["locate", "host_release"],
        "entry": ["carer", "visit"],
    }
    found = []
    for route in routes(get_resolver().url_patterns):
        parts = [part.partition(">") for part in route.split("<")]
        named = [head.rpartition(":")[2] for head, mark, _tail in parts if mark]
        if not set(named) <= set(keys) or "^" in route or route == "leave/":  # which signs out
            continue
        for chosen in product(*(keys[name] for name in named)):
            filled = parts[0][0] + "".join(
                f"{value}{tail}"
                for value, (_head, _mark, tail) in zip(chosen, parts[1:], strict=True)
            )
            found.append(f"/{filled}")
    return [*found, *LISTS]


def walker(role: Role, chance: Random) -> User:
    """Open an account of the role, of some office or none."""
    region = chance.choice(["IQ-BG", "RU-DA", ""])
    return made.account(f"{role}-walker", role=role, region=region)


def walk(world: World, *, role: Role, requests: int, seed: int = 1) -> Iterator[Asked]:
    """Ask so often: by turns for what has shown somebody before, and for anything by chance."""
    chance = Random(seed)  # noqa: S311 (an order, no secret)
    client = signed_in(walker(role, chance))
    every, showing = addresses(world), []
    for number in range(requests):
        fresh = number < len(ALWAYS) or number % 2 or not showing
        address = chance.choice(every if fresh else showing)
        address = ALWAYS[number] if number < len(ALWAYS) else address
        before = Event.objects.order_by("pk").last().pk
        response = client.get(address)
        shown = shown_in(response, address, world)
        logged = logged_since(before) if response.status_code in SHOWN else frozenset()
        if shown and fresh:
            showing.append(address)
        yield Asked(address, response, shown, logged)


def shown_in(response: Any, address: str, world: World) -> frozenset[str]:
    """Return who is shown: by identifier, reference or name.

    Who was asked for by identifier and answered about is shown, if only by a number. The log is a
    page of identifiers that names nobody: that it was read is an event of its own.
    """
    if address.startswith("/log/"):
        return frozenset()
    # The address is repeated on the page, for the switch of languages: that tells nothing.
    body = response.content.decode().replace(address, "")
    references = dict(Person.objects.values_list("pk", "reference"))
    answered = response.status_code in SHOWN
    return frozenset(
        str(key)
        for key, name in world.persons.items()
        if str(key) in body
        or references[key] in body
        or name in body
        or (answered and str(key) in address)
    )


def logged_since(before: UUID) -> frozenset[str]:
    """Return the persons of whom the log says since an event that they were read."""
    new = Event.objects.filter(pk__gt=before, kind="people.person")
    return frozenset(new.values_list("object_id", flat=True))


@contextmanager
def forgetting() -> Iterator[None]:
    """Have the log lose one reading in ten."""

    def forget(objects: Iterable[Event]) -> list[Event]:
        held = [each for each in objects if each.pk.int % FORGETS]
        return keep(held)

    keep: Any = Event.objects.bulk_create
    with patch.object(type(Event.objects), "bulk_create", staticmethod(forget)):
        yield


def break_the_log() -> None:
    """Have the database itself refuse every event from here on."""
    refusal = "SELECT RAISE(ABORT, 'the disk is full');"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN {refusal} END")
            return
        cursor.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN RAISE EXCEPTION ''the disk is full'' USING ERRCODE = ''23000''; END'"
        )
        cursor.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON audit_event"
            " FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )
