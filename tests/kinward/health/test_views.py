"""The screens of medics: what they show, what they pass on, and that nothing typed is lost."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.health.models import (
    Discharge,
    Encounter,
    Entry,
    EntryEnd,
    Fit,
    FitnessStatement,
    Handout,
    Meeting,
)

pytestmark = pytest.mark.django_db


def page_of(child, name="file", *ids):
    return reverse(f"health:{name}", args=[child.pk, *ids])


@pytest.fixture
def medic(client, rana):
    """A browser that the medic signed in to."""
    client.force_login(rana)
    return client


def today():
    return timezone.localdate().isoformat()


def test_medic_writes_down_what_it_saw_and_reads_it_again(medic, child):
    met = {"meeting": "before", "seen_on": today(), "place": "camp", "notes": "coughs"}
    response = medic.post(page_of(child, "encounter"), met, follow=True)
    assert response.redirect_chain == [(page_of(child), 302)]
    encounter = Encounter.objects.get()

    typed = [
        ("measure", {"weight_kg": "14,1", "height_cm": "٩٨٫٢", "lying": "no"}),
        ("vaccine", {"vaccine": "measles", "shown": "card", "on": "2018-06-01"}),
        ("screening", {"screening": "skin", "found": "something", "words": "a rash"}),
        ("mind", {"words": "wakes at night", "helps": "a lamp"}),
        ("plan", {"words": "glasses", "who": "eye clinic", "due_on": today()}),
    ]
    for kind, said in typed:
        response = medic.post(page_of(child, "entry", encounter.pk, kind), said)
        assert response.status_code == 302, kind

    page = medic.get(page_of(child)).content.decode()
    for words in ("coughs", "14.1 kg", "98.2 cm", "measles", "a rash", "wakes at night", "glasses"):
        assert words in page
    said = {entry.said["kind"]: entry.said for entry in Entry.objects.all()}
    assert said["measure"] == {
        "kind": "measure",
        "weight_kg": 14.1,
        "height_cm": 98.2,
        "lying": False,
        "swollen": False,
    }


def test_page_shows_exactly_what_is_passed_on(medic, child):
    told = {"fit": "conditional", "until": today(), "needs": "no stairs", "grounds": "a splinter"}
    medic.post(page_of(child, "fitness"), told)

    page = medic.get(page_of(child)).content.decode()

    box = page[page.index('id="others-see"') : page.index("This is all that leaves the room")]
    assert "no stairs" in box
    assert "Fit to fly on conditions" in box
    assert "a splinter" not in box
    assert "a splinter" in page


def test_case_worker_sees_on_the_journey_what_the_box_says(client, medic, child, make_user):
    told = {"fit": "conditional", "until": today(), "needs": "no stairs", "grounds": "a splinter"}
    medic.post(page_of(child, "fitness"), told)
    client.force_login(make_user("salma", role=Role.CASE_WORKER, region="IQ-BG"))

    page = client.get(reverse("casework:track", args=[child.pk, "movement"])).content.decode()

    assert "no stairs" in page
    assert "a splinter" not in page
    assert client.get(page_of(child)).status_code == 404
    assert (
        page_of(child) not in client.get(reverse("people:child", args=[child.pk])).content.decode()
    )


def test_what_was_not_passed_on_is_said_loudly(medic, child, journey):
    journey("fit_yes", "manifested", "boarded")

    response = medic.post(page_of(child, "fitness"), {"fit": "not_fit"}, follow=True)

    page = response.content.decode()
    assert "NOT passed on" in page
    assert FitnessStatement.objects.get().passed_on is False


@pytest.mark.parametrize(
    ("name", "typed", "wrong"),
    [
        ("encounter", {"meeting": "before", "seen_on": "2999-01-01", "notes": "kept"}, ["seen_on"]),
        ("fitness", {"fit": "fit", "grounds": "kept"}, ["until"]),
        ("fitness", {"fit": "conditional", "until": "2999-01-01", "grounds": "kept"}, ["needs"]),
        (
            "discharge",
            {"left_on": "2999-01-01", "summary": "kept", "care": "x", "handed_to": "y"},
            ["left_on"],
        ),
        ("summary", {"shared_for": "care", "recipient": ""}, ["recipient"]),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    medic, child, name, typed, wrong
):
    response = medic.post(page_of(child, name), typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == wrong
    assert "kept" in response.content.decode() or "kept" not in str(typed)
    models = (Encounter, FitnessStatement, Discharge, Handout)
    assert [model.objects.count() for model in models] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("kind", "typed", "wrong"),
    [
        ("measure", {}, ["weight_kg"]),
        ("measure", {"weight_kg": "heavy"}, ["weight_kg"]),
        ("measure", {"weight_kg": "14100"}, ["weight_kg"]),
        ("measure", {"height_cm": "98.2"}, ["lying"]),
        ("vaccine", {"vaccine": "measles", "shown": "card"}, ["on"]),
        ("screening", {"screening": "skin", "found": "something"}, ["words"]),
        ("mind", {"words": "a child of terrorists"}, ["words"]),
        ("plan", {"words": "glasses"}, ["due_on"]),
    ],
)
def test_entry_is_refused_at_its_field(medic, child, see, kind, typed, wrong):
    encounter, _step = see()

    response = medic.post(page_of(child, "entry", encounter.pk, kind), typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == wrong
    assert Entry.objects.count() == 0


def test_mistaken_entry_is_taken_back_and_stays_on_record(medic, child, write):
    entry = write("measure", weight_kg=141.0)
    address = page_of(child, "end", entry.pk)
    assert "it is done" not in medic.get(address).content.decode()

    medic.post(address, {"ended": "mistaken", "words": "a comma"})
    again = medic.post(address, {"ended": "mistaken", "words": "twice"})

    assert EntryEnd.objects.get().words == "a comma"
    assert again.status_code == 409
    assert "<del>" in medic.get(page_of(child)).content.decode()


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_growth_is_shown_as_a_picture_and_a_range(medic, child, write, language):
    write("measure", weight_kg=14.1, height_cm=98.2, lying=False, arm_cm=15.0)

    with translation.override(language):
        page = medic.get(page_of(child, "growth"), headers={"accept-language": language})

    text = page.content.decode()
    assert text.count("<svg") >= 2
    assert 'id="growth-lfa-title"' in text
    (row,) = page.context["rows"]
    assert {each.name for each in row.scores}
    assert all("\u2066" in each.score for each in row.scores)


def test_growth_without_a_birth_says_so(medic, rana, give, make_child, at):
    bare = make_child("", region="IQ-BG")
    give(rana, child=bare)

    pages = [medic.get(page_of(bare, name)).content.decode() for name in ("growth", "vaccinations")]

    assert all("Nothing was told of when this child was born" in page for page in pages)


def test_vaccinations_say_what_is_due_and_who_decides(medic, child, write):
    write("vaccine", vaccine="measles", shown="told")

    page = medic.get(page_of(child, "vaccinations")).content.decode()

    assert "The national schedule decides." in page
    assert "No medic has checked this table yet." in page
    assert "Table 3: Recommendations for interrupted or delayed" in page
    assert "March 2023" in page
    assert "somebody says so" in page
    assert "due now" in page
    assert "girls" not in page  # he is a boy


def test_summary_is_a_file(medic, child, write):
    write("measure", weight_kg=14.1)
    typed = {"shared_for": "care", "recipient": "a clinic"}

    response = medic.post(page_of(child, "summary"), typed)

    assert response["Content-Type"] == "application/fhir+json"
    assert response["Content-Disposition"].endswith('-summary.json"')
    assert json.loads(response.content)["type"] == "document"
    assert "a clinic" in medic.get(page_of(child)).content.decode()


def test_discharge_is_recorded_and_shown(medic, child, see, journey, rana):
    journey("fit_yes", "manifested", "boarded", "landed")
    see(Meeting.ADMISSION)
    see(Meeting.EXAMINATION)
    typed = {"left_on": today(), "summary": "treated", "care": "ointment", "handed_to": "aunt"}

    page = medic.post(page_of(child, "discharge"), typed, follow=True).content.decode()

    assert journey().position == "discharged"
    assert "the journey says that the child is out of hospital" in page
    assert "ointment" in page


def test_unknown_entries_and_those_of_others_are_absent(medic, child, see, write):
    encounter, _step = see()

    absent = [
        page_of(child, "entry", encounter.pk, "soul"),
        page_of(child, "entry", child.pk, "mind"),
        page_of(child, "end", child.pk),
    ]

    assert [medic.get(address).status_code for address in absent] == [404, 404, 404]


def test_list_shows_the_children_of_a_medic_and_writes_that_down(medic, child, state, rana):
    state(Fit.FIT)
    before = Event.objects.filter(action="people.listed", object_id=child.pk).count()

    response = medic.get(reverse("health:patients"))

    page = response.content.decode()
    assert child.reference in page
    assert "fit to fly" in page
    assert "no longer" in page  # it held until a day that has passed
    assert Event.objects.filter(action="people.listed", object_id=child.pk).count() == before + 1
    assert reverse("health:patients") in medic.get(reverse("people:children")).content.decode()


def test_list_asks_the_same_for_many_children(medic, rana, give, make_child, state, see):
    state(Fit.FIT)
    see()
    medic.get(reverse("health:patients"))

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            medic.get(reverse("health:patients"))
        return len(queries)

    few = asked()
    for _each in range(4):
        give(rana, child=make_child("Зара", region="IQ-BG"))

    assert asked() == few


def test_page_asks_the_same_for_many_entries(medic, child, write, see):
    encounter, _step = see()
    write("mind", encounter=encounter, words="well")
    medic.get(page_of(child))

    def asked():
        with CaptureQueriesContext(connection) as queries:
            medic.get(page_of(child))
        return len(queries)

    few = asked()
    for _each in range(4):
        write("mind", encounter=encounter, words="well")

    assert asked() == few


def test_medic_without_children_is_told_what_would_fill_the_list(client, make_user):
    client.force_login(make_user(role=Role.MEDIC))

    assert (
        "No child was given to you yet" in client.get(reverse("health:patients")).content.decode()
    )
