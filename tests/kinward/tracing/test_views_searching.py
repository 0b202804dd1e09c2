from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kinward.access.models import Role
from kinward.audit.actions import record
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.people import actions, memory, queries
from kinward.people.models import Message, SearchPurpose
from kinward.people.rules import LOOKED_ALIKE_OFTEN, OFTEN_ENOUGH, too_often

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ASKED = {"purpose": "tracing", "name": "Руслан Магомедов"}
TYPED = {f"{each}-0-answer": "not_asked" for each in ("name", "sex", "born", "father", "mother")}
SEARCHERS = {
    Role.REGISTRAR,
    Role.ENQUIRY_WORKER,
    Role.TRACING_OFFICER,
    Role.SECOND_REVIEWER,
    Role.CASE_WORKER,
}


@pytest.fixture
def signed_in(client, make_user):
    def enter(role, region=""):
        user = make_user(str(role), role=role, region=region)
        client.force_login(user)
        return user

    return enter


def test_child_is_found_with_reasons_and_its_record(client, signed_in, make_child):
    child = make_child("رسلان محمدوف", region="IQ-BG")
    signed_in(Role.REGISTRAR, "IQ-BG")

    page = client.post("/find/", ASKED).content.decode()

    assert reverse("people:child", args=[child.pk]) in page
    assert "رسلان محمدوف" in page
    assert "kw-why__for" in page


def test_people_of_a_request_are_found_with_it(client, signed_in, make_request):
    request = make_request("Руслан Магомедов", region="RU-DA")
    signed_in(Role.ENQUIRY_WORKER, "RU-DA")

    page = client.post("/find/", ASKED).content.decode()

    assert reverse("tracing:request", args=[request.pk]) in page


def test_search_is_written_down_and_what_was_typed_is_not(client, signed_in, make_child):
    child = make_child("رسلان محمدوف", region="IQ-BG")
    user = signed_in(Role.REGISTRAR, "IQ-BG")

    client.post("/find/", ASKED | {"purpose": "protection"})

    searched = Event.objects.get(action="people.searched")
    assert searched.details == {"purpose": "protection", "shown": 1, "elsewhere": 0}
    shown = Event.objects.get(action="people.found")
    assert (shown.object_id, shown.purpose) == (str(child.pk), "protection")
    for event in Event.objects.filter(actor=user.username):
        assert "Руслан" not in str(event.__dict__)


def test_search_is_never_in_an_address(client, signed_in, make_child):
    make_child("رسلان محمدوف", region="IQ-BG")
    signed_in(Role.REGISTRAR, "IQ-BG")

    page = client.get("/find/", ASKED).content.decode()

    assert "رسلان" not in page
    assert not Event.objects.filter(action="people.searched").exists()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"purpose": ""}, "id_purpose"),
        ({"purpose": "curiosity"}, "id_purpose"),
        ({"name": " "}, "id_name"),
        ({"born": "lately"}, "id_born"),
        ({"age": "-1"}, "id_age"),
    ],
)
def test_search_without_a_purpose_or_a_name_is_sent_back(client, signed_in, typed, wrong):
    signed_in(Role.TRACING_OFFICER)

    response = client.post("/find/", ASKED | typed)

    assert response.status_code == 422
    assert f'href="#{wrong}' in response.content.decode()
    assert not Event.objects.filter(action="people.searched").exists()


@pytest.mark.parametrize(
    ("typed", "born"), [({"born": "2012"}, True), ({"age": "7"}, True), ({}, False)]
)
def test_search_takes_a_date_or_an_age(client, signed_in, make_child, typed, born):
    signed_in(Role.TRACING_OFFICER)

    form = client.post("/find/", ASKED | typed).context["form"]

    assert bool(form.asked().born) is born


@pytest.mark.parametrize("role", [role for role in Role if role not in SEARCHERS | {Role.CLOCK}])
def test_search_is_refused_to_roles_that_do_not_search(client, signed_in, role):
    user = signed_in(role)

    assert client.post("/find/", ASKED).status_code == 403
    assert client.get("/questions/").status_code == 403
    with pytest.raises(NotAllowed):
        actions.search_people(
            asked=memory.asked_for(name="Руслан"),
            purpose=SearchPurpose.TRACING,
            language="en",
            by=user,
            at=timezone.now(),
        )
    with pytest.raises(NotAllowed):
        actions.ask_office(
            persons=[], purpose=SearchPurpose.TRACING, text="?", by=user, at=timezone.now()
        )


