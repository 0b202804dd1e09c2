"""The records every app is built from, and how much harm each field could do in wrong hands."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models

from kinward.core.ids import uuid7

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
