from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kinward.access import actions as access
from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core.models import DataClass
from kinward.people import actions, due
from kinward.people.models import Erasure, Ground, Person
from kinward.people.retention import OURS, schedule

pytestmark = pytest.mark.django_db
TWO_YEARS, FIVE_YEARS = timedelta(days=730), timedelta(days=1826)


@pytest.fixture
def officer(client, make_user):
    user = make_user("officer", role=Role.DATA_PROTECTION_OFFICER)
    client.force_login(user)
    return user


def classes(people):
    return {each.reference: each.classes for each in people}


def test_schedule_names_every_class_that_is_close_to_somebody():
    assert {each.name: (each.data_class, each.kept) for each in schedule()} == {
        "identity": (DataClass.IDENTITY, FIVE_YEARS),
        "whereabouts": (DataClass.WHEREABOUTS, TWO_YEARS),
        "intimate": (DataClass.INTIMATE, TWO_YEARS),
        "evidence": (DataClass.EVIDENCE, FIVE_YEARS),
    }


def test_programme_sets_its_own_schedule(settings, tmp_path):
    settings.RETENTION = str(tmp_path / "ours.toml")
    (tmp_path / "ours.toml").write_text(OURS.read_text().replace("days = 730", "days = 90"))

    assert {each.name: each.kept.days for each in schedule()}["whereabouts"] == 90


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ('"C4"', '"C3"'),  # a class twice, another missing
        ('["health"]', '["identity"]'),  # a compartment twice
        ("days = 730", "days = 'two years'"),
        ("[evidence]", "[evidence"),
    ],
)
def test_unfit_schedule_is_refused(tmp_path, there, instead):
    path = tmp_path / "ours.toml"
    path.write_text(OURS.read_text().replace(there, instead))

    with pytest.raises(ImproperlyConfigured):
        schedule(path)


def test_data_are_due_by_their_class_after_the_last_entry(make_child, say, at):
    child = make_child(statements=[say("found_at", text="Mosul")])
    other = make_child()
    moment = timedelta(seconds=1)

    assert due.overdue(at=at + TWO_YEARS - moment) == []
    assert classes(due.overdue(at=at + TWO_YEARS)) == {child.reference: "C3"}
    assert classes(due.overdue(at=at + FIVE_YEARS)) == {
        child.reference: "C2, C3",
        other.reference: "C2",
    }


def test_another_entry_puts_it_off(make_child, make_user, say, at):
    child = make_child()
    huda = make_user(role=Role.TRACING_OFFICER)
    later = at + timedelta(days=1000)
    actions.add_statement(person=child, statement=say("born", edtf="2012"), by=huda, at=later)

    assert due.overdue(at=at + FIVE_YEARS) == []
    assert classes(due.overdue(at=later + FIVE_YEARS)) == {child.reference: "C2"}


def test_hold_and_what_is_asked_for_are_told(make_child, make_user, officer, at):
    held, asked, free = make_child(), make_child(), make_child()
    now = at + FIVE_YEARS
    actions.hold_erasure(person=held, reason="A court asked.", by=officer, at=at)
    approval = actions.ask_to_erase(
        person=asked, ground=Ground.OVERDUE, reason="It is time.", by=officer, at=now
    )

    found = {each.reference: (each.held, each.asked) for each in due.overdue(at=now)}
    assert found == {
        held.reference: (True, False),
        asked.reference: (False, True),
        free.reference: (False, False),
    }
    assert {
        each.period.name: (each.due, each.held) for each in due.counted(due.overdue(at=now))
    } == {
        "identity": (3, 1),
        "whereabouts": (0, 0),
        "intimate": (0, 0),
        "evidence": (0, 0),
    }

    manager = make_user(role=Role.PROGRAMME_MANAGER)
    access.approve(approval=approval, by=manager, at=now)
    done = now + timedelta(days=30)
    actions.erase_person(
        person=asked, ground=Ground.OVERDUE, approval=approval, by=officer, at=done
    )
    assert asked.reference not in classes(due.overdue(at=done))


def test_command_lists_and_erases_nothing(make_child):
    child = make_child()  # in 2019
    said = StringIO()

    call_command("retention", "due", stdout=said)

    assert f"{child.reference}: C2\n" in said.getvalue()
    assert "C2 identity: 1 due after 1,826 days, 0 of them held" in said.getvalue()
    assert Erasure.objects.count() == 0


def test_page_leads_to_asking_for_an_erasure_and_writes_down_who_was_shown(
    client, officer, make_child
):
    child = make_child()

    page = client.get("/retention/").content.decode()

    asking = f"/erasures/?reference={child.reference}&amp;ground=overdue"
    assert asking in page
    listed = Event.objects.filter(action="people.listed", actor="officer")
    assert set(listed.values_list("object_id", flat=True)) == {str(child.pk)}
    form = client.get(asking.replace("&amp;", "&")).content.decode()
    assert f'value="{child.reference}"' in form
    assert '<option value="overdue" selected>' in form


def test_page_costs_the_same_for_one_and_for_ten(
    client, officer, make_child, django_assert_num_queries
):
    make_child()
    client.get("/retention/")
    with CaptureQueriesContext(connection) as few:
        client.get("/retention/")
    for _ in range(9):
        make_child()

    with django_assert_num_queries(len(few)):
        client.get("/retention/")


def test_nobody_else_is_told_what_is_due(make_child, make_user):
    make_child()

    assert list(due.all_due(user=make_user(), at=timezone.now())) == []
    assert Person.objects.count() == 1
