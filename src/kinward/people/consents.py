"""Consent, asked for purpose by purpose; what was answered is never changed, only followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.access.policy import Behind
from kinward.core.fields import SealedJSON, SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet, Record

if TYPE_CHECKING:
    from datetime import date


class ConsentPurpose(models.TextChoices):
    """What consent is asked for. Each is a question of its own."""

    TRACING = "tracing", _("to be looked for and compared")
    SHARING = "sharing", _("to pass information on to somebody named")
    PHOTO = "photo", _("to keep and show a photograph")
    CONTACT = "contact", _("to bring into contact with a relative named")


class Giver(models.TextChoices):
    """Who was asked, or who decided."""

    CHILD = "child", _("the child")
    MOTHER = "mother", _("the mother")
    GUARDIAN = "guardian", _("the guardian")
    RELATIVE = "relative", _("the relative who asks")
    PROGRAMME = "programme", _("a decision of the programme")


class State(models.TextChoices):
    """How far the question has come."""

    NOT_SOUGHT = "not_sought", _("not asked yet")
    INFORMED = "informed", _("told what it is for; has not answered yet")
    GIVEN = "given", _("agrees")
    REFUSED = "refused", _("refuses")
    UNABLE = "unable", _("cannot answer")
    WITHDRAWN = "withdrawn", _("agreed before and no longer does")
    OVERRIDDEN = "overridden", _("decided upon another lawful basis")


GROUNDS: Final = (State.GIVEN, State.OVERRIDDEN)
STOPS: Final = (State.REFUSED, State.WITHDRAWN)
# These name somebody: a recipient, a relative.
ABOUT_SOMEBODY: Final = (ConsentPurpose.SHARING, ConsentPurpose.CONTACT)


class Consent(AppendOnly):
    """One answer, of one giver for one purpose, in the order of its number."""

    behind: ClassVar[Behind] = Behind(keys=("subject_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "subject": DataClass.INTERNAL,
        "number": DataClass.INTERNAL,
        "purpose": DataClass.INTERNAL,
        "named": DataClass.IDENTITY,
        "giver": DataClass.INTERNAL,
        "state": DataClass.INTERNAL,
        "form_version": DataClass.INTERNAL,
        "language": DataClass.INTERNAL,
        "reference": DataClass.INTERNAL,
        "decided_by": DataClass.IDENTITY,
        "circumstances": DataClass.INTIMATE,
        "recorded_by": DataClass.INTERNAL,
        "recorded_at": DataClass.INTERNAL,
    }

    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="consents")
    number = models.PositiveIntegerField()  # 1, 2, 3 … of the subject
    purpose = models.CharField(max_length=20, choices=ConsentPurpose)
    named = SealedText(
        subject="subject_id", compartment=Compartment.IDENTITY
    )  # the recipient or relative, of ABOUT_SOMEBODY
    giver = models.CharField(max_length=20, choices=Giver)
    state = models.CharField(max_length=20, choices=State)
    form_version = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=35, blank=True)  # BCP 47, in which it was explained
    reference = models.CharField(max_length=200, blank=True)  # of the decision that overrides
    decided_by = SealedText(subject="subject_id", compartment=Compartment.IDENTITY)
    # Of consent in detention; keys: rules.CIRCUMSTANCES.
    circumstances = SealedJSON(subject="subject_id", compartment=Compartment.IDENTITY)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["subject", "number"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="consent_numbered_once"),
            models.CheckConstraint(
                condition=~Q(state="overridden") | ~Q(reference="") & ~Q(decided_by=""),
                name="override_says_what_and_who",
            ),
        ]

    @property
    def recorded_on(self) -> date:
        """The day it was recorded on, where the programme is."""
        return localdate(self.recorded_at)


class ConsentRevisit(AppendOnly):
    """Who agrees was asked again, and stands by it. Who does not gives another answer."""

    behind: ClassVar[Behind] = Behind(keys=("answer_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "answer": DataClass.INTERNAL,
        "asked_on": DataClass.INTERNAL,
        "words": DataClass.INTIMATE,
        "circumstances": DataClass.INTIMATE,
        "recorded_by": DataClass.INTERNAL,
        "recorded_at": DataClass.INTERNAL,
    }

    answer = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="revisits")
    asked_on = models.DateField()
    words = SealedText(subject="answer.subject_id", compartment=Compartment.IDENTITY)  # their own
    # As in Consent, where they are held; empty where they are free.
    circumstances = SealedJSON(subject="answer.subject_id", compartment=Compartment.IDENTITY)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=b""), name="revisit_says_what_was_answered"),
        ]


class StandingBasis(Record):
    """Upon which answer something may be done for a purpose that names nobody: `rules.basis`, kept.

    Derived: what stores an answer keeps this with it, and `kinward bases` derives all of it anew. A
    row is there as long as the basis stands.
    """

    may_go: ClassVar[bool] = True
    classes: ClassVar[dict[str, DataClass]] = Record.classes | {
        "subject": DataClass.INTERNAL,
        "purpose": DataClass.INTERNAL,
        "answer": DataClass.INTERNAL,
    }

    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=ConsentPurpose)
    answer = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "purpose"], name="one_basis_for_a_purpose"),
        ]


def lawful(person: str, purpose: ConsentPurpose = ConsentPurpose.TRACING) -> Q:
    """Return the filter of rows whose `person` (a path to a person's id) has a standing basis.

    It is what `rules.basis` says, for purposes that name nobody.
    """
    # A look-up for each row: SQLite would first list everybody who has one for `IN`.
    return Q(Exists(StandingBasis.objects.filter(subject=OuterRef(person), purpose=purpose)))
