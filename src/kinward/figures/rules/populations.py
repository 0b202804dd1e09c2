"""What words about a population say: of what event, of which nationality, held where, how old.

Parts are told apart by semicolons. What no pattern knows is kept as it is: claims whose words about
whom they mean differ are not compared until an editor says that they mean the same.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kinward.figures.models.words import Facet, State

# Each: what it finds; the facet that the whole part, or its group `is`, tells; and the state.
PATTERNS: Final = (
    (r"^planned for (?P<is>.+)", Facet.EVENT, State.PLANNED),
    (r"\bto be (repatriated|returned|flown|brought)\b", Facet.OTHER, State.PLANNED),
    (r"^(?:of the children )?on (?P<is>.*\b(flight|plane)\b.*)", Facet.EVENT, State.FLOWN),
    (r"\bafter (?P<is>the flight\b.*)", Facet.EVENT, State.LANDED),
    (r"^(under|over|aged|older than|younger than) .*\d", Facet.AGE, State.UNSAID),
    (r"^(mostly |all )?from (the )?[A-Z]", Facet.NATIONALITY, State.UNSAID),
    (r"\b(jailed|prison|in custody|detained|held)\b", Facet.CUSTODY, State.HELD),
    (r"\b(still|left|remain(s|ing)?) in\b", Facet.PLACE, State.REMAINING),
    (r"\b(returned|brought|repatriated)\b", Facet.OTHER, State.RETURNED),
)
SINCE: Final = re.compile(r"\bsince (?P<when>\d{4})\b")


class Told(NamedTuple):
    """What words about a population come to."""

    facets: dict[Facet, str]
    state: State
    since: str


def told(words: str, place: str = "") -> Told:
    """Return the facets that words tell of, the state of those counted, and since when."""
    facets: dict[Facet, list[str]] = {Facet.PLACE: [place]} if place else {}
    states = []
    for part in filter(None, (piece.strip() for piece in words.split(";"))):
        facet, said, state = read(part)
        facets.setdefault(facet, []).append(said)
        states.append(state)
    since = SINCE.search(words)
    return Told(
        {facet: "; ".join(said) for facet, said in facets.items()},
        next(filter(None, states), State.UNSAID),
        since["when"] if since else "",
    )


def read(part: str) -> tuple[Facet, str, State]:
    """Return the facet of one part, what it says, and the state."""
    for pattern, facet, state in PATTERNS:
        if found := re.search(pattern, part):
            return facet, found.groupdict().get("is") or part, state
    return Facet.OTHER, part, State.UNSAID
