"""An operation that brings children home: its legs, checkpoints, permits and day. Append-only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kinward.access.policy import Behind
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.core.ids import reference
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.places.models import Place

if TYPE_CHECKING:
    from kinward.access.models import User

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)
PREFIX = "O"  # of the references of operations


class Mode(models.TextChoices):
    """How a leg is travelled."""

    ROAD = "road", _("by road")
    AIR = "air", _("by air")
    SEA = "sea", _("by sea")


class CheckpointKind(models.TextChoices):
    """Where everybody is counted, in the order of a journey."""

    HANDED_OVER = "handed_over", _("handed over")
    BOARDED = "boarded", _("on board")
    LANDED = "landed", _("landed")
    BORDER = "border", _("past the border")
    ADMITTED = "admitted", _("admitted to hospital")
    DISCHARGED = "discharged", _("out of hospital")


class OperationsQuerySet(LedgerQuerySet[Row_co]):
    """Rows of operations, narrowed step by step."""

    def visible_to(self, user: User) -> Self:
        """Keep those of operations that this account plans or watches, or escorts."""
        if may(user, Permission.SEE_ALL_OPERATIONS):
            return self
        if not may(user, Permission.ESCORT):
            return self.none()
        path = str(getattr(self.model, "of_operation", ""))
        escorts = f"{path}__escorts" if path else "escorts"
        own = {f"{escorts}__account": user.pk, f"{escorts}__end__isnull": True}
        return self.filter(**own).distinct()


class OfOperations(AppendOnly):
    """A row somebody recorded about an operation. `of_operation` is its path to that."""

    of_operation: ClassVar[str] = "operation"
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "recorded_by": DataClass.INTERNAL,
        "recorded_at": DataClass.INTERNAL,
    }

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class Operation(OfOperations):
    """One journey of several children, over as many legs as it takes."""

    of_operation: ClassVar[str] = ""
    behind: ClassVar[Behind] = Behind(
        permission=Permission.SEE_ALL_OPERATIONS, members=("operations.Escort", "operation_id")
    )
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "reference": DataClass.INTERNAL,
        "title": DataClass.INTERNAL,
    }

    reference = models.CharField(max_length=20, unique=True, editable=False)
    title = models.CharField(max_length=200)  # names no child

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def save(self, **options: Any) -> None:
        """Store it with a reference made of its id."""
        self.reference = reference(PREFIX, self.pk)
        super().save(**options)


class PlannedDay(OfOperations):
    """The day an operation is planned for; the last one stands."""

    behind: ClassVar[Behind] = Behind(keys=("operation_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "operation": DataClass.INTERNAL,
        "day": DataClass.INTERNAL,
        "reason": DataClass.INTERNAL,
    }

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()  # on which it sets out
    reason = models.CharField(max_length=500, blank=True)  # why it is another than before

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class Permit(OfOperations):
    """What an authority allowed an operation: to fly over, to land, to cross a border."""

    behind: ClassVar[Behind] = Behind(keys=("operation_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "operation": DataClass.INTERNAL,
        "words": DataClass.INTERNAL,
        "reference": DataClass.INTERNAL,
        "valid_until": DataClass.INTERNAL,
    }

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="permits")
    words = models.CharField(max_length=300)  # what is allowed, by whom
    reference = models.CharField(max_length=100)  # under which number
    valid_until = models.DateField()  # the last day

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class Leg(OfOperations):
    """A part of a journey from one place to another. When and with what: its timetables."""

    behind: ClassVar[Behind] = Behind(keys=("operation_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "operation": DataClass.INTERNAL,
        "number": DataClass.INTERNAL,
        "mode": DataClass.INTERNAL,
        "origin": DataClass.INTERNAL,
        "destination": DataClass.INTERNAL,
    }

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="legs")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … of the operation
    mode = models.CharField(max_length=20, choices=Mode)
    origin = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    destination = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["operation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["operation", "number"], name="leg_numbered_once"),
        ]


class Timetable(OfOperations):
    """When a leg is travelled and with what; the last one stands, and may say that it is not."""

    of_operation: ClassVar[str] = "leg__operation"
    behind: ClassVar[Behind] = Behind(keys=("leg_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "leg": DataClass.INTERNAL,
        "departs_at": DataClass.INTERNAL,
        "arrives_at": DataClass.INTERNAL,
        "carrier": DataClass.INTERNAL,
        "vehicle": DataClass.INTERNAL,
        "departs_from": DataClass.INTERNAL,
        "arrives_in": DataClass.INTERNAL,
        "seats": DataClass.INTERNAL,
        "cots": DataClass.INTERNAL,
        "dropped": DataClass.INTERNAL,
        "reason": DataClass.INTERNAL,
    }

    leg = models.ForeignKey(Leg, on_delete=models.PROTECT, related_name="timetables")
    departs_at = models.DateTimeField()
    arrives_at = models.DateTimeField()
    carrier = models.CharField(max_length=100)  # who drives, flies or sails
    vehicle = models.CharField(max_length=40)  # the number of a flight, a bus, a ship
    departs_from = models.CharField(max_length=3, blank=True)  # the airport, by its IATA code
    arrives_in = models.CharField(max_length=3, blank=True)  # likewise
    seats = models.PositiveSmallIntegerField()  # for children and escorts
    cots = models.PositiveSmallIntegerField()  # besides the seats
    dropped = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)  # why it is another than before

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(arrives_at__gt=F("departs_at")), name="leg_arrives_after_it_departs"
            ),
        ]


class Checkpoint(OfOperations):
    """Where on a leg everybody is counted."""

    of_operation: ClassVar[str] = "leg__operation"
    behind: ClassVar[Behind] = Behind(keys=("leg_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "leg": DataClass.INTERNAL,
        "number": DataClass.INTERNAL,
        "kind": DataClass.INTERNAL,
    }

    leg = models.ForeignKey(Leg, on_delete=models.PROTECT, related_name="checkpoints")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … of the leg
    kind = models.CharField(max_length=20, choices=CheckpointKind)

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["leg", "number"]
        constraints = [
            models.UniqueConstraint(fields=["leg", "number"], name="checkpoint_numbered_once"),
            models.UniqueConstraint(fields=["leg", "kind"], name="checkpoint_once_on_a_leg"),
        ]
