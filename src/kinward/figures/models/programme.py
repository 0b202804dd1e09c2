"""The words of the programme's own figures: what is counted, by what, and what becomes of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Figure(models.TextChoices):
    """What the programme counts of its own children; see `definitions`."""

    FOUND = "found", _("children found")
    TRACED = "traced", _("with a family that came forward")
    VERIFIED = "verified", _("with a verified family")
    CLEARED = "cleared", _("cleared to fly")
    FLOWN = "flown", _("flown")
    LANDED = "landed", pgettext_lazy("how many children", "landed")
    PLACED = "placed", _("placed with a carer")
    FOLLOWED_UP = "followed_up", pgettext_lazy("how many children", "visited after moving in")
    REMAINING = "remaining", _("still there")


class By(models.TextChoices):
    """By what the programme's figures are broken down."""

    ORIGIN = "origin", _("region of origin")
    SEX = "sex", _("sex")
    AGE = "age", _("age band")
    DESTINATION = "destination", _("destination")
    HOST = "host", _("place where they were held")
    MONTH = "month", _("month")


class Breakdown(models.TextChoices):
    """The tables that can be released. There is none that shows a region together with ages."""

    ORIGIN = "origin", _("by region of origin")
    SEX = "sex", _("by sex")
    AGE = "age", _("by age band")
    ORIGIN_SEX = "origin-sex", _("by region of origin and sex")
    AGE_SEX = "age-sex", _("by age band and sex")
    DESTINATION = "destination", _("by destination")
    HOST = "host", _("by place where they were held")
    MONTH = "month", _("by month")


class ReleaseStepKind(models.TextChoices):
    """What became of a release."""

    AGREED = "agreed", _("agreed by a second editor, and signed")
    RETURNED = "returned", _("turned down")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SUPERSEDED = "superseded", _("replaced by a later one")


class DraftState(models.TextChoices):
    """How far a release that was asked for has come."""

    WAITS = "waits", _("waits to be counted")
    UNDER_WAY = "under_way", _("is being counted and audited")
    AGAIN = "again", _("could not be counted, and is tried again")
    GIVEN_UP = "given_up", _("could not be counted")
    REFUSED = "refused", _("cannot be released like that")


class ReleaseState(models.TextChoices):
    """Where a release stands; read from its steps."""

    AUDITED = "audited", _("audited, waits for a second editor")
    AGREED = "agreed", _("agreed and signed, not published yet")
    RETURNED = "returned", _("turned down")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SUPERSEDED = "superseded", _("replaced by a later one")


class FileKind(models.TextChoices):
    """What a file of a release is."""

    CSV = "csv", _("table (CSV)")
    XLSX = "xlsx", _("table for spreadsheets (XLSX)")
    HXL = "hxl", _("table with tags for humanitarian data (HXL)")
    MANIFEST = "json", _("signed list of the files (manifest)")


class Against(models.TextChoices):
    """What a release was audited against."""

    ITSELF = "itself", _("its own sums")
    RELEASE = "release", _("an earlier release")
    DRAFT = "draft", _("a draft that was not published")
    CLAIM = "claim", _("a figure that others published")
    DIFFERS = "differs", _("a figure of others that is not ours: nothing follows from it")
    SAID = "said", _("a figure of others, whether it is ours or not")
