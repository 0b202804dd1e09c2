"""How many went from which state to which (a Sankey diagram of two moments)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kinward.core.charts.canvas import Anchor, Canvas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.safestring import SafeString

WIDTH: Final = 960.0
WORDS: Final = 350.0  # for the words of either side
NODE: Final = 14.0
TALL: Final = 260.0  # all of one side together
LEAST: Final = 24.0  # from one node to the next: its words need a line
HEAD: Final = 28.0


def flows(  # noqa: PLR0913 (a picture and what is said about it)
    amounts: Mapping[tuple[str, str], int],
    order: Sequence[str],
    *,
    heads: tuple[str, str],
    title: str,
    description: str,
    mirrored: bool = False,
    name: str = "flows",
) -> SafeString:
    """Draw a ribbon for each pair of states, as thick as its amount; states are in this order.

    A unit is a pixel: what does not fit is scrolled to, or the words would be too small to read.
    """
    total = sum(amounts.values()) or 1
    unit = TALL / total
    canvas = Canvas(WIDTH, mirrored=mirrored)
    sides = [stacked(amounts, order, side, unit) for side in (0, 1)]
    left, right = WORDS, WIDTH - WORDS - NODE
    at = [dict(tops) for _sums, tops in sides]
    ranked = sorted(amounts, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    for source, target in ranked:
        thick = amounts[source, target] * unit
        ends = ((left + NODE, at[0][source]), (right, at[1][target]))
        canvas.ribbon(*ends, thick=thick, look="kw-chart__start")
        at[0][source] += thick
        at[1][target] += thick
    for side, x in enumerate((left, right)):
        sums, tops = sides[side]
        anchor: Anchor = "start" if side else "end"
        words = x + NODE + 8 if side else x - 8
        canvas.text(words, HEAD - 12, heads[side], anchor=anchor, look="kw-chart__muted")
        for each, amount in sums.items():
            canvas.box(x, tops[each], NODE, amount * unit, look="kw-chart__total")
            middle = tops[each] + min(amount * unit / 2, LEAST / 2) + 5
            canvas.text(words, middle, f"{each} · {amount}", anchor=anchor)
    bottoms = [
        tops[each] + max(n * unit, LEAST) for sums, tops in sides for each, n in sums.items()
    ]
    height = max(bottoms, default=HEAD)
    return canvas.figure(name, height, title=title, description=description, own_size=True)


def stacked(
    amounts: Mapping[tuple[str, str], int], order: Sequence[str], side: int, unit: float
) -> tuple[dict[str, int], dict[str, float]]:
    """Return how much is in each state on one side, and where each begins from above."""
    sums = {
        each: found
        for each in order
        if (found := sum(n for pair, n in amounts.items() if pair[side] == each))
    }
    tops, top = {}, HEAD
    for each, amount in sums.items():
        tops[each] = top
        top += max(amount * unit + 8, LEAST)
    return sums, tops
