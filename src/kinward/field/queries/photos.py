"""Photographs on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kinward.core.errors import NotFound
from kinward.field.models import Arrived, Photo, Piece

if TYPE_CHECKING:
    from uuid import UUID

    from kinward.access.models import User


def has_arrived(photo: Photo) -> int:
    """How many sealed bytes of a photograph are here."""
    whole = Arrived.objects.filter(photo=photo).first()
    if whole is not None:
        return whole.length
    return sum(len(each.content) for each in Piece.objects.filter(photo=photo))


def expected_photo(key: UUID, *, user: User) -> Photo:
    """A photograph that the phones of an account may send.

    Raises:
        NotFound: no entry of theirs spoke of it.
    """
    photo = Photo.objects.filter(pk=key, device__account=user).first()
    if photo is None:
        raise NotFound(_("No entry that was kept speaks of this photograph."))
    return photo
