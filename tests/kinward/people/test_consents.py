from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kinward.access.models import Role, User, clock
from kinward.audit.models import Change, Event
from kinward.core.errors import NotAllowed, NotFound
from kinward.people import actions, queries
from kinward.people.consents import (
    GROUNDS,
    STOPS,
    Consent,
    ConsentPurpose,
    Giver,
    StandingBasis,
    State,
)
from kinward.people.models import Person
from kinward.people.rules import ConsentAnswer, Gap, basis, gap

AT = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)
DECISION = {"reference": "BID 12/2019", "decided_by": "the panel"}
EXPLAINED = {"form_version": "2018-11", "language": "ar"}
# What may be stored: only the programme decides, and it does nothing else.
ANSWERED = st.one_of(
    st.tuples(st.sampled_from([Giver.CHILD, Giver.MOTHER]), st.sampled_from(list(State)[:-1])),
    st.tuples(st.just(Giver.PROGRAMME), st.sampled_from([State.OVERRIDDEN, State.WITHDRAWN])),
)


def ledger(steps, purpose=ConsentPurpose.TRACING):
    return [
        Consent(number=number, giver=giver, state=state, purpose=purpose)
        for number, (giver, state) in enumerate(steps, 1)
    ]


def standing(*steps):
    found = basis(ledger(steps), ConsentPurpose.TRACING)
    return found.number if found else None


TRACING, PHOTO = ConsentPurpose.TRACING, ConsentPurpose.PHOTO
REFUSES = ConsentAnswer(state=State.REFUSED, giver=Giver.CHILD)
CHILD, MOTHER, PROGRAMME = Giver.CHILD, Giver.MOTHER, Giver.PROGRAMME


@pytest.mark.parametrize(
    ("steps", "number"),
    [
        ([], None),
        ([(CHILD, State.NOT_SOUGHT)], None),
        ([(CHILD, State.INFORMED)], None),
        ([(CHILD, State.UNABLE)], None),
        ([(CHILD, State.GIVEN)], 1),
        ([(CHILD, State.UNABLE), (MOTHER, State.GIVEN)], 2),
        ([(CHILD, State.GIVEN), (CHILD, State.WITHDRAWN)], None),
        ([(CHILD, State.GIVEN), (CHILD, State.WITHDRAWN), (CHILD, State.GIVEN)], 3),
        ([(MOTHER, State.GIVEN), (CHILD, State.REFUSED)], None),
        ([(CHILD, State.REFUSED), (MOTHER, State.GIVEN)], None),
        ([(CHILD, State.REFUSED), (PROGRAMME, State.OVERRIDDEN)], 2),
        ([(PROGRAMME, State.OVERRIDDEN), (CHILD, State.REFUSED)], None),
        ([(MOTHER, State.GIVEN), (PROGRAMME, State.OVERRIDDEN), (MOTHER, State.WITHDRAWN)], None),
        ([(PROGRAMME, State.OVERRIDDEN), (PROGRAMME, State.WITHDRAWN)], None),
        ([(CHILD, State.GIVEN), (CHILD, State.INFORMED)], None),
    ],
)
def test_basis_is_the_last_word_of_each_giver(steps, number):
    assert standing(*steps) == number


def test_basis_of_one_purpose_is_none_of_another():
    answers = ledger([(CHILD, State.GIVEN)], ConsentPurpose.PHOTO)

    assert basis(answers, ConsentPurpose.TRACING) is None
    assert basis(answers, ConsentPurpose.PHOTO) is answers[0]


def test_basis_for_one_recipient_is_none_for_another():
    given_to = Consent(
        number=1,
        giver=CHILD,
        state=State.GIVEN,
        purpose=ConsentPurpose.SHARING,
        named="the consulate",
    )

    assert basis([given_to], ConsentPurpose.SHARING, "the consulate") is given_to
    assert basis([given_to], ConsentPurpose.SHARING, "a newspaper") is None


class TestDatabase(TestCase):
    """The same rule, as it is kept in the database with each answer."""

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(ANSWERED, st.sampled_from([TRACING, TRACING, PHOTO])), max_size=7))
    def test_basis_is_kept_with_each_answer(self, steps):
        by = User.objects.create_user("huda", role=Role.REGISTRAR)
        person = Person.objects.create(kind="child", registered_by=by, registered_at=AT)
        answers = []
        for (giver, state), purpose in steps:
            said = answered_by(giver, state, purpose)
            if gap(said, answers) is None:
                answers += actions.store_consents(person, [said], by=by, at=AT)
            lawfully = Person.objects.lawfully_traced().filter(pk=person.pk).exists()
            kept = dict(StandingBasis.objects.values_list("purpose", "answer"))

            assert lawfully == (basis(answers, TRACING) is not None)
            assert kept == {
                each.value: upon.pk for each in (TRACING, PHOTO) if (upon := basis(answers, each))
            }
        before = list(StandingBasis.objects.order_by("pk").values())

        assert actions.derive_bases(by=clock(), at=AT) == 0
        assert list(StandingBasis.objects.order_by("pk").values()) == before


