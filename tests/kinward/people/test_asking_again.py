"""Consent that is asked for again, withdrawals that have to be told, decisions kept apart."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kinward.access.models import Answered, Grant, Purpose, Referral, ReferralStep, Role, Way
from kinward.casework.models import Task
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.guarding import WordsRefused
from kinward.people import actions, queries
from kinward.people.consents import Consent, ConsentPurpose, ConsentRevisit, Giver, State
from kinward.people.flags import Flag
from kinward.people.rules import CIRCUMSTANCES, ConsentAnswer, is_constrained, to_ask_again

FREELY = {"private": "yes", "time_to_decide": "yes", "lawyer": "yes"}
how = st.dictionaries(st.sampled_from(sorted(CIRCUMSTANCES)), st.sampled_from(["yes", "no"]))


@given(answer=how, revisits=st.lists(how, max_size=3))
def test_who_was_held_is_asked_again_until_once_as_it_should_be(answer, revisits):
    given_so = Consent(state=State.GIVEN, circumstances=answer)
    asked = [ConsentRevisit(circumstances=each) for each in revisits]

    free = any(not each or FREELY.items() <= each.items() for each in (answer, *revisits))
    assert to_ask_again(given_so, asked) is not free
    assert is_constrained({}) is False


@pytest.mark.parametrize("state", [each for each in State if each != State.GIVEN])
def test_only_who_agreed_is_asked_again(state):
    assert not to_ask_again(Consent(state=state, circumstances={"private": "no"}), [])


@pytest.fixture
def registrar(make_user):
    return make_user("olga", role=Role.REGISTRAR, region="IQ-BG")


@pytest.fixture
def child(make_child):
    return make_child(region="IQ-BG")


@pytest.fixture
def answer(child, registrar, at):
    """Record an answer of the mother: answer(State.GIVEN, named="Red Crescent")."""

    def answered(state, *, when=at, giver=Giver.MOTHER, by=registrar, **said):
        told = {"form_version": "2018-11", "language": "ar"} | said
        what = ConsentAnswer(state=state, giver=giver, **told)
        return actions.record_consent(person=child, answer=what, by=by, at=when)

    return answered


def again(at, **said):
    return actions.AskedAgain(**{"asked_on": at.date(), "words": "still yes"} | said)


@pytest.mark.django_db
def test_asking_again_is_kept_beside_the_answer(child, answer, registrar, at):
    held = answer(State.GIVEN, circumstances={"present": "a guard", "private": "no"})

    actions.ask_consent_again(answer=held, asked=again(at), by=registrar, at=at)

    (*_, last) = queries.consents_of(child, user=registrar)
    assert [each.words for each in last.revisits.all()] == ["still yes"]
    assert not to_ask_again(last, last.revisits.all())
    assert last.state == State.GIVEN


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"words": " "}, actions.UnfitConsent),
        ({"circumstances": {"beaten": "no"}}, actions.UnfitConsent),
        ({"words": "D3S1358 15,16 D8S1179 12,13"}, WordsRefused),
    ],
)
def test_asking_again_that_says_nothing_is_refused(answer, registrar, at, said, refusal):
    held = answer(State.GIVEN)

    with pytest.raises(refusal):
        actions.ask_consent_again(answer=held, asked=again(at, **said), by=registrar, at=at)
    later = again(at, asked_on=at.date() + timedelta(days=1))
    with pytest.raises(actions.UnfitConsent):
        actions.ask_consent_again(answer=held, asked=later, by=registrar, at=at)

    assert ConsentRevisit.objects.count() == 0


@pytest.mark.django_db
def test_only_the_last_word_is_asked_again_by_who_records_consent(answer, registrar, make_user, at):
    first = answer(State.GIVEN)
    legal = make_user("layla", role=Role.LEGAL_OFFICER, region="IQ-BG")
    far = make_user("far", role=Role.REGISTRAR, region="RU-DA")
    for by, refusal in ((legal, NotAllowed), (far, NotFound)):
        with pytest.raises(refusal):
            actions.ask_consent_again(answer=first, asked=again(at), by=by, at=at)

    answer(State.GIVEN)
    with pytest.raises(actions.AnsweredMeanwhile):
        actions.ask_consent_again(answer=first, asked=again(at), by=registrar, at=at)
    refused = answer(State.REFUSED)
    with pytest.raises(actions.AnsweredMeanwhile):
        actions.ask_consent_again(answer=refused, asked=again(at), by=registrar, at=at)


@pytest.mark.django_db
def test_withdrawal_has_who_was_named_told(child, answer, at):
    sharing = {"purpose": ConsentPurpose.SHARING, "named": "Red Crescent"}
    answer(State.GIVEN, **sharing)

    withdrawal = answer(State.WITHDRAWN, **sharing)

    task = Task.objects.get()
    assert queries.told_under(withdrawal) == ["Red Crescent"]
    assert (task.person_id, task.role, task.what) == (child.pk, Role.CASE_WORKER, "consent")
    assert task.words == "Tell them that consent was withdrawn: Red Crescent"
    assert task.due_on == at.date() + timedelta(days=7)


@pytest.fixture
def pass_on(child, registrar):
    """Offer a child to an office, which takes it over at a moment: pass_on("RU-DA", when)."""

    def passed(region, when, step=Answered.ACCEPTED):
        offer = Referral.objects.create(
            subject=child.pk,
            reference=child.reference,
            offered_by=registrar,
            from_region="IQ-BG",
            to_region=region,
            purpose=Purpose.TRACING,
            reason="its family is there",
            offered_at=when,
        )
        opened = {"subject": child.pk, "way": Way.REFERRED, "region": region, "since": when}
        accepted = step == Answered.ACCEPTED
        opened |= {"purpose": Purpose.TRACING, "given_by": registrar}
        ReferralStep.objects.create(
            referral=offer,
            step=step,
            reason="" if accepted else "no room",
            grant=Grant.objects.create(**opened) if accepted else None,
            taken_by=registrar,
            taken_at=when,
        )

    return passed


@pytest.mark.django_db
def test_withdrawal_has_offices_told_that_took_the_child_over_meanwhile(
    answer, pass_on, make_user, at
):
    hour = timedelta(hours=1)
    answer(State.GIVEN)
    pass_on("RU-MOW", at + hour, step=Answered.REJECTED)
    pass_on("RU-DA", at + hour)

    there = make_user("zaur", role=Role.REGISTRAR, region="RU-DA")
    withdrawal = answer(State.WITHDRAWN, when=at + 2 * hour, by=there)

    assert queries.told_under(withdrawal) == ["Dagestan"]
    assert Task.objects.count() == 1


@pytest.mark.django_db
def test_withdrawal_that_nobody_was_told_under_sets_no_task(answer):
    answer(State.GIVEN)

    withdrawal = answer(State.WITHDRAWN)

    assert queries.told_under(withdrawal) == []
    assert Task.objects.count() == 0


@pytest.mark.django_db
def test_decision_of_the_programme_is_shown_as_such_and_not_as_consent(
    client, child, answer, registrar
):
    client.force_login(registrar)
    page = reverse("people:consent", args=[child.pk])
    assert Flag.BY_DECISION not in client.get(page).context["flags"]

    answer(State.REFUSED)
    decision = {"reference": "BID 12", "decided_by": "the panel"}
    answer(State.OVERRIDDEN, giver=Giver.PROGRAMME, **decision, form_version="", language="")
    shown = client.get(page)

    assert Flag.BY_DECISION in shown.context["flags"]
    assert Flag.NOT_TRACED not in shown.context["flags"]
    assert "permitted by a decision" in shown.content.decode()
    assert "traced by a decision, without consent" in shown.content.decode()
    (asked,) = shown.context["asked"]
    assert asked.again is None


@pytest.mark.django_db
def test_page_says_whom_to_ask_again_and_whom_to_tell(client, child, answer, registrar, at):
    held = answer(State.GIVEN, circumstances={"private": "no"})
    sharing = {"purpose": ConsentPurpose.SHARING, "named": "Red Crescent"}
    answer(State.GIVEN, **sharing)
    answer(State.WITHDRAWN, **sharing)
    client.force_login(registrar)
    page = reverse("people:consent", args=[child.pk])
    address = reverse("people:ask_again", args=[child.pk, held.pk])

    before = client.get(page).content.decode()
    early = {"asked_on": "2001-01-01", "words": "still yes"}
    wrong = client.post(address, early)
    day = at.date().isoformat()
    after = client.post(address, early | {"asked_on": day}, follow=True).content.decode()

    assert "ask again" in before
    assert "They have to be told that it is withdrawn:" in before
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["asked_on"])
    assert "still yes" in wrong.content.decode()
    assert "still yes" in after
    assert "They were held, and not asked in private" not in after
    assert client.get(reverse("people:ask_again", args=[child.pk, child.pk])).status_code == 404


@pytest.mark.django_db
def test_refusal_after_agreeing_is_told_like_a_withdrawal(client, child, answer, registrar):
    sharing = {"purpose": ConsentPurpose.SHARING, "named": "Red Crescent"}
    answer(State.REFUSED, **sharing)
    answer(State.GIVEN, **sharing)
    refusal = answer(State.REFUSED, **sharing)

    client.force_login(registrar)
    page = client.get(reverse("people:consent", args=[child.pk]))
    (asked,) = [each for each in page.context["asked"] if each.named]
    again = answer(State.REFUSED, **sharing)

    assert (queries.told_under(refusal), queries.told_under(again)) == (["Red Crescent"], [])
    assert Task.objects.get().words == "Tell them that consent was withdrawn: Red Crescent"
    assert asked.told == ["Red Crescent"]
