"""JSON nested beyond reason is told before it is parsed."""

import gc
import json
import sys

import pytest

from kinmatch.records.nesting import DEEPEST, too_deep


@pytest.mark.parametrize(
    ("text", "deep"),
    [
        ("[" * (DEEPEST + 1), True),
        ('{"a":' * (DEEPEST + 1), True),
        ("[" * DEEPEST + "]" * DEEPEST, False),
        (json.dumps([[1]] * 1000), False),
        (json.dumps(["[" * 1000, '"[[']), False),
        ("", False),
    ],
)
def test_too_deep_counts_levels_outside_text(text, deep):
    assert too_deep(text) == deep


def test_deep_text_is_told_without_going_deep():
    """What Python clears away meanwhile is not to fail for want of room."""
    failed = []
    hook, sys.unraisablehook = sys.unraisablehook, failed.append
    try:
        for _ in range(200):
            leave_something_to_clear()
            assert too_deep("[" * 100_000)
        gc.collect()
    finally:
        sys.unraisablehook = hook

    assert failed == []


class Closing:
    """Needs a few calls to be cleared away."""

    def __del__(self):
        json.dumps([[[]]])


def leave_something_to_clear():
    left = Closing()
    left.itself = left
