"""Texts with their claims as people coded them: our own, and the article of the public data."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"
ARTICLE_DAY = date(2018, 12, 30)
UNITS = {
    "women and children": "women_and_children",
    "widows and children": "widows_and_children",
    "years": "age",
    "share of the country": "share",
}
OPERATORS = {"several_thousand": "thousands"}
TIMES = {"mid-November 2018": "2018-11"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """One claim as somebody coded it. A state that is None was not coded."""

    start: int
    end: int
    operator: str
    low: float | None
    high: float | None
    unit: str
    words: str
    state: str | None
    places: frozenset[str]
    as_of: str
    since: str
    speaker: str
    whole: tuple[int, int] | None  # where the quote of the whole stands


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and its claims."""

    name: str
    language: str
    published_on: date
    text: str
    claims: list[Coded]


def ours(half: str) -> list[Text]:
    """Return our own texts of one half, "dev" or "test"."""
    return [of_file(path) for path in sorted(TEXTS.glob(f"{half}-*.toml"))]


def of_file(path: Path) -> Text:
    """Read one text."""
    entry = tomllib.loads(path.read_text("utf-8"))
    text = entry["text"]
    claims = [coded(text, row) for row in entry["claims"]]
    return Text(path.stem, entry["language"], entry["published_on"], text, claims)


def coded(text: str, row: dict[str, Any]) -> Coded:
    """Return a claim of a file."""
    whole = place(text, row["part_of"]) if "part_of" in row else None
    start, end = place(text, row["quote"])
    return Coded(
        start=start,
        end=end,
        operator=row["operator"],
        low=row.get("low"),
        high=row.get("high"),
        unit=row["unit"],
        words=row["words"],
        state=row.get("state", ""),
        places=frozenset(row.get("place", ())),
        as_of=row.get("as_of", ""),
        since=row.get("since", ""),
        speaker=row.get("speaker", ""),
        whole=whole,
    )


def place(text: str, quote: str) -> tuple[int, int]:
    """Return where a quote stands."""
    start = text.index(quote)
    return start, start + len(quote)


def article(vectors: Path) -> Text:
    """Return the article of the public data with its claims."""
    text = (vectors / "article.txt").read_text("utf-8")
    with (vectors / "article_claims.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["n"]: row for row in csv.DictReader(file)}
    claims = []
    for row in rows.values():
        since = row["period"].removeprefix("since ") if row["period"].startswith("since") else ""
        period = "" if since else TIMES.get(row["period"], row["period"])
        told: dict[str, Any] = {
            "quote": row["quote"],
            "operator": OPERATORS.get(row["operator"], row["operator"]),
            "low": float(row["value_low"]) if row["value_low"] else None,
            "high": float(row["value_high"]) if row["operator"] == "range" else None,
            "unit": UNITS.get(row["unit"], row["unit"]),
            "words": row["population"],
            "state": None,
            "place": filter(None, row["place"].split("; ")),
            "as_of": period,
            "since": since,
            "speaker": row["speaker"],
        }
        if row["part_of"]:
            told["part_of"] = rows[row["part_of"]]["quote"]
        claims.append(coded(text, told))
    return Text("article", "en", ARTICLE_DAY, text, claims)
