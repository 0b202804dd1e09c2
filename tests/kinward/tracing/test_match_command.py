from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from kinward.access.models import clock
from kinward.audit.models import Change, Event
from kinward.tracing.models import Candidate

pytestmark = pytest.mark.django_db


def test_match_compares_everybody_and_says_how_many(make_child, make_request):
    make_child("رسلان محمدوف")
    make_request("Руслан Магомедов")
    said, progress = StringIO(), StringIO()

    call_command("match", stdout=said, stderr=progress)

    assert said.getvalue() == f"{Candidate.objects.count()} candidates\n"
    assert Candidate.objects.exists()
    assert Event.objects.get(action="tracing.matched").object_id == ""
    made = Change.objects.filter(table_name="tracing_candidate")
    assert {change.actor for change in made} == {clock().username}


def test_match_can_be_left_to_the_worker(make_child, make_request):
    make_child("رسلان محمدوف")
    make_request("Руслан Магомедов")
    Candidate.objects.all().delete()

    call_command("match", "--later", stdout=StringIO())
    before = Candidate.objects.count()
    call_command("work", "--once", stdout=StringIO())

    assert before == 0
    assert Candidate.objects.count() == 1
