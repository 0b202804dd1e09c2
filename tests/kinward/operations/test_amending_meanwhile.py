"""What others recorded between saying that a checkpoint is wrong and agreeing to it, and after."""

from __future__ import annotations

import pytest
from operation import ADMITTED, BOARDED, LANDED, WRONG, another, position, post_of

from kinward.casework.tracks import Movement
from kinward.operations import actions, queries
from kinward.operations.models import (
    Amendment,
    Handover,
    Leaving,
    Left,
    OnPlan,
    Settled,
    StillOpen,
    WhyNot,
)


@pytest.fixture
def amend(planned):
    """Say of a child that it was there or was not, and have the counter agree."""
    return lambda kind, child, **said: agree(planned, ask(planned, kind, child, **said))


def ask(planned, kind, child, **said):
    """Say of a child that it was there or was not, and leave it at that."""
    return actions.ask_to_amend(
        checkpoint=planned.checkpoints[kind],
        wrong=actions.Wrong(child=child.pk, **WRONG | said),
        by=planned.lead,
        at=planned.now(),
    )


def agree(planned, asked, *, agree=True):
    by, at = planned.counters[0], planned.now()
    return actions.answer_amendment(amendment=asked, agree=agree, by=by, at=at)


def standing(child):
    return list(
        Leaving.objects.filter(child=child, takes_back__isnull=True, taken_back__isnull=True)
    )


def put(operation, child, planned):
    told = {"recorded_by": planned.lead, "recorded_at": planned.now()}
    return OnPlan.objects.create(operation=operation, child=child, on=True, over=[1], **told)


def holder(planned, child):
    journey = queries.under_way(planned.operation, user=planned.lead)
    return journey.custody[child.pk].holder


def test_child_that_was_there_is_not_left_with_who_took_it_out(planned, amend):
    child = planned.children[2]
    minute = planned.hand_over([child], planned.delegation, planned.hospital)

    amend(LANDED, child, there=True, line=minute.lines.get().pk)

    assert holder(planned, child) == str(planned.delegation.pk)


def test_who_was_there_by_an_amendment_is_handed_over_after_the_closing(planned):
    child = planned.children[2]
    minute = planned.hand_over([child], planned.delegation, planned.hospital)
    wrong = {"line": minute.lines.get(), "handed": None, "reason": "It never left the aircraft."}
    actions.close_operation(operation=planned.operation, by=planned.lead, at=planned.now())
    agree(planned, ask(planned, LANDED, child, there=True))

    actions.correct_handover(**wrong, by=planned.lead, at=planned.now())
    before = holder(planned, child)
    planned.hand_over([child], planned.delegation, planned.hospital)

    assert before == str(planned.delegation.pk)
    assert holder(planned, child) == str(planned.hospital.pk)


def test_amendment_on_a_leaving_that_went_meanwhile_is_said_anew(planned, amend):
    child = planned.children[1]
    amend(BOARDED, child, there=False, left=Left.ABSENT, why=WhyNot.ABSENT)
    asked = ask(planned, LANDED, child, there=False)
    amend(BOARDED, child, there=True)

    with pytest.raises(actions.UnfitRecord, match="what happened"):
        agree(planned, asked)
    agree(planned, asked, agree=False)
    amend(LANDED, child, there=False, left=Left.ABSENT, why=WhyNot.ABSENT)

    assert [(each.left, each.why) for each in standing(child)] == [(Left.ABSENT, WhyNot.ABSENT)]


def test_reason_is_not_said_twice_of_one_child(planned, amend):
    child, told = planned.children[1], {"left": Left.ABSENT, "why": WhyNot.ABSENT}
    asked = ask(planned, LANDED, child, there=False, **told)
    amend(BOARDED, child, there=False, **told)

    with pytest.raises(actions.UnfitRecord, match="recorded already"):
        agree(planned, asked)
    with pytest.raises(actions.UnfitRecord, match="recorded already"):
        ask(planned, ADMITTED, child, there=False, **told)

    assert len(standing(child)) == 1


def test_child_that_was_there_after_all_is_off_the_plans_that_came_after(planned, amend):
    """Carried over, it did not go with that one either; meanwhile the first was closed."""
    child, following, last = planned.children[1], another(planned), another(planned)
    amend(ADMITTED, child, there=False, left=Left.NOT_ADMITTED, why=WhyNot.WELL)
    [leaving] = standing(child)
    told = {"child": child, "recorded_by": planned.lead, "recorded_at": planned.now()}
    same = {"left": leaving.left, "why": leaving.why, "operation": planned.operation}
    Leaving.objects.create(**told, **same, checkpoint=leaving.checkpoint, takes_back=leaving)
    Leaving.objects.create(**told, **same, checkpoint=leaving.checkpoint, carried_to=following)
    put(following, child, planned)
    why = {"left": Left.NOT_FLOWN, "why": WhyNot.COURT}
    Leaving.objects.create(**told, **why, operation=following, carried_to=last)
    put(last, child, planned)
    actions.close_operation(operation=planned.operation, by=planned.lead, at=planned.now())

    amend(ADMITTED, child, there=True)

    assert open_plans(child) == []


