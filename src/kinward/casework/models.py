"""The words of the gates: what evidence there can be, and every reason why a gate refuses."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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
