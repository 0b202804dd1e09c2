from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from typed import CONSENT

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.people import actions as people
from kinward.people.models import Answer, Assertion, Person
from kinward.people.rules import Statement

pytestmark = pytest.mark.django_db

CIRCUMSTANCES = {"said_by": "child", "method": "interview", "certainty": "probable"}
HTMX = {"HX-Request": "true"}
TABS = ["people:child", "people:facts", "people:timeline", "people:history"]


@pytest.fixture
def officer(client, make_user):
    user = make_user("anna", role=Role.TRACING_OFFICER)
    client.force_login(user)
    return user


def reads(action: str, user) -> set[str]:
    return set(
        Event.objects.filter(action=action, actor=user.username).values_list("object_id", flat=True)
    )


def child_form(**typed) -> dict[str, str]:
    questions = ["name", "sex", "born", "language", "father", "mother", "sibling", "mark"]
    places = ["place_of_birth", "last_residence", "relatives_region", "found_at"]
    answers = {f"{each}-0-answer": "not_asked" for each in [*questions, *places, "songs_and_words"]}
    return CONSENT | CIRCUMSTANCES | answers | typed


def queries_of(capture, client, address: str) -> int:
    with capture(200) as taken:
        client.get(address)
    return len(taken)


# The list


def test_list_shows_children_with_how_their_names_read(client, officer, make_child):
    child = make_child("رسلان")

    page = client.get("/children/").content.decode()

    assert "رسلان" in page
    assert "Ruslan" in page
    assert child.reference in page


def test_list_writes_down_whom_it_showed(client, officer, make_child):
    shown = {str(make_child().pk), str(make_child().pk)}

    client.get("/children/")

    assert reads("people.listed", officer) == shown


def test_list_hides_children_of_other_regions(client, registrar, make_child):
    mine, other = make_child(region="IQ-BG"), make_child(region="IQ-NI")

    page = client.get("/children/").content.decode()

    assert mine.reference in page
    assert other.reference not in page


def test_list_costs_the_same_for_one_child_and_for_fifteen(
    client, officer, make_child, django_assert_max_num_queries
):
    make_child()
    client.get("/children/")
    one = queries_of(django_assert_max_num_queries, client, "/children/")
    for _ in range(14):
        make_child()

    assert queries_of(django_assert_max_num_queries, client, "/children/") == one


def test_list_is_found_by_reference(client, officer, make_child):
    wanted, other = make_child(), make_child()

    page = client.get("/children/", {"reference": f" {wanted.reference.lower()} "})

    assert [child.pk for child in page.context["page"]] == [wanted.pk]
    assert other.reference not in page.content.decode()


def test_list_says_what_would_fill_it(client, officer):
    assert "No child is registered yet." in client.get("/children/").content.decode()


def test_list_says_that_no_reference_is_like_that(client, officer, make_child):
    make_child()

    page = client.get("/children/", {"reference": "C-XXX"}).content.decode()

    assert "No child with this reference may be seen by you." in page


@pytest.mark.parametrize("role", [Role.ENQUIRY_WORKER, Role.AUDITOR, Role.ESCORT])
def test_list_is_refused_to_roles_without_children(client, make_user, role):
    client.force_login(make_user(role=role))

    assert client.get("/children/").status_code == 403


def test_manager_counts_children_without_reading_their_names(client, make_user, make_child):
    child = make_child("رسلان")
    client.force_login(make_user(role=Role.PROGRAMME_MANAGER))

    page = client.get("/children/").content.decode()

    assert child.reference in page
    assert "رسلان" not in page
    assert "name not shown" in page


# One child


@pytest.mark.parametrize("tab", TABS)
def test_tab_shows_the_child_and_writes_down_that_it_was_read(client, officer, make_child, tab):
    child = make_child("رسلان")

    response = client.get(reverse(tab, args=[child.pk]))

    assert response.status_code == 200
    assert "رسلان" in response.content.decode()
    assert reads("people.read", officer) == {str(child.pk)}


