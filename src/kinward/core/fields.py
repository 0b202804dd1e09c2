"""Columns that Django lacks, or has in a form the durable settings of SQLite refuse."""

from __future__ import annotations

import json
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from kinward.core.sealing import KeyDestroyed, seal, unseal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.base.base import BaseDatabaseWrapper

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class JSONField(models.JSONField):
    """A JSON value, without the check constraint Django adds on SQLite.

    With `trusted_schema=OFF` SQLite (seen: 3.40.1) calls its own JSON_VALID unsafe in a constraint.
    What is written always comes from Python's json and is valid.
    """

    def db_check(self, connection: BaseDatabaseWrapper) -> None:  # noqa: ARG002 (Django's signature)
        """Return no constraint."""
        return


class Sealed(bytes):
    """What a sealed column holds, before anyone read it."""

    __slots__ = ()


class Erased(str):
    """What is read where the key was destroyed: a word for people, told apart by its type."""

    __slots__ = ()


class Unsealing(DeferredAttribute):
    """Reads a sealed column when it is asked for, not before."""

    field: SealedField

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        """Return what was sealed; the word for it, or nothing, where its key was destroyed."""
        value = super().__get__(instance, cls)
        if instance is None or not isinstance(value, Sealed):
            return value
        try:
            plain = self.field.opened(value, instance)
        except KeyDestroyed:
            return self.field.erased()
        instance.__dict__[self.field.attname] = plain
        return plain

    def __set__(self, instance: models.Model, value: Any) -> None:
        """Take a new value, sealed when it is stored."""
        instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField):  # type: ignore[type-arg] # no [] at run time
    """A column sealed with the key of whoever it speaks of, read and written like a plain one.

    Args:
        subject: the attribute of the row that names whose key seals it, dotted where it stands on a
            related row.
        other: likewise, of a second person it speaks of: it then takes both keys.
        compartment: which of the subject's keys.
        compartment_of: the attribute of the row that names the compartment, where rows differ.

    It is written by saving instances, never by `update`, and can be searched for blanks only. What
    is empty is stored as no bytes at all.
    """

    descriptor_class = Unsealing

    def __init__(
        self,
        *,
        subject: str = "",
        other: str = "",
        compartment: str = "",
        compartment_of: str = "",
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.subject, self.other = subject, other
        self.compartment, self.compartment_of = compartment, compartment_of

    def packed(self, value: Any) -> bytes:
        """Return a value as bytes; empty for what says nothing."""
        return str(value).encode()

    def unpacked(self, plain: bytes) -> Any:
        """Return the value of such bytes."""
        return plain.decode()

    def empty(self) -> Any:
        """Return the value that says nothing."""
        return ""

    def erased(self) -> Any:
        """Return what is read where the key was destroyed."""
        return Erased(_("erased"))

    def has_default(self) -> bool:
        """Say that there is one."""
        return True

    def get_default(self) -> Any:
        """Return the value that says nothing."""
        return self.empty()

    def get_lookup(self, lookup_name: str) -> Any:
        """Know whether it is blank, and nothing else: what is sealed cannot be searched."""
        return super().get_lookup(lookup_name) if lookup_name in {"exact", "isnull"} else None

    def place(self, row: models.Model) -> dict[str, Any]:
        """Return the words that the value of a row is sealed with."""
        return {
            "subject": attrgetter(self.subject)(row),
            "other": attrgetter(self.other)(row) if self.other else None,
            "compartment": str(
                getattr(row, self.compartment_of) if self.compartment_of else self.compartment
            ),
            "bound_to": f"{row._meta.db_table}|{self.column}|{row.pk}",  # noqa: SLF001 (Django's)
        }

    def closed(self, value: Any, row: models.Model) -> Sealed:
        """Seal a value of a row; leave what is sealed or empty as it is.

        Raises:
            KeyDestroyed: whom it speaks of has been erased.
        """
        if isinstance(value, Sealed):
            return value
        plain = self.packed(value)
        return Sealed(seal(plain, **self.place(row)) if plain else b"")

    def opened(self, sealed: Sealed, row: models.Model) -> Any:
        """Return what is sealed in a row.

        Raises:
            KeyDestroyed: whom it speaks of has been erased.
            KeyMissing: the key store is not the one that belongs to the data.
            Forged: it was changed, or sealed in another place.
        """
        return self.unpacked(unseal(sealed, **self.place(row))) if sealed else self.empty()

    def from_db_value(self, value: Any, *_context: Any) -> Sealed | None:
        """Take the bytes as they are: they are opened when someone asks."""
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001
        """Seal the value of a row that is stored."""
        return self.closed(model_instance.__dict__[self.attname], model_instance)

    def get_prep_value(self, value: Any) -> Any:
        """Let through what is sealed, and a blank.

        Raises:
            TypeError: it is not sealed.
        """
        if isinstance(value, Sealed):
            return bytes(value)
        if value == self.empty() or value == b"":
            return b""
        raise TypeError(f"{self.name} is sealed: it is stored by saving its row.")


class SealedText(SealedField):
    """A text that only the keys of its subject open."""


class SealedJSON(SealedField):
    """A JSON value that only the keys of its subject open; `shape` is dict or list."""

    def __init__(self, *, shape: type[dict[str, Any] | list[Any]] = dict, **options: Any) -> None:
        super().__init__(**options)
        self.shape = shape

    def packed(self, value: Any) -> bytes:
        """Return it as JSON."""
        return (
            json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() if value else b""
        )

    def unpacked(self, plain: bytes) -> Any:
        """Return the value of JSON."""
        return json.loads(plain)

    def empty(self) -> Any:
        """Return an empty one."""
        return self.shape()

    def erased(self) -> Any:
        """Return an empty one: nothing is known any more."""
        return self.shape()

    def deconstruct(self) -> Any:
        """Say what a migration must know."""
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, options | {"shape": self.shape}


class SealingQuerySet(models.QuerySet[Row_co]):
    """Rows with sealed columns, of which several can be changed at once."""

    def bulk_update(
        self, objs: Iterable[Row_co], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """Store these fields of these rows, the sealed ones sealed."""
        rows, names = list(objs), list(fields)
        model_fields = (self.model._meta.get_field(name) for name in names)  # noqa: SLF001
        sealed = [field for field in model_fields if isinstance(field, SealedField)]
        for row in rows:
            for field in sealed:
                closed = field.closed(row.__dict__[field.attname], row)
                row.__dict__[field.attname] = models.Value(closed, output_field=field)
        try:
            return super().bulk_update(rows, names, batch_size)
        finally:
            for row in rows:
                for field in sealed:
                    row.__dict__[field.attname] = row.__dict__[field.attname].value
