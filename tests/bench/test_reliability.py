"""The short version of what `bench/reliability` tries many times over."""

from __future__ import annotations

from reliability import intake
from reliability.mutating import CANARY, photographs


def test_broken_photographs_are_redrawn_or_refused_and_nothing_else_comes_through():
    figures = intake.run(files=300, seed=11)

    assert (figures.crashes, figures.bytes_of_metadata, figures.wrongly_accepted) == (0, 0, 0)
    assert figures.redrawn + sum(figures.refused.values()) == 300
    assert figures.redrawn > 20


def test_the_count_of_metadata_would_see_some():
    assert intake.not_picture(photographs()["jpeg"]) > len(CANARY)
