"""Tampers with a log in every way an insider could, and counts what `audit verify` notices.

Each mutation is made in a transaction that is rolled back, with the triggers gone, as somebody who
owns the database can have it. Who also holds the keys can make the chain and its signatures anew;
only what was anchored elsewhere tells.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from kinward.access.models import Role, User
from kinward.audit import triggers
from kinward.audit.actions import record
from kinward.audit.context import Nobody, acting
from kinward.audit.models import Change, Checkpoint, Event, Link
from kinward.audit.rules import EMPTY, Anchor, link_mac, mac
from kinward.audit.sealing import ANCHORING, CHAIN, checkpoint, content_of, seal
from kinward.audit.verifying import chain, split, verify
from kinward.core.ids import uuid7
from kinward.core.keys import secret_for, signed

if TYPE_CHECKING:
    from collections.abc import Callable

AT = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)


@dataclass(slots=True)
class Tally:
    """How many mutations of each kind were made, and noticed."""

    made: Counter[str] = field(default_factory=Counter)
    with_anchors: Counter[str] = field(default_factory=Counter)
    without: Counter[str] = field(default_factory=Counter)


def fill(rows: int = 40) -> list[str]:
    """Write a log of events and changes, sealed, with a checkpoint every ten rows.

    Returns the anchors.
    """
    anchors = []
    user = User(username="amira", role=Role.REGISTRAR)
    with acting(user), transaction.atomic():
        user.save()
        for number in range(rows):
            at = AT + timedelta(minutes=number)
            if not number % 4:
                User.objects.filter(pk=user.pk).update(region=f"IQ-{number}")
            record("people.read", user, by=user, at=at, number=number)
            seal()
            if not (number + 1) % 10:
                anchors.append(checkpoint(at=at).text)
    return anchors


def execute(sql: str, *parameters: Any) -> None:
    """Execute past every wall of Django's."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def pick(chance: random.Random, model: Any) -> Any:
    """Return any row."""
    rows = list(model.objects.order_by("pk"))
    return chance.choice(rows)


def stored(key: Any) -> Any:
    """Return a key as the database has it."""
    return key.hex if hasattr(key, "hex") and connection.vendor == "sqlite" else key


def edit_event(chance: random.Random) -> None:
    """Say that somebody else did it, or something else, or on another day."""
    column, value = chance.choice(
        [
            ("actor", "layla"),
            ("action", "people.listed"),
            ("object_id", "018f3c1e-0000-7000-8000-000000000000"),
            ("at", AT - timedelta(days=1)),
            ("purpose", "handover"),
            ("details", '{"number": -1}'),
        ]
    )
    event = pick(chance, Event)
    execute(f"UPDATE audit_event SET {column} = %s WHERE id = %s", value, stored(event.pk))  # noqa: S608


def edit_change(chance: random.Random) -> None:
    """Say of a change that somebody else made it."""
    execute("UPDATE audit_change SET actor = 'layla' WHERE id = %s", pick(chance, Change).pk)


def delete_event(chance: random.Random) -> None:
    """Delete an event."""
    execute("DELETE FROM audit_event WHERE id = %s", stored(pick(chance, Event).pk))


def delete_change(chance: random.Random) -> None:
    """Delete a change."""
    execute("DELETE FROM audit_change WHERE id = %s", pick(chance, Change).pk)


def delete_with_link(chance: random.Random) -> None:
    """Delete an event and its place in the chain."""
    link = pick(chance, Link)
    if link.event_id:
        execute("DELETE FROM audit_event WHERE id = %s", stored(link.event_id))
    else:
        execute("DELETE FROM audit_change WHERE id = %s", link.change_id)
    execute("DELETE FROM audit_link WHERE id = %s", link.pk)


def insert_beside(chance: random.Random) -> None:
    """Put in an event that never was, a copy of another under a key of its own."""
    event = pick(chance, Event)
    event.pk = uuid7()
    event._state.adding = True  # noqa: SLF001
    event.save()


def point_beside(chance: random.Random) -> None:
    """Put in a change that never was, and have the link of an event point at it too."""
    change = pick(chance, Change)
    change.pk = None
    change._state.adding = True  # noqa: SLF001
    change.save()
    link = chance.choice(list(Link.objects.filter(change=None).order_by("pk")))
    execute("UPDATE audit_link SET change_id = %s WHERE id = %s", change.pk, link.pk)


def swap_events(chance: random.Random) -> None:
    """Have two events tell of each other's records."""
    first, second = chance.sample(list(Event.objects.order_by("pk")), 2)
    for one, other in ((first, second), (second, first)):
        execute(
            "UPDATE audit_event SET at = %s, details = %s WHERE id = %s",
            other.at,
            f'{{"number": {other.details["number"]}}}',
            stored(one.pk),
        )


