from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone, translation

from kinward.access.models import Role, User, clock
from kinward.audit.context import acting
from kinward.audit.models import Event
from kinward.casework.models import Hold, Phase, Track
from kinward.casework.queries import board_of, case_of
from kinward.demo.actions import load_caseload
from kinward.demo.afterwards import open_to_visitors
from kinward.demo.queries import is_loaded, stops
from kinward.demo.scenario import STORY_ENDS, data
from kinward.demo.stops import STOPS
from kinward.demo.truth import read_truth
from kinward.health.models import Discharge, FitnessStatement
from kinward.legal.models import (
    Assessment,
    Formality,
    FormalityStep,
    Opinion,
    PanelDecision,
)
from kinward.operations.models import Meeting, Operation, Settled
from kinward.operations.queries import (
    homes_of,
    kept_before,
    kept_minutes,
    reconciliation_of,
    regions_of,
    under_way,
)
from kinward.people.listed import checked, known_as, reading_of, rosters_of
from kinward.people.models import Assertion, Group, Kind, Person
from kinward.people.printouts.letters import in_force
from kinward.people.queries import children, children_once, possible_duplicates
from kinward.placement.models import Breakdown, Placed, Visit
from kinward.places.models import Place
from kinward.tracing.models import Candidate, Request, Sought

AT = datetime(2018, 12, 30, 16, 0, tzinfo=UTC)
QUICK_PASSWORDS = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker, tmp_path_factory, owning):
    """The caseload, loaded once for this file: every test rolls back to it. What progress said.

    It is loaded as who owns the tables: the walls of PostgreSQL go by its own clock, and what was
    assigned in the story ran out years ago.
    """
    told = []
    circumstances = {"DATA": tmp_path_factory.mktemp("demo"), "DEMO": True, **QUICK_PASSWORDS}
    with django_db_blocker.unblock(), override_settings(**circumstances), transaction.atomic():
        with owning():
            load_caseload(by=clock(), at=AT, progress=lambda *so_far: told.append(so_far))
        yield told
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def loaded(story, db):
    return story


def test_load_tells_its_progress(loaded):
    assert loaded == [(done, 419) for done in range(1, 420)]


def test_load_takes_in_the_whole_story():
    assert (
        Person.objects.filter(kind=Kind.CHILD).count() == 41
    )  # two of thirty stand on a roster, too
    assert Group.objects.count() == 9
    assert Request.objects.count() == 400
    assert Person.objects.filter(kind=Kind.ENQUIRER).count() == 400
    assert Sought.objects.count() == Person.objects.filter(kind=Kind.SOUGHT).count()
    assert Candidate.objects.count() == 0
    assert is_loaded()


def test_load_takes_some_cases_some_way_by_two_people():
    board = board_of(user=User.objects.get(username="manager"), today=AT.date())
    phases = {phase: waits.count for phase, waits in board.phases() if waits}

    assert phases == {
        Phase.REPORTED: 1,  # the row of a roster that nobody tied to a child
        # Three of them were on the list, did not come, and have no escort for the next flight.
        Phase.IDENTIFIED: 9,
        Phase.ARRIVED: 30,
    }
    assert Assessment.objects.count() == 38
    assert (Formality.objects.count(), FormalityStep.objects.count()) == (37, 36)
    assert {each.decision for each in PanelDecision.objects.all()} == {Opinion.APPROVES}
    assert Hold.objects.count() == 4
    assert Hold.objects.open().count() == 3


def test_thirty_of_thirty_nine_fly_and_every_one_is_accounted_for():
    lead = User.objects.get(username="operations")
    operation = Operation.objects.get()

    found = reconciliation_of(under_way(operation, user=lead), user=lead)

    amounts = [each.amount for each in found.columns]
    assert amounts[:-1] == [39, 33, 30, 30, 30, 30, 30]  # the last but one: out of hospital
    assert amounts[-1] == Placed.objects.values("child").distinct().count()
    assert found.balances
    assert found.closed
    assert found.open == ()
    assert Settled.objects.count() == 1  # a count that did not balance, and who was right


