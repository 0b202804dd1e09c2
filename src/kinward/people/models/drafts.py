"""What is typed in a sitting before anybody is registered: kept as it is typed, then gone."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.access.policy import Behind
from kinward.core.fields import SealedJSON, SealingQuerySet
from kinward.core.models import DataClass, Record


class DraftOf(models.TextChoices):
    """Whom a draft is about."""

    GROUP = "group", _("a group of children")
    CHILD = "child", _("one child")


class Draft(Record):
    """Whom one account is about to register, a group or a child; nobody else sees it."""

    watched: ClassVar[bool] = False  # workings, not facts: the log need not tell of them
    may_go: ClassVar[bool] = True
    behind: ClassVar[Behind] = Behind(by="typed_by_id")
    classes: ClassVar[dict[str, DataClass]] = Record.classes | {
        "of": DataClass.INTERNAL,
        "typed_by": DataClass.INTERNAL,
        "begun_at": DataClass.INTERNAL,
    }

    of = models.CharField(max_length=20, choices=DraftOf)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["-begun_at", "-id"]


class DraftPage(Record):
    """What stands on one page of a draft, right or wrong, as it was typed last."""

    watched: ClassVar[bool] = False  # workings, not facts: the log need not tell of them
    may_go: ClassVar[bool] = True
    behind: ClassVar[Behind] = Behind(keys=("draft_id",))
    classes: ClassVar[dict[str, DataClass]] = Record.classes | {
        "draft": DataClass.INTERNAL,
        "number": DataClass.INTERNAL,
        "typed": DataClass.EVIDENCE,
        "changed_at": DataClass.INTERNAL,
    }

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="pages")
    # Of a group 0: what holds for all, then 1, 2, 3 … a child. Of one child: a step (forms.steps).
    number = models.PositiveSmallIntegerField()
    typed = SealedJSON(subject="draft_id", compartment=Compartment.EVIDENCE)  # field to its values
    changed_at = models.DateTimeField()

    objects = SealingQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="one_page_of_a_number"),
        ]
