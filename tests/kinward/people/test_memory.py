from __future__ import annotations

from threading import Thread
from uuid import UUID

import pytest

from kinward.access.models import Compartment, Role
from kinward.people import memory
from kinward.people.actions import add_statement, record_consent
from kinward.people.consents import Giver, State
from kinward.people.models import Assertion
from kinward.people.properties import PROPERTIES
from kinward.people.rules import ConsentAnswer, Statement

pytestmark = pytest.mark.django_db
# What is matched on purpose, though it says where someone may be.
ON_PURPOSE = {"relatives_region"}


@pytest.fixture
def registrar(make_user):
    return make_user(role=Role.REGISTRAR, region="IQ-BG")


def found(**known):
    return [one.person_id for one in memory.search(memory.asked_for(**known), top=5)]


@pytest.mark.parametrize("name", ["رسلان محمدوف", "Руслан Магомедов", "Ruslan Magomedov"])
def test_person_is_found_in_any_script(make_child, make_request, name):
    child = make_child("رسلان محمدوف")
    make_child("زبيدة")

    assert found(name=name) == [child.pk]


def test_people_who_ask_and_are_asked_for_are_found_too(make_request):
    request = make_request("Заира", enquirer="Патимат")

    assert found(name="Zaira") == [request.sought.get().person_id]
    assert found(name="Patimat") == [request.enquirer_id]


@pytest.mark.parametrize(
    "known",
    [
        {"father": "Магомед"},
        {"mother": "Зайнаб"},
        {"sibling": "Марьям"},
        {"name": "Руслан", "sex": "male", "birth": {"age": 7, "as_of": "2019-01-02"}},
    ],
)
def test_person_is_found_by_what_is_known(make_child, say, known):
    said = [say("father", text="محمد"), say("mother", text="زينب"), say("sibling", text="مريم")]
    child = make_child("رسلان", statements=[*said, say("sex", code="male")])

    assert found(**known) == [child.pk]


def test_what_is_said_later_is_found_and_what_was_corrected_is_not(make_child, registrar, say, at):
    child = make_child("رسلان", by=registrar)
    assert found(name="Заира") == []

    right = Statement(property="name", value={"text": "زائرة"}, corrects=child.assertions.get().pk)
    add_statement(person=child, statement=right, by=registrar, at=at)

    assert found(name="Заира") == [child.pk]
    assert found(name="Руслан") == []


def test_only_what_changed_is_read_anew(
    make_child, registrar, say, at, django_assert_num_queries, of_passage
):
    children = [make_child("رسلان", by=registrar) for _ in range(30)]
    index = memory.MEMORY.now()
    with django_assert_num_queries(8 + of_passage):
        memory.MEMORY.now()

    add_statement(person=children[3], statement=say("name", text="زائرة"), by=registrar, at=at)

    with django_assert_num_queries(11 + of_passage):
        assert memory.MEMORY.now() is index
    assert found(name="Заира") == [children[3].pk]


def test_who_withdraws_is_forgotten_at_once_and_found_again_when_they_agree(
    make_child, registrar, agrees, at
):
    child = make_child("رسلان", by=registrar)
    assert found(name="Руслан") == [child.pk]

    withdraws = ConsentAnswer(state=State.WITHDRAWN, giver=Giver.CHILD)
    record_consent(person=child, answer=withdraws, by=registrar, at=at)
    forgotten = found(name="Руслан")
    record_consent(person=child, answer=agrees, by=registrar, at=at)

    assert forgotten == []
    assert found(name="Руслан") == [child.pk]


def test_who_never_agreed_is_not_held(make_child):
    child = make_child("رسلان", consents=())

    assert found(name="Руслан") == []
    assert str(child.pk) not in memory.MEMORY.now()


def test_everything_is_read_anew_where_rows_came_from_long_ago(make_child, registrar, at):
    child = make_child("رسلان", by=registrar)
    index = memory.MEMORY.now()

    # A phone that was away for a week made the id of what it sends now.
    Assertion.objects.create(
        id=UUID(int=child.assertions.get().pk.int - (7 * 24 * memory.FAR_BACK << memory.MOMENT)),
        person=child,
        property="name",
        answer="known",
        value={"text": "زائرة"},
        said_by="child",
        method="interview",
        certainty="probable",
        compartment="identity",
        recorded_by=registrar,
        recorded_at=at,
    )

    assert memory.MEMORY.now() is not index
    assert found(name="Заира") == [child.pk]


def test_memory_holds_no_text(make_child, say):
    make_child("رسلان ماغوميدوف", statements=[say("mark", text="a scar like a hook")])

    index = memory.MEMORY.now()

    held = index.census.held
    assert b"\xd8\xb1" not in held.ids.raw.array.tobytes()  # the first letter of the name
    assert len(index) == 1


def test_reasons_name_what_was_compared(make_child, say):
    child = make_child("رسلان", statements=[say("father", text="محمد")])
    asked = memory.asked_for(name="Руслан", father="Магомед")

    why = memory.reasons(asked, memory.search(asked, top=5))

    assert {each.comparison for each in why[child.pk] if each.bits > 0} >= {"given", "father"}


def test_nothing_of_a_closed_compartment_is_matched():
    matched = {each.id: each for each in PROPERTIES.values() if each.matched_as}

    assert {each.compartment for each in matched.values()} == {
        Compartment.IDENTITY,
        Compartment.FAMILY,
    }
    assert {each.id for each in matched.values() if each.data_class > "C2"} == ON_PURPOSE


def test_nothing_of_a_closed_compartment_is_read_into_memory(make_child, say):
    make_child(
        statements=[
            say("mark", text="scar"),
            say("contact", text="school"),
            say("father", text="X"),
        ]
    )

    (said,) = memory.standing_values(memory.searched()).values()

    assert set(said) == {"name", "father"}


@pytest.mark.django_db(transaction=True)
def test_who_is_read_beside_the_pages_is_there_and_told_of_until_then(make_child):
    child = make_child("رسلان محمدوف")
    told = []

    def read(some):
        told.append(held.is_warm())
        return memory.read_searched(some)

    held = memory.Memory(name="tried", read=read)
    warming = Thread(target=held.warm)
    warming.start()
    warming.join()

    assert told == [False]
    assert held.is_warm()
    assert str(child.pk) in held.index
