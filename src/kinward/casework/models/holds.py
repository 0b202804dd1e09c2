"""Holds: that somebody says a child may not go yet, what is said to it, and how it ended.

A hold is a claim of its owner, never a fact: who holds the child back, since when, what is to be
done next by whom, what shows it, who contests it, what was answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment, Role
from kinward.access.policy import Behind, Columns
from kinward.casework.models.steps import OF_CHILD
from kinward.core.fields import SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models import Person, seen_by_kind

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import Purpose, User


class HoldKind(models.TextChoices):
    """What a hold is about."""

    IDENTITY = "identity", _("who the child is")
    FAMILY = "family", _("whose child it is")
    DNA = "dna", _("a genetic test that is waited for")
    DOCUMENT = "document", _("a document that is missing or wrong")
    CONSENT = "consent", _("consent that is missing")
    COURT = "court", _("a decision of a court")
    CUSTODIAN = "custodian", _("whoever keeps the child does not let it go")
    CLEARANCE = "clearance", _("clearance to leave")
    CHILD = "child", _("the child does not want to go")
    RELATIVE = "relative", _("a relative does not agree")
    UNFIT = "unfit", _("whether the child may fly")
    CAPACITY = "capacity", _("seats or escorts")
    CARER = "carer", _("who receives the child")
    OTHER = "other", _("something else")


class Party(models.TextChoices):
    """Whose hold it is: who says that the child may not go yet."""

    HOST_STATE = "host_state", _("an authority of the state where the child is")
    HOST_COURT = "host_court", _("a court there")
    HOME_STATE = "home_state", _("an authority of the state of return")
    HOME_COURT = "home_court", _("a court of the state of return")
    CUSTODIAN = "custodian", _("whoever keeps the child")
    RELATIVE = "relative", _("a relative")
    CHILD = "child", _("the child")
    CARRIER = "carrier", _("whoever runs the flight")
    PROGRAMME = "programme", _("the programme itself")
    ORGANISATION = "organisation", _("another organisation")


class Added(models.TextChoices):
    """What is added to a hold later."""

    CONTESTED = "contested", _("contested")
    REPLY = "reply", _("answered by its owner")
    EVIDENCE = "evidence", _("further evidence")
    NEXT = "next", _("what is to be done next")
    ENDED = "ended", _("ended")


class HoldEnded(models.TextChoices):
    """How a hold ended."""

    LIFTED = "lifted", _("its owner lets the child go")
    OVERCOME = "overcome", _("what it was about is settled")
    OVERRULED = "overruled", _("a higher decision overrules it")
    MISTAKEN = "mistaken", _("it was recorded by mistake")


class HoldQuerySet(LedgerQuerySet["Hold"]):
    """Holds, narrowed step by step."""

    def visible_to(
        self, user: User, *, purpose: Purpose | None = None, at: datetime | None = None
    ) -> Self:
        """Keep those of children this account may know of, in compartments open to it."""
        return seen_by_kind(self, user, purpose=purpose, at=at, kind="child__kind")

    def open(self) -> Self:
        """Keep those that nobody ended, of children who were not erased."""
        ended = HoldEntry.objects.filter(hold=models.OuterRef("pk"), what=Added.ENDED)
        return self.filter(~models.Exists(ended), child__erasure__isnull=True)


class Hold(AppendOnly):
    """That somebody says a child may not go yet."""

    reached_by: ClassVar[Columns] = Columns(
        subject="child_id",
        by="child__registered_by_id",
        region="child__region",
        compartment="compartment",
    )
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "child": DataClass.INTERNAL,
        "kind": DataClass.INTERNAL,
        "party": DataClass.INTERNAL,
        "owner": DataClass.IDENTITY,
        "told_by": DataClass.IDENTITY,
        "since": DataClass.INTERNAL,
        "claim": DataClass.WHEREABOUTS,
        "evidence": DataClass.WHEREABOUTS,
        "next_action": DataClass.WHEREABOUTS,
        "next_by": DataClass.INTERNAL,
        "next_on": DataClass.INTERNAL,
        "compartment": DataClass.INTERNAL,
        "recorded_by": DataClass.INTERNAL,
        "recorded_at": DataClass.INTERNAL,
    }

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="case_holds")
    kind = models.CharField(max_length=20, choices=HoldKind)
    party = models.CharField(max_length=20, choices=Party)
    owner = SealedText(**OF_CHILD)  # which authority, which court, who
    told_by = SealedText(**OF_CHILD)  # who told the programme so
    since = models.DateField()
    claim = SealedText(**OF_CHILD)  # what its owner says
    evidence = SealedText(**OF_CHILD)
    next_action = SealedText(**OF_CHILD)
    next_by = models.CharField(max_length=40, choices=Role)
    next_on = models.DateField()
    compartment = models.CharField(max_length=20, choices=Compartment)  # of the track it is on
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["since", "recorded_at", "id"]


class HoldEntry(AppendOnly):
    """What was added to a hold: contested, answered, shown, to be done next; or that it ended."""

    behind: ClassVar[Behind] = Behind(keys=("hold_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "hold": DataClass.INTERNAL,
        "what": DataClass.INTERNAL,
        "how": DataClass.INTERNAL,
        "words": DataClass.WHEREABOUTS,
        "next_by": DataClass.INTERNAL,
        "next_on": DataClass.INTERNAL,
        "compartment": DataClass.INTERNAL,
        "recorded_by": DataClass.INTERNAL,
        "recorded_at": DataClass.INTERNAL,
    }

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="entries")
    what = models.CharField(max_length=20, choices=Added)
    how = models.CharField(max_length=20, choices=HoldEnded, blank=True)
    words = SealedText(subject="hold.child_id", compartment_of="compartment")
    next_by = models.CharField(max_length=40, choices=Role, blank=True)
    next_on = models.DateField(null=True)
    compartment = models.CharField(max_length=20, choices=Compartment)  # that of the hold
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hold"], condition=Q(what="ended"), name="hold_ended_once"
            ),
            models.CheckConstraint(
                condition=Q(what="ended") & ~Q(how="") | ~Q(what="ended") & Q(how=""),
                name="ending_says_how",
            ),
            models.CheckConstraint(
                condition=Q(what="next", next_on__isnull=False) & ~Q(next_by="")
                | ~Q(what="next") & Q(next_on__isnull=True, next_by=""),
                name="next_says_who_and_when",
            ),
        ]
