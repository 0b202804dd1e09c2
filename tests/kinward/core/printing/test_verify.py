"""Whoever holds a document finds out whether it is genuine, and nothing about anybody."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kinward.core.printing.imprints import Finding, imprint, known_again

CODE = "7F3K29QX4M"
HTML = "<p>what the page says</p>"
FILE = b"%PDF-1.7 made"
OWN = "its own line"


@pytest.fixture
def kept(db):
    return imprint(code=CODE, html=HTML, file=FILE, on=date(2018, 12, 30))


@pytest.mark.parametrize(
    ("asked", "finding"),
    [
        ({"code": CODE, "digest": OWN}, Finding.UNCHANGED),
        ({"code": CODE, "digest": "0" * 16}, Finding.CHANGED),
        ({"code": CODE}, Finding.SAME_CODE),
        ({"code": "0000000000", "digest": OWN}, Finding.UNKNOWN),
        ({"file": FILE}, Finding.UNCHANGED),
        ({"file": FILE, "code": CODE}, Finding.UNCHANGED),
        ({"file": FILE + b" ", "code": CODE}, Finding.CHANGED),
        ({"file": FILE, "code": "0000000000"}, Finding.UNKNOWN),
        ({"file": FILE + b" "}, Finding.UNKNOWN),
    ],
)
def test_document_is_known_again_by_its_code_and_text_or_its_file(kept, asked, finding):
    line = {"digest": kept.contents[:16]} if asked.get("digest") == OWN else {}

    found, which = known_again(**(asked | line))

    assert found == finding
    assert which in {kept, None}
    assert (which is None) is (finding == Finding.UNKNOWN)


def test_camera_brings_code_and_line_along(client, kept):
    address = f"{reverse('core:verify')}?code=7f3k2-9qx4m&digest={kept.contents[:16]}"

    page = client.get(address).content.decode()

    assert str(Finding.UNCHANGED.label) in page
    assert "30 December 2018" in page


def test_file_that_was_changed_is_not_it(client, kept):
    sent = {"code": CODE, "digest": "", "file": SimpleUploadedFile("a.pdf", FILE + b"!")}

    page = client.post(reverse("core:verify"), sent).content.decode()

    assert str(Finding.CHANGED.label) in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"code": "", "digest": ""}, "code"),
        ({"code": "7F3K", "digest": ""}, "code"),
        ({"code": CODE, "digest": "12"}, "digest"),
        ({"code": CODE, "digest": "z" * 16}, "digest"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_stays(client, db, typed, field):
    answer = client.post(reverse("core:verify"), typed)

    assert answer.status_code == 422
    assert [*answer.context["form"].errors] == [field]
    assert all(said in answer.content.decode() for said in typed.values())


def test_page_asks_for_nothing_at_first(client, db):
    answer = client.get(reverse("core:verify"))

    assert answer.status_code == 200
    assert "finding" not in answer.context
