"""What a closed checkpoint is wrong about: said by one, agreed by another, and what follows."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation
from operation import ADMITTED, BOARDED, LANDED, WRONG, plan, position, post_of

from kinward.access.models import Role
from kinward.casework.models import Step
from kinward.casework.tracks import Movement
from kinward.core.errors import NotAllowed, NotFound
from kinward.operations import actions, queries
from kinward.operations.models import (
    Amended,
    Amendment,
    Handover,
    Leaving,
    Left,
    WhyNot,
)


@pytest.fixture
def amend(planned):
    """Say of a child that it was there or was not, and have the counter agree."""

    def amended(kind, child, *, agree=True, by=None, **said):
        asked = actions.ask_to_amend(
            checkpoint=planned.checkpoints[kind],
            wrong=actions.Wrong(child=child.pk, **WRONG | said),
            by=planned.lead,
            at=planned.now(),
        )
        by = by or planned.counters[0]
        return actions.answer_amendment(amendment=asked, agree=agree, by=by, at=planned.now())

    return amended


def test_two_children_that_were_taken_for_each_other_change_places(planned, amend):
    _first, wrong, right = planned.children
    line = Handover.objects.get(child=wrong, minute__receiver=planned.hospital)
    before = (position(wrong), position(right))

    with translation.override("ru"):  # whoever agrees reads another language than who closed it
        amend(LANDED, wrong, there=False, left=Left.MEDEVAC, why=WhyNot.UNFIT, line=line.pk)
    amend(LANDED, right, there=True)
    for child, there in ((wrong, False), (right, True)):
        amend(ADMITTED, child, there=there)

    journey, post = post_of(planned, ADMITTED)
    assert before == (Movement.ADMITTED, Movement.MEDEVAC)
    assert (position(wrong), position(right)) == (Movement.MEDEVAC, Movement.ADMITTED)
    assert {each.pk for each in (planned.children[0], right)} == post.outcome.there
    assert post.outcome.open == ()
    assert not post.late
    assert journey.custody[wrong.pk].holder == str(planned.delegation.pk)
    assert journey.custody[wrong.pk].broken == ()
    assert [each.child_id for each in journey.leavings] == [wrong.pk]
    found = queries.reconciliation_of(journey, user=planned.lead)
    assert found.open == ()


def test_nothing_changes_until_another_person_agrees(planned, amend):
    wrong = planned.children[1]
    told = {"there": False, "left": Left.ABSENT, "why": WhyNot.ABSENT}

    answered = amend(LANDED, wrong, agree=False, **told)

    assert not answered.agreed
    assert position(wrong) == Movement.ADMITTED
    assert wrong.pk in post_of(planned, LANDED)[1].outcome.there
    with pytest.raises(actions.UnfitRecord, match="Another person"):
        amend(LANDED, wrong, by=planned.lead, **told)
    assert Amended.objects.count() == 1


def test_what_was_recorded_stays_on_record(planned, amend):
    wrong = planned.children[1]
    before = Step.objects.filter(child=wrong).count()

    amend(ADMITTED, wrong, there=False, left=Left.NOT_ADMITTED, why=WhyNot.WELL)

    rows = Step.objects.filter(child=wrong).order_by("number")
    assert [each.to for each in rows[before:]] == ["", Movement.EXPLAINED]
    assert rows[before].withdraws.to == Movement.ADMITTED
    assert planned.checkpoints[ADMITTED].closing.there == 2
    assert Leaving.objects.get(child=wrong).words == WRONG["reason"]


@pytest.mark.parametrize(
    ("number", "said", "words"),
    [
        (1, {"there": True}, "stands already"),
        (2, {"there": False}, "stands already"),
        (1, {"there": False}, "what happened"),
        (1, {"there": False, "left": "absent", "why": "absent", "reason": " "}, "a reason"),
        (2, {"there": True, "why": "absent"}, "say nothing"),
    ],
)
def test_amendment_says_neither_too_little_nor_too_much(planned, amend, number, said, words):
    with pytest.raises(actions.UnfitRecord, match=words):
        amend(LANDED, planned.children[number], **said)

    assert Amendment.objects.count() == 0


def test_line_of_another_child_is_not_voided(planned, amend):
    other = Handover.objects.filter(child=planned.children[0]).first()

    with pytest.raises(actions.UnfitRecord, match="of another child"):
        amend(
            LANDED,
            planned.children[1],
            there=False,
            left=Left.ABSENT,
            why=WhyNot.ABSENT,
            line=other.pk,
        )


def test_open_checkpoint_is_counted_again_and_not_amended(make_user, make_child, at):
    planned = plan(make_user, [make_child("رسلان")], at, kinds=(BOARDED,))
    wrong = actions.Wrong(child=planned.children[0].pk, there=True, **WRONG)

    with pytest.raises(actions.UnfitRecord, match="still open"):
        actions.ask_to_amend(
            checkpoint=planned.checkpoints[BOARDED], wrong=wrong, by=planned.lead, at=planned.now()
        )


def test_who_counts_does_not_ask_and_a_stranger_does_not_answer(planned, amend, make_user):
    wrong = actions.Wrong(child=planned.children[2].pk, there=True, **WRONG)
    stranger = make_user("stranger", role=Role.ESCORT)

    with pytest.raises(NotAllowed):
        actions.ask_to_amend(
            checkpoint=planned.checkpoints[LANDED],
            wrong=wrong,
            by=planned.counters[0],
            at=planned.now(),
        )
    with pytest.raises(NotFound):
        amend(LANDED, planned.children[2], there=True, by=stranger)


def test_lead_says_it_on_the_page_and_the_counter_agrees_there(planned, client):
    wrong, closed = planned.children[1], planned.checkpoints[ADMITTED]
    page = reverse("operations:amend", args=[closed.pk])
    typed = {"child": f"no {wrong.pk}", "left": "not_admitted", "why": "well", **WRONG}
    client.force_login(planned.lead)

    lacking = client.post(page, typed | {"why": ""})
    client.post(page, typed)
    waits = client.get(reverse("operations:checkpoint", args=[closed.pk])).content.decode()
    client.force_login(planned.counters[1])
    shown = client.get(reverse("operations:checkpoint", args=[closed.pk])).content.decode()
    asked = Amendment.objects.get()
    answer = reverse("operations:answer_amendment", args=[asked.pk])
    agreed = client.post(answer, {"agree": "yes"}, follow=True).content.decode()
    again = client.post(answer, {"agree": "yes"}, follow=True).content.decode()

    assert lacking.status_code == 422
    assert "waits for another person" in waits
    assert "I agree" not in waits
    assert "I agree" in shown
    assert "Your answer is recorded." in agreed
    assert "answered already" in again
    assert Amended.objects.get().agreed
