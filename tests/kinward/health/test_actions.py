"""Medics keep a child's health; others see a step of its journey, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import Error, connection

from kinward.access.actions import accept_referral, refer
from kinward.access.models import Compartment, Purpose, Referral, Role
from kinward.audit.models import Event
from kinward.casework.models import Step, Unmet
from kinward.casework.queries import case_of
from kinward.casework.rules import clear_to_fly
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.guarding import WordsRefused
from kinward.health import actions, queries
from kinward.health.models import (
    Encounter,
    Ended,
    Entry,
    EntryKind,
    Fit,
    FitnessStatement,
    Meeting,
)
from kinward.health.models.words import Fault
from kinward.people import due
from kinward.people.queries import profiles

pytestmark = pytest.mark.django_db


def test_statement_is_passed_on_without_its_grounds(child, state, journey):
    statement = state(Fit.CONDITIONAL, needs="a seat by the aisle", grounds="a splinter in the leg")

    (step,) = Step.objects.filter(child=child, track="movement")
    assert (step.to, step.reason, step.evidence) == ("fit_conditional", "a seat by the aisle", "")
    assert (step.holds_until, step.compartment) == (statement.until, "movement")
    assert (statement.passed_on, statement.compartment) == (True, "health")
    assert journey().position == "fit_conditional"


def test_gate_opens_with_a_statement_and_closes_after_its_last_day(child, state, at):
    state(Fit.FIT, days=5)

    case = case_of(child)

    assert Unmet.NOT_FIT not in clear_to_fly(case, at.date() + timedelta(days=5))
    assert Unmet.NOT_FIT in clear_to_fly(case, at.date() + timedelta(days=6))


def test_child_that_falls_ill_is_off_the_passenger_list(state, journey):
    journey("fit_yes", "manifested")

    statement = state(Fit.NOT_FIT, days=None)

    assert (statement.passed_on, journey().position) == (True, "fit_no")


def test_word_that_runs_out_is_said_anew_while_the_child_is_on_the_list(child, state, journey, at):
    state(Fit.FIT, days=2)
    journey("manifested")

    statement = state(Fit.CONDITIONAL, days=9, needs="a seat by the aisle")

    assert (statement.passed_on, journey().position) == (True, "manifested")
    assert Step.objects.get(child=child, to="fit_again").reason == "a seat by the aisle"
    case = case_of(child)
    assert Unmet.NOT_FIT not in clear_to_fly(case, at.date() + timedelta(days=9))
    assert Unmet.NOT_FIT in clear_to_fly(case, at.date() + timedelta(days=10))


def test_statement_that_does_not_follow_stands_and_says_so(child, state, journey):
    journey("fit_yes", "manifested", "boarded")

    statement = state(Fit.NOT_FIT)

    assert (statement.passed_on, journey().position) == (False, "boarded")
    assert FitnessStatement.objects.filter(child=child).count() == 1


def test_journey_follows_from_the_plane_to_the_door_of_the_hospital(child, see, journey, rana, at):
    journey("fit_yes", "manifested", "boarded")
    see(Meeting.IN_FLIGHT)
    journey("landed")
    for meeting in (Meeting.ADMISSION, Meeting.EXAMINATION):
        _encounter, step = see(meeting, notes="a rash on both arms")
        assert step is not None
    leaving = actions.Leaving(
        left_on=at.date(), summary="a rash, treated", care="ointment for a week", handed_to="aunt"
    )

    made = actions.discharge(child=child, leaving=leaving, by=rana, at=at)

    taken = [step.to for step in Step.objects.filter(child=child).order_by("number")][3:]
    assert taken == [
        "in_flight_exam",
        "landed",
        "admitted",
        "examined",
        "discharge_ready",
        "discharged",
    ]
    assert made.passed_on
    kept = "".join(step.reason + step.evidence for step in Step.objects.filter(child=child))
    assert kept == ""


def test_encounter_that_moves_nothing_is_kept(see, journey):
    encounter, step = see(Meeting.ADMISSION)

    assert (Encounter.objects.get(), step) == (encounter, None)
    assert journey().position == "not_seen"


def test_what_is_written_stands_until_it_is_taken_back(child, write, rana, at):
    entry = write("measure", weight_kg=124.0)
    again = write("measure", weight_kg=12.4)
    actions.end_entry(entry=entry, ended=Ended.MISTAKEN, words="a comma", by=rana, at=at)

    file = queries.file_of(child, user=rana)

    standing = [kept.entry for _seen, kept in file.standing(EntryKind.MEASURE)]
    assert standing == [again]
    with pytest.raises(actions.EndedMeanwhile):
        actions.end_entry(entry=entry, ended=Ended.MISTAKEN, words="again", by=rana, at=at)
    with pytest.raises(actions.UnfitEntry):
        actions.end_entry(entry=again, ended=Ended.DONE, words="done", by=rana, at=at)
    with pytest.raises(actions.UnfitEntry):
        actions.end_entry(entry=again, ended=Ended.MISTAKEN, words=" ", by=rana, at=at)


def test_plan_is_open_until_it_is_done(child, write, rana, at):
    later = write("plan", words="glasses", due_on="2019-03-01")
    first = write("plan", words="dentist", due_on="2019-02-01")
    plans = queries.file_of(child, user=rana).plans

    actions.end_entry(entry=first, ended=Ended.DONE, words="two teeth", by=rana, at=at)

    assert [kept.entry for kept in plans] == [first, later]
    assert [kept.entry for kept in queries.file_of(child, user=rana).plans] == [later]


def test_scores_of_a_child_of_which_the_month_is_known_are_a_range(child, write, rana):
    write("measure", weight_kg=14.1, height_cm=98.2, lying=False)
    facts = profiles([child], user=rana)[child.pk]

    (grown,) = queries.growth_of(queries.file_of(child, user=rana), facts)

    height = grown.scores["lfa"]
    assert height.low < height.high
    assert height.whole


@pytest.mark.parametrize(
    ("said", "fault"),
    [({"kind": "vaccine", "vaccine": "measles", "shown": "card"}, Fault.DAY)],
)
def test_entry_that_lacks_something_is_refused_by_name(write, said, fault):
    with pytest.raises(actions.UnfitEntry) as refused:
        write(**said)

    assert refused.value.faults == (fault,)
    assert Entry.objects.count() == 0


def test_day_to_come_is_refused(see, child, rana, at):
    with pytest.raises(actions.UnfitEntry):
        see(days=1)
    leaving = actions.Leaving(
        left_on=at.date() + timedelta(days=1), summary="x", care="", handed_to="aunt"
    )
    with pytest.raises(actions.UnfitEntry) as refused:
        actions.discharge(child=child, leaving=leaving, by=rana, at=at)

    assert refused.value.faults == (Fault.FUTURE, Fault.WORDS)


def test_statement_without_its_day_is_refused(state):
    with pytest.raises(actions.UnfitEntry):
        state(Fit.FIT, days=None)


def test_words_that_label_a_child_are_refused(state, write):
    with pytest.raises(WordsRefused):
        state(Fit.CONDITIONAL, needs="a child of terrorists")
    with pytest.raises(WordsRefused):
        write("mind", words="a child of terrorists")


@pytest.mark.parametrize(
    "role",
    [
        Role.CASE_WORKER,
        Role.PROGRAMME_MANAGER,
        Role.REGISTRAR,
        Role.TRACING_OFFICER,
        Role.LEGAL_OFFICER,
        Role.PANEL_MEMBER,
    ],
)
def test_nobody_but_medics_reads_or_writes(child, see, write, state, make_user, give, role):
    encounter, _step = see(notes="a rash")
    state(Fit.FIT, grounds="well")
    other = make_user(role=role, region="IQ-BG")
    if role in {Role.CASE_WORKER, Role.REGISTRAR, Role.LEGAL_OFFICER, Role.PANEL_MEMBER}:
        give(other)

    for act in (
        lambda: see(by=other),
        lambda: write("mind", encounter=encounter, words="well", by=other),
        lambda: state(by=other),
    ):
        with pytest.raises(NotAllowed):
            act()
    file = queries.file_of(child, user=other)
    assert (file.seen, file.statements, file.discharges, file.handouts) == ((), (), (), ())


def test_medic_sees_the_children_that_were_given_to_it_alone(make_user, see):
    colleague = make_user("samir", role=Role.MEDIC, region="IQ-BG")
    see(notes="a rash")

    assert list(queries.patients(user=colleague)) == []
    assert list(Encounter.objects.visible_to(colleague)) == []
    with pytest.raises(NotFound):
        see(by=colleague)


def test_medics_of_the_office_that_took_a_child_over_go_on(child, make_user, see, at):
    registrar = make_user("amira", role=Role.REGISTRAR, region="IQ-BG")
    there = make_user("zaira", role=Role.REGISTRAR, region="RU-DA")
    home = make_user("patimat", role=Role.MEDIC, region="RU-DA")
    see(notes="a rash")
    refer(
        subject=child,
        purpose=Purpose.PROTECTION,
        reason="it goes home",
        to_region="RU-DA",
        by=registrar,
        at=at,
    )
    accept_referral(referral=Referral.objects.get(), by=there, at=at)

    assert [each.encounter.notes for each in queries.file_of(child, user=home).seen] == ["a rash"]


def test_log_says_that_something_was_written_and_never_of_what_kind(child, write, state):
    write("mind", words="wakes at night")
    write("vaccine", vaccine="hpv", shown="told")

    told = Event.objects.filter(object_id=child.pk, action__startswith="health.")

    assert {event.action for event in told} == {"health.recorded"}
    assert {str(event.details) for event in told} == {"{}"}


def test_kind_of_an_entry_is_sealed_with_it(write):
    entry = write("mind", words="wakes at night")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM health_entry")
        (row,) = cursor.fetchall()

    haul = b" ".join(bytes(cell) for cell in row if isinstance(cell, bytes | memoryview))
    rest = " ".join(str(cell) for cell in row if isinstance(cell, str))
    assert b"mind" not in haul
    assert "mind" not in rest
    assert entry.said == {"kind": "mind", "words": "wakes at night"}


def test_rows_are_never_changed(write):
    write("mind", words="wakes at night")

    with connection.cursor() as cursor, pytest.raises(Error):
        cursor.execute("UPDATE health_encounter SET meeting = 'other'")


def test_every_row_is_behind_the_wall_and_keeps_the_record(child, write, state):
    write("mind", words="well")
    state()

    rows = [*Encounter.objects.all(), *Entry.objects.all(), *FitnessStatement.objects.all()]
    assert {row.compartment for row in rows} == {Compartment.HEALTH}
    assert "health" in due.compartments_of([child.pk])[child.pk]
