"""Photographs come after the texts, piece by piece, and are taken in once they are whole."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
from phone import AGREES
from PIL import Image

from kinward.core.ids import uuid7
from kinward.field.models import Arrived, Piece
from kinward.people.models import Attachment

pytestmark = pytest.mark.django_db
AGREED = [AGREES, AGREES | {"purpose": "photo", "giver": "mother"}]
PIECE = 20_000


@pytest.fixture
def picture():
    noise = Random(3).randbytes(120 * 90 * 3)  # noqa: S311 (a picture of nothing)
    made = BytesIO()
    Image.frombytes("RGB", (120, 90), noise).save(made, "JPEG", quality=90)
    return made.getvalue()


@pytest.fixture
def sent(sync, phone, picture):
    """A child whose photograph waits: its id, the sealed bytes and their digest."""
    photo = str(uuid7())
    entry = phone.child("Руслан", answers={"photo": photo}, consents=AGREED)
    (result,) = sync(phone, entry)
    assert result["state"] == "kept", result
    box, digest = phone.photo(picture, photo=photo, entry=entry["id"])
    return photo, box, digest


@pytest.fixture
def put(client, phone, amira):
    """Send a piece: put(sent, offset) answers with the offset that is here now."""

    def given(sent, offset, size=PIECE, *, digest=None):
        client.force_login(amira)
        photo, box, told = sent
        headers = {"Kinward-Device": phone.header, "Upload-Length": str(len(box))}
        return client.put(
            f"/field/api/photos/{photo}/{offset}",
            box[offset : offset + size],
            content_type="application/octet-stream",
            headers=headers | {"Upload-Digest": digest or told},
        )

    return given


def test_photograph_is_kept_once_it_is_whole(ask, phone, put, sent):
    _photo, box, _digest = sent
    offset = 0
    while offset < len(box):
        offset = int(put(sent, offset).headers["Upload-Offset"])

    attachment = Attachment.objects.get()
    assert (attachment.kind, attachment.agreed_by) == ("photo", "parent")
    assert Arrived.objects.get().attachment == attachment
    assert Piece.objects.count() == 0
    assert ask(phone, f"photos/{sent[0]}").headers["Upload-Offset"] == str(len(box))


def test_piece_that_was_cut_off_or_repeated_changes_nothing(ask, phone, put, sent):
    put(sent, 0)
    again = put(sent, 0)

    assert again.headers["Upload-Offset"] == str(min(PIECE, len(sent[1])))
    assert (
        ask(phone, f"photos/{sent[0]}").headers["Upload-Offset"] == again.headers["Upload-Offset"]
    )


def test_piece_that_leaves_a_gap_is_refused(put, sent):
    assert put(sent, 10).status_code == 409
    assert Piece.objects.count() == 0


def test_whole_that_is_not_what_was_announced_begins_anew(put, sent):
    answer = put(sent, 0, len(sent[1]), digest="A" * 43)

    assert answer.headers["Upload-Offset"] == "0"
    assert Attachment.objects.count() == 0


def test_photograph_nobody_spoke_of_is_not_there(ask, phone):
    assert ask(phone, f"photos/{uuid7()}").status_code == 404


def test_photograph_without_consent_is_refused_with_its_entry(sync, phone):
    (result,) = sync(phone, phone.child("Руслан", answers={"photo": str(uuid7())}))

    assert result["state"] == "refused"
    assert set(result["why"]) == {"photo"}


def test_what_is_no_picture_is_refused_in_words(put, sync, phone):
    photo = str(uuid7())
    entry = phone.child("Руслан", answers={"photo": photo}, consents=AGREED)
    sync(phone, entry)
    box, digest = phone.photo(b"<svg onload=x>", photo=photo, entry=entry["id"])

    put((photo, box, digest), 0)

    assert Attachment.objects.count() == 0
    assert Arrived.objects.get().why != ""
