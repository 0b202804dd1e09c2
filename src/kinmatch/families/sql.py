"""The evidence of the other members as SQL, the same text for DuckDB and for Spark.

It reads a table `pairs` (family, found, sought, size, own, free): the pairs of members of each
candidate family pair, the members of the sought family, the bits of the pair's own facts, and how
free both are (0..1). It gives `others`, L(−i, −j) of `families.evidence`, for each pair. A pair of
families is one partition: no row of one is read for another, so it spreads over any cluster.
"""

from __future__ import annotations

from kinmatch.families.evidence import MOST

EVIDENCE = """
WITH claims AS (
    SELECT family, found, sought,
           (1.0 - {absent}) / greatest(size, 1) AS share,
           power(2.0, greatest(least(own, {most}), -{most})) * free AS claim
    FROM {pairs}
),
spoken AS (
    SELECT family, found, sought, share, claim,
           sum(claim) OVER (PARTITION BY family, found) AS claimed,
           row_number() OVER (PARTITION BY family, found ORDER BY sought) AS place
    FROM claims
),
weighed AS (
    SELECT family, found, sought, place,
           log2({absent} + share * claimed) AS alone,
           log2({absent} + share * greatest(claimed - claim, 0.0)) AS without
    FROM spoken
),
summed AS (
    SELECT family, found, sought, alone, without - alone AS lost,
           sum(CASE WHEN place = 1 THEN alone ELSE 0.0 END) OVER (PARTITION BY family) AS everyone,
           sum(without - alone) OVER (PARTITION BY family, sought) AS lost_by_sought
    FROM weighed
)
SELECT family, found, sought, everyone - alone + lost_by_sought - lost AS others
FROM summed
ORDER BY family, found, sought
"""


def evidence_sql(pairs: str, *, absent: float) -> str:
    """Return the query over a table of pairs; `absent` is the share of the missing."""
    return EVIDENCE.format(pairs=pairs, absent=f"{absent!r}", most=f"{MOST!r}")
