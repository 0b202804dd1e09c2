"""Who travels on an operation: children on its plan, escorts, and who may receive the children."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.access.policy import Behind
from kinward.access.rules import Permission
from kinward.core.fields import JSONField, SealedText
from kinward.core.models import DataClass
from kinward.operations.models.operations import OfOperations, Operation, OperationsQuerySet
from kinward.people.models import Person
from kinward.places.models import Place

OF_CHILD: Final[dict[str, Any]] = {"subject": "child_id", "compartment": Compartment.MOVEMENT}
OF_STAFF: Final[dict[str, Any]] = {"subject": "pk", "compartment": Compartment.STAFF}


class Berth(models.TextChoices):
    """In what a child travels."""

    SEAT = "seat", _("seat")
    COT = "cot", _("cot")


class OnPlan(OfOperations):
    """That a child is on the plan of an operation, or taken off it again; the last row stands."""

    behind: ClassVar[Behind] = Behind(keys=("operation_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "operation": DataClass.INTERNAL,
        "child": DataClass.INTERNAL,
        "on": DataClass.INTERNAL,
        "over": DataClass.INTERNAL,
        "berth": DataClass.INTERNAL,
        "reason": DataClass.WHEREABOUTS,
        "compartment": DataClass.INTERNAL,
    }

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="plan")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.BooleanField()
    over = JSONField(default=list)  # numbers of the legs the child travels, ascending
    berth = models.CharField(max_length=20, choices=Berth, default=Berth.SEAT)
    reason = SealedText(**OF_CHILD)  # why it is taken off; or anything to know of its being on
    compartment = models.CharField(
        max_length=20, choices=Compartment, default=Compartment.MOVEMENT, editable=False
    )

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(on=True) | ~Q(reason=b""), name="off_the_plan_for_a_reason"
            ),
        ]


class Escort(OfOperations):
    """An adult who travels with children on a leg: an account, or a name."""

    behind: ClassVar[Behind] = Behind(permission=Permission.SEE_ALL_OPERATIONS, by="account_id")
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "operation": DataClass.INTERNAL,
        "over": DataClass.INTERNAL,
        "account": DataClass.INTERNAL,
        "surname": DataClass.IDENTITY,
        "given": DataClass.IDENTITY,
        "organisation": DataClass.INTERNAL,
        "at_most": DataClass.INTERNAL,
    }

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="escorts")
    over = JSONField(default=list)  # numbers of the legs, ascending
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    surname = SealedText(**OF_STAFF)  # as in the travel document
    given = SealedText(**OF_STAFF)
    organisation = models.CharField(max_length=200)
    at_most = models.PositiveSmallIntegerField()  # children one escort can look after

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(at_most__gt=0), name="escort_is_for_somebody"),
        ]


class EscortEnd(OfOperations):
    """That somebody does not travel as an escort after all."""

    of_operation: ClassVar[str] = "escort__operation"
    behind: ClassVar[Behind] = Behind(keys=("escort_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "escort": DataClass.INTERNAL,
        "reason": DataClass.INTERNAL,
    }

    escort = models.OneToOneField(Escort, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=500)

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class Receiver(OfOperations):
    """Somebody who may receive children of an operation, once a second person has agreed."""

    behind: ClassVar[Behind] = Behind(keys=("operation_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "operation": DataClass.INTERNAL,
        "surname": DataClass.IDENTITY,
        "given": DataClass.IDENTITY,
        "document": DataClass.IDENTITY,
        "organisation": DataClass.INTERNAL,
        "place": DataClass.INTERNAL,
    }

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="receivers")
    surname = SealedText(**OF_STAFF)  # as in the document shown
    given = SealedText(**OF_STAFF)
    document = SealedText(**OF_STAFF)  # which document will be shown, with its number
    organisation = models.CharField(max_length=200)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class Agreed(models.TextChoices):
    """What was said of a receiver after somebody was named."""

    AGREED = "agreed", _("a second person agreed")
    WITHDRAWN = "withdrawn", _("not authorised any more")


class ReceiverNote(OfOperations):
    """That a second person agreed to a receiver, or that one is not authorised any more."""

    of_operation: ClassVar[str] = "receiver__operation"
    behind: ClassVar[Behind] = Behind(keys=("receiver_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "receiver": DataClass.INTERNAL,
        "said": DataClass.INTERNAL,
        "named_by": DataClass.INTERNAL,
        "reason": DataClass.INTERNAL,
    }

    receiver = models.ForeignKey(Receiver, on_delete=models.PROTECT, related_name="notes")
    said = models.CharField(max_length=20, choices=Agreed)
    named_by = models.ForeignKey(  # kept here too, for the constraint
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["receiver", "said"], name="receiver_noted_once"),
            models.CheckConstraint(
                condition=~Q(said="agreed") | ~Q(recorded_by=F("named_by")),
                name="another_agrees_to_a_receiver",
            ),
            models.CheckConstraint(
                condition=~Q(said="withdrawn") | ~Q(reason=""),
                name="receiver_withdrawn_for_a_reason",
            ),
        ]
