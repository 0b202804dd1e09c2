"""Something to be done about a person by a day, and that it was done."""

from __future__ import annotations

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment, Role
from kinward.access.policy import Behind
from kinward.core.fields import SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models import Person

WHOLE: Final = {"compartment": Compartment.FAMILY}  # of the words of a task


class What(models.TextChoices):
    """What is to be done."""

    ASK = "ask", _("ask the child or the family something")
    CALL = "call", _("call somebody")
    VISIT = "visit", _("visit the child or the family")
    DOCUMENT = "document", _("get a document or a photograph")
    CONSENT = "consent", _("ask for consent, or ask again")
    CHECK = "check", _("check what was said")
    COMPARE = "compare", _("look at the candidates")
    OTHER = "other", _("something else")


class Task(AppendOnly):
    """Something to be done about a person by a day, by one account or by whoever has a role."""

    behind: ClassVar[Behind] = Behind(keys=("person_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "person": DataClass.INTERNAL,
        "what": DataClass.INTERNAL,
        "words": DataClass.IDENTITY,
        "role": DataClass.INTERNAL,
        "account": DataClass.INTERNAL,
        "due_on": DataClass.INTERNAL,
        "set_by": DataClass.INTERNAL,
        "set_at": DataClass.INTERNAL,
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tasks")
    what = models.CharField(max_length=20, choices=What)
    words = SealedText(subject="person_id", **WHOLE)
    role = models.CharField(max_length=40, choices=Role, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tasks", null=True
    )
    due_on = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "set_at", "id"]
        indexes = [
            models.Index(fields=["account", "due_on"], name="task_of_account"),
            models.Index(fields=["role", "due_on"], name="task_of_role"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, role="")
                | (Q(account__isnull=True) & ~Q(role="")),
                name="task_for_an_account_or_a_role",
            ),
        ]


class Ended(models.TextChoices):
    """What became of a task."""

    DONE = "done", _("done")
    WITHDRAWN = "withdrawn", _("withdrawn")


class TaskEnd(AppendOnly):
    """A task was done, or need not be done any more."""

    behind: ClassVar[Behind] = Behind(keys=("task_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "task": DataClass.INTERNAL,
        "how": DataClass.INTERNAL,
        "reason": DataClass.IDENTITY,
        "ended_by": DataClass.INTERNAL,
        "ended_at": DataClass.INTERNAL,
    }

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="end")
    how = models.CharField(max_length=20, choices=Ended)
    reason = SealedText(subject="task.person_id", **WHOLE)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["ended_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(how="withdrawn") | ~Q(reason=""), name="withdrawing_gives_a_reason"
            ),
        ]
