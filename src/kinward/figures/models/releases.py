"""Releases of the programme's figures, their steps and files; and what others' claims are of."""

from __future__ import annotations

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from kinward.core.fields import JSONField
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.figures.models.programme import By, Figure, FileKind, ReleaseStepKind
from kinward.figures.models.register import Claim

ENGLISH: Final = "en"


class Titled(AppendOnly):
    """What has a title in English, and maybe in other languages."""

    title = models.CharField(max_length=200)  # in English
    titles = JSONField(default=dict)  # in other languages, by their codes; may be none

    class Meta:
        abstract = True

    @property
    def title_language(self) -> str:
        """The language in use, if the title was said in it; English otherwise."""
        language = get_language() or ENGLISH
        return language if self.titles.get(language) else ENGLISH

    @property
    def told_title(self) -> str:
        """The title in that language."""
        return str(self.titles.get(self.title_language) or self.title)


class AskedDraft(Titled):
    """An editor asked for a release to be drafted: which tables, as of when, how few are hidden."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | dict.fromkeys(
        [
            "title",
            "titles",
            "figures",
            "breakdowns",
            "as_of",
            "threshold",
            "takes_place_of",
            "asked_by",
            "asked_at",
        ],
        DataClass.INTERNAL,
    )

    figures = JSONField(default=list)  # words of Figure
    breakdowns = JSONField(default=list)  # words of Breakdown
    as_of = models.DateField()  # the last day of a month
    threshold = models.PositiveSmallIntegerField()  # fewer are hidden
    takes_place_of = models.ForeignKey(
        "Release", on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]


class DraftRefused(AppendOnly):
    """What was asked for cannot be released: whatever is hidden, a small number shows."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | dict.fromkeys(
        ["asked", "refused_at"], DataClass.INTERNAL
    )

    asked = models.OneToOneField(AskedDraft, on_delete=models.PROTECT, related_name="refused")
    refused_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()


class Release(Titled):
    """Tables as an editor drafted and audited them. `values` holds every count, hidden ones too."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | dict.fromkeys(
        [
            "asked",
            "title",
            "titles",
            "figures",
            "breakdowns",
            "as_of",
            "threshold",
            "values",
            "sums",
            "hidden",
            "audit",
            "takes_place_of",
            "drafted_by",
            "drafted_at",
        ],
        DataClass.INTERNAL,
    )

    asked = models.OneToOneField(  # none where it was drafted before drafts were asked for
        AskedDraft, on_delete=models.PROTECT, null=True, related_name="release"
    )
    figures = JSONField(default=list)  # words of Figure
    breakdowns = JSONField(default=list)  # words of Breakdown
    as_of = models.DateField()  # the last day of a month
    threshold = models.PositiveSmallIntegerField()  # fewer are hidden
    values = JSONField(default=dict)  # name of the cell to its count
    sums = JSONField(default=list)  # [the whole, its parts]
    hidden = JSONField(default=list)  # names of cells
    audit = JSONField(default=list)  # [what it was held against, which one]
    takes_place_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(threshold__gte=5), name="release_hides_fewer_than_five"
            ),
        ]


class ReleaseStep(AppendOnly):
    """A release was agreed, turned down, published, withdrawn or replaced."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | dict.fromkeys(
        ["release", "step", "drafter", "reason", "taken_by", "taken_at"], DataClass.INTERNAL
    )

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=ReleaseStepKind)
    drafter = models.ForeignKey(  # kept here too, for the constraint
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["taken_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["release", "step"], name="release_step_once"),
            models.CheckConstraint(
                condition=~Q(step__in=[ReleaseStepKind.AGREED, ReleaseStepKind.RETURNED])
                | ~Q(taken_by=F("drafter")),
                name="release_agreed_by_another_editor",
            ),
            models.CheckConstraint(
                condition=~Q(step__in=[ReleaseStepKind.RETURNED, ReleaseStepKind.WITHDRAWN])
                | ~Q(reason=""),
                name="release_taken_away_for_a_reason",
            ),
        ]


class ReleaseFile(AppendOnly):
    """One file of a release, byte for byte as it was signed."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | dict.fromkeys(
        ["release", "kind", "language", "content", "digest", "made_by", "made_at"],
        DataClass.PUBLIC,
    )

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10, choices=FileKind)
    language = models.CharField(max_length=35, blank=True)  # BCP 47; empty where it has no words
    content = models.BinaryField()
    digest = models.CharField(max_length=64)  # SHA-256
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["release", "kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "kind", "language"], name="release_file_once"
            ),
        ]


class Meaning(AppendOnly):
    """What of our own figures somebody's claim speaks of; the last one of a claim stands."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | dict.fromkeys(
        ["claim", "figure", "by", "category", "since", "until", "said_by", "said_at"],
        DataClass.INTERNAL,
    )

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="meanings")
    figure = models.CharField(max_length=20, choices=Figure, blank=True)  # empty: of none of ours
    by = models.CharField(max_length=20, choices=By, blank=True)
    category = models.CharField(max_length=100, blank=True)  # as the ledgers have it: "RU-DA"
    since = models.DateField(null=True)  # only what happened on that day or later
    until = models.DateField()  # the last day
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lte=F("until")),
                name="meaning_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(by="", category="") | (~Q(by="") & ~Q(category="")),
                name="meaning_of_a_category",
            ),
        ]