def test_operation_tells_where_its_children_are_from_and_where_they_go():
    lead = User.objects.get(username="operations")
    found = reconciliation_of(under_way(Operation.objects.get(), user=lead), user=lead)
    came = [each for each in found.columns if each.counts][-1]

    origins, destinations = regions_of(came.children, "en")

    assert [amount for _words, amount in origins.rows] == [24, 3, 1, 1, 1]
    assert dict(origins.rows) | {"Dagestan": 24, "Chechnya": 3} == dict(origins.rows)
    assert dict(destinations.rows) == {
        "Dagestan": 23,
        "Chechnya": 5,
        "Kabardino-Balkaria": 1,
        "Tatarstan": 1,
    }
    assert origins.total == destinations.total == 30


def test_load_brings_children_from_hospital_to_kin_and_visits_them():
    officer = User.objects.get(role=Role.GUARDIANSHIP_OFFICER)

    assert children(user=officer).count() == 23
    assert Discharge.objects.filter(passed_on=True).count() == 30
    assert Meeting.objects.count() > 0
    first = Placed.objects.order_by("moved_on", "recorded_at", "id").first()
    visits = Visit.objects.filter(child=first.child)
    assert [each.settled for each in visits] == [False, False, True]
    assert case_of(first.child).on(Track.PLACEMENT).position == "stable"
    moved = Breakdown.objects.order_by("id").first().child
    assert Placed.objects.filter(child=moved).count() == 2
    assert case_of(moved).on(Track.PLACEMENT).position == "follow_up"


def test_medic_of_the_demo_sees_the_children_today(owning):
    medic, manager = (User.objects.get(role=each) for each in (Role.MEDIC, Role.PROGRAMME_MANAGER))
    now = timezone.now()

    with owning(), acting(manager), override_settings(DEMO=True):
        given = [open_to_visitors(medic=medic, manager=manager, at=now) for _twice in (1, 2)]

    assert given == [FitnessStatement.objects.values("child").distinct().count(), 0]


@pytest.mark.urls("tour_urls")
@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_tour_leads_to_a_page_of_its_own_for_each_stop(client, settings, language, owning):
    medic, manager = (User.objects.get(role=each) for each in (Role.MEDIC, Role.PROGRAMME_MANAGER))
    with owning(), acting(manager), override_settings(DEMO=True):
        open_to_visitors(medic=medic, manager=manager, at=timezone.now())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    page = client.get("/tour/").content.decode()

    for stop in stops():
        assert f'href="{stop.address}"' in page
        user = User.objects.get(username=stop.account) if stop.account else None
        if user:
            client.force_login(user)
        assert client.get(stop.address).status_code == 200, stop.heading
    assert page.count("kw-tour__stop") == len(STOPS)


@pytest.mark.parametrize("language", ["ru", "ar"])
def test_tour_is_told_in_every_language(language):
    words = [each for stop in STOPS for each in (stop.heading, stop.words)]
    english = [str(each) for each in words]

    with translation.override(language):
        told = [str(each) for each in words]

    assert [one for one, other in zip(told, english, strict=True) if one == other] == []


def test_every_child_is_handed_on_by_signed_minutes_until_its_region_has_it():
    lead = User.objects.get(username="operations")
    journey = under_way(Operation.objects.get(), user=lead)
    flown = [each for each in journey.custody.values() if each.links]
    minutes = kept_minutes(journey.operation, user=lead)

    holders = Counter(journey.receivers[each.holder].place.code for each in flown)
    assert holders == {"RU-DA": 23, "RU-CE": 5, "RU-KB": 1, "RU-TA": 1}
    assert {kept_before(each, journey.lines) for each in flown} == {"Children’s home of Baghdad"}
    assert [each for each in flown if each.broken] == []
    assert [(each.children, len(each.signed)) for each in minutes[:2]] == [(30, 4), (30, 3)]
    assert len(minutes) == 6
    [placed] = Placed.objects.order_by("moved_on", "recorded_at", "id")[:1]
    [home] = homes_of(placed.child, named=True)
    assert placed.carer.name in home.carer


