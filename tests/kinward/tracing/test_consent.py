"""Gate G1: who may not be traced is in no list, in no count, in no answer; on either side."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kinward.access.models import Role, clock
from kinward.core.errors import NotAllowed, NotFound
from kinward.people.actions import record_consent
from kinward.people.consents import Giver, State
from kinward.people.rules import ConsentAnswer
from kinward.tracing import actions, matching, queries
from kinward.tracing.models import Candidate, Opinion

pytestmark = pytest.mark.django_db
CHILD_WITHDRAWS = ConsentAnswer(state=State.WITHDRAWN, giver=Giver.CHILD)
RELATIVE_WITHDRAWS = ConsentAnswer(state=State.WITHDRAWN, giver=Giver.RELATIVE)
REFUSES = ConsentAnswer(state=State.REFUSED, giver=Giver.CHILD)


@pytest.fixture
def withdraw(officer, at):
    """Have one side of a candidate withdraw: withdraw(candidate, "child")."""

    def do(candidate, side):
        if side == "child":
            record_consent(person=candidate.child, answer=CHILD_WITHDRAWS, by=officer, at=at)
        else:
            actions.record_request_consent(
                request=candidate.sought.request, answer=RELATIVE_WITHDRAWS, by=officer, at=at
            )

    return do


@pytest.mark.parametrize("refused", [(), (REFUSES,)])
def test_child_without_consent_is_compared_with_nobody(make_child, make_request, at, refused):
    make_request("Руслан Магомедов")
    child = make_child("رسلان محمدوف", consents=refused)
    other = make_child("رسلان محمدوف")

    actions.find_candidates(by=clock(), at=at)

    assert {each.child_id for each in Candidate.objects.all()} == {other.pk}
    assert str(child.pk) not in {person.id for person in matching.read_people().found}
    assert matching.find_near([child.pk]) == []


def test_request_without_consent_is_compared_with_nobody(make_child, make_request, at):
    make_child("رسلان محمدوف")
    request = make_request("Руслан Магомедов", consents=())

    actions.find_candidates(by=clock(), at=at)

    assert not Candidate.objects.exists()
    assert matching.read_people().sought == ()
    assert matching.find_near([request.sought.get().person_id]) == []


@pytest.mark.parametrize("side", ["child", "request"])
def test_withdrawal_takes_a_candidate_out_of_every_list_at_once(
    client, officer, make_candidate, withdraw, at, side
):
    candidate = make_candidate()
    child, request = candidate.child, candidate.sought.request
    assert queries.candidates(user=officer).count() == 1

    withdraw(candidate, side)

    assert Candidate.objects.count() == 1  # not yet looked for anew, and gone from sight already
    for found in (
        queries.candidates(user=officer),
        queries.candidates_to_review(user=officer),
        queries.candidates_of_child(child, user=officer),
        queries.candidates_of_request(request, user=officer),
        queries.claimed_children(user=officer),
    ):
        assert list(found) == []
    assert queries.how_many_match(child) == queries.too_weak(child, user=officer) == 0
    waiting = {each.key: each.count for each in queries.work_queue(user=officer, at=at)}
    assert (waiting["to_review"], waiting["claimed"]) == (0, 0)
    assert waiting["unmatched_children"] == (0 if side == "child" else 1)
    assert client.get(f"/api/children/{child.pk}/candidates").json() == {
        "items": [],
        "count": 0,
        "not_shown": 0,
    }
    for address in ("/matches/?show=all", reverse("tracing:child_candidates", args=[child.pk])):
        assert (
            reverse("tracing:candidate", args=[candidate.pk])
            not in client.get(address).content.decode()
        )


@pytest.mark.parametrize("side", ["child", "request"])
def test_withdrawal_drops_what_nobody_has_looked_at(
    make_child, make_request, officer, withdraw, side, work
):
    make_request("Руслан Магомедов")
    make_child("رسلان محمدوف")
    work()
    candidate = Candidate.objects.get()

    withdraw(candidate, side)
    done = work()

    assert done == 1
    assert not Candidate.objects.exists()


@pytest.mark.parametrize("side", ["child", "request"])
def test_page_of_a_suspended_candidate_says_why(client, make_candidate, withdraw, side):
    candidate = make_candidate()
    withdraw(candidate, side)

    page = client.get(reverse("tracing:candidate", args=[candidate.pk])).content.decode()

    assert "These two are not compared now" in page
    assert "agreed before and no longer does" in page
    assert ("the child:" in page) is (side == "child")
    assert (candidate.child.reference in page) is (side == "child")
    assert (candidate.sought.request.reference in page) is (side == "request")
    assert "رسلان" not in page
    assert "Руслан" not in page


def test_page_of_a_suspended_candidate_is_for_those_who_might_see_it(
    client, make_candidate, make_user, withdraw
):
    candidate = make_candidate()
    withdraw(candidate, "child")
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-BG"))

    assert client.get(reverse("tracing:candidate", args=[candidate.pk])).status_code == 404


def test_opinion_on_a_suspended_candidate_is_not_taken(
    client, officer, make_candidate, withdraw, at
):
    candidate = make_candidate()
    withdraw(candidate, "child")

    with pytest.raises(NotFound):
        actions.review_candidate(
            candidate=candidate, opinion=Opinion.SAME, reason="same", by=officer, at=at
        )

    response = client.post(
        f"/api/candidates/{candidate.pk}/reviews",
        {"opinion": "same", "reason": "same"},
        "application/json",
    )
    assert response.status_code == 404
    assert candidate.reviews.count() == 0


def test_candidate_comes_back_with_what_was_thought_of_it(
    officer, make_candidate, withdraw, agrees, at
):
    candidate = make_candidate()
    actions.review_candidate(
        candidate=candidate, opinion=Opinion.SAME, reason="same village", by=officer, at=at
    )
    withdraw(candidate, "child")
    actions.find_candidates(persons=[candidate.child], by=clock(), at=at)

    record_consent(person=candidate.child, answer=agrees, by=officer, at=at)

    assert list(queries.candidates(user=officer)) == [candidate]
    assert candidate.reviews.get().reason == "same village"


def test_page_of_a_child_without_consent_says_that_nobody_is_compared(client, officer, make_child):
    child = make_child(consents=())

    page = client.get(reverse("tracing:child_candidates", args=[child.pk])).content.decode()

    assert "This child is compared with nobody" in page


def test_answer_of_a_relative_holds_for_all_of_the_request(client, worker, make_request):
    request = make_request("Руслан", "Заира")
    address = reverse("tracing:consent", args=[request.pk])

    response = client.post(
        address, {"purpose": "tracing", "giver": "relative", "state": "withdrawn", "seen": "1"}
    )

    assert response["Location"] == address
    everyone = [request.enquirer, *(each.person for each in request.sought.all())]
    assert [[one.state for one in person.consents.all()] for person in everyone] == [
        ["given", "withdrawn"]
    ] * 3
    assert "not permitted" in client.get(address).content.decode()
    shown = client.get(reverse("tracing:request", args=[request.pk])).content.decode()
    assert "Nobody in this request is compared with anyone" in shown


def test_answer_about_a_request_that_cannot_be_stored_is_sent_back(client, worker, make_request):
    request = make_request()

    response = client.post(
        reverse("tracing:consent", args=[request.pk]),
        {"purpose": "tracing", "giver": "programme", "state": "overridden"},
    )

    assert response.status_code == 422
    assert request.enquirer.consents.count() == 1


def test_answer_about_a_request_is_taken_from_those_who_may_only(
    client, make_user, make_request, relative_agrees, at
):
    request = make_request(region="RU-DA")
    client.force_login(make_user(role=Role.PROGRAMME_MANAGER))
    address = reverse("tracing:consent", args=[request.pk])

    assert client.post(address, {"state": "withdrawn"}).status_code == 403
    for by, refusal in (
        (make_user(role=Role.PROGRAMME_MANAGER), NotAllowed),
        (make_user(role=Role.ENQUIRY_WORKER, region="RU-CE"), NotFound),
    ):
        with pytest.raises(refusal):
            actions.record_request_consent(request=request, answer=relative_agrees, by=by, at=at)
    assert request.enquirer.consents.count() == 1


def test_answer_of_a_relative_given_meanwhile_comes_back(client, worker, make_request):
    request = make_request("Руслан")
    address = reverse("tracing:consent", args=[request.pk])
    answer = {"purpose": "tracing", "giver": "relative", "state": "withdrawn", "seen": "1"}
    client.post(address, answer)

    late = client.post(address, answer | {"state": "refused"})

    assert late.status_code == 409
    assert "This question has been answered meanwhile." in late.content.decode()
    assert [one.state for one in request.enquirer.consents.all()] == ["given", "withdrawn"]
