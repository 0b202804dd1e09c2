from __future__ import annotations

import json
from io import BytesIO

import pyrage
import pytest
from django.urls import reverse
from fhir.resources.R4B.bundle import Bundle

from kinward.access.actions import approve
from kinward.access.models import Approval, Role
from kinward.audit.models import Event
from kinward.exchange.handing import FORMS
from kinward.exchange.pfif import read

SECRET = ("Тайный приют", "Tent 9", "a scar on the left hand")


@pytest.fixture
def child(make_child, say, officer):
    return make_child(
        "Заира",
        statements=[
            say("sex", code="female"),
            say("born", edtf="2012-05"),
            say("found_at", text="Tent 9"),
            say("custodian", text="Тайный приют"),
            say("mother", text="Амина"),
        ],
    )


@pytest.mark.parametrize("form", list(FORMS))
def test_no_form_tells_where_a_child_is(form, child, officer, at):
    content = FORMS[form].make([child], officer, at).decode()

    assert child.reference in content
    assert "Заира" in content
    assert not [each for each in SECRET[:2] if each in content]


def test_pfif_tells_who_a_child_is_and_of_those_alone_who_are_lawfully_traced(
    child, make_child, officer, at, settings
):
    settings.ADDRESS = "https://kinward.example.org"
    unasked = make_child("Муса", consents=[])

    content = FORMS["pfif"].make([child, unasked], officer, at)

    (record,) = read(BytesIO(content), "out")
    assert record.fields == {
        "person_record_id": f"kinward.example.org/{child.reference}",
        "entry_date": "2019-01-02T09:30:00Z",
        "expiry_date": "2020-01-02T09:30:00Z",
        "source_name": "kinward.example.org",
        "source_date": "2019-01-02T09:30:00Z",
        "full_name": "Заира",
        "sex": "female",
        "date_of_birth": "2012-05",
    }


def test_bundle_is_fhir(child, make_child, officer, at):
    content = FORMS["fhir"].make([child, make_child("")], officer, at)

    bundle = Bundle.model_validate_json(content)
    first, second = (each["resource"] for each in json.loads(content)["entry"])
    assert len(bundle.entry) == 2
    assert (first["gender"], first["birthDate"]) == ("female", "2012-05")
    assert (second["gender"], "name" in second) == ("unknown", False)


def test_primero_has_both_shapes(child, officer, at):
    api = json.loads(FORMS["primero_api"].make([child], officer, at))
    export = json.loads(FORMS["primero_export"].make([child], officer, at))

    assert api["data"][0]["case_id"] == export[0]["data"]["case_id"] == child.reference
    assert export[0]["id"] == str(child.pk)
    assert api["data"][0]["family_details_section"] == [
        {"relation_name": "Амина", "relation": "mother"}
    ]


def test_form_leaves_sealed_once_a_second_person_agreed(client, child, officer, make_user, at):
    opener = pyrage.x25519.Identity.generate()
    client.force_login(officer)
    asked = {
        "purpose": "tracing",
        "form": "pfif",
        "recipient": "The other registry",
        "key": str(opener.to_public()),
        "reason": "They look for the same family.",
    }

    client.post(reverse("tracing:export_children"), asked)
    approval = Approval.objects.get(kind="export")
    address = reverse("tracing:make_export", args=[approval.pk])
    early = client.post(address)
    approve(
        approval=approval,
        by=make_user(role=Role.DATA_PROTECTION_OFFICER),
        at=approval.requested_at,
    )
    handed = client.post(address)

    assert early.status_code == 409
    assert "kinward-children.pfif.xml.age" in handed.headers["Content-Disposition"]
    (record,) = read(BytesIO(pyrage.decrypt(handed.content, [opener])), "out")
    assert record.fields["full_name"] == "Заира"
    assert Event.objects.filter(action="people.exported", object_id=str(child.pk)).exists()


def test_forms_are_offered_of_children_alone(client, make_request, officer):
    make_request()
    client.force_login(officer)

    page = client.get(reverse("tracing:export_requests")).content.decode()

    assert "an Excel workbook" in page
    assert "PFIF" not in page
