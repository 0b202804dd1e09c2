"""A signature as it was drawn: lines between whole points, and nothing else."""

from __future__ import annotations

import re
from typing import Final

WIDE, HIGH = 600, 200  # units of the picture; the page draws in the same
MOST: Final = 20_000  # letters of a path: a long signature has some 4,000
LEAST: Final = 30  # units across: less is a slip of the finger
LINES: Final = re.compile(r"(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})+)+")
POINT: Final = re.compile(r"(\d+) (\d+)")


def is_drawn(path: str) -> bool:
    """Tell whether a path is a signature: lines alone, within the picture, and large enough."""
    if len(path) > MOST or not LINES.fullmatch(path):
        return False
    points = [(int(x), int(y)) for x, y in POINT.findall(path)]
    across = [x for x, _y in points]
    within = all(x <= WIDE and y <= HIGH for x, y in points)
    return within and max(across) - min(across) >= LEAST
