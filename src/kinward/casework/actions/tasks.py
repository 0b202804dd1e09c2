"""Setting a task, doing it, taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.access.models import Role
from kinward.access.queries import may
from kinward.access.rules import Permission, grants
from kinward.audit.actions import record
from kinward.casework.models import Ended, Task, TaskEnd, What
from kinward.casework.queries import is_for, people_with_tasks, tasks
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict
from kinward.people.models import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.people.consents import Consent
    from kinward.people.models import Person

TELL_WITHIN: Final = timedelta(days=7)  # the programme’s own


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """What is to be done by when, by one account or by whoever has a role."""

    what: What
    due_on: date
    words: str = ""
    role: str = ""
    account: User | None = None


class UnfitTask(RuleBroken):
    """A task cannot be set, or ended, like that; its words say why."""


class EndedMeanwhile(Conflict):
    """Somebody did the task, or took it back, meanwhile."""


@transaction.atomic
def set_task(*, person: Person, to_do: ToDo, by: User, at: datetime) -> Task:
    """Ask for something to be done about a person by a day.

    Raises:
        NotAllowed: `by` sets no tasks.
        NotFound: `by` may not know of this person.
        UnfitTask: it is for nobody, or for somebody who may not know of this person; the day is
            past; or nothing says what is to be done.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    if not may(by, Permission.SET_TASKS):
        raise NotAllowed(_("You may not set tasks."))
    found = people_with_tasks(user=by).filter(pk=person.pk).first()
    if found is None:
        raise NotFound(_("There is no such person."))
    _refuse_unfit(found, to_do, at=at)
    refuse_words(to_do.words, field="words")
    task = Task.objects.create(
        person=found,
        what=to_do.what,
        words=to_do.words.strip(),
        role=to_do.role,
        account=to_do.account,
        due_on=to_do.due_on,
        set_by=by,
        set_at=at,
    )
    record("casework.set_task", found, by=by, at=at, task=str(task.pk), what=str(task.what))
    return task


def set_task_to_tell(
    *,
    consent: Consent,
    recipients: Sequence[str],
    by: User,
    at: datetime,
    sender: object = None,  # noqa: ARG001 (a signal’s)
    **_signal: object,
) -> Task:
    """Have everybody told, who was told of a person under consent, that it was withdrawn.

    Whether `by` may record that was asked there. GDPR article 19: each recipient is told.
    """
    person = consent.subject
    words = _("Tell them that consent was withdrawn: %(who)s") % {"who": ", ".join(recipients)}
    task = Task.objects.create(
        person=person,
        what=What.CONSENT,
        words=words,
        role=Role.CASE_WORKER if person.kind == Kind.CHILD else Role.ENQUIRY_WORKER,
        due_on=localdate(at) + TELL_WITHIN,
        set_by=by,
        set_at=at,
    )
    record("casework.set_task_to_tell", person, by=by, at=at, task=str(task.pk))
    return task


def _refuse_unfit(person: Person, to_do: ToDo, *, at: datetime) -> None:
    """Refuse a task that nobody could do.

    Raises:
        UnfitTask: always, when it is unfit.
    """
    if (to_do.account is None) == (not to_do.role):
        raise UnfitTask(_("Choose who does it: a role, or one account; not both."))
    if to_do.role and not grants(to_do.role, Permission.SET_TASKS):
        raise UnfitTask(_("This role is given no tasks."))
    if to_do.account and not people_with_tasks(user=to_do.account).filter(pk=person.pk).exists():
        raise UnfitTask(_("This account may not see this record. Assign it first."))
    if to_do.due_on < timezone.localdate(at):
        raise UnfitTask(_("Choose today, or a day that is still to come."))
    if to_do.what == What.OTHER and not to_do.words.strip():
        raise UnfitTask(_("Write what is to be done."))


@transaction.atomic
def end_task(*, task: Task, how: Ended, reason: str = "", by: User, at: datetime) -> TaskEnd:
    """Say that a task is done, or why it need not be done any more.

    Raises:
        NotFound: `by` may not know of whom it is about.
        NotAllowed: it is neither theirs to do nor set by them.
        EndedMeanwhile: it is over.
        UnfitTask: it is withdrawn without a reason.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    found = tasks(user=by).filter(pk=task.pk).first()
    if found is None:
        raise NotFound(_("There is no such task."))
    if not is_for(found, by):
        raise NotAllowed(_("This task is somebody else’s."))
    # Two who end it at once must see each other: a ledger row is locked like any other.
    Task.objects.select_for_update().get(pk=found.pk)
    if over := TaskEnd.objects.filter(task=found).select_related("ended_by").first():
        said = _("This task is over already: %(how)s.") % {"how": over.get_how_display()}
        raise EndedMeanwhile(said, by=over.ended_by.get_full_name(), at=over.ended_at)
    if how == Ended.WITHDRAWN and not reason.strip():
        raise UnfitTask(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    end = TaskEnd.objects.create(
        task=found, how=how, reason=reason.strip(), ended_by=by, ended_at=at
    )
    record("casework.ended_task", found.person, by=by, at=at, task=str(found.pk), how=str(how))
    return end
