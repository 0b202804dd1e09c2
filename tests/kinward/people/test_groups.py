from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse
from reliability import made
from typed import CONSENT

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core import keystore
from kinward.core.errors import NotAllowed, NotFound
from kinward.people import actions, queries
from kinward.people.consents import State
from kinward.people.forms.groups import MOST_CHILDREN, Group
from kinward.people.models import Draft, DraftOf, DraftPage, Person
from kinward.people.rules import LISTED_ALIKE_OFTEN

pytestmark = pytest.mark.django_db

PLACES = ("found_at", "custodian", "last_residence", "relatives_region", "language")
COMMON = (
    CONSENT
    | {"count": "3", "note": "Slept in one room.", "as_of": "2018-12-30"}
    | {"said_by": "custodian", "method": "interview", "certainty": "probable"}
    | {f"{each}-0-answer": "not_asked" for each in PLACES}
    | {"custodian-0-text": "shelter in Karkh"}
)
FIELDS = ("name", "sex", "born", "mother", "father")
EMPTY = {f"{each}-0-answer": "not_asked" for each in FIELDS} | {"born-0-as_of": "2018-12-30"}


def child(name, **typed):
    return EMPTY | {"name-0-text": name} | typed


@pytest.fixture
def draft(client, registrar):
    """A group of three whose common page is typed."""
    begun = client.post("/groups/")
    client.post(begun.url, COMMON)
    return Draft.objects.get()


@pytest.fixture
def type_child(client, draft):
    def typed(number, *arguments, **fields):
        address = reverse("people:group_page", args=[draft.pk, number])
        return client.post(address, child(*arguments, **fields))

    return typed


def body(response) -> str:
    return response.content.decode()


def page_of(draft, number):
    return reverse("people:group_page", args=[draft.pk, number])


def check_of(draft):
    return reverse("people:check_group", args=[draft.pk])


def test_group_is_typed_page_by_page_checked_and_registered(client, draft, type_child):
    first = type_child(1, "رسلان", **{"sex-0-code": "male", "born-0-age": "7"})
    second = type_child(2, "Заира", **{"siblings": ["1"], "born-0-age": "", "own": "refused"})
    asked = client.get(check_of(draft))
    registered = client.post(check_of(draft), follow=True)

    assert (first.url, second.url) == (page_of(draft, 2), page_of(draft, 3))
    assert "Register 2 children" in body(asked)
    assert "Nothing is typed of 1 child" in body(asked)
    assert "2 children are registered as a group." in body(registered)
    ruslan, zaira = Person.objects.order_by("id")
    assert ruslan.group == zaira.group
    assert ruslan.group.note == "Slept in one room."
    born = ruslan.assertions.get(property="born")
    assert (born.value, born.said_by) == ({"age": 7, "as_of": "2018-12-30"}, "custodian")
    assert ruslan.assertions.get(property="sibling").value["text"] == "Заира"
    assert zaira.assertions.get(property="sibling").value["text"] == "رسلان"
    assert zaira.assertions.get(property="custodian").value == {"text": "shelter in Karkh"}
    assert [one.state for one in ruslan.consents.all()] == [State.GIVEN]
    assert [one.state for one in zaira.consents.all()] == [State.GIVEN, State.REFUSED]
    assert not queries.may_be_traced(zaira)


def test_registering_lets_go_of_what_was_typed_and_of_its_key(
    client, draft, type_child, django_capture_on_commit_callbacks
):
    type_child(1, "رسلان")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(check_of(draft))

    assert (Draft.objects.count(), DraftPage.objects.count()) == (0, 0)
    assert keystore.store().count_of([draft.pk]) == 0


def test_page_is_kept_while_it_is_typed_even_if_it_is_wrong(client, draft):
    keep = reverse("people:keep_page", args=[draft.pk, 2])

    kept = client.post(keep, child("Заира", **{"born-0-age": "two hundred"}))
    client.post(keep, child("Заира", **{"born-0-age": "two hundred", "mother-0-text": "П"}))
    page = body(client.get(page_of(draft, 2)))

    assert "Kept at" in body(kept)
    assert 'value="Заира"' in page
    assert 'value="two hundred"' in page
    assert 'value="П"' in page
    assert "govuk-form-group--error" not in page
    assert DraftPage.objects.get(number=2).typed["mother-0-text"] == ["П"]


def test_page_that_is_wrong_is_kept_and_says_so_when_one_goes_on(client, draft, type_child):
    wrong = type_child(1, "رسلان", **{"born-0-age": "two hundred"})
    asked = client.get(check_of(draft))
    refused = client.post(check_of(draft))

    assert wrong.status_code == 422
    assert "govuk-error-summary" in body(wrong)
    assert "something to correct" in body(asked)
    assert "Register 1 child" not in body(asked)
    assert refused.status_code == 422
    assert Person.objects.count() == 0


def test_page_shown_again_in_another_language_is_kept_and_shows_no_errors(client, draft):
    shown = client.post(
        page_of(draft, 1), child("رسلان", **{"born-0-age": "x", "switch_language": "ru"})
    )

    assert shown.status_code == 200
    assert "govuk-form-group--error" not in body(shown)
    assert 'value="رسلان"' in body(shown)


def test_row_that_is_added_to_a_page_comes_back_with_it(client, draft):
    shown = client.post(page_of(draft, 1), child("رسلان", add_another="name"))

    assert 'name="name-1-text"' in body(shown)


