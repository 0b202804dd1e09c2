"""What two people judged of two records: of one child, of two, or that it is taken back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Approval
from kinward.access.policy import Behind
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models.persons import Person


class Found(models.TextChoices):
    """What was found of two records."""

    ONE_CHILD = "one_child", _("records of one child")
    TWO_CHILDREN = "two_children", _("records of two children")
    TAKEN_BACK = "taken_back", _("taken back")


class Merging(AppendOnly):
    """What two people agreed on about two records of children. Nothing is moved or copied.

    It is stored when the second person agrees. Who asked, and the reason in words, stand in its
    approval, under a key that goes with each of the two children. `first` was registered first.
    """

    behind: ClassVar[Behind] = Behind(keys=("first_id", "second_id"))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "first": DataClass.INTERNAL,
        "second": DataClass.INTERNAL,
        "found": DataClass.IDENTITY,
        "takes_back": DataClass.INTERNAL,
        "approval": DataClass.INTERNAL,
        "found_at": DataClass.INTERNAL,
    }

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    found = models.CharField(max_length=20, choices=Found)
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back_by"
    )
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="merging")
    found_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["found_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="merging_of_two_in_order"
            ),
            models.CheckConstraint(
                condition=Q(found=Found.TAKEN_BACK) ^ Q(takes_back__isnull=True),
                name="merging_taken_back_names_which",
            ),
        ]
