"""Whose data must be kept for now, and whose were erased."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.access.policy import Behind
from kinward.core.fields import JSONField, SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models.persons import Person


class Ground(models.TextChoices):
    """Why somebody's data are erased."""

    ASKED = "asked", _("the person, or who cares for the child, asks for it")
    OVERDUE = "overdue", _("it was kept as long as it may be")
    NO_BASIS = "no_basis", _("there is no lawful basis to keep it")
    MISTAKE = "mistake", _("it should never have been recorded")


class LegalHold(AppendOnly):
    """Somebody's data must be kept for now; or that this no longer holds. Both stay on record."""

    behind: ClassVar[Behind] = Behind(keys=("person_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "person": DataClass.INTERNAL,
        "lifts": DataClass.INTERNAL,
        "reason": DataClass.IDENTITY,
        "set_by": DataClass.INTERNAL,
        "set_at": DataClass.INTERNAL,
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holds")
    lifts = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="lifted_by"
    )
    reason = SealedText(subject="person_id", compartment=Compartment.IDENTITY)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["set_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_gives_a_reason"),
        ]


class Erasure(AppendOnly):
    """The keys of a person were destroyed, with the certificate that says so."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "person": DataClass.INTERNAL,
        "ground": DataClass.INTERNAL,
        "erased_at": DataClass.INTERNAL,
        "certificate": DataClass.AUDIT,
        "signature": DataClass.AUDIT,
    }

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="erasure")
    ground = models.CharField(max_length=20, choices=Ground)
    erased_at = models.DateTimeField()
    certificate = JSONField()  # as rules.certificate
    signature = models.CharField(max_length=128)  # Ed25519, in hexadecimals

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-erased_at", "-id"]
