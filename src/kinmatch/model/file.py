"""A model as the text of its file: TOML that people can read, compare and correct."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kinmatch.model.circumstances import Circumstances

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kinmatch.model.model import Model

DIGITS = 9  # of a chance; more would only be noise of the sums
VERSION = "4"  # of the form of the file; a file of another version is refused


def content_of(model: Model) -> dict[str, Any]:
    """Return everything a model file says, as plain values."""
    content: dict[str, Any] = {
        "version": VERSION,
        "name": model.name,
        "coverage": _short(model.coverage),
        "threshold": model.threshold,
    }
    content["names"] = {
        "same": model.same,
        "close": model.close,
        "near": model.near,
        "singular": model.classes.singular,
        "rare": model.classes.rare,
        "uncommon": model.classes.uncommon,
        "background": model.classes.background,
    }
    content["families"] = {
        name: _short(getattr(model.circumstances, name)) for name in Circumstances.__slots__
    }
    content["levels"] = {
        comparison: {
            level: {
                name: _short(chance)
                for name, chance in (("m", chances.m), ("u", chances.u), ("kin", chances.kin))
                if chance is not None
            }
            for level, chances in levels.items()
        }
        for comparison, levels in model.levels.items()
    }
    if model.calibration:
        content["calibration"] = {
            str(way): {
                str(people): [[_short(said), _short(true)] for said, true in curve.points]
                for people, curve in by_size.curves
            }
            for way, by_size in model.calibration.items()
        }
    if model.frequencies:
        content["frequencies"] = {
            kind: {key: _short(share) for key, share in shares.items()}
            for kind, shares in model.frequencies.items()
        }
    if model.provenance:
        content["provenance"] = dict(model.provenance)
    return content


def written(model: Model, comment: str = "") -> str:
    """Return the text of a model file; `comment` stands at its top, line by line."""
    head = [f"# {line}".rstrip() for line in comment.splitlines()]
    return "\n".join([*head, *([""] if head else []), *_lines(content_of(model))]) + "\n"


def _short(number: float) -> float:
    """Return a number as the file has it: so many digits that count, and no more."""
    return float(f"{number:.{DIGITS}g}")


def _lines(content: Mapping[str, Any]) -> Iterator[str]:
    tables = {key: value for key, value in content.items() if isinstance(value, dict)}
    yield from (f"{key} = {_value(content[key])}" for key in content if key not in tables)
    for name in ("names", "families", "provenance"):
        if name in tables:
            yield from ("", f"[{name}]", *_entries(tables[name]))
    for kind in ("calibration", "levels", "frequencies"):
        for name, entries in tables.get(kind, {}).items():
            yield from ("", f"[{kind}.{name}]", *_entries(entries))


def _entries(table: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{_key(key)} = {_value(value)}" for key, value in table.items())


def _key(key: str) -> str:
    return key if key.isascii() and key.isidentifier() else json.dumps(key, ensure_ascii=False)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_value(one)}' for key, one in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str | bool):
        return json.dumps(value, ensure_ascii=False)
    return repr(value)
