"""Phones on links that lose, repeat, reorder and break off, with clocks years off, and crashes.

Each run: four phones of two accounts write entries while they know of each other as little as the
links let them. Children and annexes join by union; visits have one value a day. At every step the
phone or the server may crash: before a request, in the midst of it (nothing of that entry stands),
after it was kept and before the answer comes, before the phone has taken the answer down. In the
end every queue is sent over a link that holds, and what stands is compared with what was written.

Three faults can be put in, each of which must be counted: what compares would find them.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from phone import Phone, uuid7

from kinward.access.actions import assign
from kinward.access.models import Purpose, Role
from kinward.audit.context import acting
from kinward.field import actions
from kinward.field.forms import asked, entries_in
from kinward.field.models import Conflict, Device, Entry, Known, Single
from kinward.field.queries import last_seq
from kinward.field.sealing import public_key
from kinward.people.models import Assertion
from kinward.placement.models import Carer, Placed, Visit
from reliability import made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from kinward.access.models import User
    from kinward.people.models import Person

HERE = "IQ-BG"
LONG_AGO = timedelta(days=1_000)  # since when the child lives with its carer: a day for each run
RUNS_OF_A_WORLD = 25  # what a child's record holds already is read again at each entry
ALL = 2**40  # a number that the server never comes to
AT_ONCE = 3  # entries of one request
BREAKS = ("lost", "midway", "unanswered", "not taken down", "twice", "late", "fine", "fine")
FAULTS = {
    "unanswered is written anew": "doubled",
    "answered before it is kept": "lost",
    "all is said to be seen": "overwritten",
}  # of a phone or the server, and what comes of it


class Crash(Exception):
    """The server is killed here."""


@dataclass
class Carried:
    """A phone in the hands of an account, with its queue; what is not in the queue is forgotten."""

    phone: Phone
    device: Device
    owner: User
    queue: list[dict[str, Any]] = field(default_factory=list)
    anew: dict[str, Callable[[], dict[str, Any]]] = field(default_factory=dict)  # by entry
    fault: str = ""  # one of FAULTS


@dataclass
class Tally:
    """What the runs came to."""

    runs: int = 0
    written: int = 0
    requests: int = 0
    breaks: dict[str, int] = field(default_factory=dict)
    conflicts: int = 0
    lost: int = 0
    doubled: int = 0
    overwritten: int = 0
    refused: int = 0
    disordered: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Count what both count."""
        both = {
            name: getattr(self, name) + n for name, n in vars(other).items() if name != "breaks"
        }
        return Tally(**both, breaks=dict(Counter(self.breaks) + Counter(other.breaks)))


@dataclass
class World:
    """The server, and who works with it."""

    phones: list[Carried]
    child: Person
    placed_on: Any


@transaction.atomic  # where the database is told who acts
def made_world() -> World:
    """Make two accounts with two phones each, a child, and where it lives."""
    now = timezone.now()
    admin = made.account(role=Role.ADMINISTRATOR)
    manager = made.account(role=Role.PROGRAMME_MANAGER)
    registrar = made.account(role=Role.REGISTRAR, region=HERE)
    officer = made.account(role=Role.GUARDIANSHIP_OFFICER, region="RU-DA")
    child = made.register(region=HERE, at=now, by=registrar)
    until = now + timedelta(days=90)
    told: dict[str, Any] = {"purpose": Purpose.PROTECTION, "until": until, "reason": "theirs"}
    assign(subject=child.pk, to=officer, **told, by=manager, at=now)
    own: dict[str, Any] = {"child": child, "recorded_by": officer, "recorded_at": now}
    words = {"relation": "", "name": "Patimat", "address": "Lesnaya 4", "why": "asked"}
    carer = Carer.objects.create(kind="foster", for_now=True, **words, **own)
    since = (now - LONG_AGO).date()
    Placed.objects.create(carer=carer, moved_on=since, siblings="", arranged="school", **own)
    phones = [carried(owner, admin) for owner in (registrar, officer) for _each in range(2)]
    return World(phones, child, since)


