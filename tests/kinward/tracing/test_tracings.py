"""What is done to find somebody, ending a search, and beginning one again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from kinward.access.models import Role, clock
from kinward.audit.context import acting
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.guarding import WordsRefused
from kinward.core.ids import uuid7
from kinward.people.models import Kind, Person
from kinward.tracing import actions, queries
from kinward.tracing.models import Candidate, Done, Ground, Outcome, Plan, Through, TracingAction
from kinward.tracing.rules import (
    End,
    Lack,
    Search,
    Stage,
    Tried,
    lack,
    lack_of_asking,
    lack_of_end,
    stage,
)

pytestmark = pytest.mark.django_db
TODAY = date(2018, 12, 30)
TRIED = Tried(done=Done.LIST, done_on=TODAY, outcome=Outcome.NOTHING)
END = End(ground=Ground.UNREACHABLE, reason="Three letters came back.")
EXHAUSTED = End(
    ground=Ground.EXHAUSTED,
    reason="Every office has answered.",
    plan=Plan.FAMILY,
    review_on=TODAY + timedelta(days=200),
)
BEGUN = Search(lawful=True, actions=0, candidates=0, confirmed=False, ended=False)


# Rules


@pytest.mark.parametrize(
    ("found", "name"),
    [
        ({}, Stage.OPEN),
        ({"actions": 2}, Stage.IN_PROGRESS),
        ({"actions": 2, "candidates": 1}, Stage.CANDIDATES),
        ({"candidates": 1, "ended": True}, Stage.ENDED),
        ({"candidates": 1, "ended": True, "confirmed": True}, Stage.CONFIRMED),
        ({"candidates": 1, "confirmed": True, "lawful": False}, Stage.SUSPENDED),
    ],
)
def test_stage_is_derived(found, name):
    assert stage(replace(BEGUN, **found)) == name


def test_without_a_lawful_basis_every_search_is_suspended():
    for actions_, candidates, confirmed, ended in product((0, 1), (0, 1), (0, 1), (0, 1)):
        found = Search(
            lawful=False,
            actions=actions_,
            candidates=candidates,
            confirmed=bool(confirmed),
            ended=bool(ended),
        )
        assert stage(found) == Stage.SUSPENDED


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, None),
        ({"next_on": TODAY}, None),
        ({"done_on": TODAY + timedelta(days=1)}, Lack.FUTURE),
        ({"outcome": Outcome.WAITING}, Lack.NEXT),
        ({"outcome": Outcome.WAITING, "next_on": TODAY + timedelta(days=9)}, None),
        ({"next_on": TODAY - timedelta(days=1)}, Lack.NEXT_BEFORE),
    ],
)
def test_what_was_tried_says_what_it_lacks(changed, wrong):
    assert lack(replace(TRIED, **changed), today=TODAY) == wrong


@pytest.mark.parametrize(
    ("changed", "of_child", "wrong"),
    [
        ({}, True, None),
        ({"reason": " "}, True, Lack.REASON),
        ({"plan": ""}, True, Lack.PLAN),
        ({"plan": ""}, False, None),
        ({}, False, Lack.NO_PLAN),
        ({"ground": Ground.DIED}, True, Lack.NO_PLAN),
        ({"ground": Ground.DIED, "plan": "", "review_on": None}, True, None),
        ({"review_on": None}, True, Lack.REVIEW),
        ({"review_on": TODAY}, True, Lack.REVIEW_PAST),
    ],
)
def test_end_says_what_it_lacks(changed, of_child, wrong):
    assert lack_of_end(replace(EXHAUSTED, **changed), of_child=of_child, today=TODAY) == wrong


@pytest.mark.parametrize(
    ("through", "whom", "wrong"),
    [
        (Through.SELF, "", None),
        (Through.ANONYMOUS, " ", None),
        (Through.ANONYMOUS, "Testova", Lack.NAMED),
        (Through.LAWYER, "", Lack.THROUGH),
        (Through.LAWYER, "Office of the made-up lawyers", None),
        (Through.ORGANISATION, " ", Lack.THROUGH),
    ],
)
def test_who_asks_for_a_relative_is_named_and_nobody_else(through, whom, wrong):
    assert lack_of_asking(through, whom) == wrong


# Recording what was done


@pytest.fixture
def registrar(client, make_user):
    user = make_user("amira", role=Role.REGISTRAR, region="IQ-BG")
    client.force_login(user)
    return user


@pytest.fixture
def child(make_child):
    return make_child("رسلان", region="IQ-BG")


def today(at):
    return replace(TRIED, done_on=at.date())


def test_what_was_done_is_appended_and_in_the_log(child, registrar, at):
    waits = replace(today(at), outcome=Outcome.WAITING, words="Asked the camp.", next_on=at.date())
    first = actions.record_tracing(person=child, tried=waits, by=registrar, at=at)

    answer = actions.record_tracing(
        person=child, tried=today(at), follows=first.pk, by=registrar, at=at
    )

    assert [one.pk for one in queries.tracing_of(child)] == [answer.pk, first.pk]
    assert (answer.follows, first.words) == (first, "Asked the camp.")
    events = Event.objects.filter(action="tracing.traced", object_id=str(child.pk))
    assert [event.details["outcome"] for event in events.order_by("at", "id")] == [
        "waiting",
        "nothing",
    ]


def test_what_came_of_it_is_recorded_once(child, registrar, at):
    first = actions.record_tracing(person=child, tried=today(at), by=registrar, at=at)
    taken_up = {"person": child, "tried": today(at), "follows": first.pk, "by": registrar, "at": at}
    actions.record_tracing(**taken_up)

    with pytest.raises(actions.UnfitTracing, match="recorded already"):
        actions.record_tracing(**taken_up)


def test_what_was_done_for_another_is_not_followed(child, make_child, registrar, at):
    other = make_child("زينب", region="IQ-BG")
    done = actions.record_tracing(person=other, tried=today(at), by=registrar, at=at)

    with pytest.raises(NotFound):
        actions.record_tracing(person=child, tried=today(at), follows=done.pk, by=registrar, at=at)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"outcome": Outcome.WAITING}, actions.UnfitTracing),
        ({"words": "the son of a terrorist"}, WordsRefused),
    ],
)
def test_what_cannot_be_stored_is_refused(child, registrar, at, changed, refusal):
    with pytest.raises(refusal):
        actions.record_tracing(
            person=child, tried=replace(today(at), **changed), by=registrar, at=at
        )

    assert not queries.tracing_of(child).exists()


@pytest.mark.parametrize(
    ("role", "region", "refusal"),
    [
        (Role.REGISTRAR, "RU-DA", NotFound),
        (Role.ENQUIRY_WORKER, "IQ-BG", NotFound),
        (Role.SECOND_REVIEWER, "", NotAllowed),
        (Role.PROGRAMME_MANAGER, "", NotAllowed),
    ],
)
def test_who_may_not_trace_this_child_is_refused(child, make_user, at, role, region, refusal):
    other = make_user(role=role, region=region)

    with pytest.raises(refusal):
        actions.record_tracing(person=child, tried=today(at), by=other, at=at)
    with pytest.raises(refusal):
        actions.end_search(person=child, end=END, by=other, at=at)


def test_nobody_searches_for_who_asks(make_request, worker, at):
    asking = make_request(region="RU-DA").enquirer

    with pytest.raises(NotFound):
        actions.record_tracing(person=asking, tried=today(at), by=worker, at=at)


def test_due_is_what_nothing_came_of_yet(child, registrar, make_user, at):
    early, late = at.date(), at.date() + timedelta(days=7)
    for when in (early, late):
        tried = replace(today(at), outcome=Outcome.WAITING, next_on=when)
        actions.record_tracing(person=child, tried=tried, by=registrar, at=at)
    (due,) = queries.tracing_due(user=registrar, today=early)
    elsewhere = make_user(role=Role.REGISTRAR, region="RU-DA")

    assert due.next_on == early
    assert list(queries.tracing_due(user=elsewhere, today=late)) == []
    actions.record_tracing(person=child, tried=today(at), follows=due.pk, by=registrar, at=at)
    assert list(queries.tracing_due(user=registrar, today=early)) == []
    assert [one.next_on for one in queries.tracing_due(user=registrar, today=late)] == [late]


def test_nothing_waits_without_a_day_to_look_after_it(child, registrar, at):
    with acting(clock()), pytest.raises(IntegrityError), transaction.atomic():
        TracingAction.objects.create(
            person=child,
            done=Done.LIST,
            done_on=at.date(),
            outcome=Outcome.WAITING,
            recorded_by=registrar,
            recorded_at=at,
        )


# Ending, and beginning again


def test_search_ends_and_begins_again(child, registrar, at):
    ended = actions.end_search(person=child, end=END, seen="", by=registrar, at=at)

    assert queries.searches_for([child])[child.pk].ended
    with pytest.raises(actions.UnfitTracing, match="ended already"):
        actions.end_search(person=child, end=END, by=registrar, at=at)
    again = actions.search_again(
        person=child, reason="A cousin wrote.", seen=str(ended.pk), by=registrar, at=at
    )
    assert not queries.searches_for([child])[child.pk].ended
    assert (queries.last_ending(child), again.reopens) == (again, ended)
    with pytest.raises(actions.UnfitTracing, match="has not ended"):
        actions.search_again(person=child, reason="Again.", by=registrar, at=at)


def test_child_for_whom_everything_was_tried_has_a_plan(child, registrar, at):
    without = End(ground=Ground.EXHAUSTED, reason="All asked.", review_on=date(2030, 1, 1))

    with pytest.raises(actions.UnfitTracing, match="without a plan"):
        actions.end_search(person=child, end=without, by=registrar, at=at)
    ended = actions.end_search(
        person=child, end=replace(without, plan=Plan.KIN), by=registrar, at=at
    )

    assert (ended.plan, ended.review_on) == (Plan.KIN, date(2030, 1, 1))


def test_who_ends_what_somebody_ended_meanwhile_is_told_by_whom(child, registrar, at):
    actions.end_search(person=child, end=END, by=registrar, at=at)

    with pytest.raises(actions.EndedMeanwhile) as conflict:
        actions.end_search(person=child, end=END, seen="", by=registrar, at=at)

    assert conflict.value.by == registrar.get_full_name()


def test_beginning_again_needs_a_reason(child, registrar, at):
    actions.end_search(person=child, end=END, by=registrar, at=at)

    with pytest.raises(actions.UnfitTracing, match="own words"):
        actions.search_again(person=child, reason=" ", by=registrar, at=at)
    with pytest.raises(WordsRefused):
        actions.search_again(person=child, reason="a terrorist wrote", by=registrar, at=at)


def test_ending_one_search_changes_no_other(make_candidate, worker, at):
    first, second = make_candidate(), make_candidate()
    before = list(Candidate.objects.order_by("pk").values())
    matchable = set(Person.objects.matchable().values_list("pk", flat=True))

    actions.end_search(person=first.sought.person, end=END, by=worker, at=at)

    assert list(Candidate.objects.order_by("pk").values()) == before
    assert set(Person.objects.matchable().values_list("pk", flat=True)) == matchable
    assert not queries.searches_for([second.sought.person])[second.sought.person_id].ended


def test_searches_cost_the_same_for_one_and_for_many(
    make_request, django_assert_max_num_queries, django_assert_num_queries
):
    people = [one.person for one in make_request(*"АБВГ").sought.select_related("person")]
    with django_assert_max_num_queries(20) as asked:
        queries.searches_for(people[:1])

    with django_assert_num_queries(len(asked)):
        found = queries.searches_for(people)

    assert {stage(search) for search in found.values()} == {Stage.OPEN}


# Pages


def address_of(person, name="tracing"):
    return reverse(f"tracing:{name}", args=[person.pk])


def typed(**changed):
    day = str(date.today())  # noqa: DTZ011 (as who types it)
    return {"done": "list", "done_on": day, "outcome": "nothing", "words": ""} | changed


def test_page_records_what_was_done_and_then_what_came_of_it(client, registrar, child):
    page = address_of(child)
    words = {"words": "Asked the camp’s office.", "outcome": "waiting"}
    asked = client.post(page, typed(**words, next_on=str(date.today())))  # noqa: DTZ011
    (first,) = queries.tracing_of(child)
    due = client.get("/tracing/").content.decode()

    client.post(page, typed(outcome="lead", follows=str(first.pk)))

    shown = client.get(page).content.decode()
    assert asked.status_code == 302
    assert f"{page}?follows={first.pk}" in due
    assert child.reference in due
    assert "رسلان" in due
    assert "Asked the camp’s office." in shown
    assert "came of" in shown
    assert "Nothing is due." in client.get("/tracing/").content.decode()


def test_page_says_what_is_wrong_and_keeps_what_was_typed(client, registrar, child):
    answer = client.post(address_of(child), typed(outcome="waiting", words="Asked them."))

    assert answer.status_code == 422
    assert "say when somebody looks after it" in answer.content.decode()
    assert "Asked them." in answer.content.decode()
    assert not queries.tracing_of(child).exists()


def test_page_of_a_search_writes_down_who_was_read(client, registrar, child):
    client.get(address_of(child))

    read = Event.objects.filter(action="people.read", actor=registrar.username)
    assert [event.object_id for event in read] == [str(child.pk)]


def test_search_is_ended_and_begun_again_by_page(client, registrar, child):
    page = address_of(child, "end_search")
    lacking = client.post(page, {"seen": "", "ground": "exhausted", "reason": "All asked."})
    plan = {"plan": "kin", "review_on": "2031-01-01"}
    sent = {"seen": "", "ground": "exhausted", "reason": "All asked."} | plan
    client.post(page, sent)
    late = client.post(page, {"seen": "", "reason": "too late"})
    ended = client.get(address_of(child)).content.decode()
    stands = queries.last_ending(child)

    client.post(page, {"seen": str(stands.pk), "reason": "A cousin wrote."})

    assert (lacking.status_code, late.status_code) == (422, 409)
    assert "no child is left without a plan" in lacking.content.decode()
    assert "too late" in late.content.decode()
    assert "everything that could be tried was tried" in ended
    assert "began it again" in client.get(address_of(child)).content.decode()


def test_request_shows_each_search_and_what_may_be_told(client, worker, make_request, at):
    request = make_request("Руслан", "Заира", region="RU-DA")
    first, second = (one.person for one in request.sought.select_related("person").order_by("pk"))
    actions.record_tracing(person=first, tried=today(at), by=worker, at=at)
    actions.end_search(person=second, end=END, by=worker, at=at)

    page = client.get(reverse("tracing:request", args=[request.pk])).content.decode()

    assert "being searched for" in page
    assert "search ended" in page
    assert "There is nothing we can tell you yet." in page
    assert "have not found them" in page


def test_confirmed_match_is_not_told_as_found(client, worker, make_candidate):
    candidate = make_candidate()
    with acting(clock()):
        Candidate.objects.filter(pk=candidate.pk).update(verdict="confirmed")
    page = reverse("tracing:request", args=[candidate.sought.request_id])

    shown = client.get(page).content.decode()

    assert "This does not mean that somebody was found." in shown


def test_receipt_has_the_number_and_no_name(client, worker, make_request):
    request = make_request("Руслан Тестов", enquirer="Патимат Тестова", region="RU-DA")

    page = client.get(reverse("tracing:receipt", args=[request.pk]))

    text = page.content.decode()
    assert request.reference in text
    for name in ("Руслан", "Патимат", "Тестов", "Ruslan", "Patimat"):
        assert name not in text
    read = Event.objects.filter(actor=worker.username, action="people.read")
    assert not read.exists()


def test_nobody_searches_for_an_enquirer_by_page(client, worker, make_request):
    request = make_request(region="RU-DA")

    assert client.get(address_of(request.enquirer)).status_code == 404
    assert request.enquirer.kind == Kind.ENQUIRER


def test_address_that_names_no_action_takes_up_none(client, registrar, child):
    page = client.get(address_of(child), {"follows": "made-up"})
    unknown = client.post(address_of(child), typed(follows=str(uuid7())))

    assert page.context["taken_up"] is None
    assert unknown.status_code == 404
