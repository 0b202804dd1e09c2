"""What courts of both states were asked, what they decided, and what has to be done by when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.core.fields import SealedText
from kinward.core.models import DataClass
from kinward.legal.models.best import Heard
from kinward.legal.models.cases import OF_CHILD, OfCase, PapersQuerySet


class Seat(models.TextChoices):
    """Of which of the two states a court is."""

    HOST = "host", _("of the state where the child is")
    HOME = "home", _("of the child’s home state")


class Matter(models.TextChoices):
    """What a court is asked."""

    RELEASE = "release", _("that the child may go")
    RETURN = "return", _("that the state brings the child home")
    BIRTH = "birth", _("to register the birth")
    PARENTAGE = "parentage", _("whose child it is")
    NATIONALITY = "nationality", _("which nationality it has")
    GUARDIANSHIP = "guardianship", _("who is its guardian")
    AGE = "age", _("how old it is")
    NAME = "name", _("what it is called")


class Ruled(models.TextChoices):
    """What happened before a court."""

    FILED = "filed", _("filed")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    APPEALED = "appealed", _("appealed against")


class Owner(models.TextChoices):
    """Who has to do something."""

    HOME_STATE = "home_state", _("the home state")
    HOST_STATE = "host_state", _("the state where the child is")
    PROGRAMME = "programme", _("the programme")
    FAMILY = "family", _("the family")


class Proceeding(OfCase):
    """One matter before the courts of one state."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "seat": DataClass.INTERNAL,
        "matter": DataClass.INTERNAL,
        "court": DataClass.IDENTITY,
    }

    seat = models.CharField(max_length=20, choices=Seat)
    matter = models.CharField(max_length=20, choices=Matter)
    court = SealedText(**OF_CHILD)

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class CourtStep(OfCase):
    """What was filed or decided in a matter, in the order of its number."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "proceeding": DataClass.INTERNAL,
        "number": DataClass.INTERNAL,
        "ruled": DataClass.INTERNAL,
        "happened_on": DataClass.INTERNAL,
        "in_force_from": DataClass.INTERNAL,
        "in_force_until": DataClass.INTERNAL,
        "reference": DataClass.IDENTITY,
        "conditions": DataClass.IDENTITY,
        "heard": DataClass.INTERNAL,
        "view": DataClass.INTIMATE,
    }

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()  # 1, 2, 3 … of the matter
    ruled = models.CharField(max_length=20, choices=Ruled)
    happened_on = models.DateField()
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)  # the last day
    reference = SealedText(**OF_CHILD)  # under which number it is filed
    conditions = SealedText(**OF_CHILD)  # on which it is granted
    heard = models.CharField(max_length=20, choices=Heard, blank=True)  # "" before 0067
    view = SealedText(**OF_CHILD)  # the child’s own; or why it was not heard

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["proceeding", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding", "number"], name="court_step_numbered_once"
            ),
            models.CheckConstraint(
                condition=~Q(ruled="granted") | Q(in_force_from__isnull=False),
                name="what_is_granted_is_in_force_from_a_day",
            ),
        ]


class Duty(OfCase):
    """What a court ordered somebody to do by a day, and what each day after it costs."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "ordered": DataClass.INTERNAL,
        "owner": DataClass.INTERNAL,
        "words": DataClass.IDENTITY,
        "due_on": DataClass.INTERNAL,
        "per_day": DataClass.INTERNAL,
        "currency": DataClass.INTERNAL,
        "at_most": DataClass.INTERNAL,
    }

    ordered = models.ForeignKey(CourtStep, on_delete=models.PROTECT, related_name="duties")
    owner = models.CharField(max_length=20, choices=Owner)
    words = SealedText(**OF_CHILD)  # what has to be done
    due_on = models.DateField()  # the last day on which it costs nothing
    per_day = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # for this child
    currency = models.CharField(max_length=3, blank=True)  # ISO 4217
    at_most = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # for this child

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(per_day__isnull=True, at_most__isnull=True, currency="")
                | Q(per_day__gt=0) & ~Q(currency=""),
                name="penalty_has_a_currency",
            ),
        ]


class DutyDone(OfCase):
    """That what a court ordered was done, or need not be done any more."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "duty": DataClass.INTERNAL,
        "done_on": DataClass.INTERNAL,
        "evidence": DataClass.IDENTITY,
    }

    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="done")
    done_on = models.DateField()
    evidence = SealedText(**OF_CHILD)  # what shows it

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=b""), name="done_duty_is_shown"),
        ]
