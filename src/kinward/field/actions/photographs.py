"""Photographs that follow the texts: expected, sent piece by piece, taken in once whole."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import KinwardError, NotAllowed, NotFound, RuleBroken
from kinward.core.intake import Refused, take_photo
from kinward.core.intake.words import WORDS as OF_INTAKE
from kinward.field import queries
from kinward.field.actions.refusing import WORDS, Unfit
from kinward.field.models import Arrived, Photo, Piece
from kinward.field.rules import LARGEST_PHOTO, LARGEST_PIECE, Wrong
from kinward.field.sealing import PHOTO, Unopened, opened
from kinward.people.actions import attach_file
from kinward.people.consents import Consent, ConsentPurpose, Giver, State
from kinward.people.models import AgreedBy, FileKind, Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from kinward.access.models import User
    from kinward.field.models import Device, Entry
    from kinward.people.rules import ConsentAnswer

AGREED: Final[Mapping[Giver, AgreedBy]] = {
    Giver.CHILD: AgreedBy.CHILD,
    Giver.MOTHER: AgreedBy.PARENT,
    Giver.GUARDIAN: AgreedBy.GUARDIAN,
}


class PieceUnfit(RuleBroken):
    """A piece does not go on where the photograph is, or is too large."""


class PieceTooLarge(KinwardError):
    """A piece, or a photograph, is larger than is taken."""

    status = 413
    title = gettext_lazy("This is too large")


def expect_photo(
    entry: Entry, person: Person, told: Any, consents: Iterable[ConsentAnswer]
) -> Photo | None:
    """Expect a photograph that an entry speaks of, if somebody agreed that it is kept.

    Raises:
        Unfit: nobody agreed, or it was sent with another entry.
    """
    if not told:
        return None
    try:
        photo_id = UUID(str(told))
    except ValueError as error:
        raise Unfit({"photo": str(WORDS[Wrong.UNREADABLE])}) from error
    before = Consent.objects.filter(subject=person).order_by("number")
    answers: list[Consent | ConsentAnswer] = [*before, *consents]
    last = {one.giver: one.state for one in answers if one.purpose == ConsentPurpose.PHOTO}
    agreed = [AGREED[Giver(who)] for who, state in last.items() if agrees(who, state)]
    if not agreed or {State.REFUSED, State.WITHDRAWN} & set(last.values()):
        raise Unfit({"photo": _("Nobody agreed that a photograph is kept.")})
    if Photo.objects.filter(pk=photo_id).exists():
        raise Unfit({"photo": _("This photograph was sent with another entry.")})
    return Photo.objects.create(
        id=photo_id, entry=entry, device=entry.device, person=person, agreed_by=agreed[0]
    )


def agrees(who: str, state: str) -> bool:
    """Tell whether an answer lets a photograph be kept."""
    return state == State.GIVEN and who in set(AGREED)


def has_arrived(photo: Photo) -> int:
    """Return how many sealed bytes of a photograph are here."""
    whole = Arrived.objects.filter(photo=photo).first()
    if whole is not None:
        return whole.length
    return sum(len(each.content) for each in Piece.objects.filter(photo=photo))


def expected_photo(key: UUID, *, device: Device) -> Photo:
    """Return a photograph that a phone may send.

    Raises:
        NotFound: no entry of an account's phones spoke of it.
    """
    photo = Photo.objects.filter(pk=key, device__account=device.account_id).first()
    if photo is None:
        raise NotFound(_("No entry that was kept speaks of this photograph."))
    return photo


@transaction.atomic
def take_piece(  # noqa: PLR0913 (a piece, where it belongs, and what the whole is like)
    *,
    photo: Photo,
    offset: int,
    content: bytes,
    length: int,
    digest: str,
    by: User,
    at: datetime,
) -> int:
    """Take a piece of a photograph; return how many of its bytes are here now.

    `length` and `digest` (base64url of SHA-256) are of the whole, sealed. Once all is here and
    agrees it is opened, drawn anew by the intake and kept with the child; a piece that came before
    changes nothing. Whole, and not what was announced: it begins anew.

    Raises:
        NotAllowed: `by` does not work with a phone.
        PieceTooLarge
        PieceUnfit: it does not go on where the photograph is, or the whole differs.
    """
    if not may(by, Permission.USE_DEVICE):
        raise NotAllowed(_("You may not work with a phone."))
    if len(content) > LARGEST_PIECE or length > LARGEST_PHOTO:
        raise PieceTooLarge(_("This photograph is too large."))
    photo = Photo.objects.select_for_update().get(pk=photo.pk)
    here = has_arrived(photo)
    if Arrived.objects.filter(photo=photo).exists() or offset + len(content) <= here:
        return here
    if offset != here or here + len(content) > length:
        raise PieceUnfit(_("This piece does not follow what is here. Ask how much is here."))
    Piece.objects.create(photo=photo, offset=offset, content=content)
    if here + len(content) < length:
        return here + len(content)
    box = b"".join(bytes(each.content) for each in Piece.objects.filter(photo=photo))
    Piece.objects.filter(photo=photo).delete()
    found = hashlib.sha256(box).digest()
    if digest_of(found) != digest.rstrip("="):
        return 0
    arrive(photo, box, found.hex(), by=by, at=at)
    return length


def digest_of(found: bytes) -> str:
    """Return a digest as a phone writes it."""
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode()


def arrive(photo: Photo, box: bytes, digest: str, *, by: User, at: datetime) -> Arrived:
    """Take a whole photograph in, or write down why not."""
    attachment, why = None, ""
    try:
        with transaction.atomic():
            attachment = attach_file(
                person=photo.person,
                kind=FileKind.PHOTO,
                taken=take_photo(plain_of(photo, box)),
                agreed_by=AgreedBy(photo.agreed_by),
                by=by,
                at=at,
            )
    except Unopened:
        why = _("This entry cannot be opened here.")
    except Refused as refused:
        why = str(OF_INTAKE[refused.why])
    except KinwardError as refusal:
        why = refusal.said
    made = Arrived.objects.create(
        photo=photo,
        length=len(box),
        digest=digest,
        attachment=attachment,
        why=why[:300],
        arrived_at=at,
    )
    record("field.took_photo", photo, by=by, at=at, kept=attachment is not None)
    return made


def plain_of(photo: Photo, box: bytes) -> bytes:
    """Open a photograph.

    Raises:
        Unopened: it was sealed to another server, or for another place.
    """
    place = "|".join((str(photo.pk), str(photo.entry.entry), str(photo.device_id)))
    return opened(box, info=PHOTO, bound_to=place, keys=queries.keys())
