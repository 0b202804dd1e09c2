"""What a journey needs of a child's travel document, pushed down by the room that keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models

from kinward.access.models import Compartment
from kinward.access.policy import Columns
from kinward.core.fields import SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models import Person, seen_by_kind

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import Purpose, User

OF_CHILD: Final[dict[str, Any]] = {"subject": "child_id", "compartment": Compartment.MOVEMENT}


class DocumentInHandQuerySet(LedgerQuerySet["DocumentInHand"]):
    """Documents in hand, narrowed step by step."""

    def visible_to(
        self, user: User, *, purpose: Purpose | None = None, at: datetime | None = None
    ) -> Self:
        """Keep those of children this account may know of, where their journey is open to it."""
        return seen_by_kind(self, user, purpose=purpose, at=at, kind="child__kind")


class DocumentInHand(AppendOnly):
    """With which document a child travels, or that it has none any more; the last row stands."""

    reached_by: ClassVar[Columns] = Columns(
        subject="child_id",
        by="child__registered_by_id",
        region="child__region",
        compartment="compartment",
    )
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "child": DataClass.INTERNAL,
        "document": DataClass.INTERNAL,
        "usable": DataClass.INTERNAL,
        "kind": DataClass.INTERNAL,
        "issuer": DataClass.INTERNAL,
        "number": DataClass.IDENTITY,
        "surname": DataClass.IDENTITY,
        "given": DataClass.IDENTITY,
        "zone_surname": DataClass.IDENTITY,
        "zone_given": DataClass.IDENTITY,
        "valid_from": DataClass.INTERNAL,
        "valid_until": DataClass.INTERNAL,
        "compartment": DataClass.INTERNAL,
        "recorded_by": DataClass.INTERNAL,
        "recorded_at": DataClass.INTERNAL,
    }

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    document = models.UUIDField()  # in the room that keeps it
    usable = models.BooleanField()
    kind = models.CharField(max_length=20)  # a word of that room
    issuer = models.CharField(max_length=3)  # ICAO Doc 9303-3, section 5
    number = SealedText(**OF_CHILD)
    surname = SealedText(**OF_CHILD)  # as printed, letter by letter
    given = SealedText(**OF_CHILD)
    zone_surname = SealedText(**OF_CHILD)  # in the letters of a machine-readable zone
    zone_given = SealedText(**OF_CHILD)
    valid_from = models.DateField()
    valid_until = models.DateField()  # the last day
    compartment = models.CharField(
        max_length=20, choices=Compartment, default=Compartment.MOVEMENT, editable=False
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = DocumentInHandQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
