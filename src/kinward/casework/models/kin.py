"""What tracing tells a case once a family is verified: whose child it is, and asked for together.

A case needs no more of it: who may become a carer, and which children are of one family.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Self

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

OF_BOTH: Final = {
    "subject": "child_id",
    "other": "relative_id",
    "compartment": Compartment.FAMILY,
}


class KinQuerySet(LedgerQuerySet["VerifiedKin"]):
    """What was told of verified families, narrowed step by step."""

    def visible_to(
        self, user: User, *, purpose: Purpose | None = None, at: datetime | None = None
    ) -> Self:
        """Keep those of children this account may know of, where their family is open to it."""
        return seen_by_kind(self, user, purpose=purpose, at=at, kind="child__kind")


class VerifiedKin(AppendOnly):
    """That a child is verified to be of a family, or is not any more. The last row counts.

    Children of the same `family` were asked for together.
    """

    reached_by: ClassVar[Columns] = Columns(
        subject="child_id",
        by="child__registered_by_id",
        region="child__region",
        compartment="compartment",
    )
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "child": DataClass.INTERNAL,
        "relative": DataClass.INTERNAL,
        "family": DataClass.INTERNAL,
        "relation": DataClass.IDENTITY,
        "names": DataClass.IDENTITY,
        "stands": DataClass.INTERNAL,
        "compartment": DataClass.INTERNAL,
        "told_by": DataClass.INTERNAL,
        "told_at": DataClass.INTERNAL,
    }

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")  # who asks
    family = models.UUIDField()
    relation = SealedText(**OF_BOTH)  # what the relative is: a code of RELATIONS
    names = SealedText(**OF_BOTH)  # as the relative wrote them
    stands = models.BooleanField()
    compartment = models.CharField(
        max_length=20, choices=Compartment, default=Compartment.FAMILY, editable=False
    )
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField()

    objects = KinQuerySet.as_manager()

    class Meta:
        ordering = ["told_at", "id"]
        indexes = [models.Index(fields=["family", "child"], name="children_of_a_family")]
