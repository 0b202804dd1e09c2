"""Every read is in the log, exactly: whoever is shown in a body, and nobody else."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from kinward.access.models import Role, User
from kinward.audit.models import Event
from kinward.people import actions as people
from kinward.people.models import Kind, Person
from kinward.people.properties import PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from kinward.tracing.models import Candidate, Request

ROLES = [role for role in Role if role != Role.CLOCK]
REQUESTS = 50  # of each role
# "Ф" and a Latin letter for each number: no such name stands in any text of the screens.
NAMES = [f"Ф{letter}ырабук" for letter in "ABCDEFGHIJKLMNOP"]


@dataclass(slots=True)
class World:
    """Records of every kind, and the one name that only one person bears."""

    persons: dict[UUID, str]  # to the name
    requests: list[Request]
    candidates: list[Candidate]


@pytest.fixture
def world(make_user, make_child, make_request, make_candidate, agrees, say, at) -> World:
    names = iter(NAMES)
    huda = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    group = people.register_group(
        children=[[say("name", text=next(names))] for _ in range(2)],
        consents=[[agrees], [agrees]],
        by=huda,
        at=at,
    )
    alone = make_child(next(names), region="IQ-NI")
    requests = [
        make_request(next(names), enquirer=next(names), region=region)
        for region in ("RU-DA", "RU-CE", "RU-DA")
    ]
    candidates = [
        make_candidate(child=child, request=request)
        for child, request in ((group[0], requests[0]), (alone, requests[1]))
    ]
    candidates.append(make_candidate(child=group[0], request=requests[1], probability=0.9))
    candidates.append(with_families(make_candidate, group, requests[2]))
    persons = {
        person.pk: person.assertions.get(property="name").value["text"]
        for person in Person.objects.all()
    }
    return World(persons, requests, candidates)


def with_families(make_candidate, group, request) -> Candidate:
    """A candidate on whose page a brother is named as well."""
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
    return make_candidate(child=group[0], request=request, alignment=alignment)


def routes(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


def addresses(world: World) -> list[str]:
    """Every address with every record it could be asked for, and some it should not be."""
    keys = {
        "child_id": [*world.persons],
        "request_id": [each.pk for each in world.requests],
        "candidate_id": [each.pk for each in world.candidates],
        "kind": [*PROPERTIES][:4],
    }
    made = []
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
            made.append(f"/{filled}")
    lists = ("/matches/?show=all", "/matches/?show=confirmed", "/children/?reference=C")
    return [*made, *lists]


def shown_in(body: str, world: World) -> set[str]:
    """Who is shown: by identifier, reference or name."""
    references = dict(Person.objects.values_list("pk", "reference"))
    return {
        str(key)
        for key, name in world.persons.items()
        if str(key) in body or references[key] in body or name in body
    }


def logged_since(before: UUID, *kinds: str) -> set[str]:
    new = Event.objects.filter(pk__gt=before).filter(kind__in=kinds)
    return set(new.values_list("object_id", flat=True))


def walk(client, world: World, *, role: Role, seed: int) -> Iterator[tuple[str, Any, UUID]]:
    """Ask for every address in an order of its own; yield each answer and the last event before."""
    chance = random.Random(seed)  # noqa: S311 (an order, no secret)
    account = User.objects.create_user(
        f"{role}-walker", role=role, region=chance.choice(["IQ-BG", "RU-DA", ""])
    )
    client.force_login(account)
    asked = addresses(world)
    for address in [*chance.sample(asked, REQUESTS), "/requests/", "/children/"]:
        before = Event.objects.order_by("pk").last().pk
        yield address, client.get(address), before


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_who_is_shown_is_who_is_in_the_log_exactly(client, world, role):
    differing = []
    shown_in_all: set[str] = set()
    for address, response, before in walk(client, world, role=role, seed=1):
        # The address is repeated on the page, for the switch of languages: that tells nothing.
        body = response.content.decode().replace(address, "")
        shown, logged = shown_in(body, world), logged_since(before, "people.person")
        if response.status_code not in {200, 422}:
            assert (address, shown) == (address, set())
            continue
        # Who was asked for by identifier and answered about is shown, if only by a number.
        shown |= {str(key) for key in world.persons if str(key) in address}
        if address.startswith("/log/"):
            continue  # identifiers, and no person: that the log was read is an event of its own
        shown_in_all |= shown
        if shown != logged:
            differing.append((address, len(shown - logged), len(logged - shown)))

    assert differing == []
    if role in {Role.TRACING_OFFICER, Role.SECOND_REVIEWER}:
        # They compare blind: who asks is in no page of theirs.
        asking = set(Person.objects.filter(kind=Kind.ENQUIRER).values_list("pk", flat=True))
        assert shown_in_all == {str(key) for key in world.persons if key not in asking}


@pytest.mark.django_db
def test_what_was_asked_in_vain_is_in_the_log(client, world):
    asked = 0
    for address, response, before in walk(client, world, role=Role.REGISTRAR, seed=1):
        keys = [str(key) for key in world.persons if str(key) in address]
        if response.status_code in {403, 404} and keys:
            events = Event.objects.filter(pk__gt=before).filter(action="audit.refused")
            told = list(events.values_list("object_id", "details__status"))
            assert told == [(keys[0], response.status_code)]
            asked += 1

    assert asked > 0


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


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.REGISTRAR])
def test_nobody_is_shown_where_the_log_cannot_be_written(client, world, role):
    answered = {
        address
        for address, response, _ in walk(client, world, role=role, seed=1)
        if response.status_code == 200 and shown_in(response.content.decode(), world)
    }
    break_the_log()
    client.raise_request_exception = False

    statuses = {}
    for address in sorted(answered):
        response = client.get(address)
        body = response.content.decode().replace(address, "")
        assert (address, shown_in(body, world)) == (address, set())
        statuses[address] = response.status_code

    assert answered != set()
    assert {statuses[address] for address in answered} == {500}
