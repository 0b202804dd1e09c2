"""Verifying with both sides, apart, that a child and a relative belong together. Append-only.

What proves it is sealed with the keys of the compartment `evidence`. An interviewer reaches their
own interview and nothing of the other side's; who compares and decides reaches both.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.access.policy import Behind
from kinward.core.fields import SealedJSON, SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models import Person
from kinward.tracing.models.candidates import Candidate

OF_BOTH_SIDES: Final = {
    "subject": "verification.candidate.child_id",
    "other": "verification.candidate.sought.person_id",
    "compartment": Compartment.EVIDENCE,
}


class Side(models.TextChoices):
    """Who is interviewed."""

    ADULT = "adult", _("the claimant")
    CHILD = "child", _("the child")


class Wish(models.TextChoices):
    """What the child wants."""

    REUNIFICATION = "reunification", _("to live with them")
    CONTACT = "contact", _("to be in contact only")
    NEITHER = "neither", _("neither")


class Point(models.TextChoices):
    """What both sides are asked, each for themselves, and what else can speak against them."""

    FAMILY = "family", _("the names of the family")
    ADDRESS = "address", _("where they lived before")
    FRIENDS = "friends", _("friends, neighbours and who was often there")
    LIVED_WITH = "lived_with", _("whom the child lived with")
    SIBLINGS = "siblings", _("how many brothers and sisters")
    SCHOOL = "school", _("whether the child went to school")
    ANIMAL = "animal", _("whether there was an animal at home")
    SEPARATED_IN = "separated_in", _("the year of the separation")
    ADULT_LINE_UP = "adult_line_up", _("the claimant did not point at the child’s photograph")
    CHILD_LINE_UP = "child_line_up", _("the child did not point at the claimant’s photograph")
    DNA = "dna", _("what the laboratory concludes")


class RelationTested(models.TextChoices):
    """Which relation a genetic test is about."""

    MOTHER = "mother", _("mother and child")
    FATHER = "father", _("father and child")
    SIBLINGS = "siblings", _("brothers and sisters")
    MATERNAL = "maternal", _("relatives on the mother’s side")
    PATERNAL = "paternal", _("relatives on the father’s side")


class DnaResult(models.TextChoices):
    """What a laboratory concludes. Inconclusive is not negative."""

    SUPPORTS = "supports", _("it supports the relation")
    EXCLUDES = "excludes", _("it excludes the relation")
    INCONCLUSIVE = "inconclusive", _("it is inconclusive, which says nothing against it")


class Settled(models.TextChoices):
    """What a verification comes to."""

    VERIFIED = "verified", _("verified: they belong together")
    UNVERIFIED = "unverified", _("unverified: it could not be shown")
    FALSELY_ATTRIBUTED = "falsely_attributed", _("falsely attributed: it is another family")
    REJECTED = "rejected", _("rejected: the child, or the family, does not want it")


class Finding(models.TextChoices):
    """How a verification comes to what it does."""

    RECOMMENDED = "recommended", _("recommended")
    DECIDED = "decided", _("decided")
    TAKEN_BACK = "taken_back", _("taken back")


class Verification(AppendOnly):
    """One attempt to verify a confirmed match; another round of reviews takes another."""

    behind: ClassVar[Behind] = Behind(keys=("candidate_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "candidate": DataClass.INTERNAL,
        "round": DataClass.INTERNAL,
        "opened_by": DataClass.INTERNAL,
        "opened_at": DataClass.INTERNAL,
    }

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="verifications")
    round = models.PositiveSmallIntegerField()  # of the candidate, when it was opened
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "round"], name="one_verification_per_round"
            ),
        ]


class Interview(AppendOnly):
    """Somebody is asked to interview one side. Whom was asked last does it."""

    behind: ClassVar[Behind] = Behind(keys=("verification_id",), by="interviewer_id")
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "verification": DataClass.INTERNAL,
        "side": DataClass.INTERNAL,
        "person": DataClass.INTERNAL,
        "kept_from": DataClass.INTERNAL,
        "interviewer": DataClass.INTERNAL,
        "asked_by": DataClass.INTERNAL,
        "asked_at": DataClass.INTERNAL,
    }

    verification = models.ForeignKey(
        Verification, on_delete=models.PROTECT, related_name="interviews"
    )
    side = models.CharField(max_length=10, choices=Side)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # Of whom the interviewer may have been shown nothing before the answers are captured.
    kept_from = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side=Side.ADULT, kept_from__isnull=False)
                | Q(side=Side.CHILD, kept_from__isnull=True),
                name="claimant_is_asked_before_the_child_is_shown",
            ),
        ]


class Answers(AppendOnly):
    """What one side answered. Captured once, before anything is compared, and never edited."""

    behind: ClassVar[Behind] = Behind(keys=("interview_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "interview": DataClass.INTERNAL,
        "person": DataClass.INTERNAL,
        "said": DataClass.EVIDENCE,
        "held_on": DataClass.INTERNAL,
        "apart": DataClass.INTERNAL,
        "wish": DataClass.IDENTITY,
        "captured_at": DataClass.INTERNAL,
    }

    interview = models.OneToOneField(Interview, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said = SealedJSON(subject="person_id", compartment=Compartment.EVIDENCE)
    held_on = models.DateField()
    apart = models.BooleanField()
    wish = models.CharField(max_length=20, choices=Wish, blank=True)
    captured_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["captured_at", "id"]


class LineUp(AppendOnly):
    """Photographs of the other side among others, in an order that chance made.

    Whoever prepares it lays them out; whoever interviews sees numbers and does not know which.
    """

    behind: ClassVar[Behind] = Behind(keys=("interview_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "interview": DataClass.INTERNAL,
        "order": DataClass.EVIDENCE,
        "prepared_by": DataClass.INTERNAL,
        "prepared_at": DataClass.INTERNAL,
    }

    interview = models.OneToOneField(Interview, on_delete=models.PROTECT, related_name="line_up")
    # Which photograph lies at each place; 1 is the person's own.
    order = SealedJSON(shape=list, subject="interview.person_id", compartment=Compartment.EVIDENCE)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    prepared_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["prepared_at", "id"]


class Pick(AppendOnly):
    """Which photograph of a line-up was pointed at. Unsure is no."""

    behind: ClassVar[Behind] = Behind(keys=("line_up_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "line_up": DataClass.INTERNAL,
        "said": DataClass.EVIDENCE,
        "picked_at": DataClass.INTERNAL,
    }

    line_up = models.OneToOneField(LineUp, on_delete=models.PROTECT, related_name="pick")
    # The place they pointed at, or none where they were unsure.
    said = SealedJSON(subject="line_up.interview.person_id", compartment=Compartment.EVIDENCE)
    picked_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["picked_at", "id"]

    @property
    def place(self) -> int | None:
        """The place they pointed at, counted from 1; none where they were unsure."""
        place: int | None = self.said.get("place") if self.said else None
        return place


class Explanation(AppendOnly):
    """Why the two forms disagree on something, or a test on both of them."""

    behind: ClassVar[Behind] = Behind(keys=("verification_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "verification": DataClass.INTERNAL,
        "about": DataClass.INTERNAL,
        "words": DataClass.EVIDENCE,
        "explained_by": DataClass.INTERNAL,
        "explained_at": DataClass.INTERNAL,
    }

    verification = models.ForeignKey(
        Verification, on_delete=models.PROTECT, related_name="explanations"
    )
    about = models.CharField(max_length=20, choices=Point)
    words = SealedText(**OF_BOTH_SIDES)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    explained_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["explained_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="explanation_has_words"),
        ]


class DnaRequest(AppendOnly):
    """A genetic test is asked for, once something else was offered and both sides agree."""

    behind: ClassVar[Behind] = Behind(keys=("verification_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "verification": DataClass.INTERNAL,
        "relation": DataClass.EVIDENCE,
        "offered_first": DataClass.EVIDENCE,
        "consents": DataClass.EVIDENCE,
        "requested_by": DataClass.INTERNAL,
        "requested_at": DataClass.INTERNAL,
    }

    verification = models.ForeignKey(
        Verification, on_delete=models.PROTECT, related_name="dna_requests"
    )
    relation = SealedText(**OF_BOTH_SIDES)  # a word of RelationTested
    offered_first = SealedText(**OF_BOTH_SIDES)  # what else was offered, and why it was not enough
    consents = SealedText(**OF_BOTH_SIDES)  # who agreed, on which form
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["requested_at", "id"]

    @property
    def relation_words(self) -> str:
        """Which relation is tested, in words."""
        known = self.relation in RelationTested.values
        return str(RelationTested(self.relation).label) if known else self.relation


class DnaReport(AppendOnly):
    """What the laboratory concludes, as printed. Never a profile."""

    behind: ClassVar[Behind] = Behind(keys=("request_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "request": DataClass.INTERNAL,
        "said": DataClass.EVIDENCE,
        "laboratory": DataClass.INTERNAL,
        "sha256": DataClass.INTERNAL,
        "reported_by": DataClass.INTERNAL,
        "reported_at": DataClass.INTERNAL,
    }

    request = models.OneToOneField(DnaRequest, on_delete=models.PROTECT, related_name="report")
    # The result, a word of DnaResult; the likelihood ratio as printed, and its prior.
    said = SealedJSON(
        subject="request.verification.candidate.child_id",
        other="request.verification.candidate.sought.person_id",
        compartment=Compartment.EVIDENCE,
    )
    laboratory = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)  # of the report, which the laboratory keeps
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["reported_at", "id"]


class VerificationStep(AppendOnly):
    """A recommendation, the decision of another person upon it, or that one is taken back."""

    behind: ClassVar[Behind] = Behind(keys=("verification_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "verification": DataClass.INTERNAL,
        "step": DataClass.INTERNAL,
        "outcome": DataClass.IDENTITY,
        "follows": DataClass.INTERNAL,
        "reason": DataClass.EVIDENCE,
        "taken_by": DataClass.INTERNAL,
        "taken_at": DataClass.INTERNAL,
    }

    verification = models.ForeignKey(Verification, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=Finding)
    outcome = models.CharField(max_length=20, choices=Settled, blank=True)
    # The recommendation that is decided upon, or the decision that is taken back.
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="followed_by"
    )
    reason = SealedText(**OF_BOTH_SIDES)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["taken_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="verification_gives_a_reason"),
            models.CheckConstraint(
                condition=Q(step=Finding.RECOMMENDED, follows__isnull=True)
                | Q(~Q(step=Finding.RECOMMENDED), follows__isnull=False),
                name="verification_is_decided_upon_a_recommendation",
            ),
        ]