@pytest.mark.parametrize("tab", TABS)
def test_unseen_child_and_absent_child_look_alike(client, registrar, make_child, tab):
    unseen = make_child(region="IQ-NI")

    refused = client.get(reverse(tab, args=[unseen.pk]))
    absent = client.get(reverse(tab, args=[uuid4()]))

    assert refused.status_code == absent.status_code == 404
    # The two pages differ in their own address and in tokens only.
    differing = re.compile(rb'value="[^"]*"|X-CSRFToken": "[^"]*"')
    assert differing.sub(b"", refused.content) == differing.sub(b"", absent.content)
    assert reads("people.read", registrar) == set()


def test_summary_links_to_those_found_together(client, officer, make_user, say, at):
    registrar = make_user(role=Role.REGISTRAR)
    first, second = people.register_group(
        children=[[say("name", text="رسلان")], [say("name", text="مريم")]], by=registrar, at=at
    )

    page = client.get(reverse("people:child", args=[first.pk])).content.decode()

    assert reverse("people:child", args=[second.pk]) in page
    assert reads("people.listed", officer) == {str(second.pk)}


def test_facts_show_contradictions_side_by_side_with_who_said_them(
    client, officer, make_child, say
):
    child = make_child(
        statements=[
            say("born", age=6, as_of="2018-12-30"),
            say("born", edtf="2009", said_by="custodian"),
        ]
    )

    page = client.get(reverse("people:facts", args=[child.pk])).content.decode()

    assert "These cannot all be true." in page
    assert "6 years old on" in page
    assert "The custodian · interview · probable" in page


def test_facts_tell_three_ways_of_not_knowing_apart(client, officer, make_child):
    child = make_child(
        "",
        statements=[
            Statement(property="name", answer=Answer.UNKNOWN),
            Statement(property="father", answer=Answer.REFUSED),
            Statement(property="mother", answer=Answer.NOT_ASKED),
        ],
    )

    page = client.get(reverse("people:facts", args=[child.pk])).content.decode()

    assert "unknown: asked, and nobody knows" in page
    assert "refused to say" in page
    assert "not asked" in page
    assert "no name known" in page


def test_facts_keep_what_was_corrected(client, officer, make_child, at):
    child = make_child("رسلام")
    wrong = child.assertions.get()
    corrected = Statement(property="name", value={"text": "رسلان"}, corrects=wrong.pk)
    people.add_statement(person=child, statement=corrected, by=officer, at=at)

    page = client.get(reverse("people:facts", args=[child.pk])).content.decode()

    assert "Corrected since:" in page
    assert "رسلام" in page


def test_facts_escape_what_people_said(client, officer, make_child):
    child = make_child('<script>alert("x")</script>')

    page = client.get(reverse("people:facts", args=[child.pk])).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_timeline_shows_what_was_recorded_newest_first(client, officer, make_child, at):
    child = make_child("رسلان")
    added = Statement(property="father", value={"text": "ماغوميد"})
    people.add_statement(person=child, statement=added, by=officer, at=at.replace(year=2020))

    page = client.get(reverse("people:timeline", args=[child.pk])).content.decode()

    main = page.partition("<main")[2].partition("kw-timeline")[2]
    assert main.index("ماغوميد") < main.index("رسلان")


def test_history_shows_who_read_the_record(client, officer, make_child):
    child = make_child()
    client.get(reverse("people:child", args=[child.pk]))

    page = client.get(reverse("people:history", args=[child.pk])).content.decode()

    assert "registered" in page
    assert "anna" in page
    assert "tracing officer" in page


def test_history_is_closed_to_roles_that_do_not_read_it(client, make_user, make_child):
    child = make_child()
    client.force_login(make_user(role=Role.PROGRAMME_MANAGER))

    page = client.get(reverse("people:history", args=[child.pk])).content.decode()

    assert "The log of this record is not open to your role." in page
    assert "Who saw this" not in page


# Registering


