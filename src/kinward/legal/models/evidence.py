"""What shows who a child is, whose, where it was born. Nothing of it is changed; it is noted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.core.fields import SealedText
from kinward.core.models import DataClass
from kinward.legal.models.cases import OF_CHILD, OfCase, PapersQuerySet


class Question(models.TextChoices):
    """What has to be shown of a child before anybody gives it papers."""

    IDENTITY = "identity", _("who the child is")
    BIRTH = "birth", _("when and where it was born")
    PARENTAGE = "parentage", _("whose child it is")
    NATIONALITY = "nationality", _("which nationality it has")
    MARRIAGE = "marriage", _("whether its parents are married")


class EvidenceKind(models.TextChoices):
    """What kind of evidence it is."""

    ORIGINAL = "original", _("an original document")
    CERTIFIED = "certified", _("a certified copy")
    COPY = "copy", _("a plain copy")
    WITNESS = "witness", _("what a witness states")
    HOSPITAL = "hospital", _("a record of a hospital or midwife")
    DNA = "dna", _("the result of a genetic test")


class Result(models.TextChoices):
    """What a laboratory concludes. Nothing else of a genetic test is kept."""

    SUPPORTS = "supports", _("supports it")
    EXCLUDES = "excludes", _("excludes it")
    INCONCLUSIVE = "inconclusive", _("settles nothing")


class Standard(models.TextChoices):
    """How much has to be shown; where each comes from stands in `data/proof.toml`."""

    REASONABLE = "reasonable", _("shown to a reasonable degree")
    BALANCE = "balance", _("more likely than not")
    CONVICTION = "conviction", _("to the court’s own conviction")
    FULL = "full", _("proved by the document the law names")


class EvidenceItem(OfCase):
    """One thing that shows something of a child, where it is, and how far it goes."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "question": DataClass.INTERNAL,
        "kind": DataClass.INTERNAL,
        "result": DataClass.INTERNAL,
        "shows": DataClass.IDENTITY,
        "issuer": DataClass.IDENTITY,
        "issued_on": DataClass.INTERNAL,
        "holder": DataClass.IDENTITY,
        "standard": DataClass.INTERNAL,
        "standard_by": DataClass.IDENTITY,
    }

    question = models.CharField(max_length=20, choices=Question)
    kind = models.CharField(max_length=20, choices=EvidenceKind)
    result = models.CharField(max_length=20, choices=Result, blank=True)  # of a genetic test
    shows = SealedText(**OF_CHILD)  # what it shows, in a few words
    issuer = SealedText(**OF_CHILD)  # or who states it
    issued_on = models.DateField(null=True)
    holder = SealedText(**OF_CHILD)  # who has it now
    standard = models.CharField(max_length=20, choices=Standard, blank=True)  # that it reaches
    standard_by = SealedText(**OF_CHILD)  # who says that it does

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="dna") & ~Q(result="") | ~Q(kind="dna") & Q(result=""),
                name="genetic_test_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(standard="", standard_by=b"") | (~Q(standard="") & ~Q(standard_by=b"")),
                name="somebody_says_the_standard_is_reached",
            ),
        ]


class EvidenceNoted(models.TextChoices):
    """What was said of a piece of evidence later."""

    CONTESTED = "contested", _("it is contested")
    ANSWERED = "answered", _("that was answered")
    WITHDRAWN = "withdrawn", _("it does not count any more")


class EvidenceNote(OfCase):
    """That evidence is contested, that this was answered, or that it does not count any more."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "item": DataClass.INTERNAL,
        "number": DataClass.INTERNAL,
        "noted": DataClass.INTERNAL,
        "said_by": DataClass.IDENTITY,
        "reason": DataClass.IDENTITY,
    }

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField()  # 1, 2, 3 … of the item
    noted = models.CharField(max_length=20, choices=EvidenceNoted)
    said_by = SealedText(**OF_CHILD)
    reason = SealedText(**OF_CHILD)

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="evidence_note_numbered_once"),
            models.CheckConstraint(
                condition=~Q(reason=b"") & ~Q(said_by=b""), name="evidence_note_says_who_and_why"
            ),
        ]
