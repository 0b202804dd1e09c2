"""What a database holds, as counts and digests that do not depend on the order of rows."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CHUNK: Final = 2_000  # rows in memory at once
MODULUS: Final = 1 << 256


class Table(NamedTuple):
    """How many rows a table has, and the sum of their SHA-256 digests modulo 2**256, in hex."""

    rows: int
    digest: str


Contents = dict[str, Table]


def contents(cursor: Callable[[], Any], tables: Iterable[str]) -> Contents:
    """Read every row of these tables through cursors of one snapshot."""
    return {name: table(cursor, name) for name in sorted(tables)}


def table(cursor: Callable[[], Any], name: str) -> Table:
    """Read every row of a table; names of tables are those of our models."""
    rows, total = 0, 0
    with_rows = cursor()
    with_rows.execute(f'SELECT * FROM "{name}"')  # noqa: S608 (no name comes from outside)
    while chunk := with_rows.fetchmany(CHUNK):
        rows += len(chunk)
        total = (total + sum(map(digest_of_row, chunk))) % MODULUS
    with_rows.close()
    return Table(rows, f"{total:064x}")


def digest_of_row(row: Iterable[Any]) -> int:
    """Return the digest of a row; drivers differ in how they hand bytes over."""
    values = [bytes(each) if isinstance(each, (bytes, memoryview)) else each for each in row]
    return int.from_bytes(hashlib.sha256(repr(values).encode()).digest())


def digest_of(found: Contents) -> str:
    """Return one digest of all tables."""
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def rows_of(found: Contents) -> int:
    """Return how many rows all tables have."""
    return sum(each.rows for each in found.values())
