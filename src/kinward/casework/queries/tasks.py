"""Tasks: whose they are, which are due, who reads their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from kinward.access.queries import compares_blind, may, open_compartments
from kinward.access.rules import Permission
from kinward.casework.models import WHOLE, Task
from kinward.people.models import Kind, Person

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kinward.access.models import User
    from kinward.people.models import PersonQuerySet

ABOUT: Final = (Kind.CHILD, Kind.SOUGHT)  # whom tasks are about


def people_with_tasks(*, user: User) -> PersonQuerySet:
    """Children and people who are sought about whom this account may set tasks."""
    seen = Person.objects.visible_to(user, to=Permission.SET_TASKS)
    return seen.filter(kind__in=ABOUT, erasure__isnull=True)


def tasks(*, user: User) -> QuerySet[Task]:
    """Every task about people of whom this account may know, what is due first in front."""
    if not may(user, Permission.SET_TASKS):
        return Task.objects.none()
    seen = Task.objects.filter(person__in=people_with_tasks(user=user))
    return seen.select_related("person", "account", "set_by", "end__ended_by")


def tasks_waiting(*, user: User) -> QuerySet[Task]:
    """What is to be done by this account, or by whoever has its role; overdue tasks come first."""
    mine = Q(account=user) | Q(role=user.role)
    return tasks(user=user).filter(mine, end__isnull=True)


def tasks_set(*, user: User) -> QuerySet[Task]:
    """What this account asked others to do and is not done yet."""
    return tasks(user=user).filter(set_by=user, end__isnull=True)


def tasks_ended(*, user: User) -> QuerySet[Task]:
    """What this account did, or asked for, and is over; the last first."""
    theirs = Q(account=user) | Q(set_by=user) | Q(end__ended_by=user)
    return tasks(user=user).filter(theirs, end__isnull=False).order_by("-end__ended_at", "-id")


def is_for(task: Task, user: User) -> bool:
    """Tell whether a task is this account’s to do, or to take back."""
    return user.pk in {task.account_id, task.set_by_id} or task.role == user.role


def reads_words(task: Task, *, user: User) -> bool:
    """Tell whether this account reads the words of a task: they may say who somebody is, or where.

    Who compares blind reads their own only; so does who opens no such compartment.
    """
    opened = WHOLE["compartment"] in open_compartments(user)
    return task.set_by_id == user.pk or (opened and not compares_blind(user))


def reads_reason(task: Task, *, user: User) -> bool:
    """Tell whether this account reads why a task was withdrawn, or what came of it."""
    end = getattr(task, "end", None)
    return end is not None and (end.ended_by_id == user.pk or reads_words(task, user=user))
