"""Signatures under a handover minute: drawn on the screen, or on paper whose scan is kept."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from operation import plan
from PIL import Image

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core import files
from kinward.core.errors import NotAllowed
from kinward.core.guarding import WordsRefused
from kinward.core.printing import written
from kinward.operations import actions
from kinward.operations.models import Minute, Paper, Side, SignedMinute
from kinward.operations.printouts import Wanted, sheet_of
from kinward.operations.queries import scan_of, under_way
from kinward.operations.rules import is_drawn

DRAWN = "M10 100L60 20L110 180L160 40L300 120M320 90L420 60"


@pytest.fixture
def planned(make_user, make_child, at):
    planned = plan(make_user, [make_child("رسلان")], at)
    planned.hand_over(planned.children, None, planned.delegation)
    return planned


@pytest.fixture
def minute(planned):
    return Minute.objects.get()


@pytest.fixture
def sign(planned, minute):
    def signed(side=Side.RECEIVER, name="Y, The delegation", drawn=DRAWN, by=planned.lead):
        return actions.sign_minute(
            minute=minute, side=side, name=name, drawn=drawn, by=by, at=planned.now()
        )

    return signed


def photograph():
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(made, "JPEG")
    return SimpleUploadedFile("minute.jpg", made.getvalue(), "image/jpeg")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (DRAWN, True),
        ("", False),
        ("M10 10", False),
        ("M10 10L20 90", False),  # a slip of the finger
        ("M10 10L601 90", False),
        ("M10 10L90 201", False),
        ('M10 10L90 90"/><script>', False),
        ("M10 10" + "L90 90L10 10" * 2000, False),
    ],
)
def test_only_lines_of_some_size_are_a_signature(path, found):
    assert is_drawn(path) is found


def test_signature_is_kept_sealed_with_the_minute(sign, minute, planned):
    row = sign()

    kept = SignedMinute.objects.values("drawn", "name").get()
    again = SignedMinute.objects.get()
    assert (again.drawn, again.name, again.minute) == (DRAWN, "Y, The delegation", minute)
    assert DRAWN.encode() not in bytes(kept["drawn"])
    assert (row.recorded_by, row.side) == (planned.lead, Side.RECEIVER)
    assert Event.objects.filter(action="operations.signed_minute").count() == 1


def test_each_side_signs_once_and_every_witness(sign):
    sign()
    sign(Side.WITNESS, name="The ambassador")
    sign(Side.WITNESS, name="The head of the shelter")

    with pytest.raises(actions.UnfitRecord, match="signed already"):
        sign()
    assert SignedMinute.objects.count() == 3


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"drawn": "M1 1L2 2"}, actions.UnfitRecord),
        ({"side": Side.PAPER}, actions.UnfitRecord),
        ({"name": " "}, actions.UnfitRecord),
        ({"name": "the terrorist’s uncle"}, WordsRefused),
    ],
)
def test_signature_of_nobody_or_of_nothing_is_refused(sign, said, error):
    with pytest.raises(error):
        sign(**said)

    assert SignedMinute.objects.count() == 0


def test_who_hands_nobody_over_keeps_no_signature(sign, make_user):
    with pytest.raises(NotAllowed):
        sign(by=make_user("medic", role=Role.MEDIC))


def test_signature_stands_on_the_printed_minute(sign, planned, minute, at):
    sign()
    journey = under_way(planned.operation, user=planned.lead)
    wanted = Wanted(paper=Paper.MINUTE, first="en", second="ru", minute=minute)

    said = written(sheet_of(wanted, journey, user=planned.lead), at=at)

    assert said.count("data:image/svg+xml;base64,") == 1
    assert "Y, The delegation" in said
    empty = Wanted(paper=Paper.MINUTE, first="en", second="ru")
    assert "svg+xml;base64" not in written(sheet_of(empty, journey, user=planned.lead), at=at)


def test_minute_is_signed_on_its_page(client, planned, minute):
    page = reverse("operations:sign_minute", args=[planned.operation.pk, minute.pk])
    client.force_login(planned.counters[0])
    typed = {"side": "giver", "name": "The head of the shelter", "drawn": DRAWN}

    bare = client.post(page, typed | {"drawn": ""})
    signed = client.post(page, typed, follow=True).content.decode()
    custody = client.get(reverse("operations:custody", args=[planned.operation.pk]))

    assert bare.status_code == 422
    assert "Draw the signature in the field" in bare.content.decode()
    assert f'<path d="{DRAWN}"' in signed
    assert "1 signature" in custody.content.decode()


def test_paper_that_was_signed_is_kept_instead(client, planned, minute):
    where = [planned.operation.pk, minute.pk]
    client.force_login(planned.lead)
    page = reverse("operations:keep_paper", args=where)
    typed = {"scan-name": "both, and the ambassador"}

    none = client.post(page, typed)
    text = SimpleUploadedFile("minute.txt", b"signed, honestly", "text/plain")
    wrong = client.post(page, typed | {"scan-file": text})
    client.post(page, typed | {"scan-file": photograph()})

    row = SignedMinute.objects.get()
    assert (none.status_code, wrong.status_code) == (422, 422)
    assert "govuk-error-message" in wrong.content.decode()
    assert (row.side, row.media_type, row.drawn) == (Side.PAPER, "image/jpeg", "")
    assert b"JFIF" in scan_of(row)
    assert b"JFIF" not in files.read(row.scan_as)
    answer = client.get(reverse("operations:scan", args=[*where, row.pk]))
    assert answer.content == scan_of(row)
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_minute_and_scan_of_another_operation_are_absent(client, planned, minute, make_user):
    client.force_login(make_user("stranger", role=Role.ESCORT))
    where = [planned.operation.pk, minute.pk]

    pages = [reverse("operations:sign_minute", args=where)]
    pages.append(reverse("operations:keep_paper", args=where))
    pages.append(reverse("operations:scan", args=[*where, minute.pk]))

    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
