"""Photographs on their way: sealed by the phone, sent piece by piece after the texts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet, Record
from kinward.field.models.devices import Device
from kinward.field.models.entries import Entry
from kinward.people.models import AgreedBy, Attachment, Person


class Photo(AppendOnly):
    """A photograph that an entry speaks of, under the id that the phone gave it."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "entry": DataClass.INTERNAL,
        "device": DataClass.INTERNAL,
        "person": DataClass.INTERNAL,
        "agreed_by": DataClass.INTERNAL,
    }

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="photos")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.CharField(max_length=20, choices=AgreedBy)

    objects = LedgerQuerySet.as_manager()


class Piece(Record):
    """Bytes of a sealed photograph from an offset on. They go once the photograph is whole."""

    watched: ClassVar[bool] = False  # workings, not facts, and sealed by the phone
    may_go: ClassVar[bool] = True
    classes: ClassVar[dict[str, DataClass]] = Record.classes | {
        "photo": DataClass.INTERNAL,
        "offset": DataClass.INTERNAL,
        "content": DataClass.INTERNAL,
    }

    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="pieces")
    offset = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["offset"]
        constraints = [
            models.UniqueConstraint(fields=["photo", "offset"], name="piece_sent_once"),
        ]


class Arrived(AppendOnly):
    """That a photograph is whole and was taken in, or why it was refused."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "photo": DataClass.INTERNAL,
        "length": DataClass.INTERNAL,
        "digest": DataClass.INTERNAL,
        "attachment": DataClass.INTERNAL,
        "why": DataClass.INTERNAL,
        "arrived_at": DataClass.INTERNAL,
    }

    photo = models.OneToOneField(Photo, on_delete=models.PROTECT, related_name="arrived")
    length = models.PositiveIntegerField()  # of the sealed bytes
    digest = models.CharField(max_length=64)  # their SHA-256, in hexadecimals
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, related_name="+"
    )
    why = models.CharField(max_length=300, blank=True)  # words that name nobody
    arrived_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()
