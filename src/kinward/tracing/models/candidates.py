"""Whether a child is who is sought: candidates, opinions, judgements. What is found is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kinward.access.models import Compartment
from kinward.access.policy import Behind, pointing_at
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.core.fields import SealedJSON, SealedText, SealingQuerySet
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet, Record
from kinward.core.versions import version_of
from kinward.people.consents import lawful
from kinward.people.models import Person
from kinward.tracing.models.requests import Request, Sought

if TYPE_CHECKING:
    from kinward.access.models import User

POSSIBLE = 0.3  # below it a candidate is counted, not shown

# What names a child and who is sought: the keys of both open it, so that erasing either erases it.
OF_BOTH: Final = {
    "subject": "child_id",
    "other": "sought.person_id",
    "compartment": Compartment.IDENTITY,
}
ON_BOTH: Final = {
    "subject": "candidate.child_id",
    "other": "candidate.sought.person_id",
    "compartment": Compartment.EVIDENCE,
}


class Opinion(models.TextChoices):
    """What one reviewer thinks of a candidate."""

    SAME = "same", _("the same")
    NOT_SAME = "not_same", _("not the same")
    CANNOT_TELL = "cannot_tell", _("cannot tell")


class Verdict(models.TextChoices):
    """What the opinions on a candidate add up to."""

    OPEN = "open", _("open")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")
    DISPUTED = "disputed", _("disputed")


class Says(models.TextChoices):
    """What a judgement says."""

    SAME = "same", _("the same person")
    NOT_SAME = "not_same", _("not the same person")
    TAKEN_BACK = "taken_back", _("taken back")
    OFFERED_AGAIN = "offered_again", _("offered again: since then more was said")


class Step(models.TextChoices):
    """What is revealed of a confirmed match, one at a time."""

    PLACES = "places", _("the places, as they were said")
    WHEREABOUTS = "whereabouts", _("where the child is")
    ENQUIRER = "enquirer", _("who is asking, and their words")
    CONTACT = "contact", _("how to reach whoever is asking")


SETTLED = (Verdict.CONFIRMED, Verdict.REJECTED)


class CandidateQuerySet(SealingQuerySet["Candidate"]):
    """Candidates, narrowed step by step."""

    def visible_to(self, user: User) -> Self:
        """Keep those of which this account may see both sides, and both may be traced."""
        return self.known_to(user).lawful()

    def lawful(self) -> Self:
        """Keep those of which a lawful basis for tracing stands on both sides (gate G1)."""
        return self.filter(lawful("child"), lawful("sought__person"))

    def suspended(self) -> Self:
        """Keep those of which one side at least has no lawful basis for tracing."""
        return self.exclude(lawful("child"), lawful("sought__person"))

    def known_to(self, user: User) -> Self:
        """Keep those of which this account may know both sides, whether or not they are traced."""
        if not may(user, Permission.SEE_CANDIDATES):
            return self.none()
        return self.filter(
            pointing_at("child", Person.objects.visible_to(user)),
            pointing_at("sought__request", Request.objects.visible_to(user)),
        )

    def shown(self) -> Self:
        """Keep those likely enough to be shown, and those somebody has looked at before."""
        reviewed = Review.objects.filter(candidate=OuterRef("pk"))
        return self.filter(Q(probability__gte=POSSIBLE) | Exists(reviewed))

    def strongest_first(self) -> Self:
        """Put the strongest first; ties in the order of their ids, so that it never varies."""
        return self.order_by("-weight", "id")


class Candidate(Record):
    """A child who may be a sought person. Its figures are computed anew, its verdict is kept."""

    may_go: ClassVar[bool] = True  # those that no longer compare, and nobody looked at
    behind: ClassVar[Behind] = Behind(
        keys=("child_id", "sought_id"), permission=Permission.SEE_CANDIDATES
    )
    classes: ClassVar[dict[str, DataClass]] = Record.classes | {
        "child": DataClass.INTERNAL,
        "sought": DataClass.INTERNAL,
        "weight": DataClass.INTERNAL,
        "probability": DataClass.INTERNAL,
        "reasons": DataClass.IDENTITY,
        "alignment": DataClass.IDENTITY,
        "model_version": DataClass.INTERNAL,
        "first_found_at": DataClass.INTERNAL,
        "computed_at": DataClass.INTERNAL,
        "verdict": DataClass.IDENTITY,
        "round": DataClass.INTERNAL,
    }

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="candidates")
    sought = models.ForeignKey(Sought, on_delete=models.PROTECT, related_name="candidates")
    weight = models.FloatField()  # bits
    probability = models.FloatField()
    reasons = SealedJSON(shape=list, **OF_BOTH)  # each as kinmatch.explain.Reason
    # Who is who in the two families; each as kinmatch.explain.Met.
    alignment = SealedJSON(shape=list, **OF_BOTH)
    model_version = models.CharField(max_length=80)
    first_found_at = models.DateTimeField()
    computed_at = models.DateTimeField()
    verdict = models.CharField(max_length=20, choices=Verdict, default=Verdict.OPEN)
    round = models.PositiveSmallIntegerField(default=1)  # one more each time a judgement is undone

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["-weight", "id"]
        indexes = [
            models.Index(fields=["verdict", "-weight"], name="candidate_by_verdict"),
            models.Index(fields=["-weight", "id"], name="candidate_strongest_first"),
            models.Index(fields=["verdict", "first_found_at"], name="candidate_oldest_first"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["child", "sought"], name="one_candidate_per_pair"),
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=1),
                name="probability_between_0_and_1",
            ),
        ]

    @property
    def version(self) -> str:
        """What an opinion, or taking a judgement back, is about: this round, settled so or open.

        Opinions of others in the round change nothing of it: each is given unseen by the others.
        """
        settled = self.verdict if self.verdict in SETTLED else ""
        return version_of(self.pk, self.round, settled)


class Review(AppendOnly):
    """One reviewer's opinion of one candidate, in one round. Never edited.

    It keeps the figures it was given on: those of the candidate go on being computed anew.
    """

    behind: ClassVar[Behind] = Behind(keys=("candidate_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "candidate": DataClass.INTERNAL,
        "round": DataClass.INTERNAL,
        "reviewer": DataClass.INTERNAL,
        "opinion": DataClass.IDENTITY,
        "reason": DataClass.IDENTITY,
        "reviewed_at": DataClass.INTERNAL,
        "weight": DataClass.INTERNAL,
        "probability": DataClass.INTERNAL,
        "reasons": DataClass.IDENTITY,
        "model_version": DataClass.INTERNAL,
        "computed_at": DataClass.INTERNAL,
    }

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opinion = models.CharField(max_length=20, choices=Opinion)
    reason = SealedText(**ON_BOTH)
    reviewed_at = models.DateTimeField()
    weight = models.FloatField()  # bits
    probability = models.FloatField()
    reasons = SealedJSON(shape=list, **ON_BOTH)  # each as kinmatch.explain.Reason
    model_version = models.CharField(max_length=80)
    computed_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["reviewed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "round", "reviewer"], name="one_review_per_reviewer"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="review_gives_a_reason"),
        ]


class Judgement(AppendOnly):
    """What agreeing reviewers found, that this was taken back, or is asked again. All stay."""

    behind: ClassVar[Behind] = Behind(keys=("candidate_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "candidate": DataClass.INTERNAL,
        "says": DataClass.IDENTITY,
        "retracts": DataClass.INTERNAL,
        "reason": DataClass.IDENTITY,
        "judged_by": DataClass.INTERNAL,
        "judged_at": DataClass.INTERNAL,
    }

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="judgements")
    says = models.CharField(max_length=20, choices=Says)
    retracts = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="retracted_by"
    )
    reason = SealedText(**ON_BOTH)
    judged_by = models.ForeignKey(  # nobody: the programme itself offers again
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    judged_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["judged_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(says="taken_back", retracts__isnull=False, judged_by__isnull=False)
                & ~Q(reason="")
                | Q(says="offered_again", retracts__isnull=False, judged_by__isnull=True)
                | Q(says__in=["same", "not_same"], retracts__isnull=True, judged_by__isnull=False),
                name="taking_back_names_what_and_why",
            ),
        ]
