"""Photographs and files about a person; their content lies sealed elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.access.policy import Behind, Columns
from kinward.core.fields import SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models.persons import Person, seen_by_kind

if TYPE_CHECKING:
    from kinward.access.models import User


class FileKind(models.TextChoices):
    """What a file is of."""

    PHOTO = "photo", _("photograph of the child")
    DOCUMENT = "document", _("document")
    AUDIO = "audio", _("sound recording")
    OTHER = "other", _("something else")


# A face is kept as closely as a whereabouts; documents and recordings may prove who is whose.
COMPARTMENT_OF_FILE = {
    FileKind.PHOTO: Compartment.LOCATION,
    FileKind.DOCUMENT: Compartment.EVIDENCE,
    FileKind.AUDIO: Compartment.EVIDENCE,
    FileKind.OTHER: Compartment.EVIDENCE,
}


class AgreedBy(models.TextChoices):
    """Who agreed that a file is kept."""

    CHILD = "child", _("the child")
    PARENT = "parent", _("the mother or father")
    GUARDIAN = "guardian", _("whoever answers for the child")
    NOBODY = "nobody", _("nobody could be asked")


class AttachmentQuerySet(LedgerQuerySet["Attachment"]):
    """Files, narrowed step by step."""

    def visible_to(self, user: User) -> Self:
        """Keep those this account may open: about whom it may know of, in what is open of them."""
        return seen_by_kind(self, user, purpose=None, at=None, kind="person__kind")

    def standing(self) -> Self:
        """Keep what was not withdrawn."""
        return self.filter(withdrawal__isnull=True)


class Attachment(AppendOnly):
    """A photograph or file about a person. Its content lies sealed in files of its own."""

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
        "media_type": DataClass.INTERNAL,
        "size": DataClass.INTERNAL,
        "digest": DataClass.INTERNAL,
        "stored_as": DataClass.INTERNAL,
        "thumbnail_as": DataClass.INTERNAL,
        "caption": DataClass.EVIDENCE,
        "source": DataClass.IDENTITY,
        "agreed_by": DataClass.INTERNAL,
        "added_by": DataClass.INTERNAL,
        "added_at": DataClass.INTERNAL,
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=20, choices=FileKind)
    compartment = models.CharField(max_length=20, choices=Compartment)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes of the content, unsealed
    digest = models.CharField(max_length=64)  # HMAC-SHA256 of the content, in hexadecimals
    stored_as = models.UUIDField(unique=True)
    thumbnail_as = models.UUIDField(unique=True, null=True)
    caption = SealedText(subject="person_id", compartment_of="compartment")
    source = SealedText(subject="person_id", compartment_of="compartment")
    agreed_by = models.CharField(max_length=20, choices=AgreedBy)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-id"]


class Withdrawal(AppendOnly):
    """A file is shown to nobody any more. It stays on record that there was one, and why not."""

    behind: ClassVar[Behind] = Behind(keys=("attachment_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "attachment": DataClass.INTERNAL,
        "reason": DataClass.IDENTITY,
        "withdrawn_by": DataClass.INTERNAL,
        "withdrawn_at": DataClass.INTERNAL,
    }

    attachment = models.OneToOneField(
        Attachment, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = SealedText(subject="attachment.person_id", compartment=Compartment.IDENTITY)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()