def answered_by(giver, state, purpose):
    """An answer with all that such an answer takes."""
    answer = ConsentAnswer(state=state, giver=giver, purpose=purpose, **EXPLAINED)
    return replace(answer, **DECISION) if giver == Giver.PROGRAMME else answer


def test_bases_changed_from_outside_are_derived_anew(make_child, without_triggers, capsys):
    traced, refusing, unasked = make_child(), make_child(consents=[REFUSES]), make_child()
    StandingBasis.objects.filter(subject=unasked).delete()
    forged = StandingBasis.objects.get(subject=traced)
    StandingBasis.objects.create(subject=refusing, purpose=TRACING, answer=refusing.consents.get())
    StandingBasis.objects.create(subject=traced, purpose=PHOTO, answer=forged.answer)

    call_command("bases")

    assert capsys.readouterr().out == "3 bases differed\n"
    assert [queries.may_be_traced(one) for one in (traced, refusing, unasked)] == [
        True,
        False,
        True,
    ]
    assert Event.objects.get(action="people.derived_bases").details == {"differed": 3}


def test_bases_are_derived_by_those_who_may_only(registrar):
    with pytest.raises(NotAllowed):
        actions.derive_bases(by=registrar, at=AT)


def test_change_of_a_basis_is_in_the_log(make_child, registrar):
    child = make_child()
    withdrawn = ConsentAnswer(state=State.WITHDRAWN, giver=CHILD)

    actions.record_consent(person=child, answer=withdrawn, by=registrar, at=AT)

    told = Change.objects.filter(table_name="people_standingbasis").order_by("id")
    assert list(told.values_list("operation", flat=True)) == ["insert", "delete"]


@pytest.mark.parametrize(
    ("answer", "lacking"),
    [
        (ConsentAnswer(state=State.GIVEN, giver=CHILD, **EXPLAINED), None),
        (ConsentAnswer(state=State.GIVEN, giver=CHILD), Gap.FORM),
        (ConsentAnswer(state=State.GIVEN, giver=CHILD, form_version="2018-11"), Gap.FORM),
        (ConsentAnswer(state=State.REFUSED, giver=CHILD), None),
        (ConsentAnswer(state=State.UNABLE, giver=CHILD), None),
        (ConsentAnswer(state=State.WITHDRAWN, giver=CHILD), Gap.BEFORE),
        (ConsentAnswer(state=State.OVERRIDDEN, giver=PROGRAMME, **DECISION), None),
        (ConsentAnswer(state=State.OVERRIDDEN, giver=PROGRAMME), Gap.OVERRIDE),
        (ConsentAnswer(state=State.OVERRIDDEN, giver=MOTHER, **DECISION), Gap.OVERRIDE),
        (ConsentAnswer(state=State.GIVEN, giver=PROGRAMME, **EXPLAINED), Gap.OVERRIDE),
        (ConsentAnswer(state=State.REFUSED, giver=PROGRAMME), Gap.OVERRIDE),
        (
            ConsentAnswer(state=State.REFUSED, giver=CHILD, purpose=ConsentPurpose.SHARING),
            Gap.NAMED,
        ),
        (ConsentAnswer(state=State.REFUSED, giver=CHILD, named="an aunt"), Gap.NAMED),
        (
            ConsentAnswer(
                state=State.REFUSED, giver=CHILD, purpose=ConsentPurpose.CONTACT, named="an aunt"
            ),
            None,
        ),
        (
            ConsentAnswer(state=State.REFUSED, giver=CHILD, circumstances={"lawyer": "no"}),
            None,
        ),
        (
            ConsentAnswer(state=State.REFUSED, giver=CHILD, circumstances={"lawyer": "perhaps"}),
            Gap.CIRCUMSTANCES,
        ),
        (
            ConsentAnswer(state=State.REFUSED, giver=CHILD, circumstances={"mood": "good"}),
            Gap.CIRCUMSTANCES,
        ),
    ],
)
def test_answer_says_what_it_lacks(answer, lacking):
    assert gap(answer) == lacking


