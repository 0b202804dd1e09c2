"""The evidence in SQL, on DuckDB and on Spark, is the evidence in arrays."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from kinmatch.engines.spark import session
from kinmatch.families.evidence import gather
from kinmatch.families.pairing import Pairing
from kinmatch.families.sql import evidence_sql

ABSENT = 0.15


@pytest.fixture
def families():
    """Thirty family pairs of one to four members, each pair of members with bits of its own."""
    chance = np.random.default_rng(3)
    columns = {name: [] for name in ("family", "found", "sought", "size")}
    for family in range(30):
        n, m = chance.integers(1, 5, 2)
        for i in range(n):
            for j in range(m):
                for name, value in zip(
                    columns, (family, 10 * family + i, 10 * family + j, m), strict=True
                ):
                    columns[name].append(int(value))
    count = len(columns["family"])
    columns["own"] = chance.uniform(-25, 25, count).tolist()
    columns["free"] = chance.uniform(0, 1, count).tolist()
    return pa.table(columns)


def expected(table):
    columns = {name: table[name].to_numpy() for name in table.column_names}
    groups = np.arange(30)
    pairing = Pairing(columns["found"], columns["sought"], columns["family"], groups, groups)
    sizes = np.array([columns["size"][columns["family"] == family][0] for family in groups])
    return gather(pairing, columns["own"], columns["free"], sizes, absent=ABSENT).others.tolist()


def test_duckdb_gives_the_evidence_of_arrays(families):
    with duckdb.connect() as database:
        database.register("pairs", families)
        told = database.sql(evidence_sql("pairs", absent=ABSENT)).fetchall()

    assert [row[3] for row in told] == pytest.approx(expected(families), abs=1e-6)


@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_evidence_of_arrays(families):
    pytest.importorskip("pyspark", reason="pyspark is not installed: make test-spark")
    running = session()

    running.createDataFrame(families).createOrReplaceTempView("pairs")
    told = running.sql(evidence_sql("pairs", absent=ABSENT)).collect()

    assert [row["others"] for row in told] == pytest.approx(expected(families), abs=1e-6)
    running.stop()
