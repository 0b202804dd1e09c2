"""What every row about a child's home has in common: whose, by whom, and behind which wall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, TypeVar

from django.conf import settings
from django.db import models

from kinward.access.models import Compartment
from kinward.access.policy import Columns
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models import Person, seen_by_kind

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import Purpose, User

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)
AT_HOME: Final[dict[str, Any]] = {"subject": "child_id", "compartment": Compartment.LOCATION}


class HomesQuerySet(LedgerQuerySet[Row_co]):
    """Rows about homes, narrowed step by step."""

    def visible_to(
        self, user: User, *, purpose: Purpose | None = None, at: datetime | None = None
    ) -> Self:
        """Keep those of children this account may know of, where it may know where they live."""
        return seen_by_kind(self, user, purpose=purpose, at=at, kind="child__kind")


class OfHome(AppendOnly):
    """A row about the home of one child. A carer's data are kept as closely as the child's."""

    reached_by: ClassVar[Columns] = Columns(
        subject="child_id",
        by="child__registered_by_id",
        region="child__region",
        compartment="compartment",
    )
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "child": DataClass.INTERNAL,
        "compartment": DataClass.INTERNAL,
        "recorded_by": DataClass.INTERNAL,
        "recorded_at": DataClass.INTERNAL,
    }

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(
        max_length=20, choices=Compartment, default=Compartment.LOCATION, editable=False
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
