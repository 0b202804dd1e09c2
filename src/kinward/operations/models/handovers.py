"""Who handed which children to whom, before which witnesses; and families who met on the way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kinward.access.policy import Behind
from kinward.access.rules import Permission
from kinward.core.fields import SealedText
from kinward.core.models import DataClass
from kinward.operations.models.counting import Side
from kinward.operations.models.counts import OfTraveller, TravellersQuerySet
from kinward.operations.models.operations import OfOperations, Operation
from kinward.operations.models.people import OF_CHILD, OF_STAFF, Receiver


class Minute(OfOperations):
    """A handover minute: from whom to whom, when, before whom; with a line a child (`Handover`).

    Where `giver` is nobody, whoever kept the children before the operation hands them over, by the
    name of their house (`kept_by`); where `receiver` is nobody, they are given back to them.
    """

    behind: ClassVar[Behind] = Behind(keys=("operation_id",), permission=Permission.READ_MANIFEST)
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "operation": DataClass.INTERNAL,
        "giver": DataClass.INTERNAL,
        "receiver": DataClass.INTERNAL,
        "handed_at": DataClass.INTERNAL,
        "witnesses": DataClass.IDENTITY,
        "kept_by": DataClass.INTERNAL,
    }

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="minutes")
    giver = models.ForeignKey(Receiver, on_delete=models.PROTECT, null=True, related_name="+")
    receiver = models.ForeignKey(Receiver, on_delete=models.PROTECT, null=True, related_name="+")
    handed_at = models.DateTimeField()
    witnesses = SealedText(**OF_STAFF)  # by name and office
    kept_by = models.CharField(max_length=200, blank=True)  # as an organisation, never a person

    objects = TravellersQuerySet.as_manager()

    class Meta:
        ordering = ["handed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(giver__isnull=False) | Q(receiver__isnull=False))
                & (Q(giver__isnull=True) | Q(receiver__isnull=True) | ~Q(giver=F("receiver"))),
                name="handed_to_somebody_else",
            ),
        ]


class SignedMinute(OfOperations):
    """That somebody signed a minute on the screen, as they drew it; or its signed paper, scanned.

    What was drawn is a picture of lines alone (a path of SVG, `rules.signing`). A scan lies sealed
    in a file of its own.
    """

    of_operation: ClassVar[str] = "minute__operation"
    behind: ClassVar[Behind] = Behind(keys=("minute_id",), permission=Permission.READ_MANIFEST)
    classes: ClassVar[dict[str, DataClass]] = OfOperations.classes | {
        "minute": DataClass.INTERNAL,
        "side": DataClass.INTERNAL,
        "name": DataClass.IDENTITY,
        "drawn": DataClass.IDENTITY,
        "scan_as": DataClass.INTERNAL,
        "media_type": DataClass.INTERNAL,
    }

    minute = models.ForeignKey(Minute, on_delete=models.PROTECT, related_name="signed")
    side = models.CharField(max_length=20, choices=Side)
    name = SealedText(**OF_STAFF)  # with the office; of a scan, who signed it
    drawn = SealedText(**OF_STAFF)
    scan_as = models.UUIDField(unique=True, null=True)
    media_type = models.CharField(max_length=100, blank=True)  # of the scan

    objects = TravellersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["minute", "side"],
                condition=Q(side__in=[Side.GIVER, Side.RECEIVER]),
                name="each_side_signs_once",
            ),
            models.CheckConstraint(
                condition=~Q(name=b"")
                & (
                    Q(side=Side.PAPER, scan_as__isnull=False, drawn=b"")
                    | ~Q(side=Side.PAPER) & Q(scan_as__isnull=True) & ~Q(drawn=b"")
                ),
                name="signature_is_drawn_or_scanned",
            ),
        ]


class Handover(OfTraveller):
    """The line of one child in a minute. One that `corrects` another stands in its place.

    If it is `void`, what it corrects did not happen.
    """

    of_operation: ClassVar[str] = "minute__operation"
    behind: ClassVar[Behind] = Behind(keys=("minute_id",), permission=Permission.READ_MANIFEST)
    classes: ClassVar[dict[str, DataClass]] = OfTraveller.classes | {
        "minute": DataClass.INTERNAL,
        "condition": DataClass.WHEREABOUTS,
        "belongings": DataClass.WHEREABOUTS,
        "documents": DataClass.WHEREABOUTS,
        "medicines": DataClass.WHEREABOUTS,
        "corrects": DataClass.INTERNAL,
        "void": DataClass.INTERNAL,
        "reason": DataClass.WHEREABOUTS,
    }

    minute = models.ForeignKey(Minute, on_delete=models.PROTECT, related_name="lines")
    condition = SealedText(**OF_CHILD)  # how the child is, as all present saw it
    belongings = SealedText(**OF_CHILD)
    documents = SealedText(**OF_CHILD)
    medicines = SealedText(**OF_CHILD)  # which the child has with it
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    void = models.BooleanField(default=False)
    reason = SealedText(**OF_CHILD)  # of a correction

    objects = TravellersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["minute", "child"], name="child_in_a_minute_once"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(reason=b""),
                name="minute_corrected_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(void=False) | Q(corrects__isnull=False), name="void_is_a_correction"
            ),
            models.CheckConstraint(
                condition=Q(void=True)
                | ~Q(condition=b"") & ~Q(belongings=b"") & ~Q(documents=b"") & ~Q(medicines=b""),
                name="line_of_a_minute_is_whole",
            ),
        ]


class Meeting(OfTraveller):
    """That a child and its family met on the way, before it left the hospital."""

    behind: ClassVar[Behind] = Behind(keys=("operation_id",), permission=Permission.READ_MANIFEST)
    classes: ClassVar[dict[str, DataClass]] = OfTraveller.classes | {
        "operation": DataClass.INTERNAL,
        "met_on": DataClass.INTERNAL,
        "who": DataClass.IDENTITY,
        "words": DataClass.WHEREABOUTS,
    }

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="meetings")
    met_on = models.DateField()
    who = SealedText(**OF_CHILD)  # by name, and what they are to the child
    words = SealedText(**OF_CHILD)  # how it went, as the child said first of all

    objects = TravellersQuerySet.as_manager()

    class Meta:
        ordering = ["met_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(who=b""), name="meeting_is_with_somebody"),
        ]
