"""Documents made on paper about somebody: who asked for one, for whom, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Approval, Compartment, Purpose
from kinward.access.policy import Behind, Columns
from kinward.core.fields import JSONField, SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models.persons import Person, seen_by_kind

if TYPE_CHECKING:
    from kinward.access.models import User


class DocumentKind(models.TextChoices):
    """What is made on paper about a child. The rooms above say what it holds."""

    CONSENT = "consent", _("consent form")
    CASE_FILE = "case_file", _("case file")
    BEST_INTERESTS = "best_interests", _("best-interests report and decision")
    LETTER = "letter", _("letter")
    TRAVEL = "travel", _("travel document, as recorded")


class PrintoutQuerySet(LedgerQuerySet["Printout"]):
    """Documents that were asked for, narrowed step by step."""

    def visible_to(self, user: User) -> Self:
        """Keep those about whom this account may know, of what is open to it."""
        return seen_by_kind(self, user, purpose=None, at=None, kind="person__kind")


class Printout(AppendOnly):
    """Somebody asked for a document about a person, to give it to somebody named."""

    reached_by: ClassVar[Columns] = Columns(
        subject="person_id",
        by="person__registered_by_id",
        region="person__region",
        compartment="compartment",
    )
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "person": DataClass.INTERNAL,
        "kind": DataClass.INTERNAL,
        "compartment": DataClass.INTERNAL,
        "about": DataClass.INTERNAL,
        "language": DataClass.INTERNAL,
        "purpose": DataClass.INTERNAL,
        "recipient": DataClass.IDENTITY,
        "asked_by": DataClass.INTERNAL,
        "asked_at": DataClass.INTERNAL,
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="printouts")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    compartment = models.CharField(max_length=20, choices=Compartment)
    about = models.CharField(max_length=40)  # which of its kind: the id of a report, an answer …
    language = models.CharField(max_length=10)
    purpose = models.CharField(max_length=20, choices=Purpose)
    recipient = SealedText(subject="person_id", compartment_of="compartment")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()

    objects = PrintoutQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]


class PrintoutMade(AppendOnly):
    """The document is there: its file lies sealed elsewhere, and opens for who asked for it."""

    behind: ClassVar[Behind] = Behind(keys=("printout_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "printout": DataClass.INTERNAL,
        "version": DataClass.INTERNAL,
        "compartments": DataClass.INTERNAL,
        "code": DataClass.INTERNAL,
        "size": DataClass.INTERNAL,
        "digest": DataClass.INTERNAL,
        "stored_as": DataClass.INTERNAL,
        "made_at": DataClass.INTERNAL,
    }

    printout = models.OneToOneField(Printout, on_delete=models.PROTECT, related_name="made")
    version = models.CharField(max_length=40)  # of the words it is made with
    compartments = models.CharField(max_length=200)  # of which something may stand in it
    code = models.CharField(max_length=10, unique=True)  # of its core.Imprint
    size = models.PositiveIntegerField()  # bytes
    digest = models.CharField(max_length=64)  # HMAC-SHA256 of the file, in hexadecimals
    stored_as = models.UUIDField(unique=True)
    made_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()


class LetterVersion(AppendOnly):
    """What a letter says, in every language, from when a second person agreed to it."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "letter": DataClass.INTERNAL,
        "number": DataClass.INTERNAL,
        "name": DataClass.INTERNAL,
        "texts": DataClass.INTERNAL,
        "approval": DataClass.INTERNAL,
        "written_by": DataClass.INTERNAL,
        "written_at": DataClass.INTERNAL,
    }

    letter = models.UUIDField()  # the same for every version of one letter
    number = models.PositiveIntegerField()  # 1, 2, 3 … of the letter
    name = models.CharField(max_length=100)  # for those who choose it
    texts = JSONField()  # by language: {"subject": …, "body": …}; see letters.py
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="letter")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["letter", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="letter_numbered_once"),
        ]
