"""What one office asks another about somebody it may know."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.access.policy import Behind
from kinward.core.fields import SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models.persons import Person


class SearchPurpose(models.TextChoices):
    """What someone is searched for by name."""

    REGISTRATION = "registration", _("to see whether a child is on record already")
    TRACING = "tracing", _("a relative asks")
    VERIFICATION = "verification", _("to verify a match")
    PROTECTION = "protection", _("a child is in danger")


class Message(AppendOnly):
    """An office asks another about somebody it may know, or answers such a question."""

    behind: ClassVar[Behind] = Behind(keys=("person_id",), by="sent_by_id")
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "person": DataClass.INTERNAL,
        "purpose": DataClass.INTERNAL,
        "text": DataClass.IDENTITY,
        "answers": DataClass.INTERNAL,
        "sent_by": DataClass.INTERNAL,
        "sent_at": DataClass.INTERNAL,
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="messages")
    purpose = models.CharField(max_length=20, choices=SearchPurpose)
    text = SealedText(subject="person_id", compartment=Compartment.IDENTITY)
    answers = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="answered_by"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
        ]
