"""Contact with the mother, and what a child has to be told of, by whom.

Where a mother is held is a place and a contact, and the day from which she may be free is what
somebody told on a day. Nothing is kept of why she is held.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.core.fields import SealedText
from kinward.core.models import DataClass
from kinward.placement.models.homes import HomesQuerySet, OfHome

OF_FAMILY: Final[dict[str, Any]] = {"subject": "child_id", "compartment": Compartment.FAMILY}


class ContactBy(models.TextChoices):
    """How a child and its mother are in contact."""

    LETTER = "letter", _("letters and drawings")
    CALL = "call", _("telephone or video")
    VISIT = "visit", _("visits")
    NONE = "none", _("none for now")


class News(models.TextChoices):
    """What a child has to be told of."""

    MOTHER_MOVED = "mother_moved", _("the mother is somewhere else")
    MOTHER_FREE = "mother_free", _("the mother is free, or will be")
    DEATH = "death", _("somebody of the family died")
    FAMILY = "family", _("a new marriage, brother or sister in the family")
    SIBLING = "sibling", _("where a brother or sister lives")
    DECISION = "decision", _("what was decided about the child")
    OTHER = "other", _("something else")


class OfFamily(OfHome):
    """A row about a child's family, kept where the family is."""

    compartment = models.CharField(
        max_length=20, choices=Compartment, default=Compartment.FAMILY, editable=False
    )

    class Meta:
        abstract = True


class ContactPlan(OfFamily):
    """How a child and its mother stay in contact. A later plan stands in place of one before."""

    classes: ClassVar[dict[str, DataClass]] = OfFamily.classes | {
        "held_at": DataClass.WHEREABOUTS,
        "way": DataClass.INTERNAL,
        "agreed": DataClass.WHEREABOUTS,
        "view": DataClass.INTIMATE,
        "next_on": DataClass.INTERNAL,
        "free_on": DataClass.INTERNAL,
        "told_by": DataClass.IDENTITY,
        "as_of": DataClass.INTERNAL,
    }

    held_at = SealedText(**OF_FAMILY)  # where the mother is, and how she is reached
    way = models.CharField(max_length=20, choices=ContactBy)
    agreed = SealedText(**OF_FAMILY)  # how often, through whom, who is there
    view = SealedText(**OF_FAMILY)  # what the child wants
    next_on = models.DateField(null=True)  # of the next contact
    free_on = models.DateField(null=True)  # from when on the mother may be free
    told_by = SealedText(**OF_FAMILY)  # who told that day
    as_of = models.DateField(null=True)  # and when it was true

    objects = HomesQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(free_on__isnull=True) | (Q(as_of__isnull=False) & ~Q(told_by=b"")),
                name="day_the_mother_may_be_free_was_told",
            ),
        ]


class Contact(OfFamily):
    """That a child and its mother were in contact, or why they were not."""

    classes: ClassVar[dict[str, DataClass]] = OfFamily.classes | {
        "plan": DataClass.INTERNAL,
        "on": DataClass.INTERNAL,
        "took_place": DataClass.INTERNAL,
        "words": DataClass.INTIMATE,
        "next_on": DataClass.INTERNAL,
    }

    plan = models.ForeignKey(ContactPlan, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField()
    took_place = models.BooleanField()
    words = SealedText(**OF_FAMILY)  # how the child was before and after; or why not
    next_on = models.DateField(null=True)

    objects = HomesQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]


class ToTell(OfFamily):
    """Something a child has to be told of: by whom, and by which day."""

    classes: ClassVar[dict[str, DataClass]] = OfFamily.classes | {
        "news": DataClass.IDENTITY,
        "words": DataClass.INTIMATE,
        "by_whom": DataClass.IDENTITY,
        "by_day": DataClass.INTERNAL,
    }

    news = SealedText(choices=News, **OF_FAMILY)
    words = SealedText(**OF_FAMILY)  # what, in words for the child
    by_whom = SealedText(**OF_FAMILY)  # somebody the child trusts, and who is with them
    by_day = models.DateField()

    objects = HomesQuerySet.as_manager()

    class Meta:
        ordering = ["by_day", "id"]


class Told(OfFamily):
    """That a child was told, and how it took it."""

    classes: ClassVar[dict[str, DataClass]] = OfFamily.classes | {
        "of": DataClass.INTERNAL,
        "told_on": DataClass.INTERNAL,
        "words": DataClass.INTIMATE,
    }

    of = models.OneToOneField(ToTell, on_delete=models.PROTECT, related_name="told")
    told_on = models.DateField()
    words = SealedText(**OF_FAMILY)  # by whom, how the child took it, what it asks

    objects = HomesQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
