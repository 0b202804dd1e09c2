"""The next best question about a child, on the page that compares."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kinward.tracing.matching import next_questions
from kinward.tracing.matching.asking import ASKED, RESERVED
from kinward.tracing.models import Candidate, Verdict


@pytest.fixture
def compared(make_child, make_request, work):
    """A child two requests look for, of whom nobody has told much."""
    child = make_child("Магомед Гаджиев")
    make_request("Магомед Гаджиев", enquirer="Патимат")
    make_request("Магомед Алиев", enquirer="Хадижат")
    work()
    return child


def test_three_questions_are_proposed_with_what_each_would_tell(compared):
    asked = next_questions(compared.pk)

    assert len(asked) == ASKED
    assert all(0 < each.gain <= each.doubt for each in asked)
    assert not {each.fact for each in asked} & set(RESERVED)
    assert all(each.say("ru") != each.say("en") for each in asked)


def test_nothing_is_asked_about_a_child_with_no_candidate_left(compared, make_child):
    alone = make_child("Совсем Другой")

    Candidate.objects.update(verdict=Verdict.REJECTED)

    assert next_questions(alone.pk) == []
    assert next_questions(compared.pk) == []


def test_page_names_whom_to_ask_and_how_much_it_tells(client, officer, compared):
    candidate = Candidate.objects.order_by("-weight").first()
    page = reverse("tracing:ask_next", args=[candidate.pk])

    whole = client.get(page).content.decode()
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()

    assert whole.count("expected to tell") == ASKED
    assert part.count("expected to tell") == ASKED
    assert "<html" not in part
    beside = client.get(reverse("tracing:candidate", args=[candidate.pk])).content.decode()
    assert page in beside
