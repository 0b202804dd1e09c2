"""A summary of a child's health is FHIR R4B that can be read again, and tells what it may."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256

import pytest
from fhir.resources.R4B.bundle import Bundle

from kinward.audit.models import Event
from kinward.core.guarding import WordsRefused
from kinward.health import actions
from kinward.health.models import Ended, Fit, Handout, Meeting, SharedFor
from kinward.health.telling import shared_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def hand_out(child, rana, at):
    """Hand out a summary: hand_out(named=True); returns the row and the file."""

    def handed(*, recipient="the children’s hospital", by=rana, **said):
        told = {"shared_for": SharedFor.CARE, "recipient": recipient} | said
        return actions.hand_out_summary(child=child, **told, by=by, at=at)

    return handed


@pytest.fixture
def written(write, see, state, child, rana, at):
    """Something of every kind, and secrets that stay."""
    encounter, _step = see(Meeting.ADMISSION, notes="secret: notes")
    write("measure", encounter=encounter, weight_kg=14.1, height_cm=98.2, lying=False, arm_cm=15.1)
    write("measure", encounter=encounter, height_cm=98.9, lying=True, swollen=True)
    wrong = write("measure", encounter=encounter, weight_kg=141.0)
    actions.end_entry(entry=wrong, ended=Ended.MISTAKEN, words="secret: slip", by=rana, at=at)
    write("vaccine", encounter=encounter, vaccine="measles", shown="card", on="2018-06-01")
    write("vaccine", encounter=encounter, vaccine="dtp", shown="told")
    write("screening", encounter=encounter, screening="vision", found="nothing")
    write("screening", encounter=encounter, screening="skin", found="something", words="a rash <b>")
    write("mind", encounter=encounter, words="secret: mind")
    done = write("plan", encounter=encounter, words="dentist", due_on="2019-02-01")
    actions.end_entry(entry=done, ended=Ended.DONE, words="secret: done", by=rana, at=at)
    write("plan", encounter=encounter, words="glasses", due_on="2019-03-01")
    state(Fit.FIT, grounds="secret: grounds")
    leaving = actions.Leaving(
        left_on=at.date(), summary="treated & well", care="ointment", handed_to="secret: aunt"
    )
    actions.discharge(child=child, leaving=leaving, by=rana, at=at)


def resources(content, kind):
    entries = json.loads(content)["entry"]
    return [each["resource"] for each in entries if each["resource"]["resourceType"] == kind]


def test_summary_is_a_document_that_can_be_read_again(written, hand_out):
    _handout, content = hand_out()

    bundle = Bundle.model_validate_json(content)
    assert json.loads(bundle.model_dump_json()) == json.loads(content)
    assert bundle.type == "document"
    assert [each.resource.get_resource_type() for each in bundle.entry[:2]] == [
        "Composition",
        "Patient",
    ]
    names = {each.fullUrl for each in bundle.entry}
    pointed = {
        one.reference for section in bundle.entry[0].resource.section for one in section.entry or []
    }
    assert pointed <= names
    assert len(pointed) == len(names) - 2


def test_summary_says_what_was_measured_in_codes_that_are_true(written, hand_out):
    _handout, content = hand_out()

    told = {
        (each["code"].get("coding", [{}])[0].get("code"), each["valueQuantity"]["value"])
        for each in resources(content, "Observation")
        if "valueQuantity" in each
    }
    assert told == {("29463-7", 14.1), ("8302-2", 98.2), ("8306-3", 98.9), (None, 15.1)}
    given = {
        each["vaccineCode"].get("coding", [{}])[0].get("code"): each.get("occurrenceDateTime")
        for each in resources(content, "Immunization")
    }
    assert given == {"05": "2018-06-01", None: None}
    assert [each["status"] for each in resources(content, "CarePlan")] == ["completed", "active"]
    (found,) = resources(content, "Condition")
    assert found["code"]["text"].endswith(": a rash <b>")
    (composition,) = resources(content, "Composition")
    assert "treated &amp; well<br/>ointment" in composition["section"][-1]["text"]["div"]


def test_what_stays_with_medics_is_not_in_it(written, hand_out, rana):
    _handout, content = hand_out(named=True)

    text = content.decode()
    assert "secret" not in text
    assert "141" not in text
    assert rana.username not in text


def test_name_is_in_it_only_where_that_is_chosen(child, hand_out):
    without, named = hand_out().content.decode(), hand_out(named=True).content.decode()

    assert child.reference in without
    assert str(child.pk) not in without
    assert ("رسلان" in without, "رسلان" in named) == (False, True)


def test_birth_is_told_as_exactly_as_it_is_known(hand_out):
    (patient,) = resources(hand_out().content, "Patient")

    assert (patient["birthDate"], patient["gender"]) == ("2015-03", "male")


@pytest.mark.parametrize(
    ("first", "last", "shared"),
    [
        (date(2015, 3, 4), date(2015, 3, 4), "2015-03-04"),
        (date(2015, 3, 1), date(2015, 3, 31), "2015-03"),
        (date(2015, 1, 1), date(2015, 12, 31), "2015"),
        (date(2014, 12, 31), date(2015, 1, 1), ""),
    ],
)
def test_date_is_told_as_far_as_two_days_share_it(first, last, shared):
    assert shared_part(first, last) == shared


def test_empty_file_makes_a_summary_too(make_child, give, rana, at):
    bare = make_child("", region="IQ-BG")
    give(rana, child=bare)

    _handout, content = actions.hand_out_summary(
        child=bare, shared_for=SharedFor.CARE, recipient="a clinic", named=True, by=rana, at=at
    )

    (patient,) = resources(content, "Patient")
    assert patient.keys() == {"resourceType", "identifier", "gender"}


def test_that_it_was_handed_out_stays_on_record(child, hand_out):
    handout, content = hand_out()

    assert Handout.objects.get() == handout
    assert (handout.recipient, handout.shared_for) == ("the children’s hospital", "care")
    assert handout.digest == sha256(content).hexdigest()
    event = Event.objects.get(action="health.handed_out", object_id=child.pk)
    assert event.details == {"handout": str(handout.pk), "digest": handout.digest}


def test_nobody_in_particular_gets_nothing(hand_out):
    with pytest.raises(actions.UnfitEntry):
        hand_out(recipient=" ")
    with pytest.raises(WordsRefused):
        hand_out(recipient="the office for terrorists")

    assert Handout.objects.count() == 0
