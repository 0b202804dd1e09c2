"""Entries, keys and conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinward.field.models import Conflict, Entry, EntryState, FieldKey, Known, Sequence

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.access.models import User
    from kinward.field.models.conflicts import ConflictQuerySet


def keys() -> list[UUID]:
    """The key pairs of the server, the newest first: phones seal to that one."""
    return list(FieldKey.objects.order_by("-made_at", "-id").values_list("pk", flat=True))


def last_seq() -> int:
    """The last number that was given to an entry."""
    return Sequence.objects.values_list("last", flat=True).first() or 0


def about_of(record: UUID) -> UUID | None:
    """Which record of the server it is that phones call so; None if none of them told yet."""
    return Known.objects.filter(record=record).values_list("about", flat=True).first()


def refused(*, user: User) -> QuerySet[Entry]:
    """The entries of an account that were refused, the last first."""
    own = Entry.objects.filter(account=user, state=EntryState.REFUSED)
    return own.select_related("device").order_by("-seq")


def conflicts(*, user: User) -> ConflictQuerySet:
    """The conflicts that wait for a decision this account may take, the oldest first."""
    return (
        Conflict.objects.visible_to(user)
        .open()
        .select_related(
            "child",
            "first__account",
            "first__device",
            "second__account",
            "second__device",
            "second__entry",
        )
    )


def conflicts_of(entry: Entry) -> list[Conflict]:
    """The conflicts that an entry of one's own led to, settled or not."""
    return list(Conflict.objects.filter(second__entry=entry).order_by("found_at", "id"))
