"""The family of a child as pages show it, and relatives as they are typed."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.urls import reverse

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.people import actions, memory, queries
from kinward.people.consents import ConsentPurpose, Giver, State
from kinward.people.models import Assertion
from kinward.people.rules import ConsentAnswer

pytestmark = pytest.mark.django_db
WHO = {"said_by": "child", "method": "interview", "certainty": "probable"}


def page_of(client, child):
    return client.get(reverse("people:family", args=[child.pk])).content.decode()


def rows_of(page):
    """The rows of the table, as text without mark-up."""
    body = page.partition("<tbody")[2].partition("</tbody>")[0]
    return [re.sub(r"<[^>]*>", " ", row) for row in body.split("<tr")[1:]]


def add(client, child, **typed):
    answers = {"relative-0-answer": "not_asked", "relative-0-relation": ""}
    typed = {f"relative-0-{name}": value for name, value in typed.items()}
    address = reverse("people:add_statement", args=[child.pk, "relative"])
    return client.post(address, WHO | answers | typed)


def relatives(child):
    return [one.value for one in child.assertions.filter(property="relative")]


def test_family_shows_everyone_in_a_picture_and_in_a_table(client, registrar, make_child, say):
    child = make_child(
        "رسلان",
        statements=[
            say("father", text="محمد"),
            say("relative", relation="mother_of_mother", text="Патимат", life="dead"),
        ],
    )

    page = page_of(client, child)

    wide, narrow = re.findall(r"<svg.*?</svg>", page, re.DOTALL)[-2:]
    for picture in (wide, narrow):
        assert all(name in picture for name in ("محمد", "Патимат", "said to be dead"))
    father, mother, grandmother = sorted(rows_of(page), key=lambda row: "other’s mother" in row)
    assert "محمد" in father
    assert "no name known" in mother
    assert "nobody yet" in mother
    assert "dead" in grandmother
    assert "Child · interview · probable" in " ".join(grandmother.split()).replace(
        "The child", "Child"
    )


def test_family_marks_who_is_not_to_be_contacted_with_the_reason(
    client, registrar, make_child, say, at
):
    child = make_child(
        statements=[
            say("relative", relation="sibling_of_father", text="Ахмед", agrees="no", why="fear"),
            say("relative", relation="sibling_of_mother", text="Алина", agrees="yes"),
            say("relative", relation="mother_of_mother", text="Патимат"),
        ]
    )
    no = ConsentAnswer(
        purpose=ConsentPurpose.CONTACT, named="Патимат", state=State.REFUSED, giver=Giver.CHILD
    )
    actions.record_consent(person=child, answer=no, by=registrar, at=at)

    rows = {
        name: row
        for row in rows_of(page_of(client, child))
        for name in ("Ахмед", "Алина", "Патимат")
        if name in row
    }

    assert "no contact: not agreed" in rows["Ахмед"]
    assert "fear" in rows["Ахмед"]
    assert "the child agrees" in rows["Алина"]
    assert "no contact: not agreed" in rows["Патимат"]


def test_record_of_a_relative_is_shown_and_written_down_if_it_may_be_known_of(
    client, registrar, make_child, say
):
    near, far = make_child(region="IQ-BG"), make_child(region="IQ-NI")
    child = make_child(
        region="IQ-BG",
        statements=[
            say("relative", relation="sibling", text="عمر", record=near.reference),
            say("relative", relation="sibling", text="علي", record=far.reference),
        ],
    )

    page = page_of(client, child)

    assert near.reference in page
    assert far.reference not in page
    listed = Event.objects.filter(action="people.listed").values_list("object_id", flat=True)
    assert set(listed) == {str(near.pk)}


def test_who_may_read_no_family_sees_neither_tab_nor_anybody(client, manager, make_child, say):
    child = make_child(statements=[say("father", text="محمد")])
    client.force_login(manager)

    summary = client.get(reverse("people:child", args=[child.pk])).content.decode()
    page = page_of(client, child)

    assert reverse("people:family", args=[child.pk]) not in summary
    assert "<svg viewBox" not in page
    assert "محمد" not in page
    assert "open to your role" in page


def test_relative_is_added_as_typed(client, registrar, make_child):
    child = make_child()

    answer = add(
        client,
        child,
        relation="mother_of_mother",
        text="Патимат",
        life="alive",
        agrees="no",
        why="She is ill.",
    )

    assert answer.status_code == 302
    assert relatives(child) == [
        {
            "relation": "mother_of_mother",
            "text": "Патимат",
            "script": "cyrillic",
            "life": "alive",
            "agrees": "no",
            "why": "She is ill.",
        }
    ]


def test_relative_needs_no_name(client, registrar, make_child):
    child = make_child()

    add(client, child, relation="milk_mother")

    assert relatives(child) == [{"relation": "milk_mother"}]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": "Патимат"}, "Choose what the relative is to the child."),
        ({"relation": "mother", "agrees": "yes", "why": "ill"}, "A reason belongs to"),
        ({"relation": "mother", "record": "C-ZZZ-ZZZ-ZZZ"}, "No record with this reference"),
        (
            {"relation": "father", "agrees": "no", "why": "He is a terrorist."},
            'name="keep_because"',
        ),
    ],
)
def test_relative_that_cannot_be_is_refused_and_stays_typed(
    client, registrar, make_child, typed, words
):
    child = make_child()

    answer = add(client, child, **typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert all(f"{value}" in page for value in typed.values())
    assert relatives(child) == []


def test_record_out_of_reach_and_ones_own_are_no_records(registrar, make_child, say, at):
    child, far = make_child(), make_child(region="IQ-NI")

    for reference in (far.reference, child.reference, "C-NOBODY"):
        linked = say("relative", relation="sibling", record=reference)
        with pytest.raises(actions.NoSuchRecord), transaction.atomic():
            actions.add_statement(person=child, statement=linked, by=registrar, at=at)
    assert relatives(child) == []


def test_correcting_starts_with_what_is_corrected(client, registrar, make_child, say):
    child = make_child(
        statements=[say("relative", relation="sibling", text="Мариам", life="dead", held="no")]
    )
    said = child.assertions.get(property="relative")

    address = reverse("people:add_statement", args=[child.pk, "relative"])
    form = client.get(f"{address}?corrects={said.pk}").content.decode()

    assert 'value="Мариам"' in form
    for chosen in ('value="sibling" selected', 'value="dead" selected', 'value="no" selected'):
        assert chosen in form


def test_reference_is_taken_as_it_is_written(client, registrar, make_child):
    child, sister = make_child(), make_child("مريم")

    add(client, child, relation="sibling", record=f" {sister.reference.lower()} ")

    assert relatives(child) == [{"relation": "sibling", "record": sister.reference}]


def test_relatives_are_compared_as_what_they_are(make_child, say):
    child = make_child(
        statements=[
            say("relative", relation="mother", text="زايرة"),
            say("relative", relation="half_of_father", text="عمر"),
            say("relative", relation="milk_mother", text="أم خالد"),
        ]
    )

    said = memory.standing_values([child.pk])[child.pk]
    compared = memory.described(child.pk, None, said)

    assert (compared.mother, compared.siblings) == (("زايرة",), ("عمر",))
    assert compared.father == ()
    assert "أم خالد" not in repr(compared)


def test_family_of_a_reader_without_consents_marks_nobody(make_user, make_child, say):
    child = make_child(statements=[say("relative", relation="mother", text="X", record="C-1")])
    officer = make_user(role=Role.TRACING_OFFICER)
    facts = queries.profiles([child], user=officer)[child.pk]

    found = queries.family_of(child, facts, user=officer)

    assert [member.marks for member in found.members] == [(), (), ()]


def test_family_costs_the_same_for_one_relative_and_for_ten(
    client, registrar, make_child, say, django_assert_max_num_queries
):
    def costs(child):
        with django_assert_max_num_queries(200) as taken:
            page_of(client, child)
        return len(taken)

    few, many = (
        make_child(
            statements=[
                say("relative", relation="cousin_of_father", text=f"N{number}", record="C-1")
                for number in range(count)
            ]
        )
        for count in (1, 10)
    )
    page_of(client, few)

    assert costs(few) == costs(many)
    assert Assertion.objects.filter(property="relative").count() == 11
