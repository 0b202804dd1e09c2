"""What is kept of a child's health. Nothing of it is changed, and all of it is sealed by one key.

What kind of thing a row tells of stands in its sealed part: that something was written about a
child's mind is itself for nobody else to know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from kinward.access.models import Compartment
from kinward.access.policy import Columns
from kinward.core.fields import SealedJSON, SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.health.models.words import Ended, Fit, Meeting, SharedFor
from kinward.people.models import Person, seen_by_kind

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import Purpose, User

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)
OF_CHILD: Final[dict[str, Any]] = {"subject": "child_id", "compartment": Compartment.HEALTH}


class HealthQuerySet(LedgerQuerySet[Row_co]):
    """Rows about health, narrowed step by step."""

    def visible_to(
        self, user: User, *, purpose: Purpose | None = None, at: datetime | None = None
    ) -> Self:
        """Keep those of children whose health is open to this account."""
        return seen_by_kind(self, user, purpose=purpose, at=at, kind="child__kind")


class OfHealth(AppendOnly):
    """A row about the health of one child."""

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
        max_length=20, choices=Compartment, default=Compartment.HEALTH, editable=False
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class Encounter(OfHealth):
    """A medic saw a child: on which occasion, when, where."""

    classes: ClassVar[dict[str, DataClass]] = OfHealth.classes | {
        "meeting": DataClass.INTERNAL,
        "seen_on": DataClass.INTERNAL,
        "place": DataClass.INTIMATE,
        "notes": DataClass.INTIMATE,
    }

    meeting = models.CharField(max_length=20, choices=Meeting)
    seen_on = models.DateField()
    place = SealedText(**OF_CHILD)
    notes = SealedText(**OF_CHILD)  # the medic's own; they stay here

    objects = HealthQuerySet.as_manager()

    class Meta:
        ordering = ["seen_on", "recorded_at", "id"]


class Entry(OfHealth):
    """One thing that was measured, given, found, noticed or planned.

    `said` holds its `kind`, a word of EntryKind, and what rules.entries says of that kind.
    """

    classes: ClassVar[dict[str, DataClass]] = OfHealth.classes | {
        "encounter": DataClass.INTERNAL,
        "said": DataClass.INTIMATE,
    }

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="entries")
    said = SealedJSON(shape=dict, **OF_CHILD)

    objects = HealthQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class EntryEnd(OfHealth):
    """An entry does not stand any more: it was written down wrongly, or what it plans is done."""

    classes: ClassVar[dict[str, DataClass]] = OfHealth.classes | {
        "entry": DataClass.INTERNAL,
        "ended": DataClass.INTERNAL,
        "words": DataClass.INTIMATE,
    }

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="end")
    ended = models.CharField(max_length=20, choices=Ended)
    words = SealedText(**OF_CHILD)

    objects = HealthQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=b""), name="entry_end_says_why"),
        ]


class FitnessStatement(OfHealth):
    """Whether a child may fly. What it says, but its grounds, is told to others as it is."""

    classes: ClassVar[dict[str, DataClass]] = OfHealth.classes | {
        "fit": DataClass.INTERNAL,
        "until": DataClass.INTERNAL,
        "needs": DataClass.INTIMATE,
        "grounds": DataClass.INTIMATE,
        "passed_on": DataClass.INTERNAL,
    }

    fit = models.CharField(max_length=20, choices=Fit)
    until = models.DateField(null=True)  # the last day on which it holds
    needs = SealedText(**OF_CHILD)  # what others do for the child, in plain words
    grounds = SealedText(**OF_CHILD)  # why; for medics alone
    passed_on = models.BooleanField()  # whether the journey followed when it was stated

    objects = HealthQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fit=Fit.NOT_FIT) | Q(until__isnull=False), name="fit_until_some_day"
            ),
            models.CheckConstraint(
                condition=~Q(fit=Fit.CONDITIONAL) | ~Q(needs=b""), name="conditions_are_said"
            ),
        ]


class Discharge(OfHealth):
    """A child left hospital: what was done, how care goes on, into whose hands it went."""

    classes: ClassVar[dict[str, DataClass]] = OfHealth.classes | {
        "left_on": DataClass.INTERNAL,
        "summary": DataClass.INTIMATE,
        "care": DataClass.INTIMATE,
        "handed_to": DataClass.INTIMATE,
        "passed_on": DataClass.INTERNAL,
    }

    left_on = models.DateField()
    summary = SealedText(**OF_CHILD)
    care = SealedText(**OF_CHILD)
    handed_to = SealedText(**OF_CHILD)
    passed_on = models.BooleanField()

    objects = HealthQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class Handout(OfHealth):
    """A summary of a child's health was handed out: what for, to whom, with its name or without."""

    classes: ClassVar[dict[str, DataClass]] = OfHealth.classes | {
        "shared_for": DataClass.INTERNAL,
        "recipient": DataClass.INTIMATE,
        "named": DataClass.INTERNAL,
        "digest": DataClass.INTERNAL,
    }

    shared_for = models.CharField(max_length=20, choices=SharedFor)
    recipient = SealedText(**OF_CHILD)
    named = models.BooleanField()
    digest = models.CharField(max_length=64)  # SHA-256 of the file, hexadecimal

    objects = HealthQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(recipient=b""), name="handout_names_a_recipient"),
        ]
