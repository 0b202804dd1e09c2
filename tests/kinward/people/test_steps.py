from __future__ import annotations

import pytest
from django.urls import reverse
from reliability import made
from typed import CONSENT

from kinward.access.models import Role
from kinward.core import keystore
from kinward.core.errors import NotFound
from kinward.people import actions
from kinward.people.consents import ConsentPurpose, State
from kinward.people.forms.steps import NUMBER, STEPS, OneChild, Stage
from kinward.people.models import Answer, Draft, DraftOf, DraftPage, Person

pytestmark = pytest.mark.django_db

WHO = {"said_by": "mother", "method": "interview", "certainty": "probable", "as_of": "2018-12-30"}
YOUNG_NAMES = ("handed_over_by", "came_with", "clothes", "belongings", "accent", "habits", "games")


def answers(step, **typed):
    asked = {f"{each}-0-answer": "not_asked" for each in STEPS[NUMBER[step]].properties}
    return asked | typed


@pytest.fixture
def draft(client, registrar):
    client.post("/children/steps/")
    return Draft.objects.get()


@pytest.fixture
def type_step(client, draft):
    def typed(step, data=None, **fields):
        data = answers(step, **fields) if data is None else data
        return client.post(reverse("people:step", args=[draft.pk, NUMBER[step]]), data)

    return typed


@pytest.fixture
def begun(type_step):
    """Have consent and who tells it typed."""
    type_step("consent", CONSENT)
    type_step("circumstances", WHO)


def body(response) -> str:
    return response.content.decode()


def check_of(draft):
    return reverse("people:check_child", args=[draft.pk])


def anew(draft):
    return OneChild(Draft.objects.get(pk=draft.pk))


def stages(draft):
    child = anew(draft)
    return {STEPS[number].id: child.stage(number) for number in range(len(STEPS))}


def test_child_is_typed_step_by_step_checked_and_registered(client, draft, begun, type_step):
    type_step("names", **{"name-0-text": "رسلان"})
    type_step(
        "birth", **{"sex-0-answer": "unknown", "born-0-age": "4", "born-0-as_of": "2018-12-30"}
    )
    kin = {"relative-0-relation": "sibling_of_mother", "relative-0-text": "Заира"}
    kin |= {"relative-0-agrees": "refused", "relative-0-told": "no", "relative-0-why": "afraid"}
    type_step("relatives", **kin)
    type_step("things", **{"clothes-0-text": "a red coat", "belongings-0-answer": "refused"})
    asked = client.get(check_of(draft))
    registered = client.post(check_of(draft), follow=True)

    assert "a red coat" in body(asked)
    assert "contact: does not want to say" in body(asked)
    child = Person.objects.get()
    assert child.reference in body(registered)
    said = {one.property: one for one in child.assertions.all()}
    assert said["name"].value == {"text": "رسلان", "script": "arabic"}
    assert (said["name"].said_by, said["name"].as_of) == ("mother", "2018-12-30")
    assert said["born"].value == {"age": 4, "as_of": "2018-12-30"}
    assert said["relative"].value == {
        "relation": "sibling_of_mother",
        "text": "Заира",
        "script": "cyrillic",
        "agrees": "refused",
        "told": "no",
        "why": "afraid",
    }
    assert [said[each].answer for each in ("sex", "belongings", "mother")] == [
        Answer.UNKNOWN,
        Answer.REFUSED,
        Answer.NOT_ASKED,
    ]
    assert [(one.purpose, one.state) for one in child.consents.all()] == [
        (ConsentPurpose.TRACING, State.GIVEN)
    ]


