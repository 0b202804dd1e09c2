"""A statement that was wrong is taken back, with a reason; it stays on record."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed
from kinward.core.guarding import WordsRefused
from kinward.people import actions, memory, queries
from kinward.people.models import Answer, Person

pytestmark = pytest.mark.django_db
REASON = "It is about another child."


@pytest.fixture
def child(make_child, say, registrar):
    return make_child(
        statements=[say("sex", code="female"), say("sex", code="male")],
        by=registrar,
    )


@pytest.fixture
def girl(child):
    """The statement that is wrong."""
    return next(
        one for one in child.assertions.filter(property="sex") if one.value["code"] == "female"
    )


def address(statement):
    return reverse("people:withdraw_statement", args=[statement.person_id, statement.pk])


def fact_of(child, user, kind="sex"):
    return queries.profiles([child], user=user)[child.pk][kind]


def test_what_is_withdrawn_stands_no_more_and_stays_on_record(registrar, child, girl, at):
    before = fact_of(child, registrar)

    row = actions.withdraw_statement(assertion=girl, reason=REASON, by=registrar, at=at)

    after = fact_of(child, registrar)
    assert (before.contradicted, after.contradicted) == (True, False)
    assert [saying.value["code"] for saying in after.sayings] == ["male"]
    assert after.corrected == (girl,)
    assert after.withdrawn == {girl.pk: row}
    assert (row.answer, row.value) == (Answer.WITHDRAWN, {"reason": REASON})
    told = Event.objects.get(action="people.withdrew_statement")
    assert (told.object_id, told.details["assertion"]) == (str(child.pk), str(row.pk))


def test_only_statement_of_a_kind_can_be_withdrawn(registrar, child, at):
    name = child.assertions.get(property="name")

    actions.withdraw_statement(assertion=name, reason=REASON, by=registrar, at=at)

    assert fact_of(child, registrar, "name").sayings == ()
    assert memory.standing_values([child.pk])[child.pk].get("name", []) == []


def test_withdrawing_is_shown_with_its_reason(client, registrar, child, girl, at):
    actions.withdraw_statement(assertion=girl, reason=REASON, by=registrar, at=at)

    pages = [
        client.get(reverse(f"people:{name}", args=[child.pk])).content.decode()
        for name in ("facts", "timeline", "child")
    ]

    assert [REASON in page for page in pages] == [True, True, False]


def test_statement_is_withdrawn_on_its_page(client, registrar, child, girl):
    facts = client.get(reverse("people:facts", args=[child.pk])).content.decode()
    page = client.get(address(girl)).content.decode()

    answer = client.post(address(girl), {"reason": REASON})

    assert address(girl) in facts
    assert "girl or woman" in page.partition("<main")[2]
    assert answer.status_code == 302
    assert fact_of(child, registrar).corrected == (girl,)


@pytest.mark.parametrize(
    ("reason", "words"),
    [("", "This field is required"), ("He is a terrorist.", "reason_error")],
)
def test_reason_must_be_given_and_label_nobody(client, registrar, child, girl, reason, words):
    answer = client.post(address(girl), {"reason": reason})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert fact_of(child, registrar).corrected == ()


@pytest.mark.parametrize(
    ("reason", "error"), [(" ", actions.NoReason), ("He is a terrorist.", WordsRefused)]
)
def test_action_refuses_a_reason_that_is_none(registrar, girl, at, reason, error):
    with pytest.raises(error), transaction.atomic():
        actions.withdraw_statement(assertion=girl, reason=reason, by=registrar, at=at)


def test_what_was_corrected_meanwhile_is_not_withdrawn(client, registrar, child, girl, say, at):
    actions.withdraw_statement(assertion=girl, reason=REASON, by=registrar, at=at)

    answer = client.post(address(girl), {"reason": "once more"})

    assert answer.status_code == 409
    assert "once more" in answer.content.decode()
    assert child.assertions.filter(answer=Answer.WITHDRAWN).count() == 1


def test_withdrawal_cannot_be_withdrawn(client, registrar, girl, at):
    row = actions.withdraw_statement(assertion=girl, reason=REASON, by=registrar, at=at)

    assert client.get(address(row)).status_code == 404


def test_nobody_withdraws_what_they_may_not_read(client, make_user, make_child, say, at):
    child = make_child(statements=[say("stay", role="held", text="Camp 7")])
    stay = child.assertions.get(property="stay")
    officer = make_user(role=Role.TRACING_OFFICER)
    client.force_login(officer)

    assert client.get(address(stay)).status_code == 404
    assert client.post(address(stay), {"reason": REASON}).status_code == 404
    with pytest.raises(NotAllowed), transaction.atomic():
        actions.withdraw_statement(assertion=stay, reason=REASON, by=officer, at=at)


def test_who_compares_blind_reads_no_reason_that_may_name_a_place(
    make_user, make_child, say, registrar, at
):
    child = make_child(statements=[say("last_residence", text="Raqqa")], by=registrar)
    place = child.assertions.get(property="last_residence")
    actions.withdraw_statement(assertion=place, reason="It was Camp 7.", by=registrar, at=at)
    officer = make_user(role=Role.TRACING_OFFICER)

    fact = fact_of(Person.objects.get(pk=child.pk), officer, "last_residence")

    assert [row.value for row in fact.withdrawn.values()] == [{}]
