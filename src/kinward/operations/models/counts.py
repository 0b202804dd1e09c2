"""What was counted at a checkpoint, what was decided where counts differ, and that it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from kinward.access.models import Compartment
from kinward.access.policy import Behind
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.core.fields import SealedText
from kinward.core.models import DataClass
from kinward.operations.models.counting import Left, SeenHow, WhyNot
from kinward.operations.models.operations import (
    Checkpoint,
    OfOperations,
    Operation,
    OperationsQuerySet,
)
from kinward.operations.models.people import OF_CHILD
from kinward.people.models import Person

if TYPE_CHECKING:
    from kinward.access.models import User

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class TravellersQuerySet(OperationsQuerySet[Row_co]):
    """Rows about children on their way, narrowed step by step."""

    def visible_to(self, user: User) -> Self:
        """Keep those of operations this account works on, where it reads who travels."""
        rows = super().visible_to(user)
        return rows if may(user, Permission.READ_MANIFEST) else rows.none()


class OfTraveller(OfOperations):
    """A row about one child on its way."""

    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "child": DataClass.INTERNAL,
        "compartment": DataClass.INTERNAL,
    }

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(
        max_length=20, choices=Compartment, default=Compartment.MOVEMENT, editable=False
    )

    class Meta:
        abstract = True


class Band(OfTraveller):
    """The code on a child's wristband. It holds for one operation and says nothing of the child."""

    behind: ClassVar[Behind] = Behind(keys=("operation_id",), permission=Permission.READ_MANIFEST)
    classes: ClassVar[dict[str, DataClass]] = OfTraveller.classes | {
        "operation": DataClass.INTERNAL,
        "code": DataClass.INTERNAL,
    }

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="bands")
    code = models.CharField(max_length=12)

    objects = TravellersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["operation", "child"], name="one_band_for_a_child"),
            models.UniqueConstraint(fields=["operation", "code"], name="band_is_of_one_child"),
        ]


class Count(OfTraveller):
    """That one counter saw a child at a checkpoint, or takes that back. The last word stands."""

    of_operation: ClassVar[str] = "checkpoint__leg__operation"
    behind: ClassVar[Behind] = Behind(keys=("checkpoint_id",), permission=Permission.READ_MANIFEST)
    classes: ClassVar[dict[str, DataClass]] = OfTraveller.classes | {
        "checkpoint": DataClass.INTERNAL,
        "how": DataClass.INTERNAL,
        "counted_at": DataClass.INTERNAL,
    }

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="counts")
    how = models.CharField(max_length=20, choices=SeenHow)
    counted_at = models.DateTimeField()  # when it was seen; `recorded_at` is when that came in

    objects = TravellersQuerySet.as_manager()

    class Meta:
        ordering = ["counted_at", "id"]


class CountDone(OfOperations):
    """That a counter is done at a checkpoint. Only then is the other one's list shown to them."""

    of_operation: ClassVar[str] = "checkpoint__leg__operation"
    behind: ClassVar[Behind] = Behind(keys=("checkpoint_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "checkpoint": DataClass.INTERNAL,
    }

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="done")

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "recorded_by"], name="counter_is_done_once"
            ),
        ]


class Settled(OfTraveller):
    """Whether a child is there, where two counts differ, and how that is known. The last stands."""

    of_operation: ClassVar[str] = "checkpoint__leg__operation"
    behind: ClassVar[Behind] = Behind(keys=("checkpoint_id",), permission=Permission.READ_MANIFEST)
    classes: ClassVar[dict[str, DataClass]] = OfTraveller.classes | {
        "checkpoint": DataClass.INTERNAL,
        "there": DataClass.INTERNAL,
        "reason": DataClass.WHEREABOUTS,
    }

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="settled")
    there = models.BooleanField()
    reason = SealedText(**OF_CHILD)

    objects = TravellersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=b""), name="count_settled_for_a_reason"),
        ]


class Leaving(OfTraveller):
    """That a child did not go on with an operation from a checkpoint on, and why.

    One that `takes_back` another says that it did go on after all. `kept_by` is the house that
    keeps it, where no minute says so.
    """

    behind: ClassVar[Behind] = Behind(keys=("operation_id",), permission=Permission.READ_MANIFEST)
    classes: ClassVar[dict[str, DataClass]] = OfTraveller.classes | {
        "operation": DataClass.INTERNAL,
        "checkpoint": DataClass.INTERNAL,
        "left": DataClass.INTERNAL,
        "why": DataClass.INTERNAL,
        "words": DataClass.WHEREABOUTS,
        "kept_by": DataClass.WHEREABOUTS,
        "carried_to": DataClass.INTERNAL,
        "takes_back": DataClass.INTERNAL,
    }

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="leavings")
    # At which it was not there any more; none: it was not on the manifest already.
    checkpoint = models.ForeignKey(
        Checkpoint, on_delete=models.PROTECT, null=True, related_name="leavings"
    )
    left = models.CharField(max_length=20, choices=Left)
    why = models.CharField(max_length=20, choices=WhyNot)
    words = SealedText(**OF_CHILD)
    kept_by = SealedText(**OF_CHILD)  # as an organisation, never a person
    carried_to = models.ForeignKey(  # the operation that it goes with instead
        Operation, on_delete=models.PROTECT, null=True, related_name="carried"
    )
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back"
    )

    objects = TravellersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=WhyNot.OTHER) | ~Q(words=b""), name="another_reason_is_in_words"
            ),
        ]


class Closing(OfOperations):
    """That a checkpoint is closed: two counts agree, or every difference is explained."""

    of_operation: ClassVar[str] = "checkpoint__leg__operation"
    behind: ClassVar[Behind] = Behind(keys=("checkpoint_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "checkpoint": DataClass.INTERNAL,
        "there": DataClass.INTERNAL,
    }

    checkpoint = models.OneToOneField(Checkpoint, on_delete=models.PROTECT, related_name="closing")
    there = models.PositiveSmallIntegerField()  # how many children were there

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class Reconciled(OfOperations):
    """That a whole operation is closed: every child of its plan is accounted for."""

    behind: ClassVar[Behind] = Behind(keys=("operation_id",))
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "operation": DataClass.INTERNAL,
    }

    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, related_name="reconciled")

    objects = OperationsQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