def test_child_of_another_region_is_not_shown_but_its_office_named(client, signed_in, make_child):
    child = make_child("رسلان محمدوف", region="IQ-NI")
    signed_in(Role.REGISTRAR, "IQ-BG")

    page = client.post("/find/", ASKED).content.decode()

    assert "may know: ask them." in page
    for hidden in (child.reference, str(child.pk), "رسلان"):
        assert hidden not in page
    assert not Event.objects.filter(action="people.found").exists()


def test_office_of_an_enquirer_is_not_told(client, signed_in, make_request):
    make_request("Заира", enquirer="Руслан Магомедов", region="RU-CE")
    signed_in(Role.ENQUIRY_WORKER, "RU-DA")

    page = client.post("/find/", ASKED).content.decode()

    assert "ask them" not in page


def test_who_asks_is_not_found_by_those_who_compare(client, signed_in, make_request):
    request = make_request("Заира", enquirer="Руслан Магомедов")
    signed_in(Role.TRACING_OFFICER)

    page = client.post("/find/", ASKED).content.decode()

    assert request.enquirer.reference not in page
    assert "Nobody you may see bears such a name." in page


def test_common_name_alone_names_no_office(make_child, make_user):
    make_child("رسلان", region="IQ-NI")

    found = queries.found_by(
        memory.asked_for(name="Руслан"),
        user=make_user(role=Role.REGISTRAR, region="IQ-BG"),
        language="en",
    )

    assert (found.shown, found.elsewhere) == ([], {})


# How often


@pytest.mark.parametrize(("count", "too_many"), [(29, False), (30, True)])
def test_ten_minutes_hold_thirty_searches(at, count, too_many):
    moments = [at - timedelta(minutes=9)] * count

    assert too_often(moments, at, OFTEN_ENOUGH) is too_many


def test_a_day_holds_a_hundred_and_fifty_searches(at):
    hourly = [at - timedelta(hours=hour % 23 + 1) for hour in range(150)]

    assert too_often(hourly, at, OFTEN_ENOUGH)
    assert not too_often(hourly[1:], at, OFTEN_ENOUGH)
    assert not too_often(hourly, at + timedelta(days=1), OFTEN_ENOUGH)


def test_search_too_many_is_refused_in_words_and_written_down(client, signed_in, make_child):
    make_child("رسلان محمدوف", region="IQ-BG")
    user = signed_in(Role.REGISTRAR, "IQ-BG")
    for _ in range(OFTEN_ENOUGH[0][1]):
        record("people.searched", None, by=user, at=timezone.now())

    response = client.post("/find/", ASKED)

    assert response.status_code == 429
    assert "You have searched very often." in response.content.decode()
    assert "رسلان" not in response.content.decode()
    assert Event.objects.filter(action="people.search_refused", actor=user.username).count() == 1


def test_searches_of_each_account_are_shown_to_who_reads_the_log(client, signed_in, make_user, at):
    guesser = make_user("zaur", role=Role.ENQUIRY_WORKER)
    now = timezone.now()
    for shown in (0, 0, 2):
        record("people.searched", None, by=guesser, at=now, shown=shown, elsewhere=0)
    record("people.search_refused", None, by=guesser, at=now)
    record("people.searched", None, by=guesser, at=now - timedelta(days=31), shown=0, elsewhere=0)
    signed_in(Role.DATA_PROTECTION_OFFICER)

    rows = client.get("/log/accounts/").context["accounts"]
    (row,) = [one for one in rows if one["actor"] == "zaur"]

    counted = {name: count for name, count in row.items() if count}
    assert counted == {"actor": "zaur", "searches": 3, "in_vain": 2, "refused": 1}


def test_searches_are_shown_to_nobody_else(client, signed_in):
    signed_in(Role.TRACING_OFFICER)

    assert client.get("/log/accounts/").status_code == 403


# Other offices


@pytest.fixture
def asked_office(client, signed_in, make_child):
    """A question of an enquiry worker in Dagestan to the office in Baghdad."""
    make_child("رسلان محمدوف", region="IQ-BG")
    signed_in(Role.ENQUIRY_WORKER, "RU-DA")
    client.post("/find/", ASKED)
    client.post("/questions/ask/", {"region": "IQ-BG", "text": "Do you know this boy?"})
    return Message.objects.get()


def test_office_is_asked_and_answers(client, asked_office, make_user):
    registrar = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    worker = asked_office.sent_by
    waiting = client.get("/questions/").content.decode()
    client.force_login(registrar)
    work, page = (client.get(each).content.decode() for each in ("/", "/questions/"))

    response = client.post(
        reverse("tracing:answer", args=[asked_office.pk]), {"text": "Yes. Send a request."}
    )

    assert "No answer yet." in waiting
    assert asked_office.person.reference not in waiting
    assert "question of another office waits for your answer" in work
    assert "Do you know this boy?" in page
    assert asked_office.person.reference in page
    assert response["Location"] == "/questions/"
    assert "question of another office" not in client.get("/").content.decode()
    client.force_login(worker)
    assert "Yes. Send a request." in client.get("/questions/").content.decode()
    actions_done = Event.objects.values_list("action", flat=True)
    assert {"people.asked_office", "people.answered_office"} <= set(actions_done)


