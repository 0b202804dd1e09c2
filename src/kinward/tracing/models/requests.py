"""Tracing requests, and who is sought in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.access.policy import Behind, Columns, visible
from kinward.access.rules import Permission
from kinward.core.fields import SealedText
from kinward.core.ids import reference
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models import GuardedRow, Person

if TYPE_CHECKING:
    from kinward.access.models import User


class Relation(models.TextChoices):
    """What the sought person is to the enquirer."""

    CHILD = "child", _("son or daughter")
    SONS_CHILD = "sons_child", _("child of a son")
    DAUGHTERS_CHILD = "daughters_child", _("child of a daughter")
    GRANDCHILD = "grandchild", _("grandchild, through whom is not told")
    BROTHERS_CHILD = "brothers_child", _("child of a brother")
    SISTERS_CHILD = "sisters_child", _("child of a sister")
    NIBLING = "nibling", _("nephew or niece, through whom is not told")
    SIBLING = "sibling", _("brother or sister")
    COUSIN = "cousin", _("cousin")
    OTHER_RELATIVE = "other_relative", _("another relative")
    NO_RELATIVE = "no_relative", _("not a relative")


class Through(models.TextChoices):
    """Who speaks for the relative. Some fear to be accused themselves and give no name."""

    SELF = "self", _("the relative asks")
    ANONYMOUS = "anonymous", _("the relative asks and gives no name")
    LAWYER = "lawyer", _("a lawyer asks for the relative")
    ORGANISATION = "organisation", _("an organisation asks for the relative")


FOR_ANOTHER: Final = (Through.LAWYER, Through.ORGANISATION)


class RequestQuerySet(LedgerQuerySet["Request"]):
    """Requests, narrowed step by step."""

    def visible_to(self, user: User) -> Self:
        """Keep those this account may know of: its own, its region's, or all."""
        return visible(self, actor=user, operation=Permission.SEE_REQUESTS)


class Request(GuardedRow):
    """A relative asks for one or several people. What they told stays in their words."""

    reached_by: ClassVar[Columns] = Columns(
        by="taken_by_id", kind="'request'", seen_with={Permission.SEE_REQUESTS: ["request"]}
    )
    classes: ClassVar[dict[str, DataClass]] = GuardedRow.classes | {
        "reference": DataClass.INTERNAL,
        "enquirer": DataClass.INTERNAL,
        "told": DataClass.IDENTITY,
        "through": DataClass.INTERNAL,
        "through_whom": DataClass.IDENTITY,
        "language": DataClass.INTERNAL,
        "region": DataClass.INTERNAL,
        "taken_by": DataClass.INTERNAL,
        "taken_at": DataClass.INTERNAL,
    }

    reference = models.CharField(max_length=20, unique=True, editable=False)
    enquirer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    told = SealedText(subject="pk", compartment=Compartment.IDENTITY)
    language = models.CharField(max_length=35, blank=True)  # BCP 47, of what was told
    through = models.CharField(max_length=20, choices=Through, default=Through.SELF)
    through_whom = SealedText(subject="pk", compartment=Compartment.IDENTITY)
    region = models.CharField(max_length=40, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField()

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_at", "-id"]
        indexes = [
            models.Index(fields=["region", "taken_at"], name="request_of_region"),
            models.Index(fields=["-taken_at", "-id"], name="request_newest_first"),
        ]

    def save(self, **options: Any) -> None:
        """Store a new request under a reference of its own."""
        self.reference = self.reference or reference("R", self.id)
        super().save(**options)


class Sought(AppendOnly):
    """One person asked for in a request."""

    behind: ClassVar[Behind] = Behind(keys=("request_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "request": DataClass.INTERNAL,
        "person": DataClass.INTERNAL,
        "relation": DataClass.IDENTITY,
    }

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="sought")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="sought")
    relation = models.CharField(max_length=20, choices=Relation)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
