from __future__ import annotations

import pytest

from kinward.demo.truth import Tie, read_truth, truth_file, write_truth


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA = tmp_path / "var"
    return settings.DATA


def test_truth_stands_beside_the_database(folder):
    assert truth_file() == folder / "demo-truth.csv"


def test_truth_reads_back_as_written():
    ties = [Tie("C-1", "R-1", "S-1"), Tie("C-2")]

    write_truth(ties)

    assert read_truth() == ties


def test_truth_that_is_gone_reads_as_nothing():
    assert read_truth() == []
