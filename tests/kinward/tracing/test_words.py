"""What a relative told, and what reviewers write, where it labels a person."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from kinward.access.models import Role
from kinward.core.guarding import WordsRefused
from kinward.people.actions import answer_for_words
from kinward.people.models import SaidBy
from kinward.tracing import actions, queries
from kinward.tracing.models import Opinion, Relation, Request, Review

pytestmark = pytest.mark.django_db

TOLD = "Говорят, что мои внуки — дети боевиков."
LABELS = "боевиков"
WHY = "The grandmother’s own words."


@pytest.fixture
def at():
    """Now, as the screens know no other time and approvals run out."""
    return timezone.now()


@pytest.fixture
def worker(make_user):
    return make_user("patimat", role=Role.ENQUIRY_WORKER, region="RU-DA")


@pytest.fixture
def officer(make_user):
    return make_user("anna", role=Role.TRACING_OFFICER)


@pytest.fixture
def take(worker, say, at):
    def make(keeping=""):
        return actions.take_request(
            enquirer=[say("name", text="Патимат", said_by=SaidBy.RELATIVE)],
            told=TOLD,
            keeping=keeping,
            sought=[(Relation.GRANDCHILD, [say("name", text="Руслан", said_by=SaidBy.RELATIVE)])],
            by=worker,
            at=at,
        )

    return make


def test_request_that_labels_is_refused_without_a_reason(take):
    with pytest.raises(WordsRefused) as refused:
        take()

    assert refused.value.field == "told"
    assert Request.objects.count() == 0


def test_request_with_a_reason_is_taken_and_its_words_wait(take, worker, officer, at):
    request = take(WHY)

    assert queries.told(request, user=worker) == queries.told(request, user=officer) == ""
    assert queries.told_waiting(request, user=worker) == TOLD
    assert queries.told_waiting(request, user=officer) == LABELS  # who compares reads no more

    answer_for_words(row=request, keep=True, reason="", by=officer, at=at)

    assert queries.told(request, user=worker) == TOLD
    assert queries.told_waiting(request, user=officer) == ""


def test_second_person_answers_on_the_page_of_the_request(client, take, worker, officer):
    request = take(WHY)
    client.force_login(officer)
    address = reverse("tracing:answer_for_words", args=[request.pk])

    assert client.post(address, {"keep": "no"}).status_code == 422
    page = client.get(reverse("tracing:request", args=[request.pk])).content.decode()
    assert (LABELS in page, TOLD in page) == (True, False)
    client.post(address, {"keep": "yes"})

    assert queries.told(request, user=worker) == TOLD
    assert client.post(address, {"keep": "yes"}).status_code == 409


def test_form_of_a_request_warns_and_keeps_what_was_typed(client, worker):
    client.force_login(worker)

    response = client.post(reverse("tracing:take"), {"told": TOLD, "language": "ru"})

    page = response.content.decode()
    assert response.status_code == 422
    assert TOLD in page
    assert 'id="id_told_error"' in page
    assert 'name="keep_because"' in page


def test_reason_of_a_review_may_not_label(make_candidate, officer, at):
    with pytest.raises(WordsRefused):
        actions.review_candidate(
            candidate=make_candidate(),
            opinion=Opinion.SAME,
            reason="The father was a fighter.",
            by=officer,
            at=at,
        )

    assert Review.objects.count() == 0


def test_machine_is_told_which_field_and_why(client, make_candidate, officer):
    client.force_login(officer)
    candidate = make_candidate()

    response = client.post(
        f"/api/candidates/{candidate.pk}/reviews",
        json.dumps({"opinion": "same", "reason": "D3S1358 15,16 in both"}),
        content_type="application/json",
        headers={"if-match": f'"{candidate.version}"'},
    )

    told = response.json()
    assert (response.status_code, told["field"], told["reason"]) == (409, "reason", "genetic")
    assert Review.objects.count() == 0


def test_reason_for_taking_a_judgement_back_may_not_label(make_candidate, make_user, officer, at):
    candidate = make_candidate()
    for reviewer in (officer, make_user("second", role=Role.SECOND_REVIEWER)):
        actions.review_candidate(
            candidate=candidate, opinion=Opinion.SAME, reason="All agree.", by=reviewer, at=at
        )

    with pytest.raises(WordsRefused):
        actions.undo_judgement(
            judgement=candidate.judgements.get(), reason="He is an extremist.", by=officer, at=at
        )
