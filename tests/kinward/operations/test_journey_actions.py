"""Counting, handing over, staying behind, closing: what stands, is refused, and follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from operation import another, plan

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.casework.models import Step, Track
from kinward.casework.queries import case_of
from kinward.casework.tracks import Movement, Placement
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.guarding import WordsRefused
from kinward.operations import actions, queries
from kinward.operations.models import (
    Agreed,
    CheckpointKind,
    Leaving,
    Left,
    OnPlan,
    Operation,
    ReceiverNote,
    SeenHow,
    StillOpen,
    WhyNot,
)

HANDED, BOARDED = CheckpointKind.HANDED_OVER, CheckpointKind.BOARDED


@pytest.fixture
def planned(make_user, make_child, at):
    children = [make_child(name) for name in ("رسلان", "زينب", "تيمور")]
    return plan(make_user, children, at, kinds=(HANDED, BOARDED))


@pytest.fixture
def journey(planned):
    return lambda: queries.under_way(planned.operation, user=planned.lead)


@pytest.fixture
def handed(planned):
    """All children are handed over to the delegation, and counted so."""
    planned.hand_over(planned.children, None, planned.delegation)
    planned.both_count(HANDED, planned.children)
    planned.close(HANDED)
    return planned


def refused(planned, kind):
    with pytest.raises(actions.StillToExplain) as caught, transaction.atomic():
        planned.close(kind)
    return caught.value.reasons


def test_two_counts_that_agree_close_a_checkpoint(handed, journey):
    post = journey().posts[0]

    assert post.closing.there == 3
    assert not post.late
    assert {each.holder for each in journey().custody.values()} == {str(handed.delegation.pk)}


def test_checkpoint_stays_open_until_two_counted(planned):
    planned.hand_over(planned.children, None, planned.delegation)
    planned.count(HANDED, planned.counters[0], planned.children)

    assert refused(planned, HANDED)[0] == str(StillOpen.NEED_TWO.label)


def test_difference_blocks_until_the_lead_says_who_is_right(planned, journey):
    planned.hand_over(planned.children, None, planned.delegation)
    planned.count(HANDED, planned.counters[0], planned.children)
    planned.count(HANDED, planned.counters[1], planned.children[1:])
    assert str(StillOpen.DISPUTED.label) in refused(planned, HANDED)

    checkpoint, child = planned.checkpoints[HANDED], planned.children[0]
    actions.settle(
        checkpoint=checkpoint,
        child=child.pk,
        there=True,
        reason="asleep on the back seat",
        by=planned.lead,
        at=planned.now(),
    )
    planned.close(HANDED)

    assert journey().posts[0].closing.there == 3


def test_missing_child_blocks_until_it_is_said_why(handed, journey):
    handed.both_count(BOARDED, handed.children[1:])
    assert refused(handed, BOARDED) == (str(StillOpen.MISSING.label),)

    handed.stay(handed.children[0], BOARDED, words="the judge was not there")
    handed.close(BOARDED)

    found = queries.reconciliation_of(journey(), user=handed.lead)
    assert [each.amount for each in found.columns[:4]] == [3, 3, 3, 2]
    assert list(found.columns[3].gap.fell.values()) == [
        "did not fly: a court has not decided (the judge was not there)"
    ]
    assert found.open == ()
    assert journey().custody[handed.children[0].pk].holder == str(handed.delegation.pk)


def test_child_that_stayed_and_is_seen_is_told_of(handed):
    handed.stay(handed.children[0], BOARDED)
    handed.both_count(BOARDED, handed.children)

    assert refused(handed, BOARDED) == (str(StillOpen.BACK.label),)

    leaving = Leaving.objects.get()
    actions.take_leaving_back(
        leaving=leaving, reason="the judge came", by=handed.lead, at=handed.now()
    )
    handed.close(BOARDED)


def test_nobody_is_handed_over_without_a_line_in_the_minute(planned):
    planned.hand_over(planned.children[1:], None, planned.delegation)
    planned.both_count(HANDED, planned.children)

    assert "minute" in " ".join(refused(planned, HANDED))


def test_nobody_receives_children_whom_no_second_person_agreed_to(planned):
    planned.delegation.notes.model.objects.create(
        receiver=planned.delegation,
        said="withdrawn",
        named_by=planned.lead,
        reason="fell ill",
        recorded_by=planned.lead,
        recorded_at=planned.now(),
    )

    with pytest.raises(actions.UnfitRecord):
        planned.hand_over(planned.children, None, planned.delegation)


def test_checkpoints_are_closed_in_their_order(planned):
    planned.both_count(BOARDED, planned.children)

    assert str(StillOpen.BEFORE_OPEN.label) in refused(planned, BOARDED)


def test_contradiction_about_who_holds_a_child_is_shown_and_corrected(handed, journey):
    child = handed.children[0]
    wrong = handed.hand_over([child], handed.hospital, handed.delegation)
    assert journey().custody[child.pk].broken != ()
    handed.both_count(BOARDED, handed.children)
    assert refused(handed, BOARDED) == (str(StillOpen.BROKEN.label),)

    actions.correct_handover(
        line=wrong.lines.get(),
        handed=None,
        reason="written on the wrong sheet",
        by=handed.lead,
        at=handed.now(),
    )

    assert journey().custody[child.pk].broken == ()
    handed.close(BOARDED)


def test_minute_that_comes_in_late_stands_where_it_belongs(handed, journey):
    children, later = handed.children, handed.now()
    handed.hand_over(children, handed.delegation, handed.hospital)
    handed.hand_over(children, handed.hospital, None, handed_at=later + timedelta(seconds=1))

    first = journey().custody[children[0].pk]

    assert first.holder == str(handed.hospital.pk)
    assert first.broken != ()


def test_counting_is_for_escorts_of_that_leg(planned, make_user):
    checkpoint, child = planned.checkpoints[HANDED], planned.children[0]
    told = {"checkpoint": checkpoint, "child": child.pk, "how": SeenHow.TAPPED}

    with pytest.raises(NotAllowed):
        actions.count_child(**told, by=planned.lead, at=planned.now())
    with pytest.raises(NotFound):
        actions.count_child(**told, by=make_user("outsider", role=Role.ESCORT), at=planned.now())


def test_counter_who_is_done_changes_nothing_any_more(planned):
    planned.count(HANDED, planned.counters[0], planned.children[1:])

    with pytest.raises(actions.UnfitRecord):
        planned.count(HANDED, planned.counters[0], planned.children[:1])


def test_wristband_leads_to_its_child_within_the_operation(planned, make_user, make_child, at):
    bands = actions.give_bands(operation=planned.operation, by=planned.lead, at=at)
    code = bands[0].code

    assert len({band.code for band in bands}) == 3
    assert planned.children[0].reference not in code
    typed, counter = f"{code[:3].lower()}-{code[3:]}", planned.counters[0]
    found = queries.child_of_code(planned.operation, typed, user=counter)
    assert found == bands[0].child_id
    assert queries.child_of_code(planned.operation, "nothing", user=counter) is None
    assert actions.give_bands(operation=planned.operation, by=planned.lead, at=at) == []


def test_child_that_stayed_is_on_the_plan_of_the_next_operation(planned):
    told = {"recorded_by": planned.lead, "recorded_at": planned.at}
    following = Operation.objects.create(title="The next", **told)

    planned.stay(planned.children[0], HANDED, carried_to=following)

    assert [each.child_id for each in OnPlan.objects.filter(operation=following, on=True)] == [
        planned.children[0].pk
    ]


@pytest.mark.parametrize(
    "said",
    [
        {"why": WhyNot.OTHER},
        {"why": WhyNot.OBJECTION, "words": "they said so"},
    ],
)
def test_reason_says_neither_too_little_nor_too_much(planned, said):
    with pytest.raises(actions.UnfitRecord):
        planned.stay(planned.children[0], HANDED, **said)


def test_operation_is_closed_once_it_balances_and_its_plan_stays_as_it_is(handed, make_child):
    with pytest.raises(actions.StillToExplain):
        actions.close_operation(operation=handed.operation, by=handed.lead, at=handed.now())
    handed.both_count(BOARDED, handed.children)
    handed.close(BOARDED)

    actions.close_operation(operation=handed.operation, by=handed.lead, at=handed.now())

    assert Event.objects.filter(action="operations.reconciled").count() == 1
    with pytest.raises(actions.UnfitRecord):
        handed.stay(handed.children[0])
    who = {"operation": handed.operation, "by": handed.lead, "at": handed.now()}
    child, day = handed.children[0], handed.at.date() + timedelta(days=9)
    named = actions.Named(surname="Y", given="Z", organisation="ministry")
    for change in (
        lambda: actions.put_on_plan(children=[make_child("مريم")], over=[1], **who),
        lambda: actions.take_off_plan(child=child, reason="a letter", **who),
        lambda: actions.change_day(day=day, reason="a storm", **who),
        lambda: actions.name_escort(named=named, over=[1], at_most=3, **who),
        lambda: actions.draft_manifest(reason="a letter", **who),
    ):
        with pytest.raises(actions.UnfitPlan, match="closed"):
            change()


def test_child_is_handed_on_when_its_operation_is_closed(handed, journey):
    handed.both_count(BOARDED, handed.children)
    handed.close(BOARDED)
    actions.close_operation(operation=handed.operation, by=handed.lead, at=handed.now())
    child = handed.children[0]
    told = {"named": actions.Named(surname="Y", given="Z", organisation="The region")}
    office = actions.name_receiver(
        operation=handed.operation,
        document="card 1",
        place=handed.hospital.place,
        by=handed.lead,
        at=handed.now(),
        **told,
    )
    with pytest.raises(actions.UnfitRecord):
        handed.hand_over([child], handed.delegation, office)
    agreed_to(office, by=handed.counters[1], at=handed.now())

    handed.hand_over([child], handed.delegation, office)

    assert journey().custody[child.pk].holder == str(office.pk)
    assert journey().posts[1].late is False
    line = next(each for each in journey().lines.values() if each.minute.receiver == office)
    said = {"handed": None, "reason": "it stayed one more day"}
    actions.correct_handover(line=line, by=handed.lead, at=handed.now(), **said)
    assert journey().custody[child.pk].holder == str(handed.delegation.pk)


def agreed_to(receiver, *, by, at):
    ReceiverNote.objects.create(
        receiver=receiver,
        said=Agreed.AGREED,
        named_by_id=receiver.recorded_by_id,
        recorded_by=by,
        recorded_at=at,
    )


def test_minute_names_the_house_that_kept_the_children(planned, journey):
    child = planned.children[0]
    with pytest.raises(actions.UnfitRecord, match="which house"):
        planned.hand_over([child], None, planned.delegation, kept_by=" ")

    planned.hand_over([child], None, planned.delegation, kept_by="Shelter of the north")
    planned.hand_over([child], planned.delegation, None)

    chain = journey().custody[child.pk]
    assert queries.kept_before(chain, journey().lines) == "Shelter of the north"
    [trip] = queries.trips_of(child)
    assert trip.before == "Shelter of the north"
    assert [each.holder for each in trip.stretches] == ["The delegation", "Shelter of the north"]


def test_child_is_with_its_carer_after_its_way(planned, at):
    child, lead = planned.children[0], planned.lead
    told = {"happened_on": at.date(), "taken_by": lead, "taken_at": at, "compartment": "location"}
    told |= {"child": child, "track": Track.PLACEMENT}
    Step.objects.create(number=1, to=Placement.PLACED, evidence="relative: Zaira", **told)
    wrong = Step.objects.create(number=2, to=Placement.BREAKDOWN, reason="a mistake", **told)
    Step.objects.create(number=3, to="", withdraws=wrong, reason="the other child", **told)
    Step.objects.create(number=4, to=Placement.BREAKDOWN, reason="she fell ill", **told)
    Step.objects.create(number=5, to=Placement.REPLACED, evidence="relative: Ruslan", **told)

    named, unnamed = (queries.homes_of(child, named=each) for each in (True, False))

    assert [each.carer for each in named] == ["relative: Zaira", "", "relative: Ruslan"]
    assert [each.ended for each in named] == [False, True, False]
    assert {each.carer for each in unnamed} == {""}


def test_medevac_goes_on_with_somebody_who_signs_for_the_child(handed, journey):
    child = handed.children[0]
    handed.hand_over([child], handed.delegation, handed.hospital)
    handed.stay(child, BOARDED, Left.MEDEVAC, why=WhyNot.UNFIT)
    handed.both_count(BOARDED, handed.children[1:])
    handed.close(BOARDED)

    [trip] = queries.trips_of(child)

    assert [each.holder for each in trip.stretches] == ["The delegation", "The hospital"]
    assert trip.leaving.left == Left.MEDEVAC
    assert queries.reconciliation_of(journey(), user=handed.lead).balances


def test_journey_costs_the_same_for_more_children(planned, make_user, make_child, at):
    def questions(operation, lead):
        with CaptureQueriesContext(connection) as asked:
            found = queries.under_way(operation, user=lead)
            queries.reconciliation_of(found, user=lead)
        return len(asked)

    few = questions(planned.operation, planned.lead)
    more = plan(
        lambda name, **said: make_user(f"{name}-2", **said),
        [make_child(str(number)) for number in range(8)],
        at,
        kinds=(HANDED, BOARDED),
    )

    assert questions(more.operation, more.lead) == few


def position(child):
    return case_of(child).on(Track.MOVEMENT).position


def walked(child, by, at, *steps):
    """Let the journey of a child stand where these steps lead."""
    for number, to in enumerate(steps, 1):
        told = {"happened_on": at.date(), "taken_by": by, "taken_at": at, "track": Track.MOVEMENT}
        told |= {"compartment": "movement", "evidence": "as it was"}
        Step.objects.create(child=child, number=number, to=to, **told)


def test_child_that_stayed_is_free_for_another_operation(handed, at):
    first, *others = handed.children
    walked(first, handed.lead, at, Movement.FIT, Movement.MANIFESTED)
    before = queries.on_some_plan()

    handed.stay(first, BOARDED)
    handed.both_count(BOARDED, others)
    handed.close(BOARDED)

    assert before == {each.pk for each in handed.children}
    assert queries.on_some_plan() == {each.pk for each in others}
    assert position(first) == Movement.NOT_FLOWN
    actions.close_operation(operation=handed.operation, by=handed.lead, at=handed.now())
    assert queries.on_some_plan() == set()


@pytest.mark.parametrize("said", [Movement.MANIFESTED, Movement.UNFIT])
def test_child_that_was_not_on_the_list_or_fell_ill_is_said_not_to_have_flown(planned, at, said):
    child = planned.children[0]
    walked(child, planned.lead, at, Movement.FIT, Movement.MANIFESTED, said)

    planned.stay(child, why=WhyNot.UNFIT)

    assert position(child) == Movement.NOT_FLOWN


def test_child_that_went_on_after_all_is_off_the_next_plan_again(planned):
    told = {"recorded_by": planned.lead, "recorded_at": planned.at}
    following = Operation.objects.create(title="The next", **told)
    leaving = planned.stay(planned.children[0], HANDED, carried_to=following)

    actions.take_leaving_back(
        leaving=leaving, reason="the judge came", by=planned.lead, at=planned.now()
    )

    rows = OnPlan.objects.filter(operation=following).order_by("recorded_at", "id")
    assert [each.on for each in rows] == [True, False]


def test_child_is_never_on_the_plans_of_two_operations(planned):
    child, elsewhere, following = planned.children[0], another(planned), another(planned)
    told = {"child": child, "on": True, "over": [1], "recorded_by": planned.lead}
    leaving = planned.stay(child, HANDED)
    OnPlan.objects.create(operation=elsewhere, **told, recorded_at=planned.now())

    went = {"reason": "the judge came", "by": planned.lead}
    actions.take_leaving_back(leaving=leaving, **went, at=planned.now())
    before = [row.operation_id for row in queries.plans_with(child.pk)]
    OnPlan.objects.create(operation=elsewhere, **told, recorded_at=planned.now())
    with pytest.raises(actions.UnfitRecord, match="is on the plan of another operation"):
        planned.stay(child, HANDED, carried_to=following)

    assert before == [planned.operation.pk]


def test_journey_that_fell_behind_catches_up_with_what_was_counted(make_user, make_child, at):
    children = [make_child(name) for name in ("رسلان", "زينب")]
    planned = plan(make_user, children, at, kinds=(CheckpointKind.LANDED, CheckpointKind.ADMITTED))
    late = children[0]
    planned.both_count(CheckpointKind.LANDED, children)
    behind = planned.close(CheckpointKind.LANDED).behind
    walked(late, planned.lead, at, Movement.BOARDED)
    planned.both_count(CheckpointKind.ADMITTED, children)

    closed = planned.close(CheckpointKind.ADMITTED)

    assert set(behind) == {each.pk for each in children}
    assert closed.behind == (children[1].pk,)
    assert position(late) == Movement.ADMITTED


def test_family_meets_its_child_in_hospital_when_the_operation_is_closed(handed, at):
    child = handed.children[0]
    handed.both_count(BOARDED, handed.children)
    handed.close(BOARDED)
    actions.close_operation(operation=handed.operation, by=handed.lead, at=handed.now())
    met = {"operation": handed.operation, "child": child.pk, "who": "the grandmother", "words": ""}

    actions.record_meeting(**met, met_on=at.date(), by=handed.lead, at=handed.now())
    walked(child, handed.lead, at, Movement.READY, Movement.DISCHARGED)
    after, later = at.date() + timedelta(days=1), handed.now() + timedelta(days=1)
    with pytest.raises(actions.UnfitRecord):
        actions.record_meeting(**met, met_on=after, by=handed.lead, at=later)

    assert queries.meetings_of(handed.operation, user=handed.lead)[0].who == "the grandmother"


def test_who_stays_is_kept_by_somebody_who_is_named(planned, journey):
    child = planned.children[0]

    with pytest.raises(actions.UnfitRecord, match="which house keeps"):
        planned.stay(child, HANDED, kept_by=" ")
    with pytest.raises(WordsRefused):
        planned.stay(child, HANDED, kept_by="a camp for terrorists")
    leaving = planned.stay(child, HANDED, kept_by="Home of the south")

    now = journey()
    chain = now.custody[child.pk]
    assert queries.kept_before(chain, now.lines, now.leavings) == leaving.kept_by
    assert queries.kept_before(now.custody[planned.children[1].pk], {}, now.leavings) == ""


def test_who_stays_after_a_minute_is_with_whoever_signed_it(planned, journey):
    child = planned.children[0]
    planned.hand_over([child], None, planned.delegation)

    leaving = planned.stay(child, HANDED, kept_by="")

    assert leaving.kept_by == ""
    now = journey()
    assert queries.kept_before(now.custody[child.pk], now.lines, now.leavings) == "The shelter"
