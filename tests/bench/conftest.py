"""What the tests of the benchmarks share."""

from __future__ import annotations

import random

import pytest


@pytest.fixture
def chance():
    return random.Random(7)  # noqa: S311 (made-up data)
