"""A text cut into paragraphs, sentences and clauses, each with its place in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kinward.figures.rules.reading.lexicon import Lexicon

ENDS: Final = re.compile(
    r"(?<=[.!?…])(?P<close>[”»\"’']*)\s+(?=[“«\"(—–]?\s?[A-ZА-ЯЁ\d])"  # a stop, then a capital
    r"|\n\s*\n"  # a blank line
    r"|(?<=[.!?:…”»\"])\n|\n(?=[A-ZА-ЯЁ“«\"])"
)
ABBREVIATED: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|St|No|Gen|Prof|тыс|млн|млрд|руб|г|гг|им|ст|[A-ZА-ЯЁ])\.\s*$"
)
LONGEST: Final = 1_000  # signs of a sentence: a text without stops is cut


class Span(NamedTuple):
    """From where to where something stands in a text."""

    start: int
    end: int


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a text, in order."""
    start = 0
    for found in ENDS.finditer(text):
        if not ABBREVIATED.search(text[max(start, found.start() - 6) : found.start()]):
            yield from trimmed(text, start, found.end("close") if found["close"] else found.start())
            start = found.end()
    yield from trimmed(text, start, len(text))


def trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a span without the blanks at its ends, cut where it is too long."""
    for at in range(start, end, LONGEST):
        piece = text[at : min(at + LONGEST, end)]
        if piece.strip():
            left = len(piece) - len(piece.lstrip())
            yield Span(at + left, at + len(piece.rstrip()))


def clause(sentence: str, span: Span, lexicon: Lexicon) -> Span:
    """Return the clause of a sentence that a span stands in."""
    start, end = 0, len(sentence)
    for found in lexicon.clause_ends.finditer(sentence):
        if found.end() <= span.start:
            start = found.end()
        elif found.start() >= span.end:
            end = found.start()
            break
    return Span(start, end)


def tidy(words: str) -> str:
    """Return words on one line, without what punctuation is left at their ends."""
    told = " ".join(words.split()).strip(" ,;:.–—-“”\"«»()'‘’")
    return told + "»" if told.count("«") > told.count("»") else told
