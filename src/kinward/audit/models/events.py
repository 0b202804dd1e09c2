"""What is stored of who did or read what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.core.fields import JSONField
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet

if TYPE_CHECKING:
    from collections.abc import Mapping


class Event(AppendOnly):
    """One thing done to, or read of, one record. Holds identifiers, never names."""

    classes: ClassVar[dict[str, DataClass]] = {
        "id": DataClass.AUDIT,
        "at": DataClass.AUDIT,
        "actor": DataClass.AUDIT,
        "actor_role": DataClass.AUDIT,
        "action": DataClass.AUDIT,
        "kind": DataClass.AUDIT,
        "object_id": DataClass.AUDIT,
        "purpose": DataClass.AUDIT,
        "compartments": DataClass.AUDIT,
        "request_id": DataClass.AUDIT,
        "device": DataClass.AUDIT,
        "details": DataClass.AUDIT,
        "mac": DataClass.AUDIT,
    }

    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    actor_role = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    compartments = models.CharField(max_length=200, blank=True)  # of what was shown, by spaces
    request_id = models.CharField(max_length=40, blank=True)
    device = models.CharField(max_length=40, blank=True)
    details = JSONField(default=dict)
    mac = models.CharField(max_length=64)  # rules.mac of the rest, made when it was written

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["object_id", "at"], name="event_of_record"),
            models.Index(fields=["actor", "at"], name="event_of_actor"),
            models.Index(fields=["at"], name="event_at"),
            models.Index(fields=["request_id"], name="event_of_request"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(actor="") & ~models.Q(action=""),
                name="event_names_actor_and_action",
            ),
        ]


class Operation(models.TextChoices):
    """What was done to a row."""

    INSERT = "insert", _("added")
    UPDATE = "update", _("changed")
    DELETE = "delete", _("deleted")


class Change(AppendOnly):
    """One change of one row, written by the database: which columns, never what they hold."""

    classes: ClassVar[dict[str, DataClass]] = {
        "id": DataClass.AUDIT,
        "at": DataClass.AUDIT,
        "table_name": DataClass.AUDIT,
        "row_id": DataClass.AUDIT,
        "operation": DataClass.AUDIT,
        "columns": DataClass.AUDIT,
        "actor": DataClass.AUDIT,
        "actor_role": DataClass.AUDIT,
        "request_id": DataClass.AUDIT,
    }

    # Counted by the database, which writes it.
    id = models.BigAutoField(primary_key=True)  # type: ignore[assignment]  # a UUID elsewhere
    at = models.DateTimeField()
    table_name = models.CharField(max_length=80)
    row_id = models.CharField(max_length=80)
    operation = models.CharField(max_length=10, choices=Operation)
    columns = models.TextField(blank=True)  # their names, by spaces
    actor = models.CharField(max_length=150)
    actor_role = models.CharField(max_length=40, blank=True)
    request_id = models.CharField(max_length=40, blank=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["row_id", "at"], name="change_of_row")]


class Unsealed(models.Model):
    """A row of the log that waits for its place in the chain; triggers put it here."""

    watched: ClassVar[bool] = False  # it is how the log itself is written
    may_go: ClassVar[bool] = True  # once it has its place
    classes: ClassVar[dict[str, DataClass]] = {
        "id": DataClass.AUDIT,
        "ledger": DataClass.AUDIT,
        "row_id": DataClass.AUDIT,
    }

    id = models.BigAutoField(primary_key=True)
    ledger = models.CharField(max_length=20)
    row_id = models.CharField(max_length=40)

    class Meta:
        ordering = ["id"]


class Link(AppendOnly):
    """The place of one row of the log in the chain."""

    classes: ClassVar[dict[str, DataClass]] = {
        "id": DataClass.AUDIT,
        "event": DataClass.AUDIT,
        "change": DataClass.AUDIT,
        "mac": DataClass.AUDIT,
    }

    # The place: from 1, without gaps. No constraint binds it to what it seals, as it is to show
    # that this is gone.
    id = models.BigIntegerField(primary_key=True)  # type: ignore[assignment]  # a UUID elsewhere
    event = models.OneToOneField(
        Event, models.DO_NOTHING, null=True, db_constraint=False, related_name="link"
    )
    change = models.OneToOneField(
        Change, models.DO_NOTHING, null=True, db_constraint=False, related_name="link"
    )
    mac = models.CharField(max_length=64)  # rules.mac of the place, the row and the link before

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["id"]


class Checkpoint(AppendOnly):
    """What the log came to at one moment, signed; the same text is anchored elsewhere."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "at": DataClass.AUDIT,
        "position": DataClass.AUDIT,
        "text": DataClass.AUDIT,
    }

    at = models.DateTimeField()
    position = models.BigIntegerField()
    text = models.CharField(max_length=300)  # as rules.Anchor has it

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-position", "-at", "-id"]


class Wrong(models.TextChoices):
    """What can be wrong with the log, as verifying finds it; the words are filled in."""

    MISSING = "missing", _("Place %(place)s of the chain is missing.")
    DELETED = "deleted", _("The row at place %(place)s was deleted.")
    CHANGED = "changed", _("The event at place %(place)s was changed, or is none of ours.")
    RELINKED = "relinked", _("From place %(place)s on the chain was changed.")
    BESIDE = "beside", _("A row was put beside the chain: %(row)s.")
    GONE = "gone", _("The checkpoint at place %(place)s was anchored and is gone from here.")
    UNSIGNED = (
        "unsigned",
        _("A checkpoint or an anchor does not bear the signature of this installation."),
    )
    CUT = "cut", _("The log is cut: %(then)s rows were signed, %(now)s are left.")
    REWRITTEN = "rewritten", _("The log was rewritten at place %(place)s or before.")


class Verification(AppendOnly):
    """The log was checked as a whole, and what that came to."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "asked_by": DataClass.AUDIT,
        "began_at": DataClass.AUDIT,
        "ended_at": DataClass.AUDIT,
        "links": DataClass.AUDIT,
        "checkpoints": DataClass.AUDIT,
        "anchors": DataClass.AUDIT,
        "waiting": DataClass.AUDIT,
        "signed_up_to": DataClass.AUDIT,
        "wrong": DataClass.AUDIT,
        "places": DataClass.AUDIT,
    }

    asked_by = models.CharField(max_length=150)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    links = models.PositiveBigIntegerField()
    checkpoints = models.PositiveIntegerField()
    anchors = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()  # rows that were not sealed yet
    signed_up_to = models.PositiveBigIntegerField()
    wrong = models.CharField(max_length=20, choices=Wrong, blank=True)  # the first that was found
    places = JSONField(default=dict)  # what fills the words of `wrong`

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at", "-id"]

    @property
    def fault(self) -> str:
        """What is wrong, in the language in use; empty where nothing is."""
        return in_words(self.wrong, self.places)

    @property
    def added_since(self) -> int:
        """How many rows no signature vouches for yet."""
        return self.links - self.signed_up_to


def in_words(wrong: str, places: Mapping[str, object]) -> str:
    """Return what is wrong in the language in use, with where it is; empty where nothing is."""
    return str(Wrong(wrong).label) % places if wrong else ""
