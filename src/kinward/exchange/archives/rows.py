"""A row of any table as JSON that another program reads, and such JSON as a row again.

Values stand as they are meant: sealed ones opened, moments in ISO 8601 with their zone, bytes in
base64. Nothing is rounded, so that what is read back is the same row.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.apps import apps
from django.db import models

from kinward.core.backups.contents import MODULUS
from kinward.core.fields import Sealed, SealedField, SealedJSON
from kinward.core.sealing import KeyDestroyed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Model = type[models.Model]

OPEN, ERASED = "open", "erased"  # of a sealed column: what it says, or what nobody opens any more
# Answers kept for requests that are sent twice are workings of a day, and of one installation.
LEFT_BEHIND: Final = frozenset({"core.KeptAnswer"})
# Tables of libraries that say how someone gets in.
ALSO_TAKEN: Final = frozenset({"mfa.Authenticator", "account.EmailAddress"})
# What `migrate` fills, and an archive replaces: the gazetteer that is shipped.
FILLED_BY_MIGRATIONS: Final = frozenset({"places.Place"})
WRITTEN: Final[tuple[tuple[type, Callable[[Any], str]], ...]] = (
    (UUID, str),
    (datetime, datetime.isoformat),
    (date, date.isoformat),
    (time, time.isoformat),
    (Decimal, str),
)


def tables() -> list[Model]:
    """Return every table that makes the programme, each behind those that its rows point at."""
    taken = {
        model: None
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and is_taken(model)  # noqa: SLF001 (Django's documented model API)
    }
    placed: dict[Model, None] = {}

    def place(model: Model) -> None:
        if model in placed or model not in taken:
            return
        taken.pop(model)  # a circle ends here: the constraints wait for the end in any case
        for field in model._meta.concrete_fields:  # noqa: SLF001 (likewise)
            if isinstance(field.related_model, type):
                place(field.related_model)
        placed[model] = None

    for model in list(taken):
        place(model)
    return list(placed)


def is_taken(model: Model) -> bool:
    """Tell whether a table belongs to the programme and not to workings of this installation."""
    label = model._meta.label  # noqa: SLF001 (Django's documented model API)
    ours = model.__module__.startswith("kinward.") and label not in LEFT_BEHIND
    return ours or label in ALSO_TAKEN


def fields_of(model: Model) -> list[models.Field[Any, Any]]:
    """Return the columns of a table."""
    return list(model._meta.concrete_fields)  # noqa: SLF001 (Django's documented model API)


def sealed_in(model: Model) -> list[SealedField]:
    """Return the sealed columns of a table."""
    return [field for field in fields_of(model) if isinstance(field, SealedField)]


def looked_up(model: Model) -> set[str]:
    """Return the related rows that say whose keys seal the columns of a table."""
    paths = {path for field in sealed_in(model) for path in (field.subject, field.other)}
    return {path.rpartition(".")[0].replace(".", "__") for path in paths if "." in path}


def as_json(row: models.Model) -> dict[str, Any]:
    """Return a row, each column under its name.

    Raises:
        KeyMissing, Forged: a sealed column does not open though nobody was erased.
    """
    return {field.attname: value_of(row, field) for field in fields_of(type(row))}


def value_of(row: models.Model, field: models.Field[Any, Any]) -> Any:
    """Return what a column of a row holds, as JSON has it."""
    held = row.__dict__[field.attname]
    if isinstance(field, SealedField):
        return opened(row, field, held)
    if isinstance(held, (bytes, memoryview)):
        return base64.b64encode(bytes(held)).decode()
    for kind, written in WRITTEN:
        if isinstance(held, kind):
            return written(held)
    return held


def opened(row: models.Model, field: SealedField, held: Any) -> dict[str, Any]:
    """Return what is sealed, or the bytes that nobody opens since whom they name was erased."""
    if not isinstance(held, Sealed):
        return {OPEN: held}
    try:
        return {OPEN: field.opened(held, row)}
    except KeyDestroyed:
        return {ERASED: base64.b64encode(held).decode()}


def as_row(model: Model, said: Mapping[str, Any]) -> models.Model:
    """Return the row that such JSON tells of, not stored yet.

    Raises:
        KeyError: a column is missing.
        ValidationError, TypeError, ValueError: a value is none of its column.
    """
    return model(**{field.attname: meant(field, said[field.attname]) for field in fields_of(model)})


def meant(field: models.Field[Any, Any], said: Any) -> Any:
    """Return the value that JSON tells of a column."""
    if isinstance(field, SealedField):
        return said[OPEN] if OPEN in said else Sealed(base64.b64decode(said[ERASED]))
    if said is None or isinstance(field, models.JSONField):
        return said
    if isinstance(field, models.BinaryField):
        return base64.b64decode(said)
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(said)
    return field.to_python(said)


def line_of(said: Mapping[str, Any]) -> bytes:
    """Return a row as a line, always the same for the same row."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def summed(total: int, lines: Iterable[bytes]) -> int:
    """Add the digests of lines to those before, whatever their order, as backups do."""
    digests = (int.from_bytes(hashlib.sha256(line).digest()) for line in lines)
    return (total + sum(digests)) % MODULUS


def schema_of(model: Model) -> dict[str, Any]:
    """Return what the lines of a table hold, for whoever reads them without Kinward."""
    classes = getattr(model, "classes", {})
    return {
        "table": model._meta.db_table,  # noqa: SLF001 (Django's documented model API)
        "says": (model.__doc__ or "").strip().partition("\n")[0],
        "columns": {
            field.attname: schema_of_column(field)
            | ({"class": str(classes[field.name])} if field.name in classes else {})
            for field in fields_of(model)
        },
    }


def schema_of_column(field: models.Field[Any, Any]) -> dict[str, Any]:
    """Return what a column holds: its kind, whether it can be null, what it points at."""
    said: dict[str, Any] = {"kind": kind_of(field)}
    if field.null:
        said["null"] = True
    if isinstance(field.related_model, type):
        said["points_at"] = field.related_model._meta.label  # noqa: SLF001 (Django's documented model API)
    if isinstance(field, SealedField):
        said["was_sealed"] = True
    if choices := [str(value) for value, _label in field.flatchoices]:
        said["one_of"] = choices
    return said


def kind_of(field: models.Field[Any, Any]) -> str:
    """Return the kind of a column as JSON schemas name kinds, or what its text is written as."""
    if isinstance(field, models.ForeignKey):
        return kind_of(field.target_field)
    if isinstance(field, (SealedJSON, models.JSONField)):
        return "json"
    kinds: tuple[tuple[type, str], ...] = (
        (SealedField, "text"),
        (models.BinaryField, "base64"),
        (models.UUIDField, "uuid"),
        (models.DateTimeField, "moment"),
        (models.DateField, "day"),
        (models.BooleanField, "boolean"),
        (models.IntegerField, "integer"),
        (models.AutoField, "integer"),
        (models.FloatField, "number"),
        (models.DecimalField, "decimal"),
    )
    return next((word for kind, word in kinds if isinstance(field, kind)), "text")
