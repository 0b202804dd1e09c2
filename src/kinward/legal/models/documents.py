"""Travel documents as they are printed, and what was found of them. Nothing of one is changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kinward.core.fields import SealedText
from kinward.core.models import DataClass
from kinward.legal.models.cases import OF_CHILD, OfCase, PapersQuerySet


class DocumentKind(models.TextChoices):
    """With what a child may cross a border."""

    PASSPORT = "passport", _("passport")
    RETURN = "return", _("certificate of return")
    LAISSEZ_PASSER = "laissez_passer", _("laissez-passer")
    EMERGENCY = "emergency", _("emergency travel document")
    TRAVEL = "travel", _("travel document of a refugee or a stateless person")
    CARD = "card", _("identity card")


class TravelDocument(OfCase):
    """A travel document as it is printed."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "kind": DataClass.INTERNAL,
        "issuer": DataClass.INTERNAL,
        "number": DataClass.IDENTITY,
        "surname": DataClass.IDENTITY,
        "given": DataClass.IDENTITY,
        "zone": DataClass.IDENTITY,
        "valid_from": DataClass.INTERNAL,
        "valid_until": DataClass.INTERNAL,
        "replaces": DataClass.INTERNAL,
    }

    kind = models.CharField(max_length=20, choices=DocumentKind)
    issuer = models.CharField(max_length=3)  # a code of ICAO Doc 9303-3, section 5: "RUS"
    number = SealedText(**OF_CHILD)
    surname = SealedText(**OF_CHILD)  # as printed, letter by letter; "" if there is none
    given = SealedText(**OF_CHILD)  # likewise
    zone = SealedText(**OF_CHILD)  # the machine-readable lines as printed; "" if there are none
    valid_from = models.DateField()
    valid_until = models.DateField()  # the last day
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="document_ends_after_it_begins"
            ),
        ]


class Noted(models.TextChoices):
    """What was found of a travel document after it was recorded."""

    ERROR = "error", _("there is an error in what is printed")
    CANCELLED = "cancelled", _("it is cancelled, or lost")
    MISTYPED = "mistyped", _("it was typed wrongly here, and is recorded anew")


class DocumentNote(OfCase):
    """Why nobody may travel with a document, though it has not expired."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "document": DataClass.INTERNAL,
        "noted": DataClass.INTERNAL,
        "reason": DataClass.IDENTITY,
    }

    document = models.OneToOneField(TravelDocument, on_delete=models.PROTECT, related_name="note")
    noted = models.CharField(max_length=20, choices=Noted)
    reason = SealedText(**OF_CHILD)

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=b""), name="document_note_gives_a_reason"),
        ]


class NameCheck(OfCase):
    """The name of a child as it stands on a passenger list, held against its document."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "document": DataClass.INTERNAL,
        "surname": DataClass.IDENTITY,
        "given": DataClass.IDENTITY,
        "list_named": DataClass.INTERNAL,
    }

    document = models.ForeignKey(TravelDocument, on_delete=models.PROTECT, related_name="checks")
    surname = SealedText(**OF_CHILD)  # as it stands on the list
    given = SealedText(**OF_CHILD)
    list_named = models.CharField(max_length=80)  # which list, in which version

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class Flaw(models.TextChoices):
    """Where a document contradicts itself: what is printed, and its machine-readable lines."""

    FAULTY = "faulty", _("The machine-readable lines are not whole, or a check digit is wrong.")
    ISSUER = "issuer", _("The machine-readable lines name another issuer.")
    NUMBER = "number", _("The machine-readable lines have another number.")
    VALIDITY = "validity", _("The machine-readable lines end on another day.")
    NAME = "name", _("The machine-readable lines have another name.")


class Difference(models.TextChoices):
    """How the name on a passenger list differs from the one in a document."""

    SURNAME = "surname", _("The surname is another.")
    GIVEN = "given", _("The given names are others.")
    EXCHANGED = "exchanged", _("The surname stands where the given names should, and they there.")
