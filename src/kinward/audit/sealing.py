"""Sealing: each row of the log gets its place in one chain, and the chain is signed and anchored.

On SQLite, whose writers are one at a time, rows are sealed at the end of the transaction that
wrote them. On PostgreSQL one chain for all would hold every writer up: a loop (`manage.py
seal_log`) seals what was committed every two seconds.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, transaction

from kinward.audit.context import Nobody, acting
from kinward.audit.models import Change, Checkpoint, Event, Link, Unsealed
from kinward.audit.rules import EMPTY, Anchor, canonical, link_mac, mac
from kinward.core.keys import secret_for, signed

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.backends.base.base import BaseDatabaseWrapper

SEALER: Final = Nobody("(sealer)")
CHAIN: Final = "audit.chain"  # what the key of the HMAC is for
ANCHORING: Final = "audit.anchor"  # what anchors are signed for
FILE: Final = "kinward-anchors.txt"
AT_ONCE: Final = 1_000
OF_EVENT: Final = (
    "id", "at", "actor", "actor_role", "action", "kind", "object_id",
    "purpose", "compartments", "request_id", "device", "details",
)  # fmt: skip
OF_CHANGE: Final = (
    "id", "at", "table_name", "row_id", "operation",
    "columns", "actor", "actor_role", "request_id",
)  # fmt: skip


def content_of(event: Event) -> bytes:
    """Return what the HMAC of an event is made over."""
    return canonical(getattr(event, part) for part in OF_EVENT)


def sign_row(event: Event) -> Event:
    """Put its HMAC on a new event, which nobody without the key can make."""
    event.mac = mac(secret_for(CHAIN), content_of(event))
    return event


@transaction.atomic
def seal() -> int:
    """Give each row that waits its place in the chain, oldest first; return how many there were."""
    with acting(SEALER):
        # Two sealers at once: the second waits here, and finds these rows gone.
        waiting = list(Unsealed.objects.select_for_update().order_by("id")[:AT_ONCE])
        if not waiting:
            return 0
        rows = rows_of(waiting)
        last = Link.objects.last()
        position, before = (last.pk, last.mac) if last else (0, EMPTY)
        key, links = secret_for(CHAIN), []
        for each in waiting:
            position += 1
            before = link_mac(key, before, position, rows.get((each.ledger, each.row_id)))
            kind = "event" if each.ledger == Event._meta.db_table else "change"  # noqa: SLF001 (Django's documented model API)
            links.append(Link(id=position, mac=before, **{f"{kind}_id": each.row_id}))
        Link.objects.bulk_create(links)
        Unsealed.objects.filter(pk__in=[each.pk for each in waiting]).delete()
    return len(waiting)


def rows_of(waiting: list[Unsealed]) -> dict[tuple[str, str], bytes]:
    """Return what the rows that wait say, by ledger and identifier."""
    said: dict[tuple[str, str], bytes] = {}
    for model, parts in ((Event, OF_EVENT), (Change, OF_CHANGE)):
        table = model._meta.db_table  # noqa: SLF001 (Django's documented model API)
        written = {
            model._meta.pk.to_python(each.row_id): each.row_id  # noqa: SLF001 (likewise)
            for each in waiting
            if each.ledger == table
        }
        values = model._default_manager.filter(pk__in=written).values_list(*parts)  # noqa: SLF001 (likewise)
        said |= {(table, written[row[0]]): canonical(row) for row in values}
    return said


def seal_at_the_end(*, connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """Seal what a transaction of SQLite wrote, before it is committed."""
    if connection.vendor != "sqlite" or connection.alias != DEFAULT_DB_ALIAS:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM audit_unsealed)")
            (any_wait,) = cursor.fetchone()
    except OperationalError as error:
        if "no such table" not in str(error):
            raise
        return  # not migrated yet
    while any_wait and seal() == AT_ONCE:
        continue


def checkpoint(*, at: datetime) -> Checkpoint | None:
    """Sign what the chain comes to now, and anchor it; None if nothing was added since the last."""
    last, newest = Link.objects.last(), Checkpoint.objects.first()
    if last is None or (newest and newest.position >= last.pk):
        return None
    unsigned = Anchor(position=last.pk, at=at, head=last.mac)
    anchor = replace(unsigned, signature=signed(unsigned.signed.encode(), ANCHORING))
    with acting(SEALER), transaction.atomic():
        made = Checkpoint.objects.create(at=at, position=last.pk, text=str(anchor))
    put_away(made.text)
    return made


def files_of_anchors(name: str = FILE) -> list[Path]:
    """Return the files of anchors that the settings name, whether or not they are there.

    With the name of another file, those that stand in the same places.
    """
    places = [Path(place) for place in settings.ANCHORS]
    beside = [place if name == FILE else place.with_name(name) for place in places]
    return [
        place / name if place.is_dir() else file for place, file in zip(places, beside, strict=True)
    ]


def anchors_at_hand(name: str = FILE) -> list[str]:
    """Return the lines that this machine can read of such files: anchors."""
    readable = [place for place in files_of_anchors(name) if os.access(place, os.R_OK)]
    return [line for place in readable for line in place.read_text("ascii").splitlines()]


def put_away(text: str, name: str = FILE) -> None:
    """Add a line, an anchor, to every such file that the settings name, and wait for the disk.

    Raises:
        OSError: it cannot be written there; the next checkpoint will be.
    """
    for path in files_of_anchors(name):
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640)
        try:
            os.write(file, f"{text}\n".encode())
            os.fsync(file)
        finally:
            os.close(file)
