"""The plain way: every number is a claim, and who stands first in its sentence said it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinward.figures.rules.reading import LEXICONS
from kinward.figures.rules.reading.numbers import numbers
from kinward.figures.rules.reading.pieces import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reading.texts import Text

SUBJECT = re.compile(r"(?:[^\W\d]+\s+){1,2}[^\W\d]+")


@dataclass(frozen=True, slots=True)
class Plain:
    """A number and who stands first in its sentence."""

    at: int
    end: int
    low: float | None
    speaker: str
    high: float | None = None
    operator: str = "="
    unit: str = "people"
    state: str = ""
    places: tuple[str, ...] = ()
    as_of: str = ""
    since: str = ""
    whole: int | None = None


def plain(text: Text) -> Iterator[Plain]:
    """Yield every number of a text."""
    for span in sentences(text.text):
        sentence = text.text[span.start : span.end]
        subject = SUBJECT.search(sentence)
        for one in numbers(sentence, LEXICONS[text.language]):
            said = subject.group() if subject else ""
            yield Plain(span.start + one.at, span.start + one.end, one.low, said)
