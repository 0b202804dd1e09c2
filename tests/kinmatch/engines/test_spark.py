"""Spark and plain Python give the same pairs, the same levels, and the same weights."""

from __future__ import annotations

import warnings

import pytest

from kinmatch.engines import Weights, prepare, score
from kinmatch.engines.spark import SPARK, session
from kinmatch.engines.splinked import Dialect
from kinmatch.errors import MissingPart
from kinmatch.records import read
from kinmatch.synth import synth

INSTALLED = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def spark():
    pytest.importorskip("pyspark", reason="pyspark is not installed: make test-spark")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        running = session()
        yield running
        running.stop()


def test_a_condition_is_said_in_the_words_of_spark():
    sql = "len(list_intersect(a_l, b_r)) >= 2 OR list_has_any(a_l, b_r)"

    assert SPARK.said(sql) == "size(array_intersect(a_l, b_r)) >= 2 OR arrays_overlap(a_l, b_r)"
    assert Dialect(opened=None, table=None, words={}).said(sql) == sql


@pytest.mark.filterwarnings("ignore")
def test_spark_agrees_with_the_plain_engine(spark, tmp_path):
    synth(25, 7).write(tmp_path)
    found, sought = (read(tmp_path / f"{side}.csv").persons for side in ("found", "sought"))
    population = prepare(found, sought)

    plain = score(population, Weights(lowest=-200), engine="reference")
    told = score(population, Weights(lowest=-200), engine="spark")

    assert told.compared == plain.compared > 100
    assert [(one.found, one.sought, one.levels) for one in told.pairs] == [
        (one.found, one.sought, one.levels) for one in plain.pairs
    ]
    assert [one.weight for one in told.pairs] == pytest.approx(
        [one.weight for one in plain.pairs], abs=1e-6
    )


def test_without_spark_one_line_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)

    with pytest.raises(MissingPart, match=r"pip install 'kinward\[spark\]'"):
        session()