def test_load_opens_one_account_for_each_role():
    roles = Counter(User.objects.values_list("role", flat=True))

    assert set(roles) == set(Role) - {Role.CLOCK}
    assert {role for role, count in roles.items() if count > 1} == {
        Role.ENQUIRY_WORKER,
        Role.SECOND_REVIEWER,
        Role.CASE_WORKER,  # what another person has to take, the second takes
        Role.PANEL_MEMBER,
        Role.ESCORT,
    }
    password = data("accounts")["password"]
    assert all(user.check_password(password) for user in User.objects.all())


def test_load_puts_letters_of_every_language_into_use_by_two_people():
    letters = in_force()

    assert len(letters) == len(data("letters")["letters"])
    for letter in letters:
        asked, agreed, used = letter.written_by, *letter.approval.steps.order_by("taken_at", "id")
        assert set(letter.texts) == {"en", "ru", "ar"}
        assert (agreed.step, used.step) == ("approved", "used")
        assert (used.taken_by, agreed.taken_by == asked) == (asked, False)


def test_load_keeps_to_the_time_of_the_story():
    moments = [
        *Person.objects.values_list("registered_at", flat=True),
        *Request.objects.values_list("taken_at", flat=True),
        *User.objects.values_list("opened_at", flat=True),
        *Event.objects.values_list("at", flat=True),
    ]

    assert min(moments) >= datetime(2017, 11, 1, tzinfo=UTC)
    assert max(moments) == STORY_ENDS


def test_load_keeps_the_truth_out_of_the_database():
    ties = read_truth()

    assert len({tie.child for tie in ties}) == 30
    assert len([tie for tie in ties if not tie.request]) == 4
    assert {tie.request for tie in ties} - {""} < set(
        Request.objects.values_list("reference", flat=True)
    )
    events = Event.objects.filter(action="demo.loaded").values_list("details", flat=True)
    assert list(events) == [{"children": 30, "requests": 400}]


def test_truth_ties_brothers_to_brothers():
    sex = {
        said.person.reference: said.value["code"]
        for said in Assertion.objects.filter(property="sex").select_related("person")
    }

    ties = [tie for tie in read_truth() if tie.request]
    assert [tie for tie in ties if sex[tie.child] != sex[tie.sought]] == []


def test_enquiry_workers_see_the_requests_of_their_region():
    worker = User.objects.get(username="enquiry")

    regions = set(Request.objects.visible_to(worker).values_list("region", flat=True))
    assert regions == {"RU-DA"}
    elsewhere = Request.objects.filter(region="TJ").first()
    assert elsewhere.taken_by.username == "enquiry.moscow"


def test_registrar_sees_every_child():
    registrar = User.objects.get(role=Role.REGISTRAR)

    assert children(user=registrar).count() == 41
    assert children_once(user=registrar).count() == 40  # of one of the two it was judged


def test_roster_of_the_shelter_names_a_known_child_and_one_to_judge():
    registrar, officer = (
        User.objects.get(role=each) for each in (Role.REGISTRAR, Role.TRACING_OFFICER)
    )
    (one,) = rosters_of(Place.objects.get(kind="shelter").code, user=registrar)

    rows = checked(one, reading_of(one), user=registrar)

    known = known_as(rows, user=registrar)
    assert [each.standing for each in rows] == ["registered", "registered"]
    assert [bool(known.get(each.row.pk)) for each in rows] == [True, False]
    alike = possible_duplicates([rows[1].person], user=officer, language="en")
    assert len(alike[rows[1].person.pk]) == 1


def test_demo_goes_on_where_it_was_interrupted(settings, capsys):
    settings.DEMO = True

    call_command("demo")

    assert "pairs have something in common" in capsys.readouterr().out
    assert Event.objects.filter(action="demo.loaded").count() == 1
    assert Candidate.objects.count() > 0


def test_demo_says_that_the_truth_is_gone(capsys, settings, tmp_path):
    settings.DATA = tmp_path

    call_command("demo")

    assert "demo-truth.csv is gone" in capsys.readouterr().out
