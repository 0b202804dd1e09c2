"""Circumstances of a made-up caseload, read from a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kinmatch.errors import BadInput
from kinmatch.synth.parameters import CUSTOMS, DAY, DAYS, WEIGHTS, YEARS, Parameters
from kinmatch.synth.parts import customs

if TYPE_CHECKING:
    from pathlib import Path


def read_parameters(path: Path) -> Parameters:
    """Read parameters; what the file does not name stays as it is by default.

    Raises:
        BadInput: the file cannot be read, or names or holds what cannot be; the text names the
            file and the field.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:  # not UTF-8, or not TOML
        raise BadInput(f"{path}: {error}") from error
    try:
        return Parameters(**{name: parameter(name, value) for name, value in table.items()})
    except BadInput as error:
        raise BadInput(f"{path}, {error}") from error


def parameter(name: str, value: Any) -> Any:
    """Return the value of one field as `Parameters` takes it.

    Raises:
        BadInput: there is no such field, or the value is of another kind.
    """
    kinds = {each.name: each.metadata["kind"] for each in fields(Parameters)}
    if name not in kinds:
        raise BadInput(f"{name}: there is no such parameter")
    kind = kinds[name]
    if kind == DAY:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        raise BadInput(f"{name}: expected a date such as 2018-12-30, got {value!r}")
    if kind == CUSTOMS:
        return shares(name, value)
    if kind == WEIGHTS:
        if isinstance(value, list) and all(whole(one) for one in value):
            return tuple(value)
        raise BadInput(f"{name}: expected a list of whole numbers, got {value!r}")
    if whole(value) or (isinstance(value, float) and kind not in {YEARS, DAYS}):
        return value
    raise BadInput(f"{name}: expected a number, got {value!r}")


def shares(name: str, value: Any) -> tuple[tuple[str, int], ...]:
    """Return the weights of customs.

    Raises:
        BadInput: a custom that is not there, or a weight that is none.
    """
    if not isinstance(value, dict) or not all(whole(one) and one >= 0 for one in value.values()):
        raise BadInput(f"{name}: expected a table of customs with whole numbers, got {value!r}")
    for custom in value:
        if custom not in customs():
            raise BadInput(f"{name}: expected one of {', '.join(customs())}, got {custom!r}")
    if not any(value.values()):
        raise BadInput(f"{name}: expected one weight above 0")
    return tuple(value.items())


def whole(value: object) -> bool:
    """Whether a value is a whole number; True and False are none."""
    return isinstance(value, int) and not isinstance(value, bool)
