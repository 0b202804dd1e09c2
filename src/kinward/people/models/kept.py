"""Views of lists that somebody keeps for themselves."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.access.policy import Behind
from kinward.core.models import DataClass, Record


class List(models.TextChoices):
    """A list that can be narrowed."""

    CHILDREN = "children", _("Children")
    MATCHES = "matches", _("Matches")
    REQUESTS = "requests", _("Requests")


class KeptView(Record):
    """How one account narrows and orders a list: choices, as an address says them. No name."""

    watched: ClassVar[bool] = False  # workings, not facts: the log need not tell of them
    may_go: ClassVar[bool] = True
    behind: ClassVar[Behind] = Behind(by="account_id")
    classes: ClassVar[dict[str, DataClass]] = Record.classes | {
        "account": DataClass.INTERNAL,
        "of": DataClass.INTERNAL,
        "said": DataClass.INTERNAL,
        "kept_at": DataClass.INTERNAL,
    }

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    of = models.CharField(max_length=20, choices=List)
    said = models.CharField(max_length=300)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["kept_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "of", "said"], name="view_is_kept_once"),
        ]
