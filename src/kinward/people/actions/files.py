"""Keeping photographs and files about a person, and withdrawing them."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core import files
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.keys import secret_for
from kinward.core.sealing import seal
from kinward.core.versions import Conflict
from kinward.people.actions.consenting import locked
from kinward.people.models import COMPARTMENT_OF_FILE, Attachment, Withdrawal
from kinward.people.queries import place_of_file

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.core.intake import Taken
    from kinward.people.models import AgreedBy, FileKind, Person


class FileThereAlready(RuleBroken):
    """The same file stands with this person."""


class NoReason(RuleBroken):
    """Withdrawing needs a reason in words."""


@transaction.atomic
def attach_file(  # noqa: PLR0913 (what is known of a file)
    *,
    person: Person,
    kind: FileKind,
    taken: Taken,
    caption: str = "",
    source: str = "",
    agreed_by: AgreedBy,
    by: User,
    at: datetime,
) -> Attachment:
    """Keep a file that the intake has taken, sealed with the key of the person.

    Raises:
        NotAllowed: `by` may not add to what is known in that compartment.
        NotFound: `by` may not know of this person.
        WordsRefused: the caption or the source labels somebody, or holds what is never kept.
        FileThereAlready: the same file stands with this person.
    """
    compartment = COMPARTMENT_OF_FILE[kind]
    if not may(by, Permission.ADD_STATEMENT) or compartment not in open_compartments(by):
        raise NotAllowed(_("You may not add files."))
    refuse_words(caption, field="caption")
    refuse_words(source, field="source")
    person = locked(person, by=by, to=Permission.ADD_STATEMENT, at=at)
    digest = hmac.digest(secret_for("people.attachment"), taken.content, "sha256").hex()
    if person.attachments.standing().filter(digest=digest).exists():
        raise FileThereAlready(_("This file is there already."))
    attachment = Attachment(
        person=person,
        kind=kind,
        compartment=compartment,
        media_type=taken.media_type,
        size=len(taken.content),
        digest=digest,
        stored_as=uuid4(),
        thumbnail_as=uuid4() if taken.thumbnail else None,
        caption=caption.strip(),
        source=source.strip(),
        agreed_by=agreed_by,
        added_by=by,
        added_at=at,
    )
    # The files are on the disk before the row is: no row ever names a file that is not there.
    for name, content in _contents(attachment, taken).items():
        files.write(name, seal(content, **place_of_file(attachment, name)))
    attachment.save()
    record("people.attached", person, by=by, at=at, attachment=str(attachment.pk), file=kind)
    return attachment


def _contents(attachment: Attachment, taken: Taken) -> dict[UUID, bytes]:
    """Return what is to be stored of a file, by the name it is stored under."""
    stored = {attachment.stored_as: taken.content}
    if attachment.thumbnail_as:
        stored[attachment.thumbnail_as] = taken.thumbnail
    return stored


@transaction.atomic
def withdraw_file(*, attachment: Attachment, reason: str, by: User, at: datetime) -> Withdrawal:
    """Show a file to nobody any more.

    Raises:
        NotAllowed: `by` may not add to what is known in its compartment.
        NotFound: `by` may not know of the person.
        NoReason: the reason is blank.
        WordsRefused: the reason labels somebody, or holds what is never kept.
        Conflict: somebody withdrew it before.
    """
    open_to = open_compartments(by)
    if not may(by, Permission.ADD_STATEMENT) or attachment.compartment not in open_to:
        raise NotAllowed(_("You may not withdraw files."))
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    person = locked(attachment.person, by=by, to=Permission.ADD_STATEMENT, at=at)
    given = Withdrawal.objects.filter(attachment=attachment).select_related("withdrawn_by").first()
    if given:
        raise Conflict(
            _("This file has been withdrawn already."),
            by=given.withdrawn_by.get_full_name(),
            at=given.withdrawn_at,
        )
    withdrawal = Withdrawal.objects.create(
        attachment=attachment, reason=reason.strip(), withdrawn_by=by, withdrawn_at=at
    )
    record("people.withdrew_file", person, by=by, at=at, attachment=str(attachment.pk))
    return withdrawal