def test_child_of_a_closed_operation_stays_on_a_plan_of_its_own(planned, amend):
    child, later = planned.children[2], another(planned)
    actions.close_operation(operation=planned.operation, by=planned.lead, at=planned.now())
    put(later, child, planned)

    amend(LANDED, child, there=True)

    assert open_plans(child) == [later.pk]


def open_plans(child):
    """The operations that still mean to take a child along, read row by row."""
    last = {}
    for row in OnPlan.objects.filter(child=child, operation__reconciled__isnull=True).order_by(
        "recorded_at", "id"
    ):
        last[row.operation_id] = row.on
    stayed = {each.operation_id for each in standing(child)}
    return [key for key, on in last.items() if on and key not in stayed]


def test_child_that_goes_on_after_all_is_on_no_other_plan(planned, amend):
    """It was free meanwhile, and somebody planned it elsewhere without carrying it over."""
    child = planned.children[2]
    put(another(planned), child, planned)

    amend(LANDED, child, there=True)

    assert open_plans(child) == [planned.operation.pk]


def test_child_that_left_before_it_was_said_to_left_once(planned, amend):
    child = planned.children[2]
    [first] = standing(child)

    amend(BOARDED, child, there=False, left=Left.NOT_FLOWN, why=WhyNot.DOCUMENT)

    [left] = standing(child)
    assert left.checkpoint == planned.checkpoints[BOARDED]
    assert (left.left, left.why) == (Left.NOT_FLOWN, WhyNot.DOCUMENT)
    assert Leaving.objects.get(takes_back=first).words == WRONG["reason"]
    assert position(child) == Movement.BOARDED  # as it was typed; and not taken out any more
    _journey, post = post_of(planned, LANDED)
    assert child.pk in post.outcome.away


def test_why_a_child_is_missing_at_a_closed_checkpoint_can_be_said(planned, amend):
    """It was on board after all, and where it went then is still to be said."""
    child, told = planned.children[2], {"left": Left.MEDEVAC, "why": WhyNot.UNFIT}
    amend(BOARDED, child, there=False, left=Left.NOT_FLOWN, why=WhyNot.DOCUMENT)
    amend(BOARDED, child, there=True)
    journey, post = post_of(planned, LANDED)
    unexplained = queries.reconciliation_of(journey, user=planned.lead).open

    amend(LANDED, child, there=False, **told)

    assert child.pk in post.outcome.missing
    assert post.late
    assert unexplained == (StillOpen.UNEXPLAINED,)
    journey, post = post_of(planned, LANDED)
    assert child.pk in post.outcome.away
    assert not post.late
    assert queries.reconciliation_of(journey, user=planned.lead).open == ()
    assert position(child) == Movement.MEDEVAC


def test_of_an_objection_no_words_are_kept(planned, amend):
    child, told = planned.children[1], {"left": Left.ABSENT, "why": WhyNot.OBJECTION}
    with pytest.raises(actions.UnfitRecord, match="no words are kept"):
        ask(planned, BOARDED, child, there=False, **told)

    amend(BOARDED, child, there=False, **told | {"reason": ""})
    with pytest.raises(actions.UnfitRecord, match="no words are kept"):
        ask(planned, LANDED, child, there=False)
    amend(LANDED, child, there=False, reason="")

    label = str(WhyNot.OBJECTION.label)
    assert {each.reason for each in Amendment.objects.all()} == {label}
    assert {each.reason for each in Settled.objects.filter(child=child)} == {label}
    assert [each.words for each in standing(child)] == [""]
    with pytest.raises(actions.UnfitRecord, match="Give a reason"):
        ask(planned, BOARDED, child, there=True, reason="")


def test_line_that_was_corrected_meanwhile_is_said_anew(planned):
    child = planned.children[1]
    line = Handover.objects.get(child=child, minute__receiver=planned.hospital)
    told = {"left": Left.NOT_ADMITTED, "why": WhyNot.WELL, "line": line.pk}
    asked = ask(planned, ADMITTED, child, there=False, **told)
    actions.correct_handover(
        line=line,
        handed=actions.Handed(
            giver=planned.delegation,
            receiver=None,
            handed_at=planned.now(),
            witnesses="the ambassador",
        ),
        reason="the wrong hospital",
        by=planned.lead,
        at=planned.now(),
    )

    with pytest.raises(actions.UnfitRecord, match="corrected before"):
        agree(planned, asked)

    assert Settled.objects.count() == 0
