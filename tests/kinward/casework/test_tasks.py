"""Tasks: set about a person, for a role or an account, and done or taken back once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.casework import actions, queries
from kinward.casework.models import Ended, Task, TaskEnd, What
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.guarding import WordsRefused
from kinward.people.models import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def huda(make_user):
    return make_user("huda", role=Role.REGISTRAR, region="IQ-BG")


@pytest.fixture
def child(make_child, huda):
    return make_child(by=huda, region="IQ-BG")


@pytest.fixture
def to_do(at):
    def asked(**parts):
        usual = {"what": What.CALL, "due_on": at.date(), "role": Role.REGISTRAR}
        return actions.ToDo(**usual | parts)

    return asked


def test_task_waits_for_everyone_of_its_role_who_may_know_of_the_child(
    child, huda, make_user, to_do, at
):
    near = make_user("omar", role=Role.REGISTRAR, region="IQ-BG")
    far = make_user("zaur", role=Role.REGISTRAR, region="RU-DA")

    task = actions.set_task(person=child, to_do=to_do(), by=huda, at=at)

    waits_for = {each.username: list(queries.tasks_waiting(user=each)) for each in (near, far)}
    assert waits_for == {"omar": [task], "zaur": []}
    assert list(queries.tasks_set(user=huda)) == [task]
    event = Event.objects.get(action="casework.set_task")
    assert (event.object_id, event.details["task"]) == (str(child.pk), str(task.pk))


def test_case_worker_sets_tasks_and_has_those_of_their_office(child, make_user, to_do, at, client):
    lena = make_user("lena", role=Role.CASE_WORKER, region="IQ-BG")
    far = make_user("far", role=Role.CASE_WORKER, region="RU-DA")
    client.force_login(lena)

    task = actions.set_task(person=child, to_do=to_do(role=Role.CASE_WORKER), by=lena, at=at)

    assert [list(queries.tasks_waiting(user=each)) for each in (lena, far)] == [[task], []]
    assert 'href="/tasks/"' in client.get("/").content.decode()
    assert (
        f'href="/tasks/about/{child.pk}/"' in client.get(f"/children/{child.pk}/").content.decode()
    )
    with pytest.raises(NotFound):
        actions.set_task(person=child, to_do=to_do(), by=far, at=at)


def test_task_of_one_account_waits_for_nobody_else(child, huda, make_user, to_do, at):
    omar = make_user("omar", role=Role.REGISTRAR, region="IQ-BG")

    task = actions.set_task(person=child, to_do=to_do(role="", account=omar), by=huda, at=at)

    assert list(queries.tasks_waiting(user=omar)) == [task]
    assert list(queries.tasks_waiting(user=huda)) == []


def test_what_is_due_first_comes_first(child, huda, to_do, at):
    later, sooner = (
        actions.set_task(
            person=child, to_do=to_do(due_on=at.date() + timedelta(days)), by=huda, at=at
        )
        for days in (9, 2)
    )

    assert list(queries.tasks_waiting(user=huda)) == [sooner, later]


@pytest.mark.parametrize(
    "parts",
    [
        {"role": ""},
        {"role": Role.AUDITOR},
        {"what": What.OTHER},
        {"what": What.OTHER, "words": "  "},
    ],
)
def test_task_that_nobody_could_do_is_not_set(child, huda, to_do, at, parts):
    with pytest.raises(actions.UnfitTask):
        actions.set_task(person=child, to_do=to_do(**parts), by=huda, at=at)

    assert Task.objects.count() == 0


def test_task_for_an_account_that_may_not_know_of_the_child_is_not_set(
    child, huda, make_user, to_do, at
):
    far = make_user("zaur", role=Role.REGISTRAR, region="RU-DA")

    with pytest.raises(actions.UnfitTask, match="Assign it first"):
        actions.set_task(person=child, to_do=to_do(role="", account=far), by=huda, at=at)


def test_task_of_yesterday_is_not_set(child, huda, to_do, at):
    yesterday = at.date() - timedelta(days=1)

    with pytest.raises(actions.UnfitTask):
        actions.set_task(person=child, to_do=to_do(due_on=yesterday), by=huda, at=at)


def test_task_is_set_by_whom_the_record_is_open_to(child, make_user, to_do, at):
    with pytest.raises(NotAllowed):
        actions.set_task(
            person=child, to_do=to_do(), by=make_user("adam", role=Role.AUDITOR), at=at
        )
    far = make_user("zaur", role=Role.REGISTRAR, region="RU-DA")
    with pytest.raises(NotFound):
        actions.set_task(person=child, to_do=to_do(), by=far, at=at)


def test_words_of_a_task_label_nobody(child, huda, to_do, at):
    with pytest.raises(WordsRefused):
        actions.set_task(
            person=child, to_do=to_do(words="ask the terrorist’s wife"), by=huda, at=at
        )


def test_words_of_a_task_are_not_read_by_who_compares_or_only_counts(
    child, huda, make_user, to_do, at
):
    task = actions.set_task(person=child, to_do=to_do(words="Ask the aunt."), by=huda, at=at)
    readers = {
        role: queries.reads_words(task, user=make_user(role=role, region="IQ-BG"))
        for role in (Role.REGISTRAR, Role.TRACING_OFFICER, Role.PROGRAMME_MANAGER)
    }

    assert readers == {
        Role.REGISTRAR: True,
        Role.TRACING_OFFICER: False,
        Role.PROGRAMME_MANAGER: False,
    }
    assert queries.reads_words(task, user=huda)


def test_task_is_done_once(child, huda, to_do, at):
    task = actions.set_task(person=child, to_do=to_do(), by=huda, at=at)

    end = actions.end_task(task=task, how=Ended.DONE, by=huda, at=at)

    assert list(queries.tasks_waiting(user=huda)) == []
    assert [each.end for each in queries.tasks_ended(user=huda)] == [end]
    with pytest.raises(actions.EndedMeanwhile):
        actions.end_task(task=task, how=Ended.WITHDRAWN, reason="no need", by=huda, at=at)
    assert TaskEnd.objects.count() == 1


def test_task_is_taken_back_with_a_reason(child, huda, to_do, at):
    task = actions.set_task(person=child, to_do=to_do(), by=huda, at=at)

    with pytest.raises(actions.UnfitTask):
        actions.end_task(task=task, how=Ended.WITHDRAWN, reason=" ", by=huda, at=at)
    actions.end_task(task=task, how=Ended.WITHDRAWN, reason="The aunt called.", by=huda, at=at)

    assert TaskEnd.objects.get().reason == "The aunt called."


def test_task_is_ended_by_who_does_it_or_set_it(child, huda, make_user, to_do, at):
    omar = make_user("omar", role=Role.REGISTRAR, region="IQ-BG")
    task = actions.set_task(person=child, to_do=to_do(role="", account=huda), by=huda, at=at)

    with pytest.raises(NotAllowed):
        actions.end_task(task=task, how=Ended.DONE, by=omar, at=at)
    far = make_user("zaur", role=Role.REGISTRAR, region="RU-DA")
    with pytest.raises(NotFound):
        actions.end_task(task=task, how=Ended.DONE, by=far, at=at)


# Screens


def typed(**parts):
    day = timezone.localdate().isoformat()
    return {"what": "call", "due_on": day, "role": "registrar", "words": "", "account": ""} | parts


def test_task_is_set_and_done_on_the_screens(client, child, huda):
    client.force_login(huda)
    about = reverse("casework:tasks_about", args=[child.pk])

    client.post(about, typed(words="Ask the aunt."))

    page = client.get("/tasks/").content.decode()
    assert child.reference in page
    assert "Ask the aunt." in page
    assert 'href="/tasks/"' in client.get("/").content.decode()
    end = reverse("casework:end_task", args=[Task.objects.get().pk])
    client.post(end, {"how": "done", "reason": "She agrees."})
    assert child.reference not in client.get("/tasks/").content.decode()
    assert "She agrees." in client.get("/tasks/?show=ended").content.decode()


def test_task_that_is_overdue_is_marked(client, child, huda, to_do, at):
    actions.set_task(person=child, to_do=to_do(), by=huda, at=at)
    client.force_login(huda)

    assert "overdue since" in client.get("/tasks/").content.decode()


def test_words_of_a_task_are_not_shown_to_who_compares(client, child, huda, make_user, to_do, at):
    asked = to_do(role=Role.TRACING_OFFICER, words="Ask the aunt.")
    actions.set_task(person=child, to_do=asked, by=huda, at=at)
    client.force_login(make_user("anna", role=Role.TRACING_OFFICER))

    page = client.get("/tasks/").content.decode()

    assert "What was written about it is not shown to you." in page
    assert "Ask the aunt." not in page


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({"account": "huda"}, 422),
        ({"role": ""}, 422),
        ({"role": "", "account": "nobody"}, 404),
        ({"due_on": "2019-01-01"}, 409),
    ],
)
def test_task_that_cannot_be_set_is_said_to(client, child, huda, parts, status):
    client.force_login(huda)

    response = client.post(reverse("casework:tasks_about", args=[child.pk]), typed(**parts))

    assert (response.status_code, Task.objects.count()) == (status, 0)


def test_task_is_not_taken_back_without_a_reason(client, child, huda, to_do, at):
    task = actions.set_task(person=child, to_do=to_do(), by=huda, at=at)
    client.force_login(huda)

    response = client.post(reverse("casework:end_task", args=[task.pk]), {"how": "withdrawn"})

    assert (response.status_code, TaskEnd.objects.count()) == (409, 0)


def test_tasks_are_about_children_and_who_is_sought(make_request, make_user):
    request = make_request(region="RU-DA")
    worker = make_user("madina", role=Role.ENQUIRY_WORKER, region="RU-DA")

    about = queries.people_with_tasks(user=worker)

    assert list(about) == [request.sought.get().person]
    assert {each.kind for each in about} == {Kind.SOUGHT}
