"""A child is erased; then whatever was sealed about it is tried again, live and out of backups.

Tried with all that the installation has after thirty days: today's ring and key store, today's
database, a backup of the database from before, and the backups of keys that are still kept.
Another child, erased by nobody, shows that trying works. Runs inside Django.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction

from kinward.access import actions as access
from kinward.access.models import Role, clock
from kinward.audit.sealing import checkpoint
from kinward.audit.sealing import seal as seal_log
from kinward.audit.verifying import verify
from kinward.core import files
from kinward.core.backups.archives import unseal as open_backup
from kinward.core.backups.archives import workplace
from kinward.core.backups.making import back_up_keys, connect_like, make_backup
from kinward.core.backups.restoring import empty_place, place
from kinward.core.errors import KinwardError
from kinward.core.fields import SealedField
from kinward.core.keystore import store
from kinward.core.sealing import unseal
from kinward.people import actions as people
from kinward.people.models import AgreedBy, Attachment, FileKind, Ground
from kinward.people.properties import PROPERTIES, Shape
from kinward.people.queries import place_of_file
from kinward.tracing import actions as tracing
from kinward.tracing.models import Opinion
from reliability import canaries, made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kinward.people.models import Person
    from reliability.inside import Installed

THINKING: Final = timedelta(days=30)
MARK, OTHER = b"Zqerasedcanary", b"Zqstayingcanary"  # stand in all that is said of each

Place = dict[str, Any]
"""The words a value is sealed with."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many sealed values about the child there were, and how many open afterwards."""

    values: int
    before: int
    live: int
    restored: int
    others: int  # of another child, which must still open
    whole: bool  # the log


def run(installed: Installed) -> Erased:
    """Register, back up, erase, wait, restore; count what still opens."""
    with transaction.atomic():
        child, other = (told_of(mark.decode()) for mark in (MARK, OTHER))
    about, staying = ([*sealed_with(mark)] for mark in (MARK, OTHER))
    before = count_open(about)
    backup, _manifest = make_backup(at=made.AT)
    back_up_keys(at=made.AT)
    with transaction.atomic():
        erase(child)
        seal_log()
        anchor = checkpoint(at=made.AT + THINKING).text
    back_up_keys(at=made.AT + THINKING + timedelta(days=1))
    store().forget()
    return Erased(
        values=len(about),
        before=before,
        live=count_open(about),
        restored=restored(installed, backup, about) + keys_kept(installed, child),
        others=count_open(staying),
        whole=verify([anchor]).whole and Attachment.objects.filter(person=other).exists(),
    )


def told_of(word: str) -> Person:
    """Register a child with every kind of text, a photograph, a request and a match."""
    said = [
        made.said(kind.id, text=f"{word} {kind.id}", **made.SHAPED.get(kind.shape, {}))
        for kind in PROPERTIES.values()
        if kind.shape not in {Shape.SEX, Shape.BIRTH}
    ]
    registrar = made.account(role=Role.REGISTRAR, region=made.BAGHDAD)
    (child,) = people.register_group(
        children=[said], consents=[[made.AGREES]], note=word, by=registrar, at=made.AT
    )
    people.attach_file(
        person=child,
        taken=canaries.photograph(),
        kind=FileKind.PHOTO,
        caption=word,
        agreed_by=AgreedBy.CHILD,
        by=registrar,
        at=made.AT,
    )
    # What a relative says of whom she seeks is hers, and of another person: it holds another word.
    candidate = made.candidate(
        child=child, request=made.take(), reasons=[{"found": word, "sought": "Руслан"}]
    )
    tracing.review_candidate(
        candidate=candidate, opinion=Opinion.SAME, reason=word, by=made.account(), at=made.AT
    )
    return child


def erase(child: Person) -> None:
    """Erase a child as the rules have it: asked for, agreed to, thought over."""
    officer = made.account(role=Role.DATA_PROTECTION_OFFICER)
    asked = people.ask_to_erase(
        person=child, ground=Ground.ASKED, reason=MARK.decode(), by=officer, at=made.AT
    )
    manager = made.account(role=Role.PROGRAMME_MANAGER)
    access.approve(approval=asked, by=manager, at=made.AT)
    people.erase_person(
        person=child, ground=Ground.ASKED, approval=asked, by=clock(), at=made.AT + THINKING
    )


def sealed_with(mark: bytes) -> Iterator[tuple[bytes, Place]]:
    """Yield every sealed value, column or file, that holds a word, with what opens it."""
    for model in apps.get_models():
        fields = [each for each in model._meta.fields if isinstance(each, SealedField)]  # noqa: SLF001
        for row in model._base_manager.all() if fields else ():  # noqa: SLF001 (every row)
            for field in fields:
                sealed = row.__dict__.get(field.attname)
                if sealed and mark in unseal(sealed, **field.place(row)):
                    yield bytes(sealed), field.place(row)
    for attachment in Attachment.objects.all():
        if attachment.caption == mark.decode():
            for name in filter(None, (attachment.stored_as, attachment.thumbnail_as)):
                yield files.read(name), place_of_file(attachment, name)


def count_open(values: Iterable[tuple[bytes, Place]]) -> int:
    """Return how many values open."""
    return sum(opens(sealed, words) for sealed, words in values)


def opens(sealed: bytes, words: Place) -> bool:
    """Tell whether a value opens."""
    try:
        unseal(sealed, **words)
    except KinwardError:
        return False
    return True


def restored(installed: Installed, backup: Path, about: list[tuple[bytes, Place]]) -> int:
    """Return how many values open in a backup of the database from before.

    Raises:
        ValueError: the backup does not hold them, so that nothing would be shown.
    """
    stored = {words["bound_to"]: words for _sealed, words in about}
    found = []
    with workplace(installed.folder) as inside:
        manifest, copy = open_backup(backup, installed.opener, inside)
        with empty_place(connection, inside) as there:
            place(there, manifest, copy)
            with there.cursor() as cursor:
                for bound_to, words in stored.items():
                    table, column, key = bound_to.split("|")
                    if column in {
                        each.name
                        for each in there.introspection.get_table_description(cursor, table)
                    }:
                        held = UUID(key).hex if len(key) == 36 else key  # noqa: PLR2004 (a UUID in words)
                        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [held])  # noqa: S608
                        found += [(bytes(value), words) for (value,) in cursor.fetchall()]
    if not found:
        raise ValueError("the backup holds nothing of the child")
    return count_open(found)


def keys_kept(installed: Installed, child: Person) -> int:
    """Return how many keys of the child stand in the backups of keys that are still kept."""
    from django.conf import settings

    found = 0
    for file in sorted((installed.folder / "backups" / "keys").glob("*.age")):
        with workplace(settings.DATA) as inside:
            _manifest, copy = open_backup(file, installed.opener, inside)
            with closing(connect_like(copy)) as keys:
                told = keys.execute("SELECT count(*) FROM key WHERE subject = ?", [child.pk.bytes])
                found += told.fetchone()[0]
    return found
