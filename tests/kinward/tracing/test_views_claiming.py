from __future__ import annotations

import pytest

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core.wording import signed
from kinward.tracing import queries
from kinward.tracing.models import Candidate, Opinion, Resolution

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims(make_child, make_request, make_candidate):
    child = make_child()
    asked = [make_request(enquirer=enquirer) for enquirer in ("Патимат", "Хадижат")]
    Candidate.objects.all().delete()
    return [make_candidate(child=child, request=request) for request in asked]


@pytest.fixture
def address(claims):
    return f"/children/{claims[0].child_id}/claims/"


@pytest.fixture
def second(make_user):
    return make_user("karim", role=Role.SECOND_REVIEWER)


def version(client, address):
    return client.get(address).context["version"]


def resolve(client, address, *named, reason="she knew the song", **more):
    typed = {"resolve-named": [str(each) for each in named], "resolve-reason": reason}
    return client.post(address, {"seen": version(client, address), **typed, **more})


def answer(client, address, agree="yes", reason=""):
    typed = {"agree-agree": agree, "agree-reason": reason}
    return client.post(f"{address}answer/", {"seen": version(client, address), **typed})


def test_claims_stand_side_by_side_and_say_that_the_child_is_locked(
    client, officer, claims, address
):
    response = client.get(address)

    page = response.content.decode()
    assert "locked: several claimants" in page
    for claim in claims:
        assert claim.sought.request.reference in page
        assert f'href="/matches/{claim.pk}/"' in page
    assert response.context["rows"][0].cells[0].bits == 11.5
    for claim, (shown, rest, total) in zip(claims, response.context["totals"], strict=True):
        assert shown.candidate == claim
        assert total == pytest.approx(rest + 11.5)
        assert f"{signed(total)} bits" in page


def test_claims_tell_nothing_of_who_asks_or_of_what_is_kept_for_verification(
    client, officer, say, make_child, make_request, make_candidate
):
    child = make_child(statements=[say("mark", text="a scar like a leaf")])
    Candidate.objects.all().delete()
    for enquirer in ("Патимат", "Хадижат"):
        request = make_request(enquirer=enquirer, told=f"{enquirer} tells")
        Candidate.objects.filter(sought__request=request).delete()
        make_candidate(child=child, request=request)

    page = client.get(f"/children/{child.pk}/claims/").content.decode()

    assert "Патимат" not in page
    assert "a scar like a leaf" not in page


def test_claims_are_written_down_as_read(client, officer, claims, address):
    client.get(address)

    read = set(Event.objects.filter(actor="anna").values_list("object_id", flat=True))
    for claim in claims:
        assert {str(claim.pk), str(claim.sought.person_id), str(claim.child_id)} <= read


def test_two_people_decide_and_the_page_says_so(client, officer, second, claims, address):
    asked = resolve(client, address, claims[0].sought_id)
    waiting = client.get(address).content.decode()
    client.force_login(second)
    offered = client.get(address).content.decode()
    answered = answer(client, address)

    assert (asked.status_code, answered.status_code) == (302, 302)
    assert "You asked for this. Another person has to answer." in waiting
    assert "Decide between them" not in waiting
    assert "she knew the song" in offered
    page = client.get(address).content.decode()
    assert "Two people have decided between these claimants." in page
    assert "The child is of the family of" in page
    assert claims[0].sought.request.reference in page


def test_second_person_refuses_with_a_reason_only(client, officer, second, claims, address):
    resolve(client, address, "nobody")
    client.force_login(second)

    silent = answer(client, address, "no")
    said = answer(client, address, "no", "the uncle was not asked")

    assert silent.status_code == 422
    assert said.status_code == 302
    page = client.get(address).content.decode()
    assert "the uncle was not asked" in page
    assert "Decide between them" in page


def test_decision_for_somebody_and_for_nobody_is_not_accepted(client, officer, claims, address):
    response = resolve(client, address, claims[0].sought_id, "nobody")

    assert response.status_code == 422
    assert "Choose either claimants, or none of them." in response.content.decode()
    assert Resolution.objects.count() == 0


def test_decision_on_claims_that_changed_is_shown_again_with_what_was_typed(
    client, officer, claims, address, make_candidate, make_request
):
    seen = version(client, address)
    request = make_request(enquirer="Аминат")
    Candidate.objects.filter(sought__request=request).delete()
    make_candidate(child=claims[0].child, request=request)

    response = client.post(
        address, {"seen": seen, "resolve-named": "nobody", "resolve-reason": "neither knew her"}
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "Another claim came up, or somebody decided" in page
    assert "neither knew her" in page
    assert request.reference in page


def test_decision_is_taken_back_with_its_consequences_listed_first(
    client, officer, second, claims, address
):
    resolve(client, address, claims[0].sought_id)
    client.force_login(second)
    answer(client, address)

    listed = client.get(address).content.decode()
    typed = {"seen": version(client, address), "back-reason": "a letter came"}
    client.post(f"{address}back/", typed)
    client.force_login(officer)
    shown = client.get(address).content.decode()
    answer(client, address)

    for page in (listed, shown):
        assert "The child is locked again" in page
        assert "No search ends or changes" in page
    assert queries.claims_and_decision(claims[0].child_id)[1] is None
    assert "locked: several claimants" in client.get(address).content.decode()


def test_taking_back_without_a_reason_is_not_accepted(client, officer, second, claims, address):
    resolve(client, address, "nobody")
    client.force_login(second)
    answer(client, address)

    response = client.post(f"{address}back/", {"seen": version(client, address)})

    assert response.status_code == 422
    assert Resolution.objects.count() == 1


def test_candidate_of_a_locked_child_leads_to_the_families_and_is_not_called_the_same(
    client, officer, claims, address
):
    page = client.get(f"/matches/{claims[0].pk}/").content.decode()
    typed = {"opinion": "same", "reason": "so", "seen": claims[0].version}
    sent = client.post(f"/matches/{claims[0].pk}/review/", typed)

    assert "Two or more requests claim this child." in page
    assert f'href="{address}"' in page
    assert 'value="same"' not in page
    assert sent.status_code == 422
    assert claims[0].reviews.count() == 0


def test_candidate_of_a_locked_child_may_be_called_another(client, officer, claims):
    typed = {"opinion": "not_same", "reason": "another village", "seen": claims[0].version}

    response = client.post(f"/matches/{claims[0].pk}/review/", typed)

    assert response.status_code == 302
    assert claims[0].reviews.get().opinion == Opinion.NOT_SAME


def test_approvals_lead_to_the_families_instead_of_answering_blindly(
    client, officer, second, claims, address
):
    resolve(client, address, "nobody")
    client.force_login(second)

    page = client.get("/approvals/").content.decode()

    assert f'href="{address}"' in page
    assert "Compare the families and answer there" in page
    assert 'name="answer"' not in page


def test_page_of_a_child_nobody_claims_says_so(client, officer, make_child):
    child = make_child("عمر")
    Candidate.objects.filter(child=child).delete()

    page = client.get(f"/children/{child.pk}/claims/").content.decode()

    assert "Nobody claims this child now" in page


def test_page_of_one_claimant_has_nothing_to_decide(client, officer, claims, address):
    Candidate.objects.filter(pk=claims[1].pk).delete()

    page = client.get(address).content.decode()

    assert "One request claims this child. There is nothing to decide." in page
    assert "Decide between them" not in page
