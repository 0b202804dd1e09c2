"""A child's home: who may write of it, what follows, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kinward.access.actions import UnfitGrant
from kinward.access.models import Role
from kinward.access.policy import standing_grants
from kinward.casework.actions import GateClosed, UnfitStep, push_step
from kinward.casework.models import Step, Track, Unmet
from kinward.casework.queries import case_of
from kinward.casework.rules import due_on, may_travel
from kinward.casework.tracks import Placement, Tracing
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.guarding import WordsRefused
from kinward.people.queries import children
from kinward.placement import actions
from kinward.placement.models import (
    Act,
    Asked,
    Carer,
    CarerKind,
    Household,
    Placed,
    Suits,
    Visit,
)

pytestmark = pytest.mark.django_db


def test_region_that_is_asked_sees_the_child_and_no_other_region_does(
    child, salma, aminat, make_user, at
):
    chechnya = make_user(role=Role.GUARDIANSHIP_OFFICER, region="RU-CE")
    assert list(children(user=aminat)) == []

    actions.ask_region(child=child, region="RU-DA", reason="an aunt", by=salma, at=at)

    assert list(children(user=aminat)) == [child]
    assert list(children(user=chechnya)) == []
    later = at + timedelta(days=1)
    actions.ask_region(child=child, region="RU-CE", reason="an uncle", by=salma, at=later)
    assert standing_grants(later).filter(subject=child.pk).get().region == "RU-CE"
    with pytest.raises(UnfitGrant):
        actions.ask_region(child=child, region="RU-CE", reason="again", by=salma, at=later)


def test_who_may_not_place_the_child_writes_nothing(child, aminat, make_user, name_carer):
    with pytest.raises(NotFound):
        name_carer(by=aminat)  # not expected there yet
    with pytest.raises(NotFound):
        name_carer(by=make_user(role=Role.CASE_WORKER, region="SY-HA"))
    with pytest.raises(NotAllowed):
        name_carer(by=make_user(role=Role.REGISTRAR, region="IQ-BG"))
    assert Carer.objects.count() == 0


def test_region_is_asked_by_who_works_on_the_case_alone(child, aminat, expected, at):
    with pytest.raises(NotAllowed):
        actions.ask_region(child=child, region="RU-CE", reason="an uncle", by=aminat, at=at)


def test_each_thing_recorded_moves_the_track(expected, name_carer, fit, stands):
    carer = name_carer()
    assert stands() == Placement.CANDIDATE

    fit(carer, met=False, act=None)
    assert stands() == Placement.ASSESSED
    fit(carer, act=None)
    assert stands() == Placement.MET
    fit(carer, act=Act.PERMANENT)
    assert stands() == Placement.PERMANENT


def test_household_that_does_not_suit_moves_nothing(expected, name_carer, fit, move_in, stands):
    carer = fit(name_carer(), suits=Suits.NO, act=None)

    assert stands() == Placement.CANDIDATE
    with pytest.raises(actions.UnfitHome, match="cannot live there"):
        move_in(carer)


def test_carer_of_another_child_is_refused(expected, salma, name_carer, make_child, fit):
    other = name_carer(by=salma, of=make_child("ليلى", region="IQ-BG"))

    with pytest.raises(actions.UnfitHome, match="not of this child"):
        fit(other)


def test_relative_says_what_it_is_and_nobody_else_does(expected, name_carer):
    for said in ({"relation": ""}, {"kind": CarerKind.FOSTER, "for_now": True}):
        with pytest.raises(actions.UnfitHome):
            name_carer(**said)


def test_words_that_label_somebody_are_refused(expected, name_carer):
    with pytest.raises(WordsRefused):
        name_carer(why="the widow of a terrorist")
    assert Carer.objects.count() == 0


def test_stranger_cares_for_now_and_for_good_only_by_a_plan(
    expected, child, salma, aminat, name_carer, stands, at
):
    foster = {"kind": CarerKind.FOSTER, "relation": ""}
    name_carer(**foster, for_now=True)
    assert case_of(child).on(Track.PLACEMENT).last(Placement.INTERIM_CARE) is not None
    with pytest.raises(actions.UnfitHome, match="relative comes before"):
        name_carer(**foster)
    day = at.date() + timedelta(days=90)
    said = actions.Planned(why="nobody is left", plan="a family", view="I want", review_on=day)
    with pytest.raises(actions.UnfitHome, match="still looked for"):
        actions.plan_care(child=child, said=said, by=aminat, at=at)

    push_step(child=child, track=Track.TRACING, to=Tracing.EXHAUSTED, by=salma, at=at)
    assert Unmet.NO_PLAN in may_travel(case_of(child), at.date())
    actions.plan_care(child=child, said=said, by=aminat, at=at)
    assert Unmet.NO_PLAN not in may_travel(case_of(child), at.date())
    name_carer(**foster)

    assert stands(Track.TRACING) == Tracing.ALTERNATIVE
    assert stands() == Placement.CANDIDATE


def test_gate_keeps_a_child_from_moving_in_and_nothing_is_stored(
    child, salma, aminat, name_carer, fit, move_in, at
):
    actions.ask_region(child=child, region="RU-DA", reason="an aunt", by=salma, at=at)

    with pytest.raises(GateClosed) as closed:
        move_in(fit(name_carer()))

    assert closed.value.reasons == (Unmet.NO_ASSESSMENT, Unmet.NO_DETERMINATION)
    assert Placed.objects.count() == 0


def test_child_lives_in_one_home_at_a_time(at_home, name_carer, fit, move_in):
    with pytest.raises(actions.MovedMeanwhile):
        move_in(fit(name_carer(name="Zaira")))


def test_visit_at_which_the_child_was_not_seen_stays_due(child, at_home, visit, stands, at):
    visit(days=10, seen=False, why_not="nobody opened")

    assert stands() == Placement.PLACED
    due = due_on(case_of(child), at.date(), at.date() + timedelta(days=10))
    days = [each.on for each in due if each.to == Placement.FOLLOW_UP]
    assert days == [at.date() + timedelta(days=14)]


def test_next_visit_is_due_on_the_day_the_last_one_named(child, at_home, visit, at):
    visit(days=10, next_in=45)

    due = due_on(case_of(child), at.date(), at.date())
    days = [each.on for each in due if each.to == Placement.FOLLOW_UP]
    assert days == [at.date() + timedelta(days=55)]


def test_three_months_are_counted_from_moving_in(child, at_home, visit, at):
    visit(days=30, settled=True)

    def checks():
        due = due_on(case_of(child), at.date(), at.date())
        return [each.on for each in due if each.to == Placement.FOLLOW_UP]

    assert checks() == [at.date() + timedelta(days=91)]
    visit(days=95, settled=True)
    assert checks() == []


@pytest.mark.parametrize(
    "said",
    [
        {"where": "telephone"},
        {"seen": False},
        {"seen": False, "why_not": "ill", "settled": True},
        {"next_in": 0},
        {"changed": " "},
    ],
)
def test_visit_that_contradicts_itself_is_refused(at_home, visit, said):
    with pytest.raises(actions.UnfitHome):
        visit(days=10, **said)
    assert Visit.objects.count() == 0


def test_guardianship_for_the_time_being_runs_out(child, at_home, at):
    due = due_on(case_of(child), at.date(), at.date())

    found = [(each.on, each.to) for each in due if each.runs_out]
    assert found == [(at.date() + timedelta(days=180), Placement.INTERIM)]


def test_another_home_replaces_one_that_could_not_go_on(
    child, at_home, aminat, name_carer, fit, move_in, stands, at
):
    when = at + timedelta(days=20)
    said = actions.Broken(
        ended_on=when.date(), why="the carer fell ill", view="I am sad", now_at="with the aunt"
    )
    ended = actions.end_placement(child=child, said=said, by=aminat, at=when)
    assert stands() == Placement.BREAKDOWN
    with pytest.raises(actions.UnfitHome, match="lives with a carer"):
        actions.end_placement(child=child, said=said, by=aminat, at=when)

    carer = Carer.objects.get()
    placed = move_in(carer, days=40)

    assert stands() == Placement.REPLACED
    assert placed.replaces == ended


def test_what_is_written_down_late_and_in_another_order_goes_on(
    child, expected, aminat, name_carer, stands, at
):
    late, day = at + timedelta(days=9), at.date()
    carer = name_carer(days=9)
    seen = {"lives_there": "the aunt", "looked_at": "a warm room", "why": "all is well"}
    household = actions.Seen(carer=carer, seen_on=day, suits=Suits.YES, **seen)
    actions.assess_household(child=child, said=household, by=aminat, at=late)

    assert stands() == Placement.ASSESSED
    assert Household.objects.get().seen_on == day
    step = Step.objects.filter(child=child, track=Track.PLACEMENT).latest("number")
    assert step.happened_on == late.date()


def test_carer_known_for_some_time_receives_the_child_on_the_day_it_moved_in(
    expected, name_carer, fit, move_in, stands, at
):
    carer = name_carer(days=9, known_on=at.date())
    with pytest.raises(actions.UnfitHome):
        name_carer(days=9, known_on=at.date() + timedelta(days=10))
    fit(carer)

    assert move_in(carer, days=5).moved_on == at.date() + timedelta(days=5)
    assert stands() == Placement.PLACED


@pytest.fixture
def closing(at):
    day = at.date() + timedelta(days=2000)
    told = dict.fromkeys(("child_says", "carer_says", "feedback", "why"), "all is well")
    return actions.Closing(keep_until=day, **told)


def test_gate_closes_a_case_only_after_three_months_and_by_another(
    child, at_home, aminat, zarema, visit, closing, stands, at
):
    visit(days=30, settled=True)
    early, late = at + timedelta(days=40), at + timedelta(days=100)
    actions.ask_to_close(child=child, said=closing, by=aminat, at=early)
    with pytest.raises(GateClosed) as closed:
        actions.close_case(child=child, reason="settled", by=zarema, at=early)
    assert closed.value.reasons == (Unmet.NO_CHECK,)
    with pytest.raises(UnfitStep):
        actions.ask_to_close(child=child, said=closing, by=aminat, at=early)
    assert Asked.objects.count() == 1
    with pytest.raises(UnfitStep):
        actions.close_case(child=child, reason="settled", by=aminat, at=late)
    assert stands() == Placement.CLOSING


def test_case_that_was_opened_again_is_closed_only_after_all_is_asked_anew(
    child, at_home, aminat, zarema, visit, closing, stands, at
):
    visit(days=95, settled=True)
    late = at + timedelta(days=100)
    actions.ask_to_close(child=child, said=closing, by=aminat, at=late)
    actions.close_case(child=child, reason="settled", by=zarema, at=late)
    assert stands() == Placement.CLOSED

    actions.reopen_case(child=child, reason="the school calls", by=aminat, at=late)
    visit(days=120, settled=True)

    again = at + timedelta(days=130)
    actions.ask_to_close(child=child, said=replace(closing, why="again"), by=aminat, at=again)
    actions.close_case(child=child, reason="settled", by=zarema, at=again)
    assert stands() == Placement.CLOSED


def test_day_the_mother_may_be_free_and_the_next_contact_are_due(child, expected, aminat, at):
    day = at.date()
    said = actions.Agreed(
        held_at="the women’s house, letters through the consul",
        way="letter",
        agreed="a letter each month",
        view="I draw for her",
        next_on=day + timedelta(days=30),
        free_on=day + timedelta(days=200),
        told_by="her lawyer",
        as_of=day,
    )
    actions.plan_contact(child=child, said=said, by=aminat, at=at)
    with pytest.raises(actions.UnfitHome, match="who told"):
        actions.plan_contact(child=child, said=replace(said, told_by=" "), by=aminat, at=at)

    def due():
        return {each.to: each.on for each in due_on(case_of(child), day, day)}

    assert due()[Placement.CONTACT] == day + timedelta(days=30)
    assert due()[Placement.RELEASE] == day + timedelta(days=200)
    free = replace(said, free_on=None, next_on=None)
    actions.plan_contact(child=child, said=free, by=aminat, at=at)
    assert Placement.RELEASE not in due()
    assert Placement.CONTACT not in due()


def test_contact_needs_a_plan_and_names_the_next(child, expected, aminat, at):
    said = actions.InTouch(on=at.date(), took_place=False, words="the line was dead")

    with pytest.raises(actions.UnfitHome, match="stay in contact"):
        actions.record_contact(child=child, said=said, by=aminat, at=at)


def test_child_is_told_by_the_first_day_of_all_that_waits(child, expected, aminat, at):
    day = at.date()

    def due():
        found = due_on(case_of(child), day, day)
        return [each.on for each in found if each.to == Placement.TO_TELL]

    told = []
    for days in (20, 5):
        said = actions.Waiting(
            news="mother_moved",
            words="she is in another house",
            by_whom="the aunt",
            by_day=day + timedelta(days=days),
        )
        told.append(actions.will_tell(child=child, said=said, by=aminat, at=at))
    assert due() == [day + timedelta(days=5)]

    heard = actions.Heard(of=told[1], told_on=day, words="it asked when it may write")
    actions.tell(child=child, said=heard, by=aminat, at=at)
    assert due() == [day + timedelta(days=20)]
    with pytest.raises(actions.ToldMeanwhile):
        actions.tell(child=child, said=heard, by=aminat, at=at)
    actions.tell(child=child, said=replace(heard, of=told[0]), by=aminat, at=at)
    assert due() == []
