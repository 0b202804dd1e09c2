"""The families a request tells of: what its people are to one another, and the page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.people.relations import RELATIONS
from kinward.tracing import queries
from kinward.tracing.actions import take_request
from kinward.tracing.models import Relation
from kinward.tracing.rules import Parents, asking_as, born_together

NAMES = st.frozensets(
    st.frozensets(st.sampled_from(["ахмед", "магомедов", "заира"]), min_size=1), max_size=2
)
PARENTS = st.builds(Parents, father=NAMES, mother=NAMES)


@pytest.mark.parametrize(
    ("relation", "sex", "asking"),
    [
        (Relation.CHILD, "female", "mother"),
        (Relation.CHILD, "male", "father"),
        (Relation.CHILD, "", "parent"),
        (Relation.SONS_CHILD, "female", "mother_of_father"),
        (Relation.DAUGHTERS_CHILD, "male", "father_of_mother"),
        (Relation.DAUGHTERS_CHILD, "", "grandparent"),
        (Relation.GRANDCHILD, "female", "grandparent"),
        (Relation.SISTERS_CHILD, "male", "sibling_of_mother"),
        (Relation.NIBLING, "male", "sibling_of_parent"),
        (Relation.NO_RELATIVE, "male", None),
    ],
)
def test_who_asks_is_the_relative_that_was_told_and_no_nearer_one(relation, sex, asking):
    assert asking_as(relation, sex) == asking


def test_whoever_asks_is_a_relation_that_there_is():
    found = {asking_as(relation, sex) for relation in Relation for sex in ("female", "male", "")}

    assert found - {None} <= set(RELATIONS)


def told(father, mother):
    return Parents(
        father=frozenset({frozenset(father.split())} if father else ()),
        mother=frozenset({frozenset(mother.split())} if mother else ()),
    )


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (("ахмед", "заира"), ("ахмед", "заира"), "sibling"),
        (("магомедов ахмед", "заира"), ("ахмед алиевич магомедов", ""), "sibling"),
        (("ахмед", "заира"), ("ахмед", "амина"), "half_of_father"),
        (("ахмед", "заира"), ("омар", "заира"), "half_of_mother"),
        (("ахмед", ""), ("ахмед", "амина"), "sibling"),
        (("ахмед", "заира"), ("омар", "амина"), None),
        (("ахмед али", "заира"), ("ахмед омар", ""), None),
        (("", ""), ("", ""), None),
        (("ахмед", ""), ("", "амина"), None),
    ],
)
def test_who_shares_parents_is_a_sibling_as_far_as_was_told(one, other, relation):
    assert born_together(told(*one), told(*other)) == relation


@given(PARENTS, PARENTS)
def test_siblings_are_siblings_of_one_another(one, other):
    assert born_together(one, other) == born_together(other, one)


@pytest.fixture
def asked(worker, say, at, relative_agrees):
    """A grandmother asks for two children of her daughter and for one of a neighbour."""
    parents = [say("mother", text="Заира"), say("father", text="Ахмед")]
    return take_request(
        enquirer=[say("name", text="Патимат"), say("sex", code="female")],
        sought=[
            (Relation.DAUGHTERS_CHILD, [say("name", text="Руслан"), *parents]),
            (
                Relation.DAUGHTERS_CHILD,
                [say("name", text="Алина"), *parents[:1], say("father", text="Омар")],
            ),
            (Relation.NO_RELATIVE, [say("name", text="Тимур")]),
        ],
        consents=[relative_agrees],
        by=worker,
        at=at,
    )


@pytest.mark.django_db
def test_page_shows_who_asks_and_half_siblings_in_one_picture(client, worker, asked):
    page = client.get(reverse("tracing:request_family", args=[asked.pk])).content.decode()

    first, second = page.split("<section>")[1:]
    assert all(
        text in first for text in ("Руслан", "Алина", "alf-sibling by the mother", "Патимат")
    )
    assert "other’s mother" in first
    assert "asks in this request" in first
    assert "child of \N{FIRST STRONG ISOLATE}Омар" in first
    assert "Тимур" in second
    assert "Патимат" not in second
    assert page.count("<svg") - page.split("<section>")[0].count("<svg") == 4


@pytest.mark.django_db
def test_page_writes_down_whom_it_shows(client, worker, asked):
    client.get(reverse("tracing:request_family", args=[asked.pk]))

    shown = {str(asked.enquirer_id), *(str(each.person_id) for each in asked.sought.all())}
    read = Event.objects.filter(action="people.read", actor=worker.username)
    assert set(read.values_list("object_id", flat=True)) == shown


@pytest.mark.django_db
def test_who_compares_blind_is_not_shown_who_asks(client, asked, officer):
    page = client.get(reverse("tracing:request_family", args=[asked.pk])).content.decode()

    assert "Руслан" in page
    assert "Патимат" not in page
    read = Event.objects.filter(action="people.read", actor=officer.username)
    assert str(asked.enquirer_id) not in set(read.values_list("object_id", flat=True))


@pytest.mark.django_db
def test_who_reads_no_family_sees_no_name(client, asked, make_user):
    client.force_login(make_user("manager", role=Role.PROGRAMME_MANAGER))

    page = client.get(reverse("tracing:request_family", args=[asked.pk])).content.decode()

    assert "Nothing that is said about this family is open to your role." in page
    assert "Руслан" not in page


@pytest.mark.django_db
def test_log_of_a_request_holds_who_read_those_in_it(client, worker, asked):
    client.get(reverse("tracing:request_family", args=[asked.pk]))

    ids = {asked.pk, asked.enquirer_id, *(each.person_id for each in asked.sought.all())}
    logged = queries.history(asked, user=worker).filter(action__in=["people.read", "tracing.read"])
    assert set(logged.values_list("object_id", flat=True)) == set(map(str, ids))
