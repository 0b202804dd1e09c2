"""Tasks for machines: what is to be done about a person by a day, and that it was done."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kinward.access.models import Role
from kinward.access.queries import account_named, open_compartments, signed_in
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.casework import actions, queries
from kinward.casework.models import Ended, Task, TaskEnd, What
from kinward.casework.views.tasks import TASKS
from kinward.core.doors import needs, sees
from kinward.core.paging import rows_after
from kinward.core.refusing import REFUSALS, WRITING, After, Limit, Named, Words
from kinward.core.versions import tell_version, version_of
from kinward.people.models import Person

router = Router(tags=["casework"])


class TaskEndOut(Schema):
    """What became of a task."""

    id: UUID
    how: Ended
    reason: str = Field(description="Nothing to who may not read it.")
    ended_at: datetime


class TaskOut(Schema):
    """Something to be done about a person by a day."""

    id: UUID
    person_id: UUID
    what: What
    words: str = Field(description="Nothing to who may not read them.")
    role: str = Field(description="Whose it is: of whoever has this role …")
    account_id: UUID | None = Field(description="… or of one account.")
    due_on: date
    set_at: datetime
    end: TaskEndOut | None = Field(description="Nothing as long as it is to be done.")


class TasksOut(Schema):
    """Some of the tasks."""

    items: list[TaskOut]
    next: UUID | None = Field(description="Send it as `after` for those that follow.")


class TaskIn(Schema):
    """What is to be done, by when, and by whom: a role or one account, not both."""

    model_config = ConfigDict(extra="forbid")

    what: What
    due_on: date
    words: Words = ""
    role: Role | None = None
    account: Named = Field("", description="The user name of one account.")


class TaskEndIn(Schema):
    """What became of a task; to take it back needs a reason."""

    model_config = ConfigDict(extra="forbid")

    how: Ended
    reason: Words = ""


@router.get("/tasks", response={200: TasksOut} | REFUSALS)
@needs(Permission.SET_TASKS)
def list_tasks(
    request: HttpRequest,
    show: Literal["waiting", "set", "ended"] = "waiting",
    after: After = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """List the tasks that wait for you or your role, that you set, or that are over."""
    user = signed_in(request)
    found, more = rows_after(TASKS[show](user=user), after, limit=limit)
    persons = list({task.person_id: task.person for task in found}.values())
    opened = open_compartments(user)
    record_reads("people.listed", persons, by=user, at=timezone.now(), compartments=opened)
    return {"items": [told(each, request) for each in found], "next": more}


@router.get("/tasks/{uuid:task_id}", response={200: TaskOut} | REFUSALS)
@needs(Permission.SET_TASKS)
def read_task(request: HttpRequest, response: HttpResponse, task_id: UUID) -> dict[str, Any]:
    """Read a task about somebody you may know of."""
    task = get_object_or_404(queries.tasks(user=signed_in(request)), pk=task_id)
    record_reading(request, task.person)
    end = getattr(task, "end", None)
    tell_version(response, version_of(task.pk, end.pk if end else ""))
    return told(task, request)


@router.get("/people/{uuid:person_id}/tasks", response={200: TasksOut} | REFUSALS)
@sees(Permission.SET_TASKS)
def list_tasks_about(
    request: HttpRequest, person_id: UUID, after: After = None, limit: Limit = 50
) -> dict[str, Any]:
    """List the tasks about a child or somebody who is sought."""
    person = about(request, person_id)
    record_reading(request, person)
    theirs = queries.tasks(user=signed_in(request)).filter(person=person)
    found, more = rows_after(theirs, after, limit=limit)
    return {"items": [told(each, request) for each in found], "next": more}


@router.post("/people/{uuid:person_id}/tasks", response={201: TaskOut} | REFUSALS | WRITING)
@sees(Permission.SET_TASKS)
def set_task(request: HttpRequest, person_id: UUID, body: TaskIn) -> Status[dict[str, Any]]:
    """Ask for something to be done about somebody by a day."""
    person = about(request, person_id)
    to_do = actions.ToDo(
        what=body.what,
        due_on=body.due_on,
        words=body.words,
        role=body.role or "",
        account=account_named(body.account) if body.account else None,
    )
    task = actions.set_task(person=person, to_do=to_do, by=signed_in(request), at=timezone.now())
    return Status(201, told(task, request))


@router.post("/tasks/{uuid:task_id}/end", response={201: TaskEndOut} | REFUSALS | WRITING)
@needs(Permission.SET_TASKS)
def end_task(request: HttpRequest, task_id: UUID, body: TaskEndIn) -> Status[TaskEnd]:
    """Say that a task is done, or take it back. It ends once."""
    user = signed_in(request)
    task = get_object_or_404(queries.tasks(user=user), pk=task_id)
    end = actions.end_task(task=task, how=body.how, reason=body.reason, by=user, at=timezone.now())
    return Status(201, end)


def about(request: HttpRequest, person_id: UUID) -> Person:
    """Return somebody about whom whoever asks may set tasks."""
    seen = queries.people_with_tasks(user=signed_in(request))
    person: Person = get_object_or_404(seen, pk=person_id)
    return person


def record_reading(request: HttpRequest, person: Person) -> None:
    """Write down that it was read what is to be done about somebody."""
    user = signed_in(request)
    opened = open_compartments(user)
    record_reads("people.read", [person], by=user, at=timezone.now(), compartments=opened)


def told(task: Task, request: HttpRequest) -> dict[str, Any]:
    """Return a task as far as whoever asks may read it."""
    user, end = signed_in(request), getattr(task, "end", None)
    names = ("id", "person_id", "what", "role", "account_id", "due_on", "set_at")
    ended = end and {
        "id": end.pk,
        "how": end.how,
        "reason": end.reason if queries.reads_reason(task, user=user) else "",
        "ended_at": end.ended_at,
    }
    words = task.words if queries.reads_words(task, user=user) else ""
    return {name: getattr(task, name) for name in names} | {"words": words, "end": ended}
