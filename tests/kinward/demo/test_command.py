from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kinward.access.models import clock
from kinward.audit.models import Event
from kinward.core.errors import RuleBroken
from kinward.demo.actions import NotEmpty, load_caseload
from kinward.demo.queries import shown_requests
from kinward.demo.scenario import data
from kinward.demo.truth import truth_file
from kinward.people.models import Person
from kinward.tracing.models import Candidate

AT = datetime(2018, 12, 30, 16, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def circumstances(settings, tmp_path):
    settings.DATA = tmp_path
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_load_refuses_a_database_in_use(make_user):
    make_user("amira")

    with pytest.raises(NotEmpty):
        load_caseload(by=clock(), at=AT, progress=print)

    assert Person.objects.count() == 0
    assert not truth_file().exists()
    assert issubclass(NotEmpty, RuleBroken)


def test_shown_requests_need_an_officer():
    assert shown_requests() == {}


def test_shown_requests_come_strongest_first_and_once(
    make_candidate, make_child, make_request, make_user
):
    make_user("officer")
    child, weak, strong = make_child(), make_request("Руслан"), make_request("Руслан")
    make_candidate(child=child, request=weak, weight=5.0)
    make_candidate(child=child, request=strong, weight=9.0)

    assert shown_requests() == {child.reference: [strong.reference, weak.reference]}


def test_shown_requests_name_a_request_once(make_child, make_request, make_user, at):
    make_user("officer")
    child, request = make_child(), make_request("Руслан", "Заира")
    for sought in request.sought.all():
        Candidate.objects.create(
            child=child,
            sought=sought,
            weight=1.0,
            probability=0.9,
            model_version="test",
            first_found_at=at,
            computed_at=at,
        )

    assert shown_requests() == {child.reference: [request.reference]}


@pytest.mark.no_cover
def test_demo_loads_and_matches_once_and_says_how_it_went(capsys, nobody_acts, as_owner):
    call_command("demo")

    said = capsys.readouterr().out
    assert Candidate.objects.count() > 0
    first = next(line for line in said.splitlines() if "their family first" in line).split()
    assert first[-2:] == ["of", "24"]
    assert int(first[-3]) > 24 / 2
    unlawfully = next(line for line in said.splitlines() if "all the same" in line).split()
    assert unlawfully[-3:] == ["0", "of", "2"]
    assert data("accounts")["password"] in said
    assert "tracing officer" in said
    assert "enquiry.grozny" not in said
    assert "http://127.0.0.1:" in said
    assert "nothing was changed" not in said

    events = Event.objects.count()
    call_command("demo")

    again = capsys.readouterr().out
    assert "loaded already; nothing was changed" in again
    assert [line for line in said.splitlines() if "family first" in line] == [
        line for line in again.splitlines() if "family first" in line
    ]
    assert Event.objects.count() == events


def test_demo_refuses_an_installation_that_is_none(settings, nobody_acts):
    settings.DEMO = False

    with pytest.raises(CommandError, match="KINWARD_DEMO=1"):
        call_command("demo")

    assert Person.objects.count() == 0


def test_demo_says_why_it_cannot_load(make_user):
    make_user("amira")

    with pytest.raises(CommandError, match="empty one"):
        call_command("demo")
