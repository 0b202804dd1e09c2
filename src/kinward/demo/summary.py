"""How well matching does on the demo: what it shows first, and where it says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kinward.demo.truth import Tie

FIRST_FEW: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts of children. The first group's family asked; the second's never did.

    Who may not be looked for stands apart: nobody is shown, or something is wrong.
    """

    not_traced: int
    shown_unlawfully: int
    asked: int
    first: int
    among_three: int
    shown_too_late: int
    none_wrongly: int
    never_asked: int
    none_rightly: int
    others_shown: int


def figures(ties: Iterable[Tie], shown: Mapping[str, Sequence[str]]) -> Figures:
    """Count.

    Args:
        ties: the truth.
        shown: child reference to references of the requests shown, strongest first; each once.
    """
    own: dict[str, set[str]] = {}
    listed = list(ties)
    not_traced = {tie.child for tie in listed if tie.consent != "given"}
    for tie in listed:
        if tie.child in not_traced:
            continue
        own.setdefault(tie.child, set()).update({tie.request} - {""})
    ranks = {child: rank(own[child], shown.get(child, ())) for child in own if own[child]}
    silent = {child for child in own if not shown.get(child)}
    among = sum(0 < at <= FIRST_FEW for at in ranks.values())
    none_wrongly = len(silent & ranks.keys())
    never_asked = own.keys() - ranks.keys()
    return Figures(
        not_traced=len(not_traced),
        shown_unlawfully=sum(bool(shown.get(child)) for child in not_traced),
        asked=len(ranks),
        first=sum(at == 1 for at in ranks.values()),
        among_three=among,
        shown_too_late=len(ranks) - among - none_wrongly,
        none_wrongly=none_wrongly,
        never_asked=len(never_asked),
        none_rightly=len(silent & never_asked),
        others_shown=len(never_asked - silent),
    )


def rank(own: set[str], shown: Sequence[str]) -> int:
    """Return the place of the first request of the child's family, from 1; 0 if none is shown."""
    return next((place for place, request in enumerate(shown, 1) if request in own), 0)


def table(counted: Figures) -> list[str]:
    """Return the figures as lines of text."""
    asked, never = f" of {counted.asked}", f" of {counted.never_asked}"
    apart = f" of {counted.not_traced}"
    rows = [
        ("children whose family asked", counted.asked, ""),
        ("  their family first", counted.first, asked),
        ("  their family among the first three", counted.among_three, asked),
        ("  only other families, or theirs further down", counted.shown_too_late, asked),
        ("  “no credible match”, wrongly", counted.none_wrongly, asked),
        ("children whose family never asked", counted.never_asked, ""),
        ("  “no credible match”, rightly", counted.none_rightly, never),
        ("  other families shown", counted.others_shown, never),
        ("children who may not be looked for", counted.not_traced, ""),
        ("  families shown all the same", counted.shown_unlawfully, apart),
    ]
    return [f"  {label:<48}{count:>3}{of}" for label, count, of in rows]