@pytest.mark.parametrize("last", [State.GIVEN, State.REFUSED])
def test_only_who_agreed_can_withdraw(last):
    answer = ConsentAnswer(state=State.WITHDRAWN, giver=CHILD)

    lacking = gap(answer, ledger([(CHILD, State.GIVEN), (MOTHER, State.GIVEN), (CHILD, last)]))

    assert lacking == (None if last == State.GIVEN else Gap.BEFORE)


def test_states_that_permit_and_states_that_stop_are_apart():
    assert not set(GROUNDS) & set(STOPS)


def test_answer_is_recorded_after_those_before_it(make_child, registrar):
    child = make_child()

    second = actions.record_consent(
        person=child, answer=ConsentAnswer(state=State.WITHDRAWN, giver=CHILD), by=registrar, at=AT
    )

    assert [one.number for one in child.consents.all()] == [1, 2]
    assert (second.recorded_by, second.recorded_at) == (registrar, AT)
    assert not queries.may_be_traced(child)
    event = Event.objects.get(action="people.answered_consent", details__state="withdrawn")
    assert event.details == {"purpose": "tracing", "giver": "child", "state": "withdrawn"}


def test_answer_that_lacks_something_is_not_stored(make_child, registrar):
    child = make_child()
    unexplained = ConsentAnswer(state=State.GIVEN, giver=MOTHER)

    with pytest.raises(actions.UnfitConsent, match="which form"):
        actions.record_consent(person=child, answer=unexplained, by=registrar, at=AT)

    assert child.consents.count() == 1


def test_answer_is_recorded_by_those_who_may_only(make_child, make_user, agrees):
    child, elsewhere = make_child(), make_user(role=Role.REGISTRAR, region="IQ-NI")

    with pytest.raises(NotAllowed):
        actions.record_consent(
            person=child, answer=agrees, by=make_user(role=Role.PROGRAMME_MANAGER), at=AT
        )
    with pytest.raises(NotFound):
        actions.record_consent(person=child, answer=agrees, by=elsewhere, at=AT)

    assert child.consents.count() == 1


@pytest.mark.parametrize("wrong", [{"state": "overridden"}, {"number": 1}])
def test_database_itself_refuses(make_child, registrar, wrong):
    child = make_child()
    fields = {"number": 2, "purpose": "tracing", "giver": "child", "state": "given"} | wrong

    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(subject=child, recorded_by=registrar, recorded_at=AT, **fields)


def test_answers_are_for_those_who_may_read_who_someone_is(make_child, make_user):
    child = make_child()

    assert len(queries.consents_of(child, user=make_user())) == 1
    assert queries.consents_of(child, user=make_user(role=Role.PROGRAMME_MANAGER)) == []


def test_children_registered_together_answer_each_for_themselves(make_user, say, at, agrees):
    refuses = ConsentAnswer(state=State.REFUSED, giver=CHILD)

    children = actions.register_group(
        children=[[say("name", text=name)] for name in ("رسلان", "زائرة", "مريم")],
        consents=[[agrees], [refuses]],
        by=make_user(role=Role.REGISTRAR),
        at=at,
    )

    assert [queries.may_be_traced(child) for child in children] == [True, False, False]


# The page


def consent_form(**typed):
    return {"purpose": "tracing", "giver": "child", "state": "given", **EXPLAINED} | typed


def test_page_shows_what_is_permitted_and_who_said_so(client, registrar, make_child):
    child = make_child()

    page = client.get(reverse("people:consent", args=[child.pk])).content.decode()

    assert "permitted</strong>" in page
    assert "The child:" in page
    assert "Form" in page


def test_page_says_that_nobody_was_asked(client, registrar, make_child):
    child = make_child(consents=())

    page = client.get(reverse("people:consent", args=[child.pk])).content.decode()

    assert "Nobody has been asked yet." in page
    assert "not traced: no consent" in page


def test_page_records_an_answer_given_in_custody(client, registrar, make_child):
    child = make_child(consents=())
    address = reverse("people:consent", args=[child.pk])
    how = {"present": "a guard", "private": "no", "time_to_decide": "", "lawyer": "no"}

    response = client.post(address, consent_form(giver="mother", detained="on", **how))

    assert response["Location"] == address
    given = child.consents.get()
    assert (given.giver, given.state, given.form_version) == ("mother", "given", "2018-11")
    assert given.circumstances == {"present": "a guard", "private": "no", "lawyer": "no"}
    page = client.get(address).content.decode()
    assert "Not in private." in page
    assert "Without a lawyer." in page


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"state": ""}, "id_state"),
        ({"form_version": ""}, "id_form_version"),
        ({"state": "withdrawn", "giver": "mother"}, "id_state"),
        ({"state": "overridden"}, "id_reference"),
        ({"purpose": "contact"}, "id_named"),
    ],
)
def test_page_sends_back_what_cannot_be_stored(client, registrar, make_child, typed, wrong):
    child = make_child()

    response = client.post(reverse("people:consent", args=[child.pk]), consent_form(**typed))

    assert response.status_code == 422
    assert f'href="#{wrong}' in response.content.decode()
    assert child.consents.count() == 1