def swap_places(chance: random.Random) -> None:
    """Swap the places of two neighbours."""
    count = Link.objects.count()
    place = chance.randrange(1, count)
    for old, new in ((place, count + 1), (place + 1, place), (count + 1, place + 1)):
        execute("UPDATE audit_link SET id = %s WHERE id = %s", new, old)


def cut(chance: random.Random) -> None:
    """Cut the end off, with every row in it; what was signed of it stays."""
    cut_after(chance.randrange(0, Checkpoint.objects.first().position))


def cut_after(place: int) -> None:
    """Cut off what comes after a place."""
    gone = "SELECT event_id FROM audit_link WHERE id > %s"
    execute(f"DELETE FROM audit_event WHERE id IN ({gone})", place)  # noqa: S608 (fixed words)
    gone = "SELECT change_id FROM audit_link WHERE id > %s"
    execute(f"DELETE FROM audit_change WHERE id IN ({gone})", place)  # noqa: S608 (fixed words)
    execute("DELETE FROM audit_link WHERE id > %s", place)


def cut_with_checkpoints(chance: random.Random) -> None:
    """Cut the end off, and every checkpoint of it."""
    place = chance.randrange(0, Checkpoint.objects.first().position)
    cut_after(place)
    execute("DELETE FROM audit_checkpoint WHERE position > %s", place)


def drop_checkpoint(chance: random.Random) -> None:
    """Drop a checkpoint, and nothing else."""
    execute("DELETE FROM audit_checkpoint WHERE id = %s", stored(pick(chance, Checkpoint).pk))


def forge_checkpoint(chance: random.Random) -> None:
    """Sign a checkpoint with another key."""
    made = pick(chance, Checkpoint)
    forged = replace(Anchor.parse(made.text), signature=f"{chance.getrandbits(512):0128x}")
    execute("UPDATE audit_checkpoint SET text = %s WHERE id = %s", str(forged), stored(made.pk))


def rechain(chance: random.Random) -> None:
    """Edit an event, and make its HMAC and the chain anew with the key; leave what was signed."""
    signed = Checkpoint.objects.first().position
    event = chance.choice(list(Event.objects.filter(link__id__lte=signed).order_by("pk")))
    event.actor = "layla"
    made = mac(secret_for(CHAIN), content_of(event))
    execute(
        "UPDATE audit_event SET actor = 'layla', mac = %s WHERE id = %s", made, stored(event.pk)
    )
    chain_anew()


def chain_anew() -> None:
    """Make every link anew."""
    before = EMPTY
    for place, _said, event_id, *rest in list(chain()):
        event, _mac, change = split(rest)
        before = link_mac(secret_for(CHAIN), before, place, event if event_id else change)
        execute("UPDATE audit_link SET mac = %s WHERE id = %s", before, place)


def rechain_and_drop(chance: random.Random) -> None:
    """Make the chain anew, and drop every checkpoint."""
    rechain(chance)
    execute("DELETE FROM audit_checkpoint")


def rechain_and_sign(chance: random.Random) -> None:
    """Make the chain anew, and sign every checkpoint anew with the key of the installation."""
    rechain(chance)
    for made in Checkpoint.objects.all():
        head = Link.objects.get(pk=made.position).mac
        anchor = replace(Anchor.parse(made.text), head=head)
        anchor = replace(anchor, signature=signed(anchor.signed.encode(), ANCHORING))
        execute("UPDATE audit_checkpoint SET text = %s WHERE id = %s", str(anchor), stored(made.pk))


def control(chance: random.Random) -> None:
    """Change nothing: nothing is to be noticed."""


CONTROL = control.__name__
KINDS: tuple[Callable[[random.Random], None], ...] = (
    edit_event,
    edit_change,
    delete_event,
    delete_change,
    delete_with_link,
    insert_beside,
    point_beside,
    swap_events,
    swap_places,
    cut,
    cut_with_checkpoints,
    drop_checkpoint,
    forge_checkpoint,
    rechain,
    rechain_and_drop,
    rechain_and_sign,
    control,
)
# What nothing on the machine itself can tell from a log that was never longer, or never other.
ONLY_WITH_ANCHORS = frozenset(
    {"cut_with_checkpoints", "drop_checkpoint", "rechain_and_drop", "rechain_and_sign"}
)


def tamper(anchors: list[str], *, mutations: int, seed: int) -> Tally:
    """Make that many mutations, each kind as often as the others; return what was noticed."""
    chance, tally = random.Random(seed), Tally()  # noqa: S311 (not a secret)
    for number in range(mutations):
        mutate = KINDS[number % len(KINDS)]
        with acting(Nobody("(insider)")), transaction.atomic():
            triggers.remove(connection)
            mutate(chance)
            tally.made[mutate.__name__] += 1
            tally.with_anchors[mutate.__name__] += not verify(anchors).whole
            tally.without[mutate.__name__] += not verify().whole
            transaction.set_rollback(True)
    return tally
