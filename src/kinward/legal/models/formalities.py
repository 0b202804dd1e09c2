"""Translations, apostilles and legalisation of a paper, and the registration of a birth."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.core.fields import SealedText
from kinward.core.models import DataClass
from kinward.legal.models.cases import OF_CHILD, OfCase, PapersQuerySet
from kinward.legal.models.courts import CourtStep
from kinward.legal.models.documents import TravelDocument
from kinward.legal.models.evidence import EvidenceItem


class FormalityKind(models.TextChoices):
    """What a paper needs before another state accepts it."""

    TRANSLATION = "translation", _("a certified translation")
    APOSTILLE = "apostille", _("an apostille")
    CONSULAR = "consular", _("legalisation by a consul")


class Legalised(models.TextChoices):
    """How papers of one state are accepted in another."""

    NONE = "none", _("nothing is needed")
    APOSTILLE = "apostille", _("an apostille")
    CONSULAR = "consular", _("legalisation by a consul")
    UNKNOWN = "unknown", _("not known: ask the authority")


class Formality(OfCase):
    """What one paper of a child needs, for which state, by when."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "kind": DataClass.INTERNAL,
        "document": DataClass.INTERNAL,
        "ruling": DataClass.INTERNAL,
        "item": DataClass.INTERNAL,
        "issued_in": DataClass.INTERNAL,
        "used_in": DataClass.INTERNAL,
        "language": DataClass.INTERNAL,
        "due_on": DataClass.INTERNAL,
    }

    kind = models.CharField(max_length=20, choices=FormalityKind)
    document = models.ForeignKey(
        TravelDocument, on_delete=models.PROTECT, null=True, related_name="formalities"
    )
    ruling = models.ForeignKey(
        CourtStep, on_delete=models.PROTECT, null=True, related_name="formalities"
    )
    item = models.ForeignKey(
        EvidenceItem, on_delete=models.PROTECT, null=True, related_name="formalities"
    )
    issued_in = models.CharField(max_length=2)  # ISO 3166-1
    used_in = models.CharField(max_length=2)
    language = models.CharField(max_length=35, blank=True)  # BCP 47, into which it is translated
    due_on = models.DateField()  # the last day

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, ruling__isnull=True, item__isnull=True)
                | Q(document__isnull=True, ruling__isnull=False, item__isnull=True)
                | Q(document__isnull=True, ruling__isnull=True, item__isnull=False),
                name="formality_of_one_paper",
            ),
            models.CheckConstraint(
                condition=(Q(kind="translation") & ~Q(language=""))
                | (~Q(kind="translation") & Q(language="")),
                name="translation_into_a_language",
            ),
        ]


class Progress(models.TextChoices):
    """How far a translation, an apostille or a legalisation is."""

    ORDERED = "ordered", _("ordered")
    DONE = "done", _("it is done")
    DROPPED = "dropped", _("not needed any more")


class FormalityStep(OfCase):
    """That it was ordered, that it is done, or that it is not needed any more."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "formality": DataClass.INTERNAL,
        "number": DataClass.INTERNAL,
        "progress": DataClass.INTERNAL,
        "done_by": DataClass.IDENTITY,
        "happened_on": DataClass.INTERNAL,
    }

    formality = models.ForeignKey(Formality, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()  # 1, 2 … of the formality
    progress = models.CharField(max_length=20, choices=Progress)
    done_by = SealedText(**OF_CHILD)  # the translator, the authority; or why it is not needed
    happened_on = models.DateField()

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["formality", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["formality", "number"], name="formality_step_numbered_once"
            ),
            models.CheckConstraint(condition=~Q(done_by=b""), name="formality_step_says_by_whom"),
        ]


class Registered(models.TextChoices):
    """How far the registration of a birth is."""

    FILED = "filed", _("applied for")
    REGISTERED = "registered", _("entered in the register")
    REFUSED = "refused", _("refused")


class BirthRegistration(OfCase):
    """What happened on the way of a birth into the register of a state."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "number": DataClass.INTERNAL,
        "country": DataClass.INTERNAL,
        "registered": DataClass.INTERNAL,
        "authority": DataClass.IDENTITY,
        "entry": DataClass.IDENTITY,
        "happened_on": DataClass.INTERNAL,
    }

    number = models.PositiveIntegerField()  # 1, 2, 3 … of the child
    country = models.CharField(max_length=2)  # ISO 3166-1
    registered = models.CharField(max_length=20, choices=Registered)
    authority = SealedText(**OF_CHILD)
    entry = SealedText(**OF_CHILD)  # under which number; or why it was refused
    happened_on = models.DateField()

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["child", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "number"], name="birth_registration_numbered_once"
            ),
            models.CheckConstraint(
                condition=~Q(authority=b"") & ~Q(entry=b""), name="birth_is_registered_somewhere"
            ),
        ]
