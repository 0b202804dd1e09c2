"""Lists of people that somebody hands over, each row as it came, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models

from kinward.access.models import Compartment
from kinward.access.policy import Behind, Columns, visible
from kinward.access.rules import Permission
from kinward.core.fields import JSONField, SealedJSON, SealedText
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet
from kinward.people.models.persons import Certainty, Person, SaidBy

if TYPE_CHECKING:
    from kinward.access.models import User


class NameListQuerySet(LedgerQuerySet["NameList"]):
    """Lists, narrowed step by step."""

    def visible_to(self, user: User) -> Self:
        """Keep those this account may work on: those it took in, or its office did."""
        return visible(self, actor=user, operation=Permission.ADD_STATEMENT)


class NameList(AppendOnly):
    """A list of people as somebody handed it over: who did, when, and the names of its columns."""

    reached_by: ClassVar[Columns] = Columns(
        by="taken_by_id", kind="'list'", seen_with={Permission.ADD_STATEMENT: ["list"]}
    )
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "name": DataClass.IDENTITY,
        "given_by": DataClass.IDENTITY,
        "given_on": DataClass.INTERNAL,
        "facility": DataClass.WHEREABOUTS,
        "columns": DataClass.IDENTITY,
        "left_out": DataClass.INTERNAL,
        "digest": DataClass.INTERNAL,
        "region": DataClass.INTERNAL,
        "taken_by": DataClass.INTERNAL,
        "taken_at": DataClass.INTERNAL,
    }

    name = SealedText(subject="pk", compartment=Compartment.IDENTITY)
    given_by = SealedText(subject="pk", compartment=Compartment.IDENTITY)
    given_on = models.CharField(max_length=40, blank=True)  # EDTF
    # Of which prison, camp, shelter or hospital it is the roster: the "code" of the place, and the
    # "text" it was called by; empty where it is no roster.
    facility = SealedJSON(subject="pk", compartment=Compartment.LOCATION)
    columns = SealedJSON(subject="pk", compartment=Compartment.IDENTITY, shape=list)
    left_out = models.PositiveIntegerField(default=0)  # cells whose words are never kept
    digest = models.CharField(max_length=64)  # HMAC-SHA256 of all rows, in hexadecimals
    region = models.CharField(max_length=40, blank=True)  # of the office that took it in
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField()

    objects = NameListQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_at", "-id"]


class ListReading(AppendOnly):
    """How a list is to be read: what each column means, and who says so. The last one holds."""

    behind: ClassVar[Behind] = Behind(keys=("of_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "of": DataClass.INTERNAL,
        "meanings": DataClass.INTERNAL,
        "said_by": DataClass.INTERNAL,
        "certainty": DataClass.INTERNAL,
        "as_of": DataClass.INTERNAL,
        "consent": DataClass.IDENTITY,
        "read_by": DataClass.INTERNAL,
        "read_at": DataClass.INTERNAL,
    }

    of = models.ForeignKey(NameList, on_delete=models.PROTECT, related_name="readings")
    meanings = JSONField(default=list)  # words of listing.MEANINGS, in the order of the columns
    said_by = models.CharField(max_length=20, choices=SaidBy)
    certainty = models.CharField(max_length=20, choices=Certainty)
    as_of = models.CharField(max_length=40, blank=True)  # EDTF, of what the list says
    consent = SealedJSON(subject="of_id", compartment=Compartment.IDENTITY)  # a ConsentAnswer
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    read_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["read_at", "id"]


class ListRow(AppendOnly):
    """One row of a list, word by word; or the row that was written in its place to mend it.

    Sealed with a key of its own, which goes with the keys of whom it names. Nobody reads it who
    does not read all that a row may hold (`listed.MAY_HOLD`).
    """

    behind: ClassVar[Behind] = Behind(keys=("of_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "of": DataClass.INTERNAL,
        "number": DataClass.INTERNAL,
        "cells": DataClass.EVIDENCE,
        "mends": DataClass.INTERNAL,
        "written_by": DataClass.INTERNAL,
        "written_at": DataClass.INTERNAL,
    }

    of = models.ForeignKey(NameList, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()  # as a person counts in the file
    cells = SealedJSON(subject="pk", compartment=Compartment.EVIDENCE, shape=list)
    mends = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="mended_by"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["number", "id"]


class Mention(AppendOnly):
    """The record that was made of a row: a person as that row has them, and nobody else's."""

    behind: ClassVar[Behind] = Behind(keys=("row_id",))
    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "row": DataClass.INTERNAL,
        "person": DataClass.INTERNAL,
        "digest": DataClass.INTERNAL,
    }

    row = models.OneToOneField(ListRow, on_delete=models.PROTECT, related_name="mention")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="mention")
    digest = models.CharField(max_length=64)  # HMAC-SHA256 of what the row says

    objects = LedgerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["digest"], name="mention_digest")]
