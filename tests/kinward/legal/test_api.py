"""A child's papers for machines: best interests, travel documents, evidence, nationality."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kinward.access.actions import assign
from kinward.access.models import Purpose, Role
from kinward.audit.models import Event
from kinward.legal.models import (
    Assessment,
    ClaimAnswer,
    EvidenceItem,
    EvidenceNote,
    LegalFact,
    NationalityClaim,
    Report,
    TravelDocument,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def soon():
    return (timezone.localdate() + timedelta(days=30)).isoformat()


@pytest.fixture
def assessed(soon):
    return {
        "heard": "said",
        "view": "wants to go to the aunt",
        "analysis": "safe there",
        "recommends": "return to the aunt",
        "to_determine": True,
        "why": "the father is not heard",
        "review_on": soon,
    }


@pytest.fixture
def reported():
    option = {"speaks_for": "family", "speaks_against": "far from here"}
    return {
        "heard": "said",
        "view": "wants to go to the aunt",
        "participants": "aunt",
        "options": [option | {"option": "to the aunt"}, option | {"option": "stay"}],
        "recommends": "to the aunt",
    }


@pytest.fixture
def printed(soon):
    return {
        "kind": "passport",
        "issuer": "RUS",
        "number": "700000001",
        "surname": "MADE",
        "given": "UP",
        "valid_from": timezone.localdate().isoformat(),
        "valid_until": soon,
    }


SHOWN = {
    "question": "identity",
    "kind": "copy",
    "shows": "name and day of birth",
    "issuer": "registry",
    "holder": "the programme",
}
NOTE = {"noted": "contested", "said_by": "the other registry", "reason": "another day"}

CLAIM = {"country": "RU", "basis": "descent", "claimed_by": "the mother"}
FACT = {"country": "RU", "fact": "mother_national", "holds": True, "said_by": "a consul"}


def post(client, path, body, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(f"/api/{path}", body, content_type="application/json", headers=named)


def recorded(action):
    return Event.objects.filter(action=action).count()


def test_assessment_is_recorded_once_and_read(client, child, salma, assessed):
    client.force_login(salma)
    path = f"children/{child.pk}/best-interests"

    made = post(client, f"{path}/assessments", assessed, idempotency_key="one")
    again = post(client, f"{path}/assessments", assessed, idempotency_key="one")
    told = client.get(f"/api/{path}").json()

    assert [made.status_code, again.status_code] == [201, 201]
    assert (Assessment.objects.count(), recorded("legal.assessed")) == (1, 1)
    assert [each["view"] for each in told["assessments"]] == ["wants to go to the aunt"]


def test_what_was_brought_in_without_saying_how_the_view_is_known_is_told_as_it_is(
    client, child, salma, assessed, reported
):
    """Rows of an import may say nothing of it: the answer is empty, and no fault."""
    row = {"child": child, "recorded_by": salma, "recorded_at": timezone.now(), "heard": ""}
    Assessment.objects.create(**assessed | row)
    Report.objects.create(number=1, digest="0" * 64, **reported | row)
    client.force_login(salma)

    told = client.get(f"/api/children/{child.pk}/best-interests")
    page = client.get(f"/children/{child.pk}/best-interests/")

    assert (told.status_code, page.status_code) == (200, 200)
    assert [told.json()[each][0]["heard"] for each in ("assessments", "reports")] == ["", ""]


def test_report_is_laid_before_the_panel_judged_and_decided(
    client, child, salma, reported, soon, panel
):
    client.force_login(salma)
    path = f"children/{child.pk}/best-interests/reports"
    laid = post(client, path, reported)
    one = f"{path}/{laid.json()['id']}"
    before = client.get(f"/api/{one}")
    own = post(client, f"{one}/opinions", {"opinion": "approves", "words": "my own"})
    given = []
    for member in panel:
        client.force_login(member)
        given.append(post(client, f"{one}/opinions", {"opinion": "approves", "words": "good"}))
    decision = {"decision": "approves", "words": "all agree", "review_on": soon}
    decided = post(client, f"{one}/decision", decision)
    late = post(client, f"{one}/decision", decision)
    after = client.get(f"/api/{one}")

    assert [each.status_code for each in (laid, before, own, *given, decided, late, after)] == [
        201,
        200,
        404,
        201,
        201,
        201,
        201,
        409,
        200,
    ]
    assert (before.json()["missing"], before.json()["open"]) == (3, True)
    told = after.json()
    assert (told["missing"], told["open"], told["intact"]) == (0, False, True)
    assert told["decision"]["decision"] == "approves"
    assert before["ETag"] != after["ETag"]
    assert recorded("legal.panel_decided") == 1


@pytest.fixture
def panel(child, make_user):
    now, nadia = timezone.now(), make_user("nadia", role=Role.PROGRAMME_MANAGER)
    members = [make_user(f"member{each}", role=Role.PANEL_MEMBER) for each in range(3)]
    for member in members:
        assign(
            subject=child.pk,
            to=member,
            purpose=Purpose.PROTECTION,
            until=now + timedelta(days=30),
            by=nadia,
            at=now - timedelta(minutes=1),
        )
    return members


def test_document_is_recorded_once_held_against_a_list_and_put_aside(
    client, child, salma, make_user, printed
):
    client.force_login(salma)
    path = f"children/{child.pk}/documents"
    made = post(client, path, printed, idempotency_key="one")
    again = post(client, path, printed, idempotency_key="one")
    one = f"{path}/{made.json()['id']}"
    client.force_login(make_user("yusuf", role=Role.CASE_WORKER, region="IQ-BG"))
    listed = {"surname": "MADE", "given": "UP", "list_named": "first list"}
    checked = post(client, f"{one}/checks", listed)
    held = client.get(f"/api/{one}")
    aside = post(client, f"{one}/note", {"noted": "cancelled", "reason": "lost"})
    late = post(client, f"{one}/note", {"noted": "cancelled", "reason": "lost"})
    (told,) = client.get(f"/api/{path}").json()["items"]

    answers = (made, again, checked, held, aside, late)
    assert [each.status_code for each in answers] == [201, 201, 201, 200, 201, 409]
    assert TravelDocument.objects.count() == 1
    assert (held.json()["valid"], held.json()["agrees"]) == (True, True)
    assert (told["valid"], told["note"]["reason"]) == (False, "lost")
    actions = ("legal.recorded_document", "legal.noted_document")
    assert [recorded(each) for each in actions] == [1, 1]


def test_document_stands_in_place_of_one_of_the_same_child_alone(
    client, child, salma, make_child, printed
):
    client.force_login(salma)
    other = make_child("زينب", region="IQ-BG")
    theirs = post(client, f"children/{other.pk}/documents", printed).json()["id"]
    own = post(client, f"children/{child.pk}/documents", printed).json()["id"]

    strange = post(client, f"children/{child.pk}/documents", printed | {"replaces": theirs})
    fine = post(client, f"children/{child.pk}/documents", printed | {"replaces": own})

    assert (strange.status_code, fine.status_code) == (404, 201)
    assert fine.json()["replaces"] == own


def test_evidence_is_recorded_once_and_noted_by_its_version(client, child, salma):
    client.force_login(salma)
    path = f"children/{child.pk}/evidence"
    made = post(client, path, SHOWN, idempotency_key="one")
    again = post(client, path, SHOWN, idempotency_key="one")
    one = f"{path}/{made.json()['id']}"
    read = client.get(f"/api/{one}")
    unread = post(client, f"{one}/notes", NOTE)
    noted = post(client, f"{one}/notes", NOTE, if_match=read["ETag"])
    late = post(client, f"{one}/notes", NOTE, if_match=read["ETag"])
    told = client.get(f"/api/{path}").json()["items"]

    answers = (made, again, read, unread, noted, late)
    assert [each.status_code for each in answers] == [201, 201, 200, 428, 201, 409]
    assert (EvidenceItem.objects.count(), EvidenceNote.objects.count()) == (1, 1)
    assert late.json()["had"] == read["ETag"].strip('"')
    shown = next(each for each in told if each["question"] == "identity")
    assert [(each["contested"], each["counts"]) for each in shown["pieces"]] == [(True, True)]
    actions = ("legal.recorded_evidence", "legal.noted_evidence")
    assert [recorded(each) for each in actions] == [1, 1]


def test_nationality_is_claimed_once_and_answered_by_its_version(client, child, salma):
    client.force_login(salma)
    path = f"children/{child.pk}/nationality"
    made = post(client, f"{path}/claims", CLAIM, idempotency_key="one")
    again = post(client, f"{path}/claims", CLAIM, idempotency_key="one")
    twice = post(client, f"{path}/claims", CLAIM)
    one = f"{path}/{made.json()['id']}"
    read = client.get(f"/api/{one}")
    answer = {"answer": "recognised", "authority": "a ministry", "reference": "7"}
    answer |= {"happened_on": timezone.localdate().isoformat()}
    unread = post(client, f"{one}/answers", answer)
    given = post(client, f"{one}/answers", answer, if_match=read["ETag"])
    late = post(client, f"{one}/answers", answer, if_match=read["ETag"])
    told = client.get(f"/api/{path}").json()

    answers = (made, again, twice, read, unread, given, late)
    assert [each.status_code for each in answers] == [201, 201, 409, 200, 428, 201, 409]
    assert (NationalityClaim.objects.count(), ClaimAnswer.objects.count()) == (1, 1)
    assert late.json()["had"] == read["ETag"].strip('"')
    assert read.json()["stands"] == "claimed"
    assert [each["stands"] for each in told["claims"]] == ["recognised"]
    assert told["flag"] is None
    actions = ("legal.claimed_nationality", "legal.answered_claim")
    assert [recorded(each) for each in actions] == [1, 1]


def test_fact_a_law_asks_for_is_shown_by_evidence_of_the_same_child_alone(
    client, child, salma, make_child
):
    client.force_login(salma)
    other = make_child("زينب", region="IQ-BG")
    theirs = post(client, f"children/{other.pk}/evidence", SHOWN).json()["id"]
    own = post(client, f"children/{child.pk}/evidence", SHOWN).json()["id"]
    path = f"children/{child.pk}/nationality"

    strange = post(client, f"{path}/facts", FACT | {"evidence": theirs})
    fine = post(client, f"{path}/facts", FACT | {"evidence": own})
    (told,) = client.get(f"/api/{path}").json()["facts"]

    assert (strange.status_code, fine.status_code) == (404, 201)
    assert (told["fact"], told["holds"], told["evidence"]) == ("mother_national", True, own)
    assert LegalFact.objects.count() == 1


@pytest.mark.parametrize(
    ("what", "body", "named"),
    [
        ("nationality/claims", CLAIM | {"country": "ZZ"}, "country"),
        ("nationality/claims", CLAIM | {"basis": "rumour"}, "basis"),
        ("nationality/facts", FACT | {"holds": "perhaps"}, "holds"),
        ("evidence", SHOWN | {"kind": "rumour"}, "kind"),
        ("documents", {"kind": "passport"}, "issuer"),
        ("best-interests/assessments", {"heard": "loudly"}, "heard"),
        ("best-interests/reports", {"heard": "said"}, "options"),
    ],
)
def test_fault_names_its_field(client, child, salma, what, body, named):
    client.force_login(salma)

    answer = post(client, f"children/{child.pk}/{what}", body)

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert f"body/body/{named}:" in answer.json()["detail"]


def test_papers_are_absent_to_who_may_not_read_or_write_them(client, child, make_user, printed):
    paths = [f"children/{child.pk}/{each}" for each in ("documents", "evidence", "best-interests")]
    paths += [f"children/{child.pk}/nationality"]
    met = {}
    for role, region in ((Role.REGISTRAR, "IQ-BG"), (Role.CASE_WORKER, "SY-HA")):
        client.force_login(make_user(f"{role}-{region}", role=role, region=region))
        met[role] = [client.get(f"/api/{path}").status_code for path in paths]
        met[role] += [post(client, paths[0], printed).status_code]
        met[role] += [post(client, paths[1], SHOWN).status_code]
        met[role] += [post(client, f"{paths[3]}/claims", CLAIM).status_code]

    assert met == {Role.REGISTRAR: [404] * 7, Role.CASE_WORKER: [404] * 7}
    assert (TravelDocument.objects.count(), EvidenceItem.objects.count()) == (0, 0)
    assert NationalityClaim.objects.count() == 0
