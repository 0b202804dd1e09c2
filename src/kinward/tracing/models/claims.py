"""What two people decided between several claimants of one child. Append-only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kinward.access.models import Approval
from kinward.access.policy import Behind
from kinward.access.rules import Permission
from kinward.core.fields import JSONField
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models import Person


class Resolution(AppendOnly):
    """Whose family a child with several claimants is of, or that this is taken back.

    It counts once a second person has agreed: that, and the reason in words, stand in its approval,
    under a key that goes with each person it speaks of.
    """

    behind: ClassVar[Behind] = Behind(keys=("child_id",), permission=Permission.RESOLVE_CLAIMS)
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "child": DataClass.INTERNAL,
        "compared": DataClass.INTERNAL,
        "named": DataClass.IDENTITY,
        "takes_back": DataClass.INTERNAL,
        "approval": DataClass.INTERNAL,
    }

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="resolutions")
    compared = JSONField(default=list)  # ids of the sought people it is between
    named = JSONField(default=list)  # those of the family it names; none, where it is nobody's
    takes_back = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back_by"
    )
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="resolution")

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["approval__requested_at", "id"]
