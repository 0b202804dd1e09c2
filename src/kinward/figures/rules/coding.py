"""A claim as a coder types it, and what can be wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.figures.models.words import Fault, Operator, Unit
from kinward.figures.rules.claims import SEVERAL

if TYPE_CHECKING:
    from decimal import Decimal

TIME: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What a coder says that a quote means. The words are those of the model."""

    quote: str
    operator: str
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str
    words: str
    state: str = ""
    dimension: str = ""
    category: str = ""
    as_of: str = ""
    since: str = ""
    speaker: str = ""
    channel: str = ""
    group: str = ""
    number_at: int | None = None  # where its number stands, if it was suggested from the text


def faults(coding: Coding, text: str) -> dict[str, Fault]:
    """Return what is wrong by field: words that do not stand in the text, impossible numbers."""
    found = {} if coding.quote and coding.quote in text else {"quote": Fault.QUOTE}
    if fault := fault_of_value(coding):
        found["high" if fault == Fault.RANGE else "low"] = fault
    times = {"as_of": coding.as_of, "since": coding.since}
    return found | {
        name: Fault.TIME for name, told in times.items() if told and not TIME.fullmatch(told)
    }


def fault_of_value(coding: Coding) -> Fault | None:
    """Return what is wrong with the number."""
    low, high = coding.low, coding.high
    if Operator(coding.operator) in SEVERAL:
        return None if low is None and high is None else Fault.SEVERAL
    if low is None:
        return Fault.VALUE
    is_range = coding.operator == Operator.RANGE
    if is_range != (high is not None) or (high is not None and high < low):
        return Fault.RANGE
    fractions = coding.unit != Unit.SHARE and any(
        value != int(value) for value in (low, high) if value is not None
    )
    return Fault.WHOLE if fractions else None
