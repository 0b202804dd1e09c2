"""How fast, and how much is held: ours in a process of its own, the peers in theirs.

    python -m naming.speed

Standard input says what to measure, as JSON; standard output answers. Seconds are those of one
processor, never of the clock on the wall; bytes are the most the process held.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naming import measures, ours
from naming.memory import peak

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
SEED = 20240229
QUERIES = 500  # whose search is timed, and compared with one that looks at every candidate
PREPARED = 100_000  # pairs of prepared names that are scored
MILLION = 1_000_000
LIVE = 500  # queries put to a million names
WHOLE = 100  # of them, compared with a search that looks at every name
BEST = 10


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of all lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def of_pairs(queries: Sequence[str], cands: Sequence[str]) -> dict[str, float]:
    """Measure how many prepared pairs are scored in a second."""
    prepare, score = ours.prepared_score()
    chance = random.Random(SEED)  # noqa: S311 (which pairs are timed)
    left = [prepare(name) for name in queries]
    right = [prepare(name) for name in cands]
    pairs = [(chance.choice(left), chance.choice(right)) for _ in range(PREPARED)]
    ours.warm_up()
    started = time.process_time()
    for one, other in pairs:
        score(one, other)
    return {"pairs": len(pairs) / (time.process_time() - started), "peak": peak()}


def of_search(queries: Sequence[str], cands: Sequence[str]) -> dict[str, float]:
    """Measure how many pairs a search decides in a second: queries times candidates."""
    ours.warm_up()
    started = time.process_time()
    index = ours.Index(cands)
    built = time.process_time()
    for query in queries:
        ours.found_by(index, query, top=BEST)
    spent = time.process_time() - built
    pairs = len(queries) * len(cands)
    return {"pairs": pairs / spent, "prepare": built - started, "peak": peak()}


def of_exactness(asked: dict[str, Any]) -> dict[str, float]:
    """Measure what is lost by not comparing every candidate in full."""
    queries, total = asked["queries"], len(asked["cands"])
    index = ours.Index(asked["cands"])
    ranks: dict[bool, list[float]] = {False: [], True: []}
    first = among = hits = 0
    for query, right in queries:
        told = {exact: ours.found_by(index, query, exact=exact) for exact in ranks}
        for exact, found in told.items():
            ranks[exact].append(ours.rank(found, tuple(right), total))
        quick, exhaustive = list(told[False])[:BEST], list(told[True])[:BEST]
        first += quick[:1] == exhaustive[:1]
        among += len({*quick} & {*exhaustive})
        hits += len(exhaustive)
    lost = measures.recall(ranks[True], 1) - measures.recall(ranks[False], 1)
    return {
        "points lost": 100 * lost,
        "same first": first / len(queries),
        "of the best ten": among / hits if hits else 1.0,
        "queries": len(queries),
    }


def million_names(persons: Path) -> tuple[list[str], list[tuple[str, int]]]:
    """Make a million Latin names, and Arabic queries for some of them.

    The words are those of `persons_lat_ara.tsv`, split train, where both forms have as many words;
    a made-up name is three of them at random, in Latin and in Arabic.
    """
    words = []
    for line in persons.read_text(encoding="utf-8").splitlines()[1:]:
        latin, arabic, *_, split = line.split("\t")
        sides = latin.split(), arabic.split()
        if split == "train" and len(sides[0]) == len(sides[1]):
            words += zip(*sides, strict=True)
    chance = random.Random(SEED)  # noqa: S311 (made-up names)
    made: dict[str, str] = {}
    while len(made) < MILLION:
        parts = chance.choices(words, k=3)
        made.setdefault(
            " ".join(latin for latin, _ in parts), " ".join(arabic for _, arabic in parts)
        )
    names = list(made)
    places = chance.sample(range(MILLION), LIVE)
    return names, [(made[names[place]], place) for place in places]


def of_million(persons: Path) -> dict[str, float]:
    """Measure the search of a million made-up names, by queries in another script."""
    names, queries = million_names(persons)
    ours.warm_up()
    held = peak()
    started = time.process_time()
    index = ours.Index(names)
    built = time.process_time() - started
    spent, ranks = [], []
    for query, place in queries:
        started = time.process_time()
        found = ours.found_by(index, query, top=20)
        spent.append(1000 * (time.process_time() - started))
        ranks.append(ours.rank(found, (place,), len(names)))
    return {
        "build s": built,
        "p50 ms": percentile(spent, 0.5),
        "p95 ms": percentile(spent, 0.95),
        "bytes": peak() - held,
        "recall@1": measures.recall(ranks, 1),
        "recall@20": measures.recall(ranks, 20),
        "same first": sum(
            first_of(index, query, exact=False) == first_of(index, query, exact=True)
            for query, _ in queries[:WHOLE]
        )
        / min(WHOLE, len(queries)),
    }


def first_of(index: ours.Index, query: str, *, exact: bool) -> list[int]:
    """Return the place of the first hit, none where there is no hit."""
    return list(ours.found_by(index, query, top=1, exact=exact))


def measure(asked: dict[str, Any]) -> dict[str, float]:
    """Measure what is asked for."""
    if asked["what"] == "million":
        return of_million(Path(asked["persons"]))
    if asked["what"] == "exactness":
        return of_exactness(asked)
    queries = [name for name, _ in asked["queries"]]
    return {"pairs": of_pairs, "search": of_search}[asked["what"]](queries, asked["cands"])


def apart(asked: dict[str, Any]) -> dict[str, float]:
    """Measure in a process of its own, so that what it holds is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "naming.speed"],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        cwd=HERE.parent,
        check=True,
    )
    return json.loads(done.stdout)


if __name__ == "__main__":
    print(json.dumps(measure(json.load(sys.stdin))))
