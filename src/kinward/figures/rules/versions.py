"""One digest of what something was worked out from: it is worked out anew where that differs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any, Final

METHOD: Final = 1  # raise it where the rules find differently: what was kept is found anew then


def version_of(*parts: object) -> str:
    """Return the SHA-256 of plain values in hexadecimals, whatever the order of a set is."""
    return sha256(json.dumps([METHOD, in_order(parts)]).encode()).hexdigest()


def in_order(value: object) -> Any:
    """Return a value as lists of words and numbers, in one order whatever process asks."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        pairs = [[in_order(key), in_order(each)] for key, each in value.items()]
        return sorted(pairs, key=json.dumps)
    if isinstance(value, AbstractSet):
        return sorted(map(in_order, value), key=json.dumps)
    if isinstance(value, list | tuple):
        return [in_order(each) for each in value]
    if is_dataclass(value):
        return [in_order(getattr(value, each.name)) for each in fields(value)]
    return str(value)  # a day, or a key
