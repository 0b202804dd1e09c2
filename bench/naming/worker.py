"""Score names by one family of peers, in the peers' environment.

    python -m naming.worker FAMILY

First one line of JSON says what there is: `{"version": …}` or `{"missing": why}`. Then each line
of standard input asks, and each line of standard output answers:

    {peer, queries: [[name, [indices]]], cands}  →  {standings: [[better, equal]], cpu, peak}
    {peer, queries, cands, timed: true}          →  {pairs, cpu, peak}
    {peer, pairs: [[name, name]]}                →  {scores, cpu, peak}

`cpu` holds the seconds of one processor, to prepare and to score; `peak` the bytes held at most.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np

from naming.memory import peak

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from naming.scorers import Scorer

SCREENER = "nomenklatura"


def standing(scores: np.ndarray, right: Sequence[int]) -> tuple[int, int]:
    """Return what `measures.standing` does, of an array."""
    best = scores[right].max()
    wrong = np.delete(scores, right)
    return int((wrong > best).sum()), int((wrong == best).sum())


class Romanised:
    """A family that romanises, and compares what it made in the usual ways."""

    def __init__(self, name: str) -> None:
        from naming import romanisers, scorers  # noqa: PLC0415 (only where they are installed)

        self.scorers = scorers.SCORERS
        self.romanise = romanisers.romaniser(name)
        self.version = f"{romanisers.version_of(name)}, rapidfuzz {version('rapidfuzz')}"

    def prepare(self, peer: str, cands: Sequence[str]) -> tuple[Scorer, Callable[[str], str]]:
        """Return a scorer of the candidates, and what queries must go through."""
        made = self.scorers[peer.partition("+")[2]]
        return made([self.romanise(cand) for cand in cands]), self.romanise


class Screened:
    """The family that has algorithms of its own."""

    def __init__(self) -> None:
        from naming import screeners  # noqa: PLC0415 (only where it is installed)

        screeners.warm_up()
        self.screeners = screeners.SCREENERS
        self.version = f"nomenklatura {version('nomenklatura')}, rigour {version('rigour')}"

    def prepare(self, peer: str, cands: Sequence[str]) -> tuple[Scorer, Callable[[str], str]]:
        """Return a scorer of the candidates, and what queries must go through."""
        return self.screeners[peer](cands), str


def scores_of(scorer: Scorer, pairs: Sequence[tuple[str, int]]) -> list[float]:
    """Return the score of each pair: a query, and the place of a candidate."""
    if pair := getattr(scorer, "pair", None):
        return [pair(query, place) for query, place in pairs]
    queries = list(dict.fromkeys(query for query, _ in pairs))
    rows = dict(zip(queries, scorer.rows(queries), strict=True))
    return [float(rows[query][place]) for query, place in pairs]


def answer(family: Romanised | Screened, asked: dict[str, Any]) -> dict[str, Any]:
    """Answer one line."""
    started = time.process_time()
    pairs = asked.get("pairs", [])
    cands = asked.get("cands") or list(dict.fromkeys(right for _, right in pairs))
    scorer, read = family.prepare(asked["peer"], cands)
    prepared = time.process_time()
    said: dict[str, Any] = {}
    if pairs:
        place = {cand: number for number, cand in enumerate(cands)}
        said["scores"] = scores_of(scorer, [(read(left), place[right]) for left, right in pairs])
    else:
        queries = asked["queries"]
        rows = scorer.rows([read(query) for query, _ in queries])
        if asked.get("timed"):
            said["pairs"] = sum(row.size for row in rows)
        else:
            said["standings"] = [
                standing(row, right) for row, (_, right) in zip(rows, queries, strict=True)
            ]
    said["cpu"] = [prepared - started, time.process_time() - prepared]
    said["peak"] = peak()
    return said


def main() -> int:
    """Answer lines until there are no more."""
    name = sys.argv[1]
    out = sys.stdout
    try:
        # Libraries may print while they load; standard output is for answers.
        with contextlib.redirect_stdout(sys.stderr):
            family = Screened() if name == SCREENER else Romanised(name)
    except (ImportError, PackageNotFoundError, OSError) as reason:
        print(json.dumps({"missing": str(reason).splitlines()[0]}), file=out, flush=True)
        return 0
    print(json.dumps({"version": family.version}), file=out, flush=True)
    for line in sys.stdin:
        with contextlib.redirect_stdout(sys.stderr):
            said = answer(family, json.loads(line))
        print(json.dumps(said), file=out, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
