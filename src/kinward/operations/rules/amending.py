"""Whether a closed checkpoint may be amended, and which word of who did not go on stands then.

Both are decided when it is said and once more when another person agrees: between the two, others
count, hand over and correct. Of a child at most one word stands of how it did not go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.operations.models.counting import Amiss, WhyNot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeVar
    from uuid import UUID

    Key = TypeVar("Key")

BEFORE_ALL: Final = -1  # the number of the checkpoint of who was not on the manifest already


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said against a closed checkpoint about one child."""

    there: bool
    words: str
    left: str = ""
    why: str = ""
    line: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """What stands of that child, at that checkpoint."""

    closed: bool
    listed: bool
    present: bool
    away: str | None  # why it is not there, if somebody said so
    lines: frozenset[UUID]  # of minutes about it, that nothing stands in the place of
    asked: bool = False  # something is said of it already, and waits


def amiss(said: Said, stands: Stands) -> tuple[Amiss, ...]:
    """Return all that speaks against saying it, or agreeing to it, by what stands now.

    Of a child that is missing at a closed checkpoint it can be said why, though it stands that it
    was not there.
    """
    gone = not said.there
    explains = gone and not stands.present and stands.away is None
    wordless = is_wordless(said, stands)
    needs_why = gone and stands.away is None
    found = (
        (not stands.closed, Amiss.OPEN),
        (not stands.listed, Amiss.NOT_LISTED),
        (stands.present == said.there and not explains, Amiss.STANDS),
        (stands.asked, Amiss.ASKED),
        (not wordless and not said.words.strip(), Amiss.NO_REASON),
        (wordless and bool(said.words.strip()), Amiss.OBJECTION),
        (needs_why and not (said.left and said.why), Amiss.NO_WHY),
        (gone and not needs_why and bool(said.left or said.why), Amiss.TOLD),
        (said.line is not None and said.line not in stands.lines, Amiss.LINE),
        (said.there and bool(said.left or said.why), Amiss.THERE),
    )
    return tuple(word for holds, word in found if holds)


def is_wordless(said: Said, stands: Stands) -> bool:
    """Tell whether a child was not there because an authority objected: no words are kept of it."""
    return not said.there and WhyNot.OBJECTION in {said.why, stands.away}


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """Which words of how a child did not go on stand no more, and whether a new one does."""

    taken_back: frozenset[object]
    leaves: bool


def follows_of(*, there: bool, number: int, leavings: Mapping[Key, int]) -> Follows:
    """Return what becomes of the words about a child, once a checkpoint is amended.

    Whoever was there had not left before. Whoever was not there left before it, or left at it: then
    it did not leave later, whatever was said.

    Args:
        there: whether the child was there.
        number: of the checkpoint, in the order of the way.
        leavings: of the words that stand, the number of the checkpoint that each is about.
    """
    until = {key for key, left in leavings.items() if left <= number}
    if there:
        return Follows(taken_back=frozenset(until), leaves=False)
    if until:
        return Follows(taken_back=frozenset(), leaves=False)
    return Follows(taken_back=frozenset(leavings), leaves=True)
