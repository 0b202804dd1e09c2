"""Photographs and files: taken, sealed, handed out to those who may see them, and withdrawn."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from reliability.mutating import CANARY, photographs

from kinward.access.models import Compartment, Role
from kinward.audit.models import Event
from kinward.core import files
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.files import FileMissing
from kinward.core.guarding import WordsRefused
from kinward.core.intake import Taken
from kinward.core.sealing import Forged
from kinward.people import actions, queries
from kinward.people.models import AgreedBy, Attachment, FileKind, Withdrawal

pytestmark = pytest.mark.django_db

PHOTO = Taken("image/jpeg", b"\xff\xd8 a face \xff\xd9", b"\xff\xd8 small \xff\xd9")
LETTER = Taken("application/pdf", b"%PDF-1.7 a letter")


@pytest.fixture
def child(make_child, registrar):
    return make_child(by=registrar)


@pytest.fixture
def attach(child, registrar, at):
    def make(taken=PHOTO, kind=FileKind.PHOTO, **known):
        known = {"agreed_by": AgreedBy.CHILD, "by": registrar, "person": child} | known
        return actions.attach_file(taken=taken, kind=kind, at=at, **known)

    return make


def address(name, attachment, **query):
    return reverse(f"people:{name}", args=[attachment.person_id, attachment.pk], query=query)


def sent(**typed):
    photo = SimpleUploadedFile("Ruslan Magomedov.png", photographs()["png"])
    return {
        "kind": "photo",
        "file": photo,
        "caption": "",
        "source": "",
        "agreed_by": "child",
    } | typed


# The ledger


def test_file_is_sealed_on_the_disk_and_can_be_read_back(attach):
    photo = attach()

    stored = [files.place_of(name).read_bytes() for name in (photo.stored_as, photo.thumbnail_as)]
    assert all(b"face" not in sealed and b"small" not in sealed for sealed in stored)
    assert queries.content_of(photo) == PHOTO.content
    assert queries.content_of(photo, small=True) == PHOTO.thumbnail


def test_file_lies_under_a_name_that_says_nothing(attach):
    photo = attach()

    place = files.place_of(photo.stored_as)
    assert place.name == photo.stored_as.hex
    assert photo.stored_as != photo.pk
    assert Path(settings.STATIC_ROOT) not in place.parents


@pytest.mark.parametrize(
    ("kind", "compartment"),
    [
        (FileKind.PHOTO, Compartment.LOCATION),
        (FileKind.DOCUMENT, Compartment.EVIDENCE),
        (FileKind.AUDIO, Compartment.EVIDENCE),
        (FileKind.OTHER, Compartment.EVIDENCE),
    ],
)
def test_file_stands_in_the_compartment_of_its_kind(attach, kind, compartment):
    assert attach(LETTER, kind).compartment == compartment


def test_digest_cannot_be_guessed_from_the_content(attach):
    assert attach().digest != hashlib.sha256(PHOTO.content).hexdigest()


def test_same_file_is_not_added_twice_to_a_person(attach, make_child, registrar):
    attach()

    with pytest.raises(RuleBroken):
        attach()
    attach(person=make_child(by=registrar))

    assert Attachment.objects.count() == 2


def test_file_that_was_withdrawn_may_be_added_again(attach, registrar, at):
    actions.withdraw_file(attachment=attach(), reason="The wrong child.", by=registrar, at=at)

    attach()

    assert Attachment.objects.standing().count() == 1


def test_file_of_one_child_cannot_be_put_in_the_place_of_another(attach, make_child, registrar):
    mine, other = attach(), attach(person=make_child(by=registrar))
    sealed = files.read(other.stored_as)
    files.place_of(mine.stored_as).unlink()
    files.write(mine.stored_as, sealed)

    with pytest.raises(Forged):
        queries.content_of(mine)


def test_file_that_is_gone_is_missed(attach):
    photo = attach()
    files.place_of(photo.stored_as).unlink()

    with pytest.raises(FileMissing):
        queries.content_of(photo)


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.ENQUIRY_WORKER, Role.AUDITOR])
def test_who_may_not_see_a_compartment_adds_nothing_to_it(attach, make_user, role):
    with pytest.raises(NotAllowed):
        attach(LETTER, FileKind.DOCUMENT, by=make_user(role=role, region="IQ-BG"))


def test_who_may_not_know_of_the_child_adds_nothing(attach, make_user):
    with pytest.raises(NotFound):
        attach(by=make_user(role=Role.REGISTRAR, region="IQ-NI"))


@pytest.mark.parametrize("field", ["caption", "source"])
def test_words_beside_a_file_are_guarded(attach, field):
    with pytest.raises(WordsRefused) as refused:
        attach(**{field: "an ISIS child"})

    assert refused.value.field == field
    assert Attachment.objects.count() == 0


def test_withdrawn_file_is_shown_to_nobody(attach, child, registrar, at):
    photo = attach()

    actions.withdraw_file(attachment=photo, reason="Consent taken back.", by=registrar, at=at)

    assert not queries.attachments_of(child, user=registrar).exists()
    assert Withdrawal.objects.get().reason == "Consent taken back."
    assert Event.objects.filter(action="people.withdrew_file", object_id=str(child.pk)).exists()


@pytest.mark.parametrize(
    ("reason", "error"), [(" ", actions.NoReason), ("He is a terrorist", WordsRefused)]
)
def test_withdrawing_takes_a_reason_in_fair_words(attach, registrar, at, reason, error):
    with pytest.raises(error):
        actions.withdraw_file(attachment=attach(), reason=reason, by=registrar, at=at)


def test_file_is_withdrawn_once_and_by_those_who_may(attach, registrar, make_user, at):
    photo = attach()
    with pytest.raises(NotAllowed):
        actions.withdraw_file(
            attachment=photo, reason="x", by=make_user(role=Role.PROGRAMME_MANAGER), at=at
        )
    actions.withdraw_file(attachment=photo, reason="x", by=registrar, at=at)

    with pytest.raises(RuleBroken):
        actions.withdraw_file(attachment=photo, reason="x", by=registrar, at=at)


# The screens


def test_photograph_that_is_sent_is_kept_without_what_the_camera_wrote(client, registrar, child):
    response = client.post(reverse("people:files", args=[child.pk]), sent(caption="A scar"))

    assert response.status_code == 302
    photo = Attachment.objects.get()
    content = queries.content_of(photo)
    assert Image.open(BytesIO(content)).format == "JPEG"
    assert CANARY not in content
    assert (photo.caption, photo.added_by) == ("A scar", registrar)


def test_page_shows_no_photograph_before_it_is_asked_for(client, attach, child):
    photo = attach(caption="A scar")

    page = client.get(reverse("people:files", args=[child.pk])).content.decode()

    assert "A scar" in page
    assert "kw-photo__picture" not in page
    assert "kw-photo__picture" in client.get(address("reveal", photo)).content.decode()


@pytest.mark.parametrize(
    ("taken", "kind", "disposition"),
    [
        (PHOTO, FileKind.PHOTO, "inline"),
        (LETTER, FileKind.DOCUMENT, "attachment"),
    ],
)
def test_file_is_handed_out_once_it_is_written_down(client, attach, taken, kind, disposition):
    file = attach(taken, kind)

    response = client.get(address("open_file", file))

    assert response.content == taken.content
    assert response.headers["Content-Type"] == taken.media_type
    assert response.headers["Content-Disposition"].startswith(
        f'{disposition}; filename="{file.person.reference}-'
    )
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    event = Event.objects.get(action="people.opened_file")
    assert (event.object_id, event.details) == (str(file.person_id), {"attachment": str(file.pk)})


def test_thumbnail_is_handed_out_on_request(client, attach):
    assert client.get(address("open_file", attach(), small="1")).content == PHOTO.thumbnail


@pytest.mark.parametrize("name", ["open_file", "reveal"])
@pytest.mark.parametrize(
    ("role", "region"),
    [(Role.REGISTRAR, "IQ-NI"), (Role.PROGRAMME_MANAGER, ""), (Role.ENQUIRY_WORKER, "IQ-BG")],
)
def test_file_looks_absent_to_whoever_may_not_see_it(client, attach, make_user, name, role, region):
    photo = attach()
    client.force_login(make_user(role=role, region=region))

    response = client.get(address(name, photo))

    assert response.status_code == 404
    assert not Event.objects.filter(action="people.opened_file").exists()


def test_file_is_not_found_under_another_child(client, attach, make_child, registrar):
    photo = attach()
    other = make_child(by=registrar)

    assert client.get(reverse("people:open_file", args=[other.pk, photo.pk])).status_code == 404
    assert (
        client.get(reverse("people:open_file", args=[photo.person_id, uuid4()])).status_code == 404
    )


def test_file_that_is_refused_says_why_and_the_rest_of_the_form_stays(client, registrar, child):
    wrong = SimpleUploadedFile("photo.jpg", b"<svg onload=x>")

    response = client.post(
        reverse("people:files", args=[child.pk]), sent(file=wrong, caption="A scar", source="Aunt")
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Send a JPEG, PNG or WebP." in page
    assert 'value="A scar"' in page
    assert "choose it again" in page
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"file": ""}, "file"), ({"agreed_by": ""}, "agreed_by"), ({"kind": ""}, "kind")],
)
def test_form_asks_for_what_is_missing(client, registrar, child, typed, field):
    response = client.post(reverse("people:files", args=[child.pk]), sent(**typed))

    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()


def test_form_says_that_a_file_is_there_already(client, registrar, child):
    client.post(reverse("people:files", args=[child.pk]), sent())

    response = client.post(reverse("people:files", args=[child.pk]), sent())

    assert response.status_code == 422
    assert "This file is there already." in response.content.decode()


def test_file_too_large_for_memory_is_refused_in_words(client, registrar, child, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10

    response = client.post(reverse("people:files", args=[child.pk]), sent())

    assert "Choose a file of at most 20 MB." in response.content.decode()


def test_who_may_not_add_files_is_refused(client, make_user, child):
    client.force_login(make_user(role=Role.PROGRAMME_MANAGER))

    assert client.post(reverse("people:files", args=[child.pk]), sent()).status_code == 403


def test_file_is_withdrawn_on_its_page(client, attach, child):
    photo = attach()

    assert client.post(address("withdraw", photo), {"reason": ""}).status_code == 422
    assert client.post(address("withdraw", photo), {"reason": "A mistake."}).status_code == 302

    assert client.get(address("open_file", photo)).status_code == 404


def test_file_withdrawn_meanwhile_comes_back_with_who_was_first(
    client, attach, make_user, child, at
):
    photo = attach()
    other = make_user(role=Role.REGISTRAR, region=child.region, full_name="Lea")
    actions.withdraw_file(attachment=photo, reason="A mistake.", by=other, at=at)

    late = client.post(
        address("withdraw", photo), {"reason": "Another child."}, headers={"accept": "text/html"}
    )

    page = late.content.decode()
    assert late.status_code == 409
    assert "It was \u2068Lea\u2069" in page
    assert "Another child.</blockquote>" in page


def test_document_is_saved_under_no_name_of_a_child(client, attach):
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    file = attach(Taken(word, b"PK"), FileKind.DOCUMENT)
    odd = attach(Taken("application/x-new", b"x"), FileKind.OTHER)

    names = [
        client.get(address("open_file", each)).headers["Content-Disposition"]
        for each in (file, odd)
    ]

    assert names == [
        f'attachment; filename="{file.person.reference}-document.docx"',
        f'attachment; filename="{odd.person.reference}-other.bin"',
    ]
