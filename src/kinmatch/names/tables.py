"""The knowledge about names, read once from the tables in `kinmatch/data/names`.

Every table is tab-separated with a header line; its last column, `source`, says where the line
comes from.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


def rows(table: str) -> list[dict[str, str]]:
    """Return the lines of one table as dictionaries; a line may begin with the article mark "#"."""
    text = (files("kinmatch.data") / "names" / f"{table}.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def mapping(table: str, key: str, value: str) -> dict[str, str]:
    """Return two columns of a table as a dictionary; later lines do not repeat a key."""
    return {row[key]: row[value] for row in rows(table)}


@cache
def words(kind: str) -> frozenset[str]:
    """Return the folded words of one kind from `words.tsv`, such as "title"."""
    return frozenset(row["word"] for row in rows("words") if row["kind"] == kind)


@cache
def kinds() -> dict[str, frozenset[str]]:
    """Return the folded words of `words.tsv`, each with its kinds."""
    found: dict[str, frozenset[str]] = {}
    for row in rows("words"):
        found[row["word"]] = found.get(row["word"], frozenset()) | {row["kind"]}
    return found


@dataclass(frozen=True, slots=True)
class Endings:
    """What a word may end in, and what each ending becomes, in the order of `pattern`'s groups."""

    pattern: re.Pattern[str]
    becomes: tuple[str, ...]

    def cut(self, word: str) -> tuple[str, str] | None:
        """Return a word without its ending and what the ending becomes; None where it has none."""
        found = self.pattern.search(word)
        if found is None or found.lastindex is None:
            return None
        return word[: found.start()], self.becomes[found.lastindex - 1]


@cache
def endings(table: str, script: str, kind: str = "") -> Endings:
    """Return the endings of one script and kind in a table.

    Where several fit, the longest is found, then the first of the table. A line says in `after`
    what must stand before its ending, as a pattern of fixed length. Without a line for the script
    nothing is found.
    """
    told = [row for row in rows(table) if row["script"] == script and row.get("kind", "") == kind]
    found = "|".join(f"(?<={row['after']})({row['ending']})" for row in told)
    pattern = re.compile(f"(?:{found})$" if told else "(?!)")
    return Endings(pattern, tuple(row["becomes"] for row in told))
