"""What phones sent: each entry once, in the server's order, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.access.policy import Behind
from kinward.core.fields import SealedJSON, SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet, Record
from kinward.field.models.devices import Device


class EntryState(models.TextChoices):
    """What became of an entry."""

    KEPT = "kept", _("kept")
    REFUSED = "refused", _("refused")


class FieldKey(AppendOnly):
    """A key pair that phones seal to. The private part lies in the key store, under this id."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {"made_at": DataClass.INTERNAL}

    made_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]


class Sequence(Record):
    """The last number that was given to an entry; one row."""

    watched: ClassVar[bool] = False  # workings, not facts: the entries bear the numbers
    classes: ClassVar[dict[str, DataClass]] = Record.classes | {
        "only": DataClass.INTERNAL,
        "last": DataClass.INTERNAL,
    }

    only = models.BooleanField(default=True, unique=True)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="one_sequence")]


class Entry(AppendOnly):
    """An entry as it came. What was kept of it stands in the ledgers of the record it is about.

    The box itself is kept of a refused entry alone, sealed a second time by a key that can be
    destroyed: of one that was kept, erasing a person must leave nothing readable behind.
    """

    behind: ClassVar[Behind] = Behind(by="account_id")
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "entry": DataClass.INTERNAL,
        "digest": DataClass.INTERNAL,
        "device": DataClass.INTERNAL,
        "account": DataClass.INTERNAL,
        "record": DataClass.INTERNAL,
        "kind": DataClass.INTERNAL,
        "form": DataClass.INTERNAL,
        "base": DataClass.INTERNAL,
        "said_at": DataClass.INTERNAL,
        "seq": DataClass.INTERNAL,
        "state": DataClass.INTERNAL,
        "about": DataClass.INTERNAL,
        "conflicts": DataClass.INTERNAL,
        "carried": DataClass.INTERNAL,
        "box": DataClass.EVIDENCE,
        "why": DataClass.EVIDENCE,
        "received_at": DataClass.INTERNAL,
    }

    entry = models.UUIDField()  # the id that the phone made
    digest = models.CharField(max_length=64)  # SHA-256 of the box, in hexadecimals
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    record = models.UUIDField()
    kind = models.CharField(max_length=20)
    form = models.CharField(max_length=40)
    base = models.PositiveBigIntegerField()
    said_at = models.CharField(max_length=40, blank=True)  # the phone's clock, never ordered by
    seq = models.PositiveBigIntegerField(unique=True)
    state = models.CharField(max_length=20, choices=EntryState)
    about = models.UUIDField(null=True)  # what was made of it: a person, a request, a list …
    conflicts = models.PositiveSmallIntegerField(default=0)
    carried = models.BooleanField(default=False)  # by a card, not by the phone itself
    box = SealedText(subject="pk", compartment=Compartment.EVIDENCE)
    why = SealedJSON(subject="pk", compartment=Compartment.EVIDENCE)
    received_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["entry"], name="entry_of_phone")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "digest"], name="entry_taken_once"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(state="kept"), name="entry_kept_once"
            ),
        ]


class Known(AppendOnly):
    """What a phone calls a record, and which record that is: it says nothing of anybody."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "record": DataClass.INTERNAL,
        "about": DataClass.INTERNAL,
    }

    record = models.UUIDField(unique=True)
    about = models.UUIDField()

    objects = LedgerQuerySet.as_manager()