def test_register_stores_what_was_typed_with_its_circumstances(client, registrar):
    typed = child_form(
        **{
            "said_by": "custodian",
            "as_of": "2018-12-30",
            "source": "Form 7",
            "name-0-text": "رسلان",
            "name-0-role": "kunya",
            "sex-0-code": "male",
            "born-0-edtf": "2012",
            "born-0-about": "on",
            "place_of_birth-0-code": "IQ-BG",
            "father-0-answer": "unknown",
            "mother-0-answer": "refused",
        }
    )

    response = client.post("/children/register/", typed)

    child = Person.objects.children().get()
    assert response["Location"] == reverse("people:child", args=[child.pk])
    said = {one.property: one for one in child.assertions.all()}
    assert said["name"].value == {"text": "رسلان", "role": "kunya", "script": "arabic"}
    assert (said["name"].said_by, said["name"].as_of, said["name"].source) == (
        "custodian",
        "2018-12-30",
        "Form 7",
    )
    assert said["sex"].value == {"code": "male"}
    assert said["born"].value == {"edtf": "2012~"}
    assert said["place_of_birth"].value == {"text": "Baghdad", "code": "IQ-BG"}
    assert said["father"].answer == "unknown"
    assert said["mother"].answer == "refused"
    assert said["sibling"].answer == "not_asked"


def test_register_tells_the_reference(client, registrar):
    page = client.post("/children/register/", child_form(), follow=True).content.decode()

    child = Person.objects.children().get()
    assert "The child is registered under the reference" in page
    assert child.reference in page


def test_register_takes_an_age_and_the_day_it_was_counted(client, registrar):
    client.post(
        "/children/register/", child_form(**{"born-0-age": "6", "born-0-as_of": "2018-12-30"})
    )

    assert Assertion.objects.get(property="born").value == {"age": 6, "as_of": "2018-12-30"}


def test_register_takes_several_rows_and_leaves_empty_ones_out(client, registrar):
    rows = {"sibling-0-text": "مريم", "sibling-1-text": "", "sibling-2-text": "عمر"}

    client.post("/children/register/", child_form(**rows))

    siblings = [said.value["text"] for said in Assertion.objects.filter(property="sibling")]
    assert sorted(siblings) == sorted(["مريم", "عمر"])


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"born-0-edtf": "long ago"}, "born-0-edtf", "Give a date"),
        ({"born-0-age": "6"}, "born-0-edtf", "the day it was counted"),
        ({"name-0-text": "رسلان", "name-0-answer": "unknown"}, "name-0-answer", "remove it"),
        ({"as_of": "long ago"}, "as_of", "This date cannot be read"),
        ({"said_by": "nobody"}, "said_by", "Select a valid choice"),
    ],
)
def test_register_says_what_is_to_be_corrected_and_stores_nothing(
    client, registrar, typed, field, words
):
    response = client.post("/children/register/", child_form(**typed))

    page = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_{field}"' in page
    assert words in page
    assert not Person.objects.exists()


def test_register_adds_a_row_and_keeps_what_was_typed(client, registrar):
    typed = child_form(**{"name-0-text": "رسلان", "add_another": "name"})

    response = client.post("/children/register/", typed)

    page = response.content.decode()
    assert response.status_code == 200
    assert 'name="name-1-text"' in page
    assert 'value="رسلان"' in page
    assert 'name="sibling-1-text"' not in page
    assert not Person.objects.exists()


def test_register_adds_a_row_that_says_nothing_by_itself(client, registrar):
    typed = child_form(**{"name-0-answer": "unknown", "add_another": "name"})

    form = client.post("/children/register/", typed).context["sections"][0].questions[0].rows[1]

    assert form["text"].value() is None
    assert form["role"].value() is None


def test_register_answers_htmx_with_its_part_only(client, registrar):
    response = client.post("/children/register/", child_form(add_another="name"), headers=HTMX)

    page = response.content.decode()
    assert page.lstrip().startswith('<div id="page">')
    assert "data-focus" in page


def test_register_stops_adding_rows_at_some_point(client, registrar):
    rows = {f"sibling-{index}-text": "عمر" for index in range(12)}

    page = client.post("/children/register/", child_form(**rows, add_another="sibling"))

    assert b'name="sibling-11-text"' in page.content
    assert b'name="sibling-12-text"' not in page.content
    assert b'name="add_another" value="sibling"' not in page.content


