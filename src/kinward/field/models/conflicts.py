"""Answers that have one value at a time, and what a person decided where two phones differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.access.policy import Behind
from kinward.access.rules import Permission
from kinward.core.fields import JSONField, SealedJSON, SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.field.models.devices import Device
from kinward.field.models.entries import Entry
from kinward.people.models import Person

if TYPE_CHECKING:
    from kinward.access.models import User


class Stands(models.TextChoices):
    """Which of two values stands."""

    FIRST = "first", _("what came first")
    SECOND = "second", _("what came second")


class Single(AppendOnly):
    """What an entry said where there is one value at a time; `key` names that place."""

    behind: ClassVar[Behind] = Behind(keys=("child_id",), by="account_id")
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "entry": DataClass.INTERNAL,
        "device": DataClass.INTERNAL,
        "account": DataClass.INTERNAL,
        "seq": DataClass.INTERNAL,
        "key": DataClass.INTERNAL,
        "child": DataClass.INTERNAL,
        "answers": DataClass.WHEREABOUTS,
        "received_at": DataClass.INTERNAL,
    }

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="singles")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    seq = models.PositiveBigIntegerField()
    key = models.CharField(max_length=160)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answers = SealedJSON(subject="child_id", compartment=Compartment.LOCATION)
    received_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["seq", "id"]
        indexes = [models.Index(fields=["key", "seq"], name="single_of_key")]


class ConflictQuerySet(LedgerQuerySet["Conflict"]):
    """Conflicts, narrowed step by step."""

    def visible_to(self, user: User) -> Self:
        """Keep the account's own, and those about children it may see and whose home it keeps."""
        seen = Person.objects.visible_to(user, to=Permission.PLACE_CHILD).order_by()
        return self.filter(Q(second__account=user) | Q(kind="visit", child__in=seen.values("pk")))

    def open(self) -> Self:
        """Keep those nobody has settled."""
        return self.filter(settlement__isnull=True)


class Conflict(AppendOnly):
    """Two phones said different things where one value stands at a time. The second waits."""

    behind: ClassVar[Behind] = Behind(keys=("child_id",), by="account_id")
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "kind": DataClass.INTERNAL,
        "child": DataClass.INTERNAL,
        "account": DataClass.INTERNAL,
        "first": DataClass.INTERNAL,
        "second": DataClass.INTERNAL,
        "questions": DataClass.INTERNAL,
        "found_at": DataClass.INTERNAL,
    }

    kind = models.CharField(max_length=20)  # a form's name
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    first = models.ForeignKey(Single, on_delete=models.PROTECT, related_name="+")
    second = models.OneToOneField(Single, on_delete=models.PROTECT, related_name="conflict")
    questions = JSONField(default=list)  # names of the questions that are answered differently
    found_at = models.DateTimeField()

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["found_at", "id"]


class Settlement(AppendOnly):
    """What a person decided between two values, and why. Both stay on record."""

    behind: ClassVar[Behind] = Behind(keys=("conflict_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "conflict": DataClass.INTERNAL,
        "stands": DataClass.INTERNAL,
        "reason": DataClass.WHEREABOUTS,
        "settled_by": DataClass.INTERNAL,
        "settled_at": DataClass.INTERNAL,
    }

    conflict = models.OneToOneField(Conflict, on_delete=models.PROTECT, related_name="settlement")
    stands = models.CharField(max_length=20, choices=Stands)
    reason = SealedText(subject="conflict.child_id", compartment=Compartment.LOCATION)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()