def test_last_child_leads_to_all_answers_and_so_does_a_button(draft, type_child):
    assert type_child(3, "Ali").url == check_of(draft)
    assert type_child(1, "Omar", check="1").url == check_of(draft)


def test_common_page_that_lacks_consent_keeps_the_group_from_being_registered(client, registrar):
    begun = client.post("/groups/")
    wrong = client.post(begun.url, COMMON | {"consent-state": ""})
    draft = Draft.objects.get()
    client.post(page_of(draft, 1), child("رسلان"))

    asked, refused = client.get(check_of(draft)), client.post(check_of(draft))

    assert wrong.status_code == 422
    assert "Something is missing on the page of what holds for all." in body(asked)
    assert refused.status_code == 422
    assert Person.objects.count() == 0


def test_words_that_label_stay_with_a_reason_and_wait_for_a_second_person(client, draft):
    labels = COMMON | {"custodian-0-text": "camp for ISIS families"}

    wrong = client.post(page_of(draft, 0), labels)
    client.post(page_of(draft, 0), labels | {"keep_because": "It is what the sign says."})
    client.post(page_of(draft, 1), child("رسلان"))
    client.post(check_of(draft))

    assert "Why must these very words stay?" in body(wrong)
    assert Person.objects.get().assertions.get(property="custodian").wording is not None


def test_age_needs_a_day_where_the_group_has_only_a_month(client, draft, type_child):
    client.post(page_of(draft, 0), COMMON | {"as_of": "2018-12"})

    wrong = type_child(1, "رسلان", **{"born-0-age": "7", "born-0-as_of": ""})

    assert wrong.status_code == 422


def test_age_was_told_on_the_day_of_the_sitting_if_nothing_else_is_said(draft, client):
    client.post(page_of(draft, 0), COMMON | {"as_of": ""})

    group = Group(queries.drafts(user=draft.typed_by).get())

    assert group.as_of == draft.begun_at.date().isoformat()


def test_group_is_as_large_as_its_pages(client, draft, type_child):
    type_child(3, "Ali")
    client.post(page_of(draft, 0), COMMON | {"count": "2"})

    assert "Child 3 of 3" in body(client.get(page_of(draft, 3)))
    assert client.get(page_of(draft, MOST_CHILDREN + 1)).status_code == 404


def test_mark_of_a_sibling_that_is_no_child_of_the_group_is_refused(type_child):
    type_child(2, "Omar")

    assert type_child(1, "Ali", siblings=["9"]).status_code == 422


def test_nothing_typed_is_said_to_be_nothing(client, draft):
    page = body(client.get(check_of(draft)))

    assert "Nothing is typed of any child yet." in page
    assert client.post(check_of(draft)).status_code == 422


def test_children_of_a_group_like_those_on_record_are_advice(client, draft, make_child):
    mother = made.said("mother", text="Zaynab Alieva")
    known = make_child("رسلان محمدوف", statements=[mother], region="IQ-BG")
    make_child("Руслан Магомедов", statements=[mother], region="IQ-NI")
    client.post(
        page_of(draft, 1),
        child("Ruslan Magomedov", **{"mother-0-text": "Зайнаб Алиева", "sex-0-code": "male"}),
    )

    page = body(client.get(check_of(draft)))

    assert known.reference in page
    assert "1 child in another office" in page
    assert "Register 1 child" in page


def test_group_can_be_registered_where_nobody_was_looked_for(client, draft, type_child, registrar):
    ((within, most), _) = LISTED_ALIKE_OFTEN
    for _ in range(most):
        actions.look_for_alike_each(asked=[], by=registrar, at=draft.begun_at + within / 10)
    type_child(1, "Ali")

    page = body(client.get(check_of(draft)))

    assert "was not looked for" in page
    assert "Register 1 child" in page


def test_group_that_was_begun_is_listed_and_let_go_of(client, draft, type_child):
    type_child(1, "Ali")
    discard = reverse("people:discard_group", args=[draft.pk])

    listed, asked = body(client.get("/groups/")), body(client.get(discard))
    gone = client.post(discard, follow=True)

    assert "1 of 3" in listed
    assert "Something is typed of 1 child." in asked
    assert "Nobody was registered." in body(gone)
    assert (Draft.objects.count(), Person.objects.count()) == (0, 0)
    assert client.get(page_of(draft, 1)).status_code == 404


def test_nobody_else_sees_or_changes_what_was_begun(client, draft, make_user, at):
    colleague = make_user("amal", role=Role.REGISTRAR, region="IQ-BG")
    client.force_login(colleague)

    assert client.get(page_of(draft, 0)).status_code == 404
    assert client.post(reverse("people:keep_page", args=[draft.pk, 0]), {}).status_code == 404
    with pytest.raises(NotFound):
        actions.keep_page(draft=draft, number=1, typed={}, by=colleague, at=at)
    with pytest.raises(NotAllowed):
        actions.begin_draft(
            of=DraftOf.GROUP, by=make_user("anna", role=Role.TRACING_OFFICER), at=at
        )


def test_what_is_typed_is_sealed_in_the_database(draft):
    with connection.cursor() as cursor:
        cursor.execute("SELECT typed FROM people_draftpage")
        (stored,) = cursor.fetchone()

    assert b"Karkh" not in bytes(stored)


def test_typing_a_page_names_nobody_in_the_log(draft, type_child):
    type_child(1, "Zqcanary")

    assert [
        event.details for event in Event.objects.all() if "Zqcanary" in str(event.details)
    ] == []