def test_register_keeps_what_was_typed_in_another_language(client, registrar):
    response = client.post(
        "/children/register/", child_form(**{"name-0-text": "رسلان", "switch_language": "ar"})
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="ar" dir="rtl"' in page
    assert 'value="رسلان"' in page
    assert not Person.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_register_is_refused_to_who_does_not_register(client, officer, method):
    response = getattr(client, method)("/children/register/")

    assert response.status_code == 403
    assert not Person.objects.exists()


# Adding what is said


def test_statement_is_added_beside_what_was_said_before(client, registrar, make_child):
    child = make_child("رسلان")
    address = reverse("people:add_statement", args=[child.pk, "name"])

    response = client.post(
        address, CIRCUMSTANCES | {"name-0-text": "أبو عمر", "name-0-answer": "not_asked"}
    )

    assert response["Location"] == reverse("people:facts", args=[child.pk])
    said = [one.value["text"] for one in child.assertions.all()]
    assert sorted(said) == sorted(["رسلان", "أبو عمر"])


def test_statement_corrects_the_one_it_was_asked_to(client, registrar, make_child):
    child = make_child("رسلام")
    wrong = child.assertions.get()
    address = reverse("people:add_statement", args=[child.pk, "name"]) + f"?corrects={wrong.pk}"

    shown = client.get(address).content.decode()
    client.post(address, CIRCUMSTANCES | {"name-0-text": "رسلان", "name-0-answer": "not_asked"})

    assert "This stays on record, marked as corrected:" in shown
    assert child.assertions.get(corrects=wrong).value["text"] == "رسلان"


def test_statement_of_another_child_cannot_be_corrected(client, registrar, make_child):
    child, other = make_child(), make_child()
    theirs = other.assertions.get()
    address = reverse("people:add_statement", args=[child.pk, "name"]) + f"?corrects={theirs.pk}"

    assert client.get(address).status_code == 404


def test_statement_that_cannot_be_read_is_sent_back(client, registrar, make_child):
    child = make_child()
    address = reverse("people:add_statement", args=[child.pk, "born"])

    response = client.post(
        address, CIRCUMSTANCES | {"born-0-edtf": "?", "born-0-answer": "not_asked"}
    )

    assert response.status_code == 422
    assert not child.assertions.filter(property="born").exists()


def test_statement_about_an_unseen_child_is_not_taken(client, registrar, make_child):
    unseen = make_child(region="IQ-NI")

    response = client.post(
        reverse("people:add_statement", args=[unseen.pk, "name"]),
        CIRCUMSTANCES | {"name-0-text": "x", "name-0-answer": "not_asked"},
    )

    assert response.status_code == 404
    assert unseen.assertions.count() == 1


def test_statement_is_not_taken_from_who_may_not_add_any(client, make_user, make_child):
    child = make_child()
    client.force_login(make_user(role=Role.PROGRAMME_MANAGER))

    response = client.get(reverse("people:add_statement", args=[child.pk, "name"]))

    assert response.status_code == 403


def test_kind_of_fact_that_there_is_not_has_no_address(client, registrar, make_child):
    child = make_child()

    assert client.get(f"/children/{child.pk}/facts/shoe-size/").status_code == 404


# How a name reads


def test_reading_shows_a_name_in_latin_letters(client, registrar):
    response = client.post("/names/reading/", {"name-0-text": "رسلان"}, headers=HTMX)

    assert response.content.decode().strip() == "Reads: \u2068Ruslan\u2069"


@pytest.mark.parametrize("typed", [{}, {"name-0-text": "  "}])
def test_reading_of_nothing_is_empty(client, registrar, typed):
    assert client.post("/names/reading/", typed).content.strip() == b""


def test_reading_is_never_asked_for_in_an_address(client, registrar):
    assert client.get("/names/reading/", {"name-0-text": "رسلان"}).status_code == 405
