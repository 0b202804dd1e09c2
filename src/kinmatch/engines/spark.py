"""The model on Spark, for caseloads beyond one machine: `pip install kinward[spark]`, and Java 17.

Without a session of its own it starts one on this machine, bound to it alone and without the web
page. No function of Splink's jar is used: names were compared before, as sets of keys.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kinmatch.engines.splinked import Dialect, score_in
from kinmatch.errors import MissingPart

if TYPE_CHECKING:
    import pyarrow as pa

    from kinmatch.engines.closeness import Progress
    from kinmatch.engines.population import Population
    from kinmatch.engines.scored import Scoring, Weights

CONFIG = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}
WORDS = {"list_has_any": "arrays_overlap", "list_intersect": "array_intersect", "len": "size"}


def session() -> Any:
    """Return the Spark session at hand, or a new one on this machine.

    Raises:
        MissingPart: pyspark or Java is not there.
    """
    try:
        sql: Any = import_module("pyspark.sql")
    except ImportError as error:
        raise MissingPart("Spark is not installed: pip install 'kinward[spark]'") from error
    builder = sql.SparkSession.builder.appName("kinmatch")
    if sql.SparkSession.getActiveSession() is None:
        builder = builder.master("local[2]")
        for key, value in CONFIG.items():
            builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except Exception as error:  # pyspark raises one of its own for each way Java can be missing
        raise MissingPart("Spark cannot start: it needs Java 17 or later") from error


def _opened() -> Any:
    started = session()
    spark: Any = import_module("splink").SparkAPI
    # Splink's default, a checkpoint, asks for a folder that every machine can write to.
    return spark(
        spark_session=started, break_lineage_method="persist", register_udfs_automatically=False
    )


def _table(_api: Any, table: pa.Table) -> Any:
    return session().createDataFrame(table)


SPARK = Dialect(opened=_opened, table=_table, words=WORDS)


def score(population: Population, wanted: Weights, progress: Progress) -> Scoring:
    """Score every pair that shares a block, in Spark."""
    return score_in(SPARK, population, wanted, progress)
