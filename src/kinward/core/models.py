"""The records every app is built from, and how much harm each field could do in wrong hands."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, TypeVar

from django.db import models
from django.db.models import Q

from kinward.core.fields import JSONField
from kinward.core.ids import uuid7

if TYPE_CHECKING:
    from datetime import datetime

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class DataClass(StrEnum):
    """How closely a value is kept. Every field of every model declares one."""

    PUBLIC = "C0"  # released tables, code lists
    INTERNAL = "C1"  # workflow: dates, offices, states
    IDENTITY = "C2"  # names, birth dates, telephone numbers
    WHEREABOUTS = "C3"  # where someone is now, photographs
    INTIMATE = "C4"  # health, violence suffered, detention
    EVIDENCE = "C5"  # what proves that two people belong together
    SECRET = "S"  # noqa: S105 (the class of keys and passwords, not one of them)
    AUDIT = "A"  # who read what


class Immutable(Exception):
    """Code tried to change or delete a row of a ledger: our mistake, not of the person asking."""


class Record(models.Model):
    """A row with an identifier made by us, so that it exists before it is stored."""

    watched: ClassVar[bool] = True  # triggers write each change down; see audit.triggers
    may_go: ClassVar[bool] = False  # the application may delete rows; see access.rows
    classes: ClassVar[dict[str, DataClass]] = {"id": DataClass.INTERNAL}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class LedgerQuerySet(models.QuerySet[Row_co]):
    """Rows that may be read and appended to, nothing else."""

    def update(self, **_changes: Any) -> NoReturn:
        """Refuse.

        Raises:
            Immutable: always.
        """
        raise Immutable(f"{self.model.__name__} rows are never changed.")

    def bulk_update(self, *_rows: Any, **_options: Any) -> NoReturn:
        """Refuse.

        Raises:
            Immutable: always.
        """
        raise Immutable(f"{self.model.__name__} rows are never changed.")

    def delete(self) -> NoReturn:
        """Refuse.

        Raises:
            Immutable: always.
        """
        raise Immutable(f"{self.model.__name__} rows are never deleted.")


class AppendOnly(Record):
    """A row of a ledger: written once. What was wrong is corrected by another row.

    Each such model takes its `objects` from a LedgerQuerySet.
    """

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        """Store a new row.

        Raises:
            Immutable: the row is stored already.
        """
        if not self._state.adding:
            raise Immutable(f"{type(self).__name__} rows are never changed.")
        super().save(**(options | {"force_insert": True}))

    def delete(self, *_arguments: Any, **_options: Any) -> NoReturn:
        """Refuse.

        Raises:
            Immutable: always.
        """
        raise Immutable(f"{type(self).__name__} rows are never deleted.")


class JobQuerySet(models.QuerySet["Job"]):
    """Work, narrowed step by step."""

    def unfinished(self) -> Self:
        """Keep what is neither done nor given up."""
        return self.filter(done_at__isnull=True, given_up_at__isnull=True)

    def due(self, at: datetime) -> Self:
        """Keep what nobody works on and whose time has come; what waits longest first."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
        return self.unfinished().filter(free, due_at__lte=at).order_by("due_at", "id")

    def given_up(self) -> Self:
        """Keep what failed so often that a person has to look at it."""
        return self.filter(given_up_at__isnull=False).order_by("-given_up_at", "id")


class Job(Record):
    """Work to be done after the transaction that asked for it; exists only if that one stands."""

    watched: ClassVar[bool] = False  # workings, not facts: the log need not tell of them
    classes: ClassVar[dict[str, DataClass]] = Record.classes | {
        "kind": DataClass.INTERNAL,
        "arguments": DataClass.INTERNAL,
        "enqueued_at": DataClass.INTERNAL,
        "due_at": DataClass.INTERNAL,
        "attempts": DataClass.INTERNAL,
        "lease": DataClass.INTERNAL,
        "leased_until": DataClass.INTERNAL,
        "done_at": DataClass.INTERNAL,
        "given_up_at": DataClass.INTERNAL,
        "failure": DataClass.INTERNAL,
    }

    kind = models.CharField(max_length=80)
    arguments = JSONField(default=dict)  # identifiers and words of code lists: no names
    enqueued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)  # of whoever works on it; another one's work is not kept
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)  # kind and place of an error, no text

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(done_at__isnull=True, given_up_at__isnull=True),
                name="job_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(given_up_at__isnull=True),
                name="job_is_done_or_given_up",
            ),
        ]


class KeptAnswer(Record):
    """What was answered to a request that names itself, for as long as it may be sent again."""

    watched: ClassVar[bool] = False  # workings, not facts: the log need not tell of them
    may_go: ClassVar[bool] = True
    classes: ClassVar[dict[str, DataClass]] = Record.classes | {
        "account": DataClass.INTERNAL,
        "key": DataClass.INTERNAL,
        "asked": DataClass.INTERNAL,
        "status": DataClass.INTERNAL,
        "sealed": DataClass.EVIDENCE,  # may show what any page shows
        "kept_at": DataClass.INTERNAL,
    }

    account = models.CharField(max_length=40)
    key = models.CharField(max_length=100)
    asked = models.CharField(max_length=64)  # keyed hash of the request
    status = models.PositiveSmallIntegerField(null=True)
    sealed = models.BinaryField(default=bytes)  # headers and body
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kept_at"], name="answer_kept_at")]
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="one_answer_per_key"),
        ]


class Drill(AppendOnly):
    """A backup that was restored into an empty place and found whole."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "made_at": DataClass.INTERNAL,
        "rows": DataClass.INTERNAL,
        "digest": DataClass.INTERNAL,
        "verified_at": DataClass.INTERNAL,
    }

    made_at = models.DateTimeField()  # when the backup was made
    rows = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)  # of all rows
    verified_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-verified_at", "-id"]


class Imprint(AppendOnly):
    """A document that was made on paper, so that it is known again. It says nothing of anybody."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "code": DataClass.INTERNAL,
        "contents": DataClass.INTERNAL,
        "file": DataClass.INTERNAL,
        "made_on": DataClass.INTERNAL,
    }

    code = models.CharField(max_length=10, unique=True)
    contents = models.CharField(max_length=64)  # HMAC of what the pages say, without their mark
    file = models.CharField(max_length=64)  # HMAC of the PDF
    made_on = models.DateField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["file"], name="imprint_of_file")]