def carried(owner: User, admin: User) -> Carried:
    """Enrol a phone."""
    now = timezone.now()
    token = actions.invite_device(account=owner, by=admin, at=now).token
    made_one = actions.enrol_device(token=token, name="phone", by=owner, at=now)
    key = public_key(actions.newest_key(by=owner, at=now))
    phone = Phone(device=str(made_one.device.pk), secret=made_one.secret, key=key)
    return Carried(phone, made_one.device, owner)


def simulate(runs: int, seed: int, *, fault: str = "") -> Tally:
    """Run so many times and compare each time; the same seed draws the same links."""
    chance = Random(seed)  # noqa: S311 (draws links, not keys)
    tally = Tally()
    for number in range(runs):
        if number % RUNS_OF_A_WORLD == 0:
            world = made_world()
            for phone in world.phones:
                phone.fault = fault
        one_run(world, tally, number % RUNS_OF_A_WORLD, chance)
    return tally


def one_run(world: World, tally: Tally, number: int, chance: Random) -> None:
    """Write, send over bad links, send over a good one, compare."""
    day = world.placed_on + timedelta(days=number + 1)
    written = [one for phone in world.phones for one in write(world, phone, day, chance)]
    late: list[tuple[Carried, list[dict[str, Any]]]] = []
    for _step in range(len(written) * 2):
        phone = chance.choice(world.phones)
        if phone.queue:
            send(phone, chance.choice(BREAKS), late, tally, chance)
        if late and chance.random() < 1 / 3:  # what was under way comes after what was sent later
            deliver(*late.pop(chance.randrange(len(late))), tally)
    for phone, some in late:
        deliver(phone, some, tally)
    for phone in world.phones:
        while phone.queue:
            send(phone, "fine", [], tally, chance)
    tally.runs += 1
    tally.written += len(written)
    compare(world, written, day, tally)


def write(world: World, phone: Carried, day: Any, chance: Random) -> list[dict[str, Any]]:
    """Write some entries on a phone, by a clock that may be years off."""
    phone.phone.clock = f"{chance.randint(1970, 2068)}-01-06T00:00:00Z"
    registers = phone.owner.role == Role.REGISTRAR
    written = []
    for _each in range(chance.randint(1, 3)):
        mark = f"mark{chance.getrandbits(80):020x}"
        if not registers:
            seal = partial(visit, world, phone, day, mark)
        elif chance.random() < 1 / 2:
            record = str(uuid7())
            seal = partial(phone.phone.child, mark, record=record)
        else:
            said = {"said_by": "worker", "habits": mark}
            seal = partial(phone.phone.write, "annex", said, record=str(world.child.pk))
        written.append(enqueue(phone, seal) | {"mark": mark, "of": phone, "base": phone.phone.seq})
    return written


def visit(world: World, phone: Carried, day: Any, mark: str) -> dict[str, Any]:
    """Seal a visit that says a mark."""
    said = {"changed": mark, "next_on": (day + timedelta(days=30)).isoformat()}
    said |= {"seen": "yes", "settled": "no", "where": "home", "visited_on": day.isoformat()}
    seen = ALL if phone.fault == "all is said to be seen" else phone.phone.seq
    return phone.phone.write("visit", said, record=str(world.child.pk), base=seen)