def test_registering_lets_go_of_the_draft_and_of_its_key(
    client, draft, begun, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(check_of(draft))

    assert (Person.objects.count(), Draft.objects.count(), DraftPage.objects.count()) == (1, 0, 0)
    assert keystore.store().count_of([draft.pk]) == 0


def test_consent_is_asked_for_before_anything_else(client, draft, type_step):
    consent = reverse("people:step", args=[draft.pk, 0])

    refused = type_step("names", **{"name-0-text": "رسلان"})
    shown = client.get(reverse("people:step", args=[draft.pk, NUMBER["names"]]))

    assert (refused.url, shown.url) == (consent, consent)
    assert stages(draft)["names"] == Stage.LATER
    assert DraftPage.objects.count() == 0


def test_consent_to_a_photograph_is_an_answer_of_its_own(client, draft, begun, type_step):
    type_step("photograph", CONSENT | {"consent-state": "refused"})

    client.post(check_of(draft))

    assert [(one.purpose, one.state) for one in Person.objects.get().consents.all()] == [
        (ConsentPurpose.TRACING, State.GIVEN),
        (ConsentPurpose.PHOTO, State.REFUSED),
    ]


@pytest.mark.parametrize(
    ("born", "asked"),
    [({"born-0-edtf": "2001"}, False), ({"born-0-edtf": "2999"}, True), ({}, True)],
)
def test_annex_of_the_young_is_asked_unless_the_child_is_older(
    client, draft, begun, type_step, born, asked
):
    type_step("birth", **born)
    stage = stages(draft)["things"]
    client.post(check_of(draft))

    said = set(Person.objects.get().assertions.values_list("property", flat=True))
    assert stage == (Stage.TO_DO if asked else Stage.NOT_NEEDED)
    assert {each: each in said for each in YOUNG_NAMES} == dict.fromkeys(YOUNG_NAMES, asked)


def test_annex_that_was_opened_for_an_older_child_is_kept(client, draft, begun, type_step):
    type_step("birth", **{"born-0-edtf": "2001"})
    type_step("things", **{"clothes-0-text": "a red coat"})

    client.post(check_of(draft))

    assert Person.objects.get().assertions.get(property="clothes").value == {"text": "a red coat"}


def test_step_that_is_wrong_is_kept_and_keeps_the_child_from_being_registered(
    client, draft, begun, type_step
):
    wrong = type_step("birth", **{"born-0-age": "two hundred"})
    asked = client.get(check_of(draft))
    refused = client.post(check_of(draft))

    assert wrong.status_code == 422
    assert "govuk-error-summary" in body(wrong)
    assert stages(draft)["birth"] == Stage.WRONG
    assert "something to correct" in body(asked)
    assert "Register the child" not in body(asked)
    assert (refused.status_code, Person.objects.count()) == (422, 0)
    assert DraftPage.objects.get(number=NUMBER["birth"]).typed["born-0-age"] == ["two hundred"]


def test_reason_belongs_to_a_relative_the_child_does_not_agree_to(type_step, begun):
    wrong = type_step(
        "relatives",
        **{"relative-0-relation": "father", "relative-0-agrees": "yes", "relative-0-why": "afraid"},
    )

    assert wrong.status_code == 422
    assert "A reason belongs to" in body(wrong)


def test_words_that_label_wait_for_a_reason_which_is_kept_with_the_step(
    client, draft, begun, type_step
):
    label = {"separated-0-text": "They called us ISIS children."}
    wrong = type_step("separation", **label)
    type_step("separation", **label, keep_because="It is how the child was shouted at.")

    client.post(check_of(draft))

    assert wrong.status_code == 422
    assert 'name="keep_because"' in body(wrong)
    assert Person.objects.get().assertions.filter(property="separated").count() == 1


def test_step_leads_to_the_next_of_its_part_then_to_the_list_or_to_all_answers(
    client, draft, begun, type_step
):
    second = type_step("names")
    last = type_step("speech")
    checked = type_step("marks", {"check": "1"} | answers("marks"))

    assert second.url == reverse("people:step", args=[draft.pk, NUMBER["birth"]])
    assert last.url == reverse("people:tasks", args=[draft.pk])
    assert checked.url == check_of(draft)


def test_list_of_tasks_says_how_each_step_stands(client, draft, begun, type_step):
    type_step("names", **{"name-0-text": "رسلان"})

    page = body(client.get(reverse("people:tasks", args=[draft.pk])))

    assert "<bdi>رسلان</bdi>" in page
    assert page.count('class="govuk-task-list__status" id=') == len(STEPS)
    assert body(client.get("/children/steps/")).count("kw-card__head") == 1


def test_step_is_kept_while_it_is_typed_and_comes_back_without_errors(client, draft, begun):
    keep = reverse("people:keep_page", args=[draft.pk, NUMBER["birth"]])

    client.post(keep, answers("birth", **{"born-0-age": "two hundred"}))
    page = body(client.get(reverse("people:step", args=[draft.pk, NUMBER["birth"]])))

    assert 'value="two hundred"' in page
    assert "govuk-form-group--error" not in page


def test_row_that_is_added_to_a_step_comes_back_with_it(type_step, begun):
    shown = type_step("relatives", **{"relative-0-relation": "father", "add_another": "relative"})

    assert 'name="relative-1-relation"' in body(shown)


def test_child_that_is_like_one_on_record_is_told_so_and_registered_all_the_same(
    client, draft, begun, type_step, make_child, registrar
):
    known = make_child("رسلان ماغوميدوف", by=registrar)
    type_step("names", **{"name-0-text": "Руслан Магомедов"})

    asked = client.get(check_of(draft))
    client.post(check_of(draft))

    assert known.reference in body(asked)
    assert Person.objects.count() == 2


def test_step_that_is_none_is_not_found(client, draft, begun):
    assert client.get(reverse("people:step", args=[draft.pk, len(STEPS)])).status_code == 404


def test_draft_of_a_child_is_no_group_and_is_let_go_of_alike(client, draft, begun):
    discard = reverse("people:discard_group", args=[draft.pk])
    as_group = client.get(reverse("people:check_group", args=[draft.pk]))
    asked = client.get(discard)
    gone = client.post(discard)

    assert as_group.status_code == 404
    assert "What was typed of this child" in body(asked)
    assert gone.url == "/children/steps/"
    assert Draft.objects.count() == 0


def test_draft_of_somebody_else_is_registered_by_nobody(make_user, at):
    huda, amira = (made.account(each, role=Role.REGISTRAR) for each in ("huda", "amira"))
    draft = actions.begin_draft(of=DraftOf.CHILD, by=huda, at=at)

    with pytest.raises(NotFound):
        actions.register_drafted_child(draft=draft, statements=[], consents=[], by=amira, at=at)
