"""What is to be done: the tasks of an account, and those about one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.queries import account_named, open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.casework import actions as casework
from kinward.casework import queries
from kinward.casework.forms import EndForm, TaskForm
from kinward.casework.models import Ended, What
from kinward.core.doors import needs, sees
from kinward.core.pages import sent, show_form
from kinward.core.paging import page_of
from kinward.people import queries as people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from kinward.access.models import User, UserRequest
    from kinward.casework.models import Task

# Which tasks a list shows; at first those to do.
TASKS: Final[Mapping[str, Callable[..., QuerySet[Task]]]] = {
    "waiting": queries.tasks_waiting,
    "set": queries.tasks_set,
    "ended": queries.tasks_ended,
}


@require_safe
@needs(Permission.SET_TASKS)
def tasks(request: UserRequest) -> HttpResponse:
    """Show what is to be done by this account or its role, what is due first in front."""
    wanted = request.GET.get("show", "waiting")
    which = wanted if wanted in TASKS else "waiting"
    page = page_of(request, TASKS[which](user=request.user))
    persons = list({task.person_id: task.person for task in page}.values())
    opened = open_compartments(request.user)
    record_reads("people.listed", persons, by=request.user, at=timezone.now(), compartments=opened)
    context = {
        "page": page,
        "which": which,
        "rows": rows_of(page, request.user),
        "profiles": people.profiles(persons, user=request.user),
    }
    return render(request, "casework/tasks.html", context)


def rows_of(shown: Iterable[Task], user: User) -> list[dict[str, Any]]:
    """Return tasks with what this account may read of them and do about them."""
    today = timezone.localdate()
    return [
        {
            "task": task,
            "end": getattr(task, "end", None),
            "overdue": task.due_on < today,
            "reads": queries.reads_words(task, user=user),
            "reads_reason": queries.reads_reason(task, user=user),
            "form": EndForm(auto_id=f"id_{task.pk}_%s") if queries.is_for(task, user) else None,
        }
        for task in shown
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SET_TASKS)
def tasks_about(request: UserRequest, person_id: UUID) -> HttpResponse:
    """Show the tasks about one person, and set another."""
    person = get_object_or_404(queries.people_with_tasks(user=request.user), pk=person_id)
    now, opened = timezone.now(), open_compartments(request.user)
    record_reads("people.read", [person], by=request.user, at=now, compartments=opened)
    form = TaskForm(sent(request))
    if form.is_valid():
        typed = form.cleaned_data
        account = account_named(typed["account"]) if typed["account"] else None
        to_do = casework.ToDo(
            what=What(typed["what"]),
            due_on=typed["due_on"],
            words=typed["words"],
            role=typed["role"],
            account=account,
        )
        casework.set_task(person=person, to_do=to_do, by=request.user, at=now)
        messages.success(request, _("The task is set."))
        return redirect("casework:tasks_about", person_id=person_id)
    about = queries.tasks(user=request.user).filter(person=person)
    context = {
        "person": person,
        "facts": people.profiles([person], user=request.user)[person.pk],
        "rows": rows_of(about, request.user),
        "form": form,
    }
    return show_form(request, "casework/tasks_about.html", [form], context)


@require_POST
@needs(Permission.SET_TASKS)
def end_task(request: UserRequest, task_id: UUID) -> HttpResponse:
    """Say that a task is done, or take it back."""
    task = get_object_or_404(queries.tasks(user=request.user), pk=task_id)
    form = EndForm(request.POST)
    if not form.is_valid():
        raise casework.UnfitTask(_("Say what became of it, and give a reason to take it back."))
    casework.end_task(
        task=task,
        how=Ended(form.cleaned_data["how"]),
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("The task is over."))
    return redirect("casework:tasks")