def enqueue(phone: Carried, seal: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Seal an entry and put it last in the queue."""
    entry = seal()
    phone.anew[entry["id"]] = seal
    phone.queue.append(entry)
    return entry


def send(
    phone: Carried,
    breaks: str,
    late: list[tuple[Carried, list[dict[str, Any]]]],
    tally: Tally,
    chance: Random,
) -> None:
    """Send the head of a queue over a link that breaks like that."""
    some = phone.queue[:AT_ONCE]
    tally.breaks[breaks] = tally.breaks.get(breaks, 0) + 1
    if breaks == "lost":
        return
    if breaks == "late":
        late.append((phone, some))
        return
    killed_at = chance.randrange(len(some)) if breaks == "midway" else None
    try:
        answer = deliver(phone, some, tally, killed_at=killed_at)
    except Crash:
        if phone.fault == "answered before it is kept":
            phone.queue = phone.queue[len(some) :]
        return
    if breaks == "twice":
        answer = deliver(phone, some, tally)
    if breaks in {"unanswered", "not taken down"}:
        despair(phone, some)
        return
    settled = {one["id"] for one in answer["results"]}
    phone.queue = [each for each in phone.queue if each["id"] not in settled]
    phone.phone.seq = max(phone.phone.seq, answer["seq"])


def despair(phone: Carried, some: list[dict[str, Any]]) -> None:
    """Do what a phone does that heard nothing: wait; or, with the fault, write it all anew."""
    if phone.fault == "unanswered is written anew":
        phone.queue = phone.queue[len(some) :]
        for each in some:
            enqueue(phone, phone.anew[each["id"]])


def deliver(
    phone: Carried,
    some: list[dict[str, Any]],
    tally: Tally,
    *,
    killed_at: int | None = None,
) -> dict[str, Any]:
    """Let the server take a request in as its door does; killed in the midst of an entry, it stops.

    Raises:
        Crash: it was.
    """
    tally.requests += 1
    body = json.dumps({"entries": some, "seq": phone.phone.seq}).encode()
    with acting(phone.owner):
        sent = entries_in(asked(body), device=phone.device, found=lambda _key: None)
        now = timezone.now()
        if killed_at is None:
            results = actions.take_entries(sent=sent, by=phone.owner, at=now)
        else:
            actions.take_entries(sent=sent[:killed_at], by=phone.owner, at=now)
            with transaction.atomic():
                actions.take_entry(sent=sent[killed_at], by=phone.owner, at=now)
                raise Crash
    told = [{"id": str(one.id), "state": one.state} for one in results]
    return {"results": told, "seq": last_seq()}


def compare(world: World, written: list[dict[str, Any]], day: Any, tally: Tally) -> None:
    """Count what was lost, stands twice, or was overwritten without anybody being asked."""
    rows = Entry.objects.filter(entry__in=[one["id"] for one in written])
    kept = {str(row.entry): row for row in rows if row.state == "kept"}
    tally.refused += sum(row.state == "refused" for row in rows)
    tally.doubled += rows.count() - len({row.entry for row in rows})
    for phone in world.phones:
        turns = [kept[one["id"]].seq for one in written if one["of"] is phone and one["id"] in kept]
        tally.disordered += turns != sorted(turns)
    for one in written:
        if one["kind"] != "visit":
            count = stated(world, one)
            tally.lost += count == 0
            tally.doubled += count > 1
    visited(world, [one for one in written if one["kind"] == "visit"], day, tally)


def stated(world: World, one: dict[str, Any]) -> int:
    """Return how often what an entry says stands on record."""
    person: UUID | None = world.child.pk
    kind = "habits"
    if one["kind"] == "child":
        known = Known.objects.filter(record=one["record"]).values_list("about", flat=True)
        person, kind = next(iter(known), None), "name"
    said = Assertion.objects.filter(person=person, property=kind)
    return sum(each.value.get("text") == one["mark"] for each in said if person)


def visited(world: World, written: Iterable[dict[str, Any]], day: Any, tally: Tally) -> None:
    """Compare the visits of a day with what was written of it.

    What a phone said without knowing what another had said before must wait for a person.
    """
    singles = list(Single.objects.filter(key=f"visit|{world.child.pk}|{day.isoformat()}"))
    singles.sort(key=lambda one: one.seq)
    waiting = set(Conflict.objects.filter(second__in=singles).values_list("second", flat=True))
    recorded = [one.changed for one in Visit.objects.filter(child=world.child, visited_on=day)]
    said = {one.answers["changed"]: one for one in singles}
    for one in written:
        single = said.get(one["mark"])
        if single is None:
            tally.lost += 1
            continue
        unseen = any(
            other.device_id != single.device_id and one["base"] < other.seq < single.seq
            for other in singles
        )
        count = recorded.count(one["mark"])
        tally.conflicts += single.pk in waiting
        tally.overwritten += unseen and (single.pk not in waiting or count > 0)
        tally.lost += not unseen and count == 0
        tally.doubled += count > 1
