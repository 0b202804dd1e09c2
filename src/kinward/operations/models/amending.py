"""What was counted wrongly at a closed checkpoint: one person says so, another one agrees."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kinward.access.policy import Behind
from kinward.access.rules import Permission
from kinward.core.fields import SealedText
from kinward.core.models import DataClass
from kinward.operations.models.counting import Left, WhyNot
from kinward.operations.models.counts import OfTraveller, TravellersQuerySet
from kinward.operations.models.handovers import Handover
from kinward.operations.models.operations import Checkpoint, OfOperations
from kinward.operations.models.people import OF_CHILD


class Amendment(OfTraveller):
    """That a child was there, or was not, at a checkpoint that was closed with the opposite.

    If it was not, it says how and why it did not go on. Either way it may say which line of a
    minute did not happen. It changes nothing before another person has agreed.
    """

    of_operation: ClassVar[str] = "checkpoint__leg__operation"
    behind: ClassVar[Behind] = Behind(keys=("checkpoint_id",), permission=Permission.READ_MANIFEST)
    classes: ClassVar[dict[str, DataClass]] = OfTraveller.classes | {
        "checkpoint": DataClass.INTERNAL,
        "there": DataClass.INTERNAL,
        "left": DataClass.INTERNAL,
        "why": DataClass.INTERNAL,
        "line": DataClass.INTERNAL,
        "reason": DataClass.WHEREABOUTS,
    }

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="amendments")
    there = models.BooleanField()
    left = models.CharField(max_length=20, choices=Left, blank=True)
    why = models.CharField(max_length=20, choices=WhyNot, blank=True)
    line = models.ForeignKey(
        Handover, on_delete=models.PROTECT, null=True, related_name="amendments"
    )
    reason = SealedText(**OF_CHILD)  # of an objection the word of the code list, and no other

    objects = TravellersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=b""), name="amended_for_a_reason"),
            models.CheckConstraint(
                condition=Q(there=False) | Q(left="", why=""),
                name="who_was_there_did_not_leave",
            ),
        ]


class Amended(OfOperations):
    """What another person answered to an amendment. Only if they agree, it stands."""

    of_operation: ClassVar[str] = "amendment__checkpoint__leg__operation"
    behind: ClassVar[Behind] = Behind(keys=("amendment_id",), permission=Permission.READ_MANIFEST)
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "amendment": DataClass.INTERNAL,
        "agreed": DataClass.INTERNAL,
    }

    amendment = models.OneToOneField(Amendment, on_delete=models.PROTECT, related_name="answer")
    agreed = models.BooleanField()

    objects = TravellersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
