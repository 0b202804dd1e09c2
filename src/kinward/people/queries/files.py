"""Photographs and files on a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kinward.core import files
from kinward.core.sealing import unseal
from kinward.people.models import Attachment, AttachmentQuerySet, FileKind, Person

if TYPE_CHECKING:
    from uuid import UUID

    from kinward.access.models import User


def attachments_of(person: Person, *, user: User, withdrawn: bool = False) -> AttachmentQuerySet:
    """Files about a person in the compartments open to this account, last added first.

    Those that stand; to withdraw one also those that were `withdrawn` meanwhile. The person must
    come from a query that this account may see.
    """
    readable = Attachment.objects.visible_to(user)
    if not withdrawn:
        readable = readable.standing()
    return readable.filter(person=person).select_related("added_by")


def photograph_of(person: Person, *, user: User) -> Attachment | None:
    """The last photograph of a person that this account may open; None if there is none."""
    return attachments_of(person, user=user).filter(kind=FileKind.PHOTO).first()


def content_of(attachment: Attachment, *, small: bool = False) -> bytes:
    """The content of a file that this account may see; of a photograph also its thumbnail.

    Raises:
        FileMissing: the disk does not hold it.
        KeyDestroyed: the person has been erased.
        Forged: it was changed from outside.
    """
    name = attachment.thumbnail_as if small and attachment.thumbnail_as else attachment.stored_as
    return unseal(files.read(name), **place_of_file(attachment, name))


def place_of_file(attachment: Attachment, name: UUID) -> dict[str, Any]:
    """Whose key seals a file, and what it is bound to: moved elsewhere it cannot be opened."""
    return {
        "subject": attachment.person_id,
        "compartment": attachment.compartment,
        "bound_to": f"people_attachment|{name}|{attachment.pk}",
    }
