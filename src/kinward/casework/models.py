"""Tasks; and the words of the gates: what evidence there can be, why a gate refuses."""

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

WHOLE: Final = {"compartment": Compartment.FAMILY}


class Evidence(models.TextChoices):
    """What speaks for it that a child and a relative belong together."""

    DOCUMENT = "document", _("documents")
    ANSWERS = "answers", _("what both told, apart, agrees")
    RECOGNITION = "recognition", _("one recognised the other")
    DNA = "dna", _("a genetic test supports it")


class Unmet(models.TextChoices):
    """One reason why a gate refuses, in words."""

    # G1
    NO_BASIS_CHILD = (
        "no_basis_child",
        _("The child’s side has no consent to tracing, or another lawful basis."),
    )
    NO_BASIS_CLAIMANT = (
        "no_basis_claimant",
        _("The claimant’s side has no consent to tracing, or another lawful basis."),
    )
    # G2
    NOT_CONFIRMED = "not_confirmed", _("Two reviewers do not agree that it is the same person.")
    CLAIMED = (
        "claimed",
        _("Other requests claim this child, and nobody decided that it is of this family."),
    )
    NO_ADULT_FORM = "no_adult_form", _("The claimant’s answers have not been captured.")
    NO_CHILD_FORM = "no_child_form", _("The child’s answers have not been captured.")
    SAME_INTERVIEWER = "same_interviewer", _("One person did both interviews.")
    ADULT_NOT_APART = (
        "adult_not_apart",
        _("The claimant was not interviewed apart from the child and its carers."),
    )
    CHILD_NOT_APART = "child_not_apart", _("The child was not interviewed apart from the claimant.")
    CHILD_SHOWN_BEFORE = (
        "child_shown_before",
        _(
            "Whoever interviewed the claimant had been shown something of the child before the "
            "answers were captured."
        ),
    )
    CHILD_CAPTURED_FIRST = (
        "child_captured_first",
        _("The child’s answers were captured before the claimant’s."),
    )
    NO_EVIDENCE = "no_evidence", _("No evidence is listed.")
    UNEXPLAINED = "unexplained", _("Something the two forms disagree on is not explained.")
    # G3
    DNA_ALONE = "dna_alone", _("A genetic test alone is not enough.")
    RECOGNITION_ALONE = "recognition_alone", _("That one recognised the other is not enough alone.")
    NO_ASSESSMENT = "no_assessment", _("The best interests of the child have not been assessed.")
    NO_DETERMINATION = (
        "no_determination",
        _("The best interests of the child have to be determined by a panel, and are not."),
    )


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