def test_page_takes_no_answer_from_who_may_not_record_one(client, make_user, make_child):
    child = make_child()
    client.force_login(make_user(role=Role.PROGRAMME_MANAGER))
    address = reverse("people:consent", args=[child.pk])

    assert "Record an answer" not in client.get(address).content.decode()
    assert client.post(address, consent_form(state="refused")).status_code == 403
    assert child.consents.count() == 1


def test_registering_asks_for_consent_first(client, registrar):
    page = client.get("/children/register/").content.decode()

    assert page.index("First: is there consent?") < page.index("Who says this")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"consent-state": "given"}, ["given"]),
        ({"consent-state": "refused", "consent-form_version": ""}, ["refused"]),
    ],
)
def test_registering_stores_the_answer(client, registrar, typed, stored):
    form = {
        "consent-giver": "mother",
        "consent-form_version": "2018-11",
        "consent-language": "ar",
        "said_by": "child",
        "method": "interview",
        "certainty": "probable",
    } | typed

    client.post("/children/register/", form | answers_not_asked())

    child = Person.objects.get()
    assert [one.state for one in child.consents.all()] == stored
    assert queries.may_be_traced(child) is (stored == ["given"])


def answers_not_asked():
    kinds = ["name", "sex", "born", "language", "father", "mother", "sibling", "mark"]
    kinds += ["place_of_birth", "last_residence", "relatives_region", "found_at"]
    return {f"{each}-0-answer": "not_asked" for each in [*kinds, "songs_and_words"]}


def test_registering_without_an_answer_is_sent_back(client, registrar):
    form = {"said_by": "child", "method": "interview", "certainty": "probable"}

    response = client.post("/children/register/", form | answers_not_asked())

    assert response.status_code == 422
    assert 'href="#id_consent-state' in response.content.decode()
    assert not Person.objects.exists()


# Two who record an answer at once


def test_answer_to_a_question_answered_meanwhile_comes_back(
    client, registrar, make_user, make_child, at
):
    child = make_child()
    address = reverse("people:consent", args=[child.pk])
    shown = client.get(address).content.decode()
    other = make_user(role=Role.REGISTRAR, region="IQ-BG", full_name="Noor Aziz")
    withdrawn = ConsentAnswer(state=State.WITHDRAWN, giver=Giver.CHILD)
    actions.record_consent(person=child, answer=withdrawn, by=other, at=at)

    late = client.post(address, consent_form(form_version="2019-02", seen="1"))

    page = late.content.decode()
    assert 'name="seen" value="1"' in shown
    assert late.status_code == 409
    assert "It was \u2068Noor Aziz\u2069" in page
    assert 'value="2019-02"' in page
    assert 'name="seen" value="2"' in page
    assert "agreed before and no longer does" in page
    assert child.consents.count() == 2


def test_answer_is_recorded_once_the_other_was_read(client, registrar, make_child, at):
    child = make_child()
    refused = ConsentAnswer(state=State.REFUSED, giver=Giver.CHILD)
    actions.record_consent(person=child, answer=refused, by=registrar, at=at)

    response = client.post(
        reverse("people:consent", args=[child.pk]), consent_form(giver="mother", seen="2")
    )

    assert response.status_code == 302
    assert child.consents.count() == 3


@pytest.mark.parametrize(
    ("named", "conflicts"), [("Red Crescent", True), ("Ministry", False), ("", False)]
)
def test_only_answers_to_the_same_question_conflict(registrar, make_child, at, named, conflicts):
    child = make_child()
    sharing = ConsentAnswer(
        state=State.REFUSED,
        giver=Giver.CHILD,
        purpose=ConsentPurpose.SHARING,
        named="Red Crescent",
    )
    mine = replace(
        sharing, named=named, purpose=ConsentPurpose.SHARING if named else ConsentPurpose.PHOTO
    )
    actions.record_consent(person=child, answer=sharing, by=registrar, at=at)

    if conflicts:
        with pytest.raises(actions.AnsweredMeanwhile) as found:
            actions.record_consent(person=child, answer=mine, seen="1", by=registrar, at=at)
        assert (found.value.had, found.value.stands) == ("1", "2")
    else:
        actions.record_consent(person=child, answer=mine, seen="1", by=registrar, at=at)

    assert child.consents.count() == (2 if conflicts else 3)
