"""Which nationalities a child is said to have, what countries answered, and what laws ask for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinward.core.fields import SealedText
from kinward.core.models import DataClass
from kinward.legal.models.cases import OF_CHILD, OfCase, PapersQuerySet
from kinward.legal.models.evidence import EvidenceItem


class Basis(models.TextChoices):
    """Upon what a nationality rests."""

    DESCENT = "descent", _("descent from a parent")
    BIRTH = "birth", _("birth in the country")
    NATURALISATION = "naturalisation", _("naturalisation")
    ADOPTION = "adoption", _("adoption")
    OTHER = "other", _("something else")


class Answer(models.TextChoices):
    """How a claim to a nationality stands with the country."""

    CLAIMED = "claimed", _("claimed")
    RECOGNISED = "recognised", _("recognised")
    REFUSED = "refused", _("refused")
    DISPUTED = "disputed", _("disputed")


class Protection(models.TextChoices):
    """What must not be overlooked of a child that no country has recognised."""

    NOT_YET = "not_yet", _("no country has recognised its nationality yet")
    DISPUTED = "disputed", _("its nationality is disputed")
    AT_RISK = "at_risk", _("at risk of having no nationality")


class LawAsks(models.TextChoices):
    """A fact that a nationality law asks for, of one country."""

    FATHER = "father_national", _("its father in law was a national when it was born")
    MOTHER = "mother_national", _("its mother was a national when it was born")
    ONLY_PARENT = "only_parent", _("it has only one parent in law")
    FATHER_UNKNOWN = "father_unknown", _("in law its father is not known")
    OTHER_NONE = "other_none", _("its other parent has no nationality, or cannot be found")
    OTHER_STATELESS = "other_stateless", _("its other parent has no nationality")
    BORN_THERE = "born_there", _("it was born in the country")
    ELSE_NONE = "else_none", _("it would otherwise have no nationality")
    PARENTS_UNKNOWN = "parents_unknown", _("neither parent is known")
    PARENTS_STATELESS = "parents_stateless", _("its parents have no nationality, or none is known")
    PARENT_LIVES = "parent_lives", _("a parent lived there permanently when it was born")
    PARENT_BORN = "parent_born_there", _("a parent was born in the country")
    PASSES_ON = "passes_on", _("by the parent’s own birth, the law lets it pass on abroad")
    DECLARED = "declared", _("it was declared or registered within the time the law sets")


class Outcome(models.TextChoices):
    """What would follow from a rule for a child. It is never a recognition."""

    FOLLOWS = "would_follow", _("would follow, if what is recorded is shown")
    NEEDS = "needs", _("more has to be shown")
    NOT_BY_IT = "not_by_it", _("not by this rule")
    UNKNOWN = "unknown", _("cannot be told: the day of birth is not known well enough")


class NationalityClaim(OfCase):
    """That a child has the nationality of a country, as somebody says."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "country": DataClass.INTERNAL,
        "basis": DataClass.INTERNAL,
        "claimed_by": DataClass.IDENTITY,
        "since": DataClass.INTERNAL,
    }

    country = models.CharField(max_length=2)  # ISO 3166-1
    basis = models.CharField(max_length=20, choices=Basis)
    claimed_by = SealedText(**OF_CHILD)
    since = models.DateField(null=True)  # from when on the child is said to have it

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]


class ClaimAnswer(OfCase):
    """What an authority of the country said to a claim, in the order of its number."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "claim": DataClass.INTERNAL,
        "number": DataClass.INTERNAL,
        "answer": DataClass.INTERNAL,
        "authority": DataClass.IDENTITY,
        "reference": DataClass.IDENTITY,
        "happened_on": DataClass.INTERNAL,
    }

    claim = models.ForeignKey(NationalityClaim, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField()  # 1, 2, 3 … of the claim
    answer = models.CharField(max_length=20, choices=Answer)
    authority = SealedText(**OF_CHILD)
    reference = SealedText(**OF_CHILD)
    happened_on = models.DateField()

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="claim_answer_numbered_once"),
            models.CheckConstraint(
                condition=~Q(answer="claimed") & ~Q(authority=b""),
                name="an_authority_answers_a_claim",
            ),
        ]


class LegalFact(OfCase):
    """Whether what a nationality law asks for is so of a child; the last row of each counts."""

    classes: ClassVar[dict[str, DataClass]] = OfCase.classes | {
        "country": DataClass.INTERNAL,
        "fact": DataClass.INTERNAL,
        "holds": DataClass.INTERNAL,
        "said_by": DataClass.IDENTITY,
        "evidence": DataClass.INTERNAL,
    }

    country = models.CharField(max_length=2)
    fact = models.CharField(max_length=20, choices=LawAsks)
    holds = models.BooleanField()
    said_by = SealedText(**OF_CHILD)  # who says so
    evidence = models.ForeignKey(
        EvidenceItem, on_delete=models.PROTECT, null=True, related_name="facts"
    )  # what shows it

    objects = PapersQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
