"""What is best for a child: assessed, reported with its options, and decided by a panel.

After the UNHCR Best Interests Procedure Guidelines (2021): the panel has three members or more, and
whoever wrote the report does not decide on it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.core.fields import SealedJSON, SealedText
from kinward.core.models import DataClass
from kinward.legal.models.cases import OF_CHILD, OfCase, PapersQuerySet


class Heard(models.TextChoices):
    """How the child’s own view is known."""

    SAID = "said", _("the child said it")
    SHOWN = "shown", _("the child showed it: in play, drawing, behaviour")
    UNABLE = "unable", _("the child is too young, or cannot say")
    NOT_HEARD = "not_heard", _("the child was not heard")


class Opinion(models.TextChoices):
    """What a member of the panel, or the panel, says of a report."""

    APPROVES = "approves", _("approves what is recommended")
    DEFERS = "defers", _("asks for more before deciding")
    REJECTS = "not_approved", _("does not approve it")


class Assessment(OfCase):
    """What is best for a child as its case worker sees it on a day."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "heard": DataClass.INTERNAL,
        "view": DataClass.INTIMATE,
        "analysis": DataClass.INTIMATE,
        "recommends": DataClass.IDENTITY,
        "to_determine": DataClass.INTERNAL,
        "why": DataClass.IDENTITY,
        "review_on": DataClass.INTERNAL,
    }

    heard = models.CharField(max_length=20, choices=Heard)
    view = SealedText(**OF_CHILD)  # in the child's words; or why it was not heard
    analysis = SealedText(**OF_CHILD)  # safety, family, care, who the child is and belongs to
    recommends = SealedText(**OF_CHILD)
    to_determine = models.BooleanField()  # by a panel
    why = SealedText(**OF_CHILD)  # it has to be, or need not be
    review_on = models.DateField()

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class Report(OfCase):
    """What is laid before the panel; a later one stands in its place. Sealed by its digest."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "number": DataClass.INTERNAL,
        "heard": DataClass.INTERNAL,
        "view": DataClass.INTIMATE,
        "participants": DataClass.IDENTITY,
        "options": DataClass.INTIMATE,
        "recommends": DataClass.IDENTITY,
        "digest": DataClass.INTERNAL,
    }

    number = models.PositiveIntegerField()  # 1, 2, 3 … of the child
    heard = models.CharField(max_length=20, choices=Heard)
    view = SealedText(**OF_CHILD)
    participants = SealedText(**OF_CHILD)  # who was asked: what they are, a line each
    options = SealedJSON(shape=list, **OF_CHILD)  # keys: option, speaks_for, speaks_against
    recommends = SealedText(**OF_CHILD)
    digest = models.CharField(max_length=64)  # SHA-256 of what it says; see rules.digest

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["child", "number"]
        constraints = [
            models.UniqueConstraint(fields=["child", "number"], name="report_numbered_once"),
        ]


class PanelOpinion(OfCase):
    """What one member of the panel says of a report. `recorded_by` is the member."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "report": DataClass.INTERNAL,
        "opinion": DataClass.INTERNAL,
        "words": DataClass.IDENTITY,
    }

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="opinions")
    opinion = models.CharField(max_length=20, choices=Opinion)
    words = SealedText(**OF_CHILD)

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "recorded_by"], name="one_opinion_per_panel_member"
            ),
        ]


class PanelDecision(OfCase):
    """What the panel decided on a report, signed by the member who puts it down."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "report": DataClass.INTERNAL,
        "decision": DataClass.INTERNAL,
        "words": DataClass.IDENTITY,
        "review_on": DataClass.INTERNAL,
        "digest": DataClass.INTERNAL,
    }

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="decision")
    decision = models.CharField(max_length=20, choices=Opinion)
    words = SealedText(**OF_CHILD)
    review_on = models.DateField()
    digest = models.CharField(max_length=64)  # of the report's, every opinion and what is decided

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=b""), name="panel_gives_reasons"),
        ]


class Unready(models.TextChoices):
    """Why a panel may not decide yet."""

    WRITER = "writer", _("You wrote the report. Another person decides.")
    FEW = "few", _("Three members of the panel have to give their opinion first.")
    NO_MEMBER = "no_member", _("Give your own opinion first.")
    MINORITY = "minority", _("Most members of the panel do not say so.")
