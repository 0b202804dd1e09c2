from __future__ import annotations

import pytest

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.people import actions
from kinward.people.models import Answer, Assertion, Group, Person
from kinward.people.rules import Statement

OTHERS = [role for role in Role if role not in {Role.REGISTRAR, Role.CLOCK}]


@pytest.fixture
def registrar(make_user):
    return make_user("amira", role=Role.REGISTRAR, region="IQ-BG")


def test_child_is_registered_from_what_is_said(registrar, say, at):
    child = actions.register_child(
        statements=[say("name", text="رسلان"), say("mark", text="scar on the left hand")],
        by=registrar,
        at=at,
    )

    assert (child.kind, child.region, child.registered_at) == ("child", "IQ-BG", at)
    assert child.registered_by == registrar
    assert child.reference.startswith("C-")
    assert list(child.assertions.values_list("property", "compartment", "said_by")) == [
        ("name", "identity", "child"),
        ("mark", "evidence", "child"),
    ]
    event = Event.objects.get(action="people.registered")
    assert (event.actor, event.object_id) == ("amira", str(child.pk))
    assert event.details == {"kind": "child", "statements": 2}


def test_child_may_be_registered_without_any_name(registrar, at):
    refused = Statement(property="name", answer=Answer.REFUSED)

    child = actions.register_child(statements=[refused], by=registrar, at=at)

    assert child.assertions.get().answer == "refused"
    assert child.assertions.get().value == {}


@pytest.mark.parametrize("role", OTHERS)
def test_child_is_registered_by_registrars_only(make_user, say, at, role):
    with pytest.raises(NotAllowed):
        actions.register_child(
            statements=[say("name", text="رسلان")], by=make_user(role=role), at=at
        )

    assert not Person.objects.exists()


def test_child_with_an_unfit_statement_is_not_registered_at_all(registrar, say, at):
    with pytest.raises(actions.UnfitStatement, match="female or male"):
        actions.register_child(
            statements=[say("name", text="رسلان"), say("sex", code="boy")], by=registrar, at=at
        )

    assert not Person.objects.exists()
    assert not Event.objects.exists()


def test_group_is_registered_together(registrar, say, at):
    children = actions.register_group(
        children=[[say("name", text="رسلان")], [say("name", text="زائرة")]],
        note="held hands",
        by=registrar,
        at=at,
    )

    group = Group.objects.get()
    assert {child.group for child in children} == {group}
    assert group.note == "held hands"
    assert Event.objects.get(action="people.registered_group").details == {"children": 2}


def test_group_is_registered_whole_or_not_at_all(registrar, say, at):
    with pytest.raises(actions.UnfitStatement):
        actions.register_group(
            children=[[say("name", text="رسلان")], [say("name", text="")]], by=registrar, at=at
        )

    assert not Person.objects.exists()
    assert not Group.objects.exists()


def test_group_has_at_least_one_child(registrar, at):
    with pytest.raises(RuleBroken):
        actions.register_group(children=[], by=registrar, at=at)


def test_group_is_registered_by_registrars_only(make_user, say, at):
    with pytest.raises(NotAllowed):
        actions.register_group(children=[[say("name", text="رسلان")]], by=make_user(), at=at)

    assert not Group.objects.exists()


def test_statement_is_added_beside_what_was_said(make_child, make_user, say, at):
    child = make_child("رسلان")
    officer = make_user("zaur", role=Role.TRACING_OFFICER)

    added = actions.add_statement(
        person=child, statement=say("sex", code="male"), by=officer, at=at
    )

    assert added in child.assertions.all()
    assert child.assertions.count() == 2
    event = Event.objects.get(action="people.stated")
    assert event.details == {"assertion": str(added.pk), "property": "sex"}


def test_correction_keeps_what_it_corrects(make_child, registrar, at):
    child = make_child("رسلان", by=registrar)
    wrong = child.assertions.get()
    right = Statement(property="name", value={"text": "روسلان"}, corrects=wrong.pk)

    added = actions.add_statement(person=child, statement=right, by=registrar, at=at)

    assert added.corrects == wrong
    assert Assertion.objects.get(pk=wrong.pk).value == {"text": "رسلان"}


@pytest.mark.parametrize("what", ["corrected before", "of another property", "of another child"])
def test_correction_of_what_is_not_there_is_refused(make_child, registrar, say, at, what):
    child, other = make_child("رسلان", by=registrar), make_child("زائرة", by=registrar)
    own, strange = child.assertions.get(), other.assertions.get()
    if what == "corrected before":
        first = Statement(property="name", value={"text": "روسلان"}, corrects=own.pk)
        actions.add_statement(person=child, statement=first, by=registrar, at=at)
    asked = {
        "corrected before": Statement(property="name", value={"text": "x"}, corrects=own.pk),
        "of another property": Statement(property="mark", value={"text": "x"}, corrects=own.pk),
        "of another child": Statement(property="name", value={"text": "x"}, corrects=strange.pk),
    }[what]
    before = Assertion.objects.count()

    refusal = actions.CorrectedAlready if what == "corrected before" else NotFound
    with pytest.raises(refusal):
        actions.add_statement(person=child, statement=asked, by=registrar, at=at)

    assert Assertion.objects.count() == before


def test_statement_about_an_unseen_child_looks_like_one_about_nobody(
    make_child, make_user, say, at
):
    child = make_child(region="IQ-BG")
    elsewhere = make_user(role=Role.REGISTRAR, region="IQ-NI")

    with pytest.raises(NotFound):
        actions.add_statement(person=child, statement=say("sex", code="male"), by=elsewhere, at=at)

    assert child.assertions.count() == 1


def test_statement_is_not_added_by_those_who_only_count(make_child, make_user, say, at):
    child = make_child()
    manager = make_user(role=Role.PROGRAMME_MANAGER)

    with pytest.raises(NotAllowed):
        actions.add_statement(person=child, statement=say("sex", code="male"), by=manager, at=at)

    assert child.assertions.count() == 1
