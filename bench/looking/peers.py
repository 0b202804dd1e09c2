"""What a programme would otherwise search with: romanised text, by trigrams or by edits.

    python -m looking.peers FOLDER MOST OUT

Runs in the environment of the peers of names. Names are romanised by anyascii; with the names of
father and mother beside them the peers find fewer. SQLite's own full text index of trigrams answers
with its ranking (BM25); the best 200 are ranked anew by rapidfuzz. rapidfuzz alone compares
everyone. OUT is JSON; MOST queries are asked.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from functools import partial
from pathlib import Path

from anyascii import anyascii
from rapidfuzz import fuzz, process

from looking import NOISE, SOUGHT, TOP, measured, rows, truth_of

RERANKED = 200
COLUMN = "name"
SHORTEST = 3  # letters of a trigram


def text(row: dict[str, str]) -> str:
    """Return what is searched of a record, in Latin letters."""
    return anyascii(row[COLUMN].split("|")[0]).lower()


def trigrams(words: str) -> str:
    """Return a query for any of the trigrams of some words."""
    grams = {
        word[at : at + SHORTEST]
        for word in words.split()
        for at in range(max(len(word) - SHORTEST + 1, 0))
    }
    return " OR ".join(f'"{gram}"' for gram in sorted(grams) if gram.isalnum())


class Trigrams:
    """SQLite's full text index of trigrams."""

    name = "SQLite trigrams, rapidfuzz after"

    def __init__(self, ids: list[str], texts: list[str]) -> None:
        self.ids, self.texts = ids, texts
        self.base = sqlite3.connect(":memory:")
        self.base.execute("CREATE VIRTUAL TABLE people USING fts5(text, tokenize='trigram')")
        self.base.executemany("INSERT INTO people(rowid, text) VALUES (?, ?)", enumerate(texts, 1))

    def ask(self, words: str) -> list[str]:
        """Return the best ids."""
        query = trigrams(words)
        if not query:
            return []
        found = self.base.execute(
            "SELECT rowid FROM people WHERE people MATCH ? ORDER BY rank LIMIT ?",
            (query, RERANKED),
        )
        places = [row[0] - 1 for row in found]
        ranked = sorted(places, key=lambda at: -fuzz.token_sort_ratio(words, self.texts[at]))
        return [self.ids[at] for at in ranked[:TOP]]


class Edits:
    """rapidfuzz over everyone."""

    name = "rapidfuzz token sort, everyone"

    def __init__(self, ids: list[str], texts: list[str]) -> None:
        self.ids, self.texts = ids, texts

    def ask(self, words: str) -> list[str]:
        """Return the best ids."""
        found = process.extract(words, self.texts, scorer=fuzz.token_sort_ratio, limit=TOP)
        return [self.ids[at] for _, _, at in found]


def alone(peer: Trigrams | Edits, words: str) -> list[list[str]]:
    """Ask a peer about one record."""
    return [peer.ask(words)]


def main() -> None:
    """Ask every peer."""
    folder, most, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    everyone = rows(folder / SOUGHT)
    ids, texts = [row["id"] for row in everyone], [text(row) for row in everyone]
    truth = truth_of(folder)
    told: dict[str, dict[str, dict[str, float]]] = {}
    for peer in (Trigrams(ids, texts), Edits(ids, texts)):
        for name in NOISE:
            asked = [
                ([row["id"]], partial(alone, peer, text(row)))
                for row in rows(folder / f"{name}.csv")
                if row["id"] in truth
            ]
            told.setdefault(name, {})[peer.name] = measured(asked[:most], truth)
    out.write_text(json.dumps(told))


if __name__ == "__main__":
    main()
