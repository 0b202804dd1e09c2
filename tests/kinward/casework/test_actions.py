"""Steps are taken and withdrawn in one ledger; a gate refuses with every reason."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from kinward.access import actions as access
from kinward.access.models import Approval, Role
from kinward.audit.models import Event
from kinward.casework.actions import (
    Addition,
    Claim,
    GateClosed,
    StepMeanwhile,
    UnfitStep,
    add_to_hold,
    ask_to_go_on,
    push_step,
    record_hold,
    take_step,
    withdraw_step,
)
from kinward.casework.models import (
    Added,
    HoldEnded,
    HoldKind,
    Lack,
    Party,
    Step,
    Track,
    Unmet,
)
from kinward.casework.queries import case_of, lines_of, siblings_of, version_of_track
from kinward.casework.tracks import Best, Host, Locate, Movement, Next, Tracing
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.fields import Erased
from kinward.core.guarding import WordsRefused
from kinward.core.keystore import store
from kinward.people.actions import add_statement
from kinward.people.actions.erasing import subjects_about
from kinward.people.due import compartments_of, last_entries

pytestmark = pytest.mark.django_db


def position(child, track):
    return case_of(child).on(track).position


def test_step_is_kept_with_who_when_and_why(child, take, salma, at):
    step = take(Track.LOCATE, Locate.HYPOTHESIS, reason=" the mother says so ")

    kept = Step.objects.get()
    assert kept == step
    assert (kept.track, kept.number, kept.to) == ("locate", 1, "hypothesis")
    assert (kept.reason, kept.compartment) == ("the mother says so", "location")
    assert (kept.taken_by, kept.taken_at, kept.happened_on) == (salma, at, at.date())
    assert position(child, Track.LOCATE) == Locate.HYPOTHESIS
    assert Event.objects.filter(action="casework.took_step").count() == 1


def test_registered_child_and_one_of_a_list_begin_elsewhere(child):
    assert position(child, Track.LOCATE) == Locate.REGISTERED
    assert position(child, Track.CONSENT) == "given"


def test_step_out_of_order_is_refused_and_stores_nothing(take):
    with pytest.raises(UnfitStep) as refused:
        take(Track.LOCATE, Locate.ESTABLISHED, evidence="a passport")

    assert refused.value.missing == (Lack.IMPOSSIBLE,)
    assert Step.objects.count() == 0


def test_words_that_label_a_child_are_not_kept(take):
    with pytest.raises(WordsRefused):
        take(Track.LOCATE, Locate.HYPOTHESIS, reason="son of a terrorist")

    assert Step.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "region", "error"),
    [
        (Role.REGISTRAR, "IQ-BG", NotAllowed),
        (Role.TRACING_OFFICER, "IQ-BG", NotAllowed),
        (Role.CASE_WORKER, "SY-HA", NotFound),
    ],
)
def test_step_is_taken_by_case_workers_of_that_office(take, make_user, role, region, error):
    other = make_user("other", role=role, region=region)

    with pytest.raises(error):
        take(Track.LOCATE, Locate.HYPOTHESIS, reason="the mother says so", by=other)

    assert Step.objects.count() == 0


def test_step_on_what_stands_no_more_is_a_conflict(child, take, salma, at):
    seen = version_of_track(child, Track.LOCATE, [])
    take(Track.LOCATE, Locate.HYPOTHESIS, reason="the mother says so")
    wanted = Next(to=Locate.CORROBORATED, on=at.date(), evidence="a birth certificate")

    with pytest.raises(StepMeanwhile) as conflict:
        take_step(child=child, track=Track.LOCATE, wanted=wanted, seen=seen, by=salma, at=at)

    assert conflict.value.by == salma.get_full_name()
    assert Step.objects.count() == 1


def test_withdrawn_step_stays_on_record_and_stands_no_more(child, take, salma, at):
    step = take(Track.LOCATE, Locate.HYPOTHESIS, reason="the mother says so")

    back = withdraw_step(child=child, track=Track.LOCATE, reason="a mistake", by=salma, at=at)

    assert (back.withdraws, back.number, back.to) == (step, 2, "")
    assert Step.objects.count() == 2
    assert position(child, Track.LOCATE) == Locate.REGISTERED
    with pytest.raises(UnfitStep) as refused:
        withdraw_step(child=child, track=Track.LOCATE, reason="a mistake", by=salma, at=at)
    assert refused.value.missing == (Lack.NOTHING,)


def test_withdrawing_needs_a_reason(child, take, salma, at):
    take(Track.LOCATE, Locate.HYPOTHESIS, reason="the mother says so")

    with pytest.raises(UnfitStep) as refused:
        withdraw_step(child=child, track=Track.LOCATE, reason=" ", by=salma, at=at)

    assert refused.value.missing == (Lack.REASON,)


def test_gate_refuses_with_every_reason(child, take, at):
    take(Track.MOVEMENT, Movement.FIT, holds_until=at.date(), pushed=True)

    with pytest.raises(GateClosed) as closed:
        take(Track.MOVEMENT, Movement.MANIFESTED)

    assert [str(reason) for reason in closed.value.reasons] == [
        "not_known",
        "no_leave",
        "no_document",
        "name_unchecked",
        "no_escort",
        "no_assessment",
        "nobody_receives",
    ]
    assert position(child, Track.MOVEMENT) == Movement.FIT


def test_gate_opens_once_nothing_is_missing(child, take, almost):
    almost()
    with pytest.raises(GateClosed) as closed:
        take(Track.MOVEMENT, Movement.MANIFESTED)
    assert closed.value.reasons == (Unmet.NO_ESCORT,)

    take(Track.MOVEMENT, Movement.ESCORT, evidence="a nurse of the ministry")
    take(Track.MOVEMENT, Movement.MANIFESTED)

    assert position(child, Track.MOVEMENT) == Movement.MANIFESTED


def asked(child, salma, at, reason="the flight is the last of the year"):
    return ask_to_go_on(
        child=child,
        track=Track.MOVEMENT,
        to=Movement.MANIFESTED,
        on=at.date(),
        reason=reason,
        by=salma,
        at=at,
    )


def test_two_people_may_go_on_and_it_stays_visible(child, take, almost, salma, nadia, at):
    almost()
    approval = asked(child, salma, at)
    with pytest.raises(GateClosed):
        take(Track.MOVEMENT, Movement.MANIFESTED)
    with pytest.raises(NotAllowed):
        access.approve(approval=approval, by=salma, at=at)
    access.approve(approval=approval, by=nadia, at=at)

    step = take(Track.MOVEMENT, Movement.MANIFESTED)

    assert (step.approval, step.despite) == (approval, ["no_escort"])
    assert position(child, Track.MOVEMENT) == Movement.MANIFESTED
    withdraw_step(child=child, track=Track.MOVEMENT, reason="a mistake", by=salma, at=at)
    with pytest.raises(GateClosed):  # it was for once
        take(Track.MOVEMENT, Movement.MANIFESTED)


def test_agreement_is_for_these_reasons_and_runs_out(child, take, almost, salma, yusuf, nadia, at):
    almost()
    access.approve(approval=asked(child, salma, at), by=nadia, at=at)
    later = at + timedelta(days=7)
    wanted = Next(to=Movement.MANIFESTED, on=at.date())

    with pytest.raises(GateClosed):
        take_step(child=child, track=Track.MOVEMENT, wanted=wanted, by=salma, at=later)
    with pytest.raises(GateClosed):
        take(Track.MOVEMENT, Movement.MANIFESTED, by=yusuf)
    withdraw_step(child=child, track=Track.PLACEMENT, reason="she is ill", by=salma, at=at)
    with pytest.raises(GateClosed) as closed:
        take(Track.MOVEMENT, Movement.MANIFESTED)

    assert closed.value.reasons == (Unmet.NO_ESCORT, Unmet.NOBODY_RECEIVES)


def test_going_on_is_asked_once_and_only_where_a_gate_refuses(child, take, almost, salma, at):
    almost()
    asked(child, salma, at)

    with pytest.raises(RuleBroken, match="already"):
        asked(child, salma, at)
    take(Track.MOVEMENT, Movement.ESCORT, evidence="a nurse")
    with pytest.raises(UnfitStep):
        asked(child, salma, at)
    assert Approval.objects.count() == 1


def test_pushed_step_follows_and_is_not_typed_or_withdrawn_here(child, take, salma, at):
    step = push_step(child=child, track=Track.TRACING, to=Tracing.PENDING, by=salma, at=at)

    assert step.to == Tracing.PENDING
    again = push_step(child=child, track=Track.TRACING, to=Tracing.PENDING, by=salma, at=at)
    never = push_step(child=child, track=Track.TRACING, to=Tracing.REUNIFIED, by=salma, at=at)
    assert (again, never) == (None, None)
    with pytest.raises(UnfitStep) as refused:
        withdraw_step(child=child, track=Track.TRACING, reason="a mistake", by=salma, at=at)
    assert refused.value.missing == (Lack.PUSHED,)
    with pytest.raises(UnfitStep):
        take(Track.TRACING, Tracing.VERIFIED)


def named_sibling(child, sibling, say, at):
    value = {"relation": "sibling", "text": "Zaira", "record": sibling.reference}
    add_statement(person=child, statement=say("relative", **value), by=child.registered_by, at=at)


def test_siblings_are_those_on_record_whom_somebody_named(child, make_child, say, at):
    sibling, stranger = make_child("Zaira", region="IQ-BG"), make_child("Said", region="IQ-BG")
    named_sibling(child, sibling, say, at)

    assert siblings_of(child) == [sibling]
    assert siblings_of(stranger) == []


def test_sibling_that_would_stay_behind_is_the_reason_until_two_decide_that_they_part(
    child, take, almost, make_child, say, yusuf, at
):
    named_sibling(child, make_child("Zaira", region="IQ-BG"), say, at)
    almost()
    take(Track.MOVEMENT, Movement.ESCORT, evidence="a nurse")

    with pytest.raises(GateClosed) as closed:
        take(Track.MOVEMENT, Movement.MANIFESTED)
    assert closed.value.reasons == (Unmet.SIBLING_WAITS,)
    parted = {"reason": "the sister is in hospital", "evidence": "12"}
    with pytest.raises(UnfitStep) as alone:
        take(Track.BEST_INTERESTS, Best.APART, **parted)
    assert alone.value.missing == (Lack.ANOTHER,)
    take(Track.BEST_INTERESTS, Best.APART, by=yusuf, **parted)
    take(Track.MOVEMENT, Movement.MANIFESTED)

    assert position(child, Track.MOVEMENT) == Movement.MANIFESTED


@pytest.fixture
def hold_back(child, salma, at):
    """Record that somebody says the child may not go: hold_back("the clerk, by telephone")."""

    def held(told_by):
        said = Claim(
            kind=HoldKind.COURT,
            party=Party.HOST_COURT,
            owner="the juvenile court",
            told_by=told_by,
            since=at.date(),
            claim="a hearing has to be held first",
            next_action="ask for the day of the hearing",
            next_by=Role.CASE_WORKER,
            next_on=at.date(),
        )
        return record_hold(child=child, said=said, by=salma, at=at)

    return held


def test_agreement_in_spite_of_one_hold_is_none_for_another(
    child, take, almost, hold_back, salma, nadia, at
):
    almost()
    take(Track.MOVEMENT, Movement.ESCORT, evidence="a nurse")
    first = hold_back("the clerk, by telephone")
    access.approve(approval=asked(child, salma, at), by=nadia, at=at)
    ended = Addition(what=Added.ENDED, words="the hearing was held", how=HoldEnded.OVERCOME)
    add_to_hold(hold=first, said=ended, by=salma, at=at)
    hold_back("a letter of another day")

    with pytest.raises(GateClosed) as closed:
        take(Track.MOVEMENT, Movement.MANIFESTED)
    assert closed.value.reasons == (Unmet.HELD,)
    access.approve(approval=asked(child, salma, at), by=nadia, at=at)

    assert take(Track.MOVEMENT, Movement.MANIFESTED).despite == ["held"]


def test_agreement_to_leave_one_sibling_is_none_for_another(
    child, take, almost, make_child, say, salma, nadia, at
):
    named_sibling(child, make_child("Zaira", region="IQ-BG"), say, at)
    almost()
    take(Track.MOVEMENT, Movement.ESCORT, evidence="a nurse")
    access.approve(approval=asked(child, salma, at), by=nadia, at=at)
    named_sibling(child, make_child("Said", region="IQ-BG"), say, at)

    with pytest.raises(GateClosed) as closed:
        take(Track.MOVEMENT, Movement.MANIFESTED)

    assert closed.value.reasons == (Unmet.SIBLING_WAITS,)


def test_step_is_of_the_day_that_it_is_where_the_programme_is(child, salma, at):
    """Half past one at night in Baghdad is still the day before in Greenwich."""
    night = at.replace(hour=22, minute=30)
    today = night.date() + timedelta(days=1)
    said = Next(to=Host.CUSTODIAN, on=today, evidence="a letter of the ministry of justice")

    with timezone.override(ZoneInfo("Asia/Baghdad")):
        step = take_step(child=child, track=Track.HOST_RELEASE, wanted=said, by=salma, at=night)
        withdrawal = withdraw_step(
            child=child, track=Track.HOST_RELEASE, reason="a mistake", by=salma, at=night
        )

    assert (step.happened_on, withdrawal.happened_on) == (today, today)


def test_case_that_is_worked_on_is_no_old_record(child, salma, at):
    later = at + timedelta(days=700)
    said = Next(to=Host.CUSTODIAN, on=later.date(), evidence="a letter of the ministry of justice")

    before = last_entries()[child.pk]
    take_step(child=child, track=Track.HOST_RELEASE, wanted=said, by=salma, at=later)

    assert before == at
    assert last_entries()[child.pk] == later
    assert "legal" in compartments_of([child.pk])[child.pk]


def test_erased_child_leaves_no_words_in_its_steps(child, take, almost, salma, at):
    almost()
    approval = asked(child, salma, at)
    assert Step.objects.filter(to=Host.GRANTED).get().evidence == "decision 12"

    subjects = subjects_about(child, by=salma, at=at)
    store().destroy(subjects, at=at)

    assert {child.pk, approval.pk} <= set(subjects)
    assert isinstance(Step.objects.get(to=Host.GRANTED).evidence, Erased)
    assert isinstance(Approval.objects.get().reason, Erased)


def test_summary_has_a_line_a_track_and_says_who_acts(child, take, at):
    take(Track.LOCATE, Locate.HYPOTHESIS, reason="the mother says so")
    every = {"location", "family", "legal", "identity", "movement"}
    day = at.date() + timedelta(days=3)

    lines = lines_of(child, opened=every, traced=True, today=day)

    assert [line.track for line in lines] == list(Track)
    first = lines[0]
    assert (first.position, first.since, first.days) == ("an identity is supposed", at.date(), 3)
    assert [(str(one.reason), str(one.by)) for one in first.blocks] == [("not_known", "registrar")]
    movement = next(line for line in lines if line.track == Track.MOVEMENT)
    assert [str(one.by) for one in movement.blocks] == ["operation_lead", "medic"]
    assert (movement.since, movement.days) == (None, None)


def test_summary_shows_no_track_of_a_closed_compartment(child, at):
    lines = lines_of(child, opened={"identity", "family"}, traced=False, today=at.date())

    assert [line.track for line in lines] == [Track.TRACING, Track.CONSENT]
    assert [str(one.reason) for one in lines[1].blocks] == ["no_basis_child"]


def test_step_of_another_role_is_refused_and_so_is_withdrawing_it(
    child, take, salma, make_user, at
):
    lead = make_user("leyla", role=Role.OPERATION_LEAD)
    take(Track.MOVEMENT, Movement.FIT, holds_until=at.date(), pushed=True)

    for by in (lead, salma):
        with pytest.raises(NotAllowed, match="medic"):
            take(Track.MOVEMENT, Movement.UNFIT, by=by)
        with pytest.raises(NotAllowed, match="medic"):
            withdraw_step(child=child, track=Track.MOVEMENT, reason="a mistake", by=by, at=at)

    assert position(child, Track.MOVEMENT) == Movement.FIT
    assert take(Track.MOVEMENT, Movement.ESCORT, by=lead, evidence="line 3").taken_by == lead


def test_step_said_of_a_day_when_it_could_be_is_refused_once_it_can_be_no_more(
    take, almost, salma, child, at
):
    almost()
    take(Track.MOVEMENT, Movement.ESCORT, evidence="the escort")
    later = at + timedelta(days=200)  # the document has run out
    listed = Next(to=Movement.MANIFESTED, on=at.date())

    with pytest.raises(GateClosed) as closed:
        take_step(child=child, track=Track.MOVEMENT, wanted=listed, by=salma, at=later)

    assert Unmet.NO_DOCUMENT in closed.value.reasons
