"""What was done to find somebody, and that the search for them ended. Both append-only."""

from __future__ import annotations

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.access.policy import Behind
from kinward.core.fields import SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models import Person

OF_PERSON: Final = {"subject": "person_id", "compartment": Compartment.FAMILY}


class Done(models.TextChoices):
    """What was done to find somebody."""

    RELATIVES = "relatives", _("relatives or neighbours were asked")
    CUSTODIAN = "custodian", _("who looks after children there was asked")
    AUTHORITY = "authority", _("an authority was asked")
    ORGANISATION = "organisation", _("another organisation was asked")
    LIST = "list", _("a list was searched")
    PLACE = "place", _("somebody went there")
    OTHER = "other", _("something else")


class Outcome(models.TextChoices):
    """What came of it."""

    WAITING = "waiting", _("no answer yet")
    LEAD = "lead", _("a lead to follow")
    NOTHING = "nothing", _("nothing was found")
    REFUSED = "refused", _("it was refused")
    IMPOSSIBLE = "impossible", _("it could not be done")


class TracingAction(AppendOnly):
    """One thing done to find a child's family, or a person who is sought; or what came of it."""

    behind: ClassVar[Behind] = Behind(keys=("person_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "person": DataClass.INTERNAL,
        "follows": DataClass.INTERNAL,
        "done": DataClass.INTERNAL,
        "done_on": DataClass.INTERNAL,
        "outcome": DataClass.INTERNAL,
        "words": DataClass.IDENTITY,
        "next_on": DataClass.INTERNAL,
        "recorded_by": DataClass.INTERNAL,
        "recorded_at": DataClass.INTERNAL,
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tracing_actions")
    # The action whose answer this is, or that it takes up again: that one waits no longer.
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="followed_by"
    )
    done = models.CharField(max_length=20, choices=Done)
    done_on = models.DateField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    words = SealedText(**OF_PERSON)  # who was asked, and what came of it
    next_on = models.DateField(null=True)  # when somebody looks after it again
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["done_on", "recorded_at", "id"]
        indexes = [models.Index(fields=["next_on"], name="action_looked_after_on")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="waiting") | Q(next_on__isnull=False),
                name="what_waits_is_looked_after",
            ),
        ]


class Ground(models.TextChoices):
    """Why nobody searches any more."""

    EXHAUSTED = "exhausted", _("everything that could be tried was tried")
    WITHDRAWN = "withdrawn", _("who asked no longer wants it")
    REPEATED = "repeated", _("another request asks for the same person")
    UNREACHABLE = "unreachable", _("who asked can no longer be reached")
    ELSEWHERE = "elsewhere", _("the family found each other without the programme")
    DIED = "died", _("the person has died")


class Plan(models.TextChoices):
    """What care a child is to have whose family was not found."""

    KIN = "kin", _("with relatives further away")
    FAMILY = "family", _("with another family")
    HOME = "home", _("in a home for children, for the time being")
    OWN = "own", _("on their own, with somebody to turn to")


class Ending(AppendOnly):
    """The search for somebody ended, or began again. It says nothing about any other search."""

    behind: ClassVar[Behind] = Behind(keys=("person_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "person": DataClass.INTERNAL,
        "reopens": DataClass.INTERNAL,
        "ground": DataClass.INTERNAL,
        "plan": DataClass.INTERNAL,
        "reason": DataClass.IDENTITY,
        "review_on": DataClass.INTERNAL,
        "ended_by": DataClass.INTERNAL,
        "ended_at": DataClass.INTERNAL,
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="endings")
    reopens = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reopened_by"
    )
    ground = models.CharField(max_length=20, choices=Ground, blank=True)
    plan = models.CharField(max_length=20, choices=Plan, blank=True)
    reason = SealedText(**OF_PERSON)
    review_on = models.DateField(null=True)  # when somebody looks at it again
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["ended_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reopens__isnull=True) & ~Q(ground="")
                | Q(reopens__isnull=False, ground="", plan=""),
                name="ending_has_a_ground",
            ),
            models.CheckConstraint(
                condition=~Q(ground="exhausted") | Q(review_on__isnull=False),
                name="exhausted_is_looked_at_again",
            ),
        ]
