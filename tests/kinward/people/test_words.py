"""Words that label a person: warned of, kept by two people, unseen until then."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from typed import CONSENT

from kinward.access.models import Approval, Role
from kinward.audit.models import Event
from kinward.core.errors import RuleBroken
from kinward.core.guarding import WordsRefused
from kinward.people import actions, queries
from kinward.people.models import Assertion, Person

pytestmark = pytest.mark.django_db

LABEL = "In the camp they called her an ISIS child."
STR = "D3S1358 15,16"
WHY = "These are the words of the guard, and explain her fear."
TYPED = {"said_by": "child", "method": "interview", "certainty": "probable"}


@pytest.fixture
def at():
    """Now, as the screens know no other time and approvals run out."""
    return timezone.now()


@pytest.fixture
def officer(make_user):
    return make_user("anna", role=Role.TRACING_OFFICER)


@pytest.fixture
def child(make_child):
    return make_child()


@pytest.fixture
def kept(child, registrar, say, at):
    """A statement with a label that waits for a second person."""
    return actions.add_statement(
        person=child,
        statement=say("songs_and_words", text=LABEL),
        keeping=WHY,
        by=registrar,
        at=at,
    )


def said_of(child, user):
    return {one.value.get("text") for one in queries.statements_about([child], user=user)}


@pytest.mark.parametrize(
    ("property_", "text"),
    [("mark", LABEL), ("last_residence", "улица боевиков"), ("mark", STR), ("name", STR)],
)
def test_statement_that_labels_is_refused_without_a_reason(
    child, registrar, say, at, property_, text
):
    before = Assertion.objects.count()

    with pytest.raises(WordsRefused) as refused:
        actions.add_statement(
            person=child, statement=say(property_, text=text), by=registrar, at=at
        )

    assert refused.value.field == property_
    assert Assertion.objects.count() == before


def test_source_that_labels_is_refused_too(child, registrar, at, say):
    statement = say("mark", text="a scar")
    labelled = type(statement)(
        property="mark", value={"text": "a scar"}, source="list of ISIS families"
    )

    with pytest.raises(WordsRefused):
        actions.add_statement(person=child, statement=labelled, by=registrar, at=at)


def test_name_is_never_taken_for_a_label(child, registrar, say, at):
    actions.add_statement(person=child, statement=say("name", text="Isis"), by=registrar, at=at)

    assert "Isis" in said_of(child, registrar)


def test_no_reason_keeps_a_genetic_profile(child, registrar, say, at):
    with pytest.raises(WordsRefused):
        actions.add_statement(
            person=child, statement=say("mark", text=STR), keeping=WHY, by=registrar, at=at
        )

    assert Approval.objects.count() == 0


def test_kept_words_are_seen_by_nobody_until_a_second_person_agrees(
    child, registrar, officer, kept, at
):
    assert LABEL not in said_of(child, registrar) | said_of(child, officer)
    assert [one.pk for one in queries.words_waiting(child, user=registrar)] == [kept.pk]
    assert [one.pk for one in queries.words_waiting(child, user=officer)] == [kept.pk]

    actions.answer_for_words(row=kept, keep=True, reason="", by=officer, at=at)

    assert LABEL in said_of(child, registrar) & said_of(child, officer)
    assert not queries.words_waiting(child, user=officer).exists()
    assert Event.objects.get(action="people.answered_for_words").object_id == str(kept.pk)


def test_place_that_labels_is_answered_for_by_its_words_alone(
    client, child, registrar, officer, say, at
):
    where = say("last_residence", text="Дербент, улица боевиков", code="RU-DA")
    actions.add_statement(person=child, statement=where, keeping=WHY, by=registrar, at=at)
    pages = []
    for reader in (registrar, officer):
        client.force_login(reader)
        pages.append(client.get(reverse("people:facts", args=[child.pk])).content.decode())

    written, compared = pages
    assert "Дербент" in written
    assert "The words in question: <bdi>боевиков</bdi>" in compared
    assert "улица" not in compared


def test_refused_words_stay_on_record_and_unseen(child, registrar, officer, kept, at):
    actions.answer_for_words(row=kept, keep=False, reason="It helps nobody.", by=officer, at=at)

    assert LABEL not in said_of(child, registrar)
    assert not queries.words_waiting(child, user=registrar).exists()
    assert Assertion.objects.get(pk=kept.pk).value == {"text": LABEL}


def test_whoever_kept_the_words_cannot_agree_to_them(child, kept, make_user, at, say):
    alone = make_user("olga", role=Role.TRACING_OFFICER)
    own = actions.add_statement(
        person=child, statement=say("mark", text=LABEL), keeping=WHY, by=alone, at=at
    )

    with pytest.raises(RuleBroken):
        actions.answer_for_words(row=own, keep=True, reason="", by=alone, at=at)


def test_words_nobody_asked_about_are_not_answered_for(child, officer, at):
    plain = Assertion.objects.filter(person=child).first()

    with pytest.raises(RuleBroken):
        actions.answer_for_words(row=plain, keep=True, reason="", by=officer, at=at)


def test_other_registrars_do_not_see_words_that_wait(child, kept, make_user):
    other = make_user("sami", role=Role.REGISTRAR, region="IQ-BG")

    assert not queries.words_waiting(child, user=other).exists()


def test_note_of_a_group_may_not_label(registrar, say, at):
    with pytest.raises(WordsRefused) as refused:
        actions.register_group(
            children=[[say("name", text="A")]], note="дети боевиков", by=registrar, at=at
        )

    assert refused.value.field == "note"


# The screens


def test_form_warns_at_the_field_and_keeps_what_was_typed(client, registrar, child):
    address = reverse("people:add_statement", args=[child.pk, "mark"])

    response = client.post(address, TYPED | {"mark-0-text": LABEL, "mark-0-answer": "not_asked"})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_mark-0-text_error"' in page
    assert LABEL in page
    assert 'name="keep_because"' in page


def test_form_with_a_reason_keeps_the_words_for_a_second_person(client, registrar, child, officer):
    address = reverse("people:add_statement", args=[child.pk, "mark"])
    typed = (
        CONSENT | TYPED | {"mark-0-text": LABEL, "mark-0-answer": "not_asked", "keep_because": WHY}
    )

    assert client.post(address, typed).status_code == 302

    facts = reverse("people:facts", args=[child.pk])
    assert LABEL in client.get(facts).content.decode()
    assert "Record my answer" not in client.get(facts).content.decode()
    client.force_login(officer)
    assert "Record my answer" in client.get(facts).content.decode()


def test_registration_with_a_label_and_a_reason_stores_the_child(client, registrar):
    typed = CONSENT | TYPED | {"mark-0-text": LABEL, "name-0-text": "رسلان", "keep_because": WHY}
    answers = ["name", "sex", "born", "language", "father", "mother", "sibling", "mark"]
    answers += ["place_of_birth", "last_residence", "relatives_region", "found_at"]
    typed |= {f"{each}-0-answer": "not_asked" for each in [*answers, "songs_and_words"]}

    response = client.post(reverse("people:register"), typed)

    assert response.status_code == 302
    assert Person.objects.get().assertions.filter(wording__isnull=False).count() == 1


@pytest.mark.parametrize(("answer", "seen"), [("yes", True), ("no", False)])
def test_second_person_answers_on_the_page_of_the_child(client, child, officer, kept, answer, seen):
    client.force_login(officer)
    address = reverse("people:answer_for_words", args=[child.pk, kept.pk])

    response = client.post(address, {"keep": answer, "reason": "It helps nobody."}, follow=True)

    assert "Your answer is recorded." in response.content.decode()
    assert (LABEL in said_of(child, officer)) == seen


def test_words_answered_for_meanwhile_come_back_with_who_was_first(
    client, child, officer, make_user, kept, at
):
    other = make_user(role=officer.role, full_name="Lea")
    actions.answer_for_words(row=kept, keep=True, reason="", by=other, at=kept.recorded_at)
    client.force_login(officer)

    late = client.post(
        reverse("people:answer_for_words", args=[child.pk, kept.pk]),
        {"keep": "no", "reason": "It helps nobody."},
        headers={"accept": "text/html"},
    )

    page = late.content.decode()
    assert late.status_code == 409
    assert "It was \u2068Lea\u2069" in page
    assert "It helps nobody.</blockquote>" in page
    assert LABEL in said_of(child, officer)


def test_answer_that_lacks_a_reason_is_asked_for_again(client, child, officer, kept):
    client.force_login(officer)
    address = reverse("people:answer_for_words", args=[child.pk, kept.pk])

    response = client.post(address, {"keep": "no"})

    assert response.status_code == 422
    assert f'id="id_{kept.pk}_reason_error"' in response.content.decode()


def test_words_that_do_not_wait_cannot_be_answered_for(client, child, officer):
    client.force_login(officer)
    plain = Assertion.objects.filter(person=child).first()

    response = client.post(
        reverse("people:answer_for_words", args=[child.pk, plain.pk]), {"keep": "yes"}
    )

    assert response.status_code == 404
