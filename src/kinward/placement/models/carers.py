"""Who may care for a child, what was seen of their household, and what the region decided.

After the Guidelines for the Alternative Care of Children (UN General Assembly 64/142, 2010): a
relative before anybody else, the household seen before, the child heard, and nothing for good
before the authority of the region has said so.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kinward.casework.models import VerifiedKin
from kinward.core.fields import SealedText
from kinward.core.models import DataClass
from kinward.placement.models.homes import AT_HOME, HomesQuerySet, OfHome


class CarerKind(models.TextChoices):
    """What somebody who may care for a child is to it."""

    RELATIVE = "relative", _("a relative")
    KNOWN = "known", _("somebody the child knows well, no relative")
    FOSTER = "foster", _("a foster family")
    GROUP = "group", _("a small group home")


class Suits(models.TextChoices):
    """What is recommended once a household was seen."""

    YES = "yes", _("the child can live there")
    SUPPORTED = "supported", _("the child can live there, with support")
    NO = "no", _("the child cannot live there")


class Heard(models.TextChoices):
    """How the child’s view of the carer is known."""

    SAID = "said", _("the child said it")
    SHOWN = "shown", _("the child showed it: in play, drawing, behaviour")
    UNABLE = "unable", _("the child is too young, or cannot say")
    NOT_HEARD = "not_heard", _("the child was not heard")


class Met(models.TextChoices):
    """How a child and a carer met."""

    IN_PERSON = "in_person", _("in person")
    VIDEO = "video", _("by video")
    TELEPHONE = "telephone", _("by telephone")


class Act(models.TextChoices):
    """What the authority of the region decided on guardianship."""

    INTERIM = "interim", _("guardianship for the time being")
    PERMANENT = "permanent", _("guardianship for good")
    REFUSED = "refused", _("guardianship is refused")


class Unready(models.TextChoices):
    """Why a child may not move in with a carer yet."""

    NOT_SEEN = "not_seen", _("Nobody has seen the household yet.")
    UNFIT = "unfit", _("Whoever saw the household says that the child cannot live there.")
    NOT_MET = "not_met", _("The child and the carer have not met.")
    REFUSED = "refused", _("The region refused guardianship to this carer.")


class CarePlan(OfHome):
    """That no family was found that can care for a child, and how it is cared for instead."""

    classes: ClassVar[dict[str, DataClass]] = OfHome.classes | {
        "why": DataClass.WHEREABOUTS,
        "plan": DataClass.WHEREABOUTS,
        "view": DataClass.INTIMATE,
        "review_on": DataClass.INTERNAL,
    }

    why = SealedText(**AT_HOME)  # what was tried
    plan = SealedText(**AT_HOME)
    view = SealedText(**AT_HOME)  # the child's own
    review_on = models.DateField()

    objects = HomesQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class Carer(OfHome):
    """Somebody who may care for a child, in their own household."""

    classes: ClassVar[dict[str, DataClass]] = OfHome.classes | {
        "kind": DataClass.INTERNAL,
        "relation": DataClass.IDENTITY,
        "name": DataClass.IDENTITY,
        "address": DataClass.WHEREABOUTS,
        "why": DataClass.WHEREABOUTS,
        "for_now": DataClass.INTERNAL,
        "verified": DataClass.INTERNAL,
        "known_on": DataClass.INTERNAL,
    }

    kind = models.CharField(max_length=20, choices=CarerKind)
    relation = SealedText(**AT_HOME)  # a code of people.relations; of no relative empty
    name = SealedText(**AT_HOME)
    address = SealedText(**AT_HOME)  # and the safe way to reach them
    why = SealedText(**AT_HOME)  # they, and that they want to
    for_now = models.BooleanField()  # until somebody is found for good
    verified = models.ForeignKey(VerifiedKin, on_delete=models.PROTECT, null=True, related_name="+")
    known_on = models.DateField(null=True)  # that they may; none: since it was recorded

    objects = HomesQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=CarerKind.RELATIVE) ^ Q(relation=b""),
                name="relative_says_which",
            ),
        ]


class Household(OfHome):
    """What was seen of a household: who lives there, what was looked at, what is recommended."""

    classes: ClassVar[dict[str, DataClass]] = OfHome.classes | {
        "carer": DataClass.INTERNAL,
        "seen_on": DataClass.INTERNAL,
        "lives_there": DataClass.WHEREABOUTS,
        "looked_at": DataClass.WHEREABOUTS,
        "suits": DataClass.INTERNAL,
        "why": DataClass.WHEREABOUTS,
    }

    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="households")
    seen_on = models.DateField()
    lives_there = SealedText(**AT_HOME)
    looked_at = SealedText(**AT_HOME)
    suits = models.CharField(max_length=20, choices=Suits)
    why = SealedText(**AT_HOME)

    objects = HomesQuerySet.as_manager()

    class Meta:
        ordering = ["seen_on", "id"]


class Meeting(OfHome):
    """That a child met a carer, and what the child says of it."""

    classes: ClassVar[dict[str, DataClass]] = OfHome.classes | {
        "carer": DataClass.INTERNAL,
        "met_on": DataClass.INTERNAL,
        "how": DataClass.INTERNAL,
        "heard": DataClass.INTERNAL,
        "view": DataClass.INTIMATE,
    }

    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="meetings")
    met_on = models.DateField()
    how = models.CharField(max_length=20, choices=Met)
    heard = models.CharField(max_length=20, choices=Heard)
    view = SealedText(**AT_HOME)  # in the child's words; or why it was not heard

    objects = HomesQuerySet.as_manager()

    class Meta:
        ordering = ["met_on", "id"]


class Guardianship(OfHome):
    """What the authority of the region decided on a carer."""

    classes: ClassVar[dict[str, DataClass]] = OfHome.classes | {
        "carer": DataClass.INTERNAL,
        "act": DataClass.INTERNAL,
        "authority": DataClass.WHEREABOUTS,
        "reference": DataClass.IDENTITY,
        "decided_on": DataClass.INTERNAL,
        "holds_from": DataClass.INTERNAL,
        "holds_until": DataClass.INTERNAL,
        "reason": DataClass.WHEREABOUTS,
    }

    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=20, choices=Act)
    authority = SealedText(**AT_HOME)
    reference = SealedText(**AT_HOME)  # under which number it is filed
    decided_on = models.DateField()
    holds_from = models.DateField(null=True)
    holds_until = models.DateField(null=True)  # the last day
    reason = SealedText(**AT_HOME)

    objects = HomesQuerySet.as_manager()

    class Meta:
        ordering = ["decided_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(act=Act.INTERIM)
                | Q(holds_until__isnull=False, holds_until__gte=F("holds_from")),
                name="guardianship_for_now_runs_out",
            ),
        ]
