"""The papers of a child on its page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kinward.legal.models import DocumentNote, NameCheck, TravelDocument

pytestmark = pytest.mark.django_db


def page_of(child, name="papers", *ids):
    return reverse(f"legal:{name}", args=[child.pk, *ids])


def typed(printed, **said):
    told = printed()
    return {
        "kind": told.kind,
        "surname": told.surname,
        "given": told.given,
        "zone": told.zone,
        "valid_from": told.valid_from.isoformat(),
    } | said


def test_what_the_lines_say_need_not_be_typed_again(client, child, layla, printed):
    client.force_login(layla)

    response = client.post(page_of(child, "document"), typed(printed), follow=True)

    assert response.redirect_chain == [(page_of(child), 302)]
    document = TravelDocument.objects.get()
    assert (document.issuer, document.number) == ("RUS", "530123456")
    assert document.valid_until == printed().valid_until
    page = response.content.decode()
    assert "MAGOMEDOV&lt;&lt;RUSLAN" in page
    assert "not compared yet" in page


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"zone": ""}, ["issuer", "number", "valid_until"]),
        ({"surname": "", "given": ""}, ["surname"]),
        ({"valid_until": "2018-10-31"}, ["valid_until"]),
        ({"surname": "D3S1358 15,16 D8S1179 12,13"}, ["surname"]),
    ],
)
def test_what_is_missing_is_said_at_its_field(client, child, layla, printed, said, wrong):
    client.force_login(layla)

    response = client.post(page_of(child, "document"), typed(printed, **said))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == wrong
    assert TravelDocument.objects.count() == 0


def test_new_document_stands_in_place_of_an_earlier_one(
    client, child, layla, record_document, printed
):
    first = record_document()
    client.force_login(layla)

    client.post(page_of(child, "document"), typed(printed, replaces=str(first.pk)))

    first.refresh_from_db()
    assert first.replaced_by.recorded_by == layla
    assert "replaced by another" in client.get(page_of(child)).content.decode()


def test_difference_between_document_and_list_is_shown(client, child, salma, record_document):
    document = record_document()
    client.force_login(salma)
    said = {"list_named": "12, version 3", "surname": "MAGOMEDOV", "given": "RUSTAM"}

    page = page_of(child, "check", document.pk)
    asked = client.get(page).content.decode()
    response = client.post(page, said, follow=True).content.decode()

    assert "Магомедов" not in asked  # the list is not copied from the document
    assert "The given names are others." in response
    assert "the name on the passenger list is not that of the document" in response
    assert client.post(page, said | {"surname": "", "given": ""}).status_code == 422
    assert NameCheck.objects.count() == 1


def test_document_that_cannot_be_used_says_why(client, child, salma, record_document):
    document = record_document()
    client.force_login(salma)
    page = page_of(child, "note", document.pk)

    assert client.post(page, {"noted": "error", "reason": ""}).status_code == 422
    response = client.post(page, {"noted": "error", "reason": "one letter"}, follow=True)
    again = client.post(page, {"noted": "error", "reason": "one letter"})

    assert "one letter" in response.content.decode()
    assert again.status_code == 409
    assert DocumentNote.objects.count() == 1


def test_papers_are_absent_for_who_registers_and_for_another_document(
    client, child, layla, make_user, make_child, record_document
):
    document = record_document()
    client.force_login(make_user("olga", role="registrar", region="IQ-BG"))
    assert client.get(page_of(child)).status_code == 404
    assert "papers" not in client.get(reverse("people:child", args=[child.pk])).content.decode()

    client.force_login(layla)
    other = make_child("ليلى", region="IQ-BG")
    assert client.get(page_of(other, "note", document.pk)).status_code == 404
    assert "No travel document is recorded." in client.get(page_of(other)).content.decode()
