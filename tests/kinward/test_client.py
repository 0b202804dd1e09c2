"""The Python client that is made of the API's document, over a real connection."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import kinward_client as made
import pytest
from django.utils import timezone

from kinward.access import actions as access
from kinward.access.models import Purpose, Role
from kinward.access.rules import Permission
from kinward.people.models import Person

ROOT = Path(__file__).parents[2]
NAME = {"property": "name", "said_by": "child", "method": "interview"}


@pytest.fixture
def kinward(live_server, make_user):
    huda = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    scopes = [Permission.SEE_CHILDREN, Permission.REGISTER_CHILD, Permission.ADD_STATEMENT]
    _token, secret = access.give_token(
        name="test",
        purpose=Purpose.REGISTRATION,
        scopes=scopes,
        days=1,
        by=huda,
        at=timezone.now(),
    )
    with made.Client(live_server.url, token=secret) as client:
        yield client


def child(text):
    return made.ChildIn(statements=[made.StatementIn(**NAME, value={"text": text})])


@pytest.mark.django_db(transaction=True)
def test_client_writes_reads_and_goes_on_page_by_page(kinward):
    registered = [kinward.register_child(child(text)) for text in ("رسلان", "Руслан", "Ruslan")]

    listed = list(made.every(kinward.list_children, limit=2))
    whole = kinward.read_child(registered[0].id)

    assert [each.id for each in listed] == [each.id for each in registered]
    assert isinstance(whole, made.WholeChildOut)
    assert whole.facts[0].statements[0].value == {"text": "رسلان"}
    assert whole.registered_at < datetime.now(UTC)


@pytest.mark.django_db(transaction=True)
def test_same_name_of_a_request_has_one_effect(kinward):
    first = kinward.register_child(child("Ruslan"), once="row 12 of the sheet")
    again = kinward.register_child(child("Ruslan"), once="row 12 of the sheet")

    assert first == again
    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_refusal_is_raised_with_the_problem(kinward):
    with pytest.raises(made.Refused, match=r"^409 ") as refused:
        kinward.register_child(child(""))

    assert refused.value.status == 409
    assert "Write the name" in refused.value.problem["detail"]


def test_client_is_made_of_the_document():
    check = subprocess.run(
        [sys.executable, "tools/build_client.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (check.returncode, check.stdout) == (0, "")
