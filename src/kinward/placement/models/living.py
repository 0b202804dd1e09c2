"""Where a child lives, how it is there, that it could not go on, and what is asked at the end."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.core.fields import SealedText
from kinward.core.models import DataClass
from kinward.placement.models.carers import Carer
from kinward.placement.models.homes import AT_HOME, HomesQuerySet, OfHome


class Where(models.TextChoices):
    """Where a visit was made."""

    HOME = "home", _("at home")
    SCHOOL = "school", _("at school or kindergarten")
    OFFICE = "office", _("at the office")
    TELEPHONE = "telephone", _("by telephone or video")


class Placed(OfHome):
    """That a child lives with a carer from a day on; or that this carer replaces another."""

    classes: ClassVar[dict[str, DataClass]] = OfHome.classes | {
        "carer": DataClass.INTERNAL,
        "moved_on": DataClass.INTERNAL,
        "siblings": DataClass.WHEREABOUTS,
        "arranged": DataClass.WHEREABOUTS,
        "replaces": DataClass.INTERNAL,
    }

    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="+")
    moved_on = models.DateField()
    siblings = SealedText(**AT_HOME)  # what shows that they live there too; empty: they do not
    arranged = SealedText(**AT_HOME)  # school, papers, money, who is called when it is hard
    replaces = models.OneToOneField(
        "placement.Breakdown", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )

    objects = HomesQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class Visit(OfHome):
    """A visit after a child moved in. Whether it was seen is the first thing that is asked."""

    classes: ClassVar[dict[str, DataClass]] = OfHome.classes | {
        "placed": DataClass.INTERNAL,
        "visited_on": DataClass.INTERNAL,
        "seen": DataClass.INTERNAL,
        "why_not": DataClass.WHEREABOUTS,
        "where": DataClass.INTERNAL,
        "changed": DataClass.WHEREABOUTS,
        "view": DataClass.INTIMATE,
        "settled": DataClass.INTERNAL,
        "next_on": DataClass.INTERNAL,
    }

    placed = models.ForeignKey(Placed, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    seen = models.BooleanField()
    why_not = SealedText(**AT_HOME)
    where = models.CharField(max_length=20, choices=Where)
    changed = SealedText(**AT_HOME)
    view = SealedText(**AT_HOME)  # what the child says itself
    settled = models.BooleanField()
    next_on = models.DateField()

    objects = HomesQuerySet.as_manager()

    class Meta:
        ordering = ["visited_on", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen=True, why_not=b"")
                | Q(seen=False, settled=False) & ~Q(why_not=b""),
                name="visit_says_why_the_child_was_not_seen",
            ),
        ]


class Breakdown(OfHome):
    """That it could not go on where a child lives, why, and where it is now."""

    classes: ClassVar[dict[str, DataClass]] = OfHome.classes | {
        "placed": DataClass.INTERNAL,
        "ended_on": DataClass.INTERNAL,
        "why": DataClass.WHEREABOUTS,
        "view": DataClass.INTIMATE,
        "now_at": DataClass.WHEREABOUTS,
    }

    placed = models.OneToOneField(Placed, on_delete=models.PROTECT, related_name="breakdown")
    ended_on = models.DateField()
    why = SealedText(**AT_HOME)
    view = SealedText(**AT_HOME)  # what the child says itself
    now_at = SealedText(**AT_HOME)  # where the child is tonight, and with whom

    objects = HomesQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class Asked(OfHome):
    """That a case be closed: what child and carer say of it, and how long the file is kept."""

    classes: ClassVar[dict[str, DataClass]] = OfHome.classes | {
        "placed": DataClass.INTERNAL,
        "child_says": DataClass.INTIMATE,
        "carer_says": DataClass.WHEREABOUTS,
        "feedback": DataClass.INTIMATE,
        "keep_until": DataClass.INTERNAL,
        "why": DataClass.WHEREABOUTS,
    }

    placed = models.ForeignKey(Placed, on_delete=models.PROTECT, related_name="+")
    child_says = SealedText(**AT_HOME)  # or why it was not asked
    carer_says = SealedText(**AT_HOME)  # likewise
    feedback = SealedText(**AT_HOME)  # how both were treated
    keep_until = models.DateField()
    why = SealedText(**AT_HOME)

    objects = HomesQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
