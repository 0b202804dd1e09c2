"""How deep lists and objects lie in one another in JSON, told before it is parsed.

The parser calls itself for every level. Near its limit whatever Python clears away meanwhile fails
too, far from where it belongs, so what is nested beyond reason is refused unparsed.
"""

from __future__ import annotations

import re

DEEPEST = 100  # levels; a file of names or persons has four
TEXT = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\Z)', re.DOTALL)  # to the end where it is not closed
STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


def too_deep(text: str) -> bool:
    """Whether lists and objects of a JSON text lie more than `DEEPEST` levels in one another."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    depth = 0
    for bracket in re.findall(r"[\[\]{}]", TEXT.sub("", text)):
        depth += STEPS[bracket]
        if depth > DEEPEST:
            return True
    return False