def test_question_is_for_the_office_that_knows(client, asked_office, make_user):
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-NI"))
    address = reverse("tracing:answer", args=[asked_office.pk])

    assert "Do you know this boy?" not in client.get("/questions/").content.decode()
    assert client.post(address, {"text": "No."}).status_code == 404
    assert Message.objects.count() == 1


def test_answer_that_says_nothing_is_sent_back(client, asked_office, make_user, at):
    registrar = make_user(role=Role.REGISTRAR, region="IQ-BG")
    client.force_login(registrar)

    response = client.post(reverse("tracing:answer", args=[asked_office.pk]), {"text": " "})

    assert response.status_code == 422
    for text, refusal in ((" ", RuleBroken),):
        with pytest.raises(refusal):
            actions.answer_office(question=asked_office, text=text, by=registrar, at=at)
    assert Message.objects.count() == 1


def test_question_is_answered_once(client, asked_office, make_user, at):
    first, second = (
        make_user(role=Role.REGISTRAR, region="IQ-BG", full_name=name) for name in ("Lea", "Max")
    )
    actions.answer_office(question=asked_office, text="Yes.", by=first, at=at)
    client.force_login(second)

    late = client.post(
        reverse("tracing:answer", args=[asked_office.pk]),
        {"text": "Ask again in May."},
        headers={"accept": "text/html"},
    )

    page = late.content.decode()
    assert late.status_code == 409
    assert "It was \u2068Lea\u2069" in page
    assert "Ask again in May.</blockquote>" in page
    assert Message.objects.filter(answers=asked_office).count() == 1


@pytest.mark.parametrize("typed", [{"region": "IQ-NI"}, {"region": "IQ-BG", "text": " "}, {}])
def test_office_is_asked_only_of_whom_the_last_search_found_there(
    client, signed_in, make_child, typed
):
    make_child("رسلان محمدوف", region="IQ-BG")
    signed_in(Role.ENQUIRY_WORKER, "RU-DA")
    client.post("/find/", ASKED)

    response = client.post("/questions/ask/", {"text": "Who?"} | typed)

    assert response.status_code == 409
    assert not Message.objects.exists()


def test_questions_are_shown_when_there_are_none(client, signed_in):
    signed_in(Role.TRACING_OFFICER)

    assert "No other office asks you anything now." in client.get("/questions/").content.decode()


# Search before create


def test_register_shows_who_is_on_record_already(client, signed_in, make_child, make_request):
    child = make_child("رسلان محمدوف", region="IQ-BG")
    make_child("رسلان محمدوف", region="IQ-NI")
    make_request("Руслан Магомедов")
    user = signed_in(Role.REGISTRAR, "IQ-BG")

    response = client.post("/children/register/alike/", TYPED | {"name-0-text": "رسلان محمدوف"})

    page = response.content.decode()
    assert page.count("/children/") == 1
    assert reverse("people:child", args=[child.pk]) in page
    assert "1 person like this is looked for." in page
    assert "Руслан" not in page
    events = Event.objects.filter(actor=user.username).exclude(action="people.registered")
    assert set(events.values_list("action", flat=True)) == {"people.looked_alike", "people.found"}


@pytest.mark.parametrize("typed", [{}, {"name-0-text": " "}, {"sex-0-code": "male"}])
def test_register_looks_for_nobody_without_a_name(client, signed_in, typed):
    signed_in(Role.REGISTRAR, "IQ-BG")

    assert client.post("/children/register/alike/", TYPED | typed).content == b""
    assert not Event.objects.filter(action="people.looked_alike").exists()


def test_register_looks_a_limited_number_of_times(client, signed_in, make_child):
    make_child("رسلان", region="IQ-BG")
    user = signed_in(Role.REGISTRAR, "IQ-BG")
    for _ in range(LOOKED_ALIKE_OFTEN[0][1]):
        record("people.looked_alike", None, by=user, at=timezone.now())

    assert client.post("/children/register/alike/", TYPED | {"name-0-text": "رسلان"}).content == b""
    assert Event.objects.filter(action="people.search_refused").count() == 1


def test_alike_is_for_those_who_register(client, signed_in):
    signed_in(Role.TRACING_OFFICER)

    response = client.post("/children/register/alike/", TYPED | {"name-0-text": "رسلان"})

    assert response.status_code == 403
