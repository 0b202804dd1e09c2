"""The peers: which there are, and what each makes of a set, remembered from run to run.

A peer runs in an environment of its own (`make bench-names` sets it up), one process for each
family. What it scored is kept in `var/bench/scores` under a hash of the set, the peer, its
release and the code that runs it.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from naming import measures, sets
from naming.environment import FOLDER, PYTHON, REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

HERE = Path(__file__).parent
SCORES = FOLDER / "scores"
ROMANISED_BY = ("worker.py", "romanisers.py", "scorers.py")
SCREENED_BY = ("worker.py", "screeners.py")
SCREENER = "nomenklatura"
USUAL = (
    "Jaro-Winkler",
    "token sort",
    "WRatio",
    "token Jaro-Winkler",
    "token Jaro-Winkler (shorter)",
    "double metaphone",
    "trigram Dice",
    "trigram cosine",
)
NO_ENVIRONMENT = "the environment of the peers is not set up: make bench-names"
HOLDS = "holds names of Wikidata, so it is partly scored on what it contains"


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer: its family runs it; a slow one is given a sample of the queries."""

    name: str
    family: str
    slow: bool = False
    holds: bool = False

    @property
    def shown(self) -> str:
        """Return the name with a mark where the peer holds some of the names it is scored on."""
        return f"{self.name}*" if self.holds else self.name


def romanising(family: str, *scorers: str, holds: bool = False) -> list[Peer]:
    """Return the peers that are one romanisation, each with another comparison."""
    return [Peer(f"{family}+{scorer}", family, holds=holds) for scorer in scorers]


PEERS = (
    *romanising("anyascii", *USUAL, "Beider-Morse"),
    *romanising("unidecode", *USUAL),
    *romanising("icu", *USUAL, "Beider-Morse"),
    *romanising("uroman", *USUAL),
    *romanising("arabic-name-romanizer", "token sort", "token Jaro-Winkler", holds=True),
    Peer("logic-v2", SCREENER, slow=True, holds=True),
    Peer("name-based", SCREENER, slow=True),
)


def chosen(patterns: str) -> list[Peer]:
    """Return the peers whose name or family fits one of the comma-separated patterns."""
    asked = [] if patterns == "none" else [pattern.strip() for pattern in patterns.split(",")]
    return [
        peer
        for peer in PEERS
        if any(fnmatch(text, like) for like in asked for text in (peer.name, peer.family))
    ]


class Missing(Exception):
    """A family of peers cannot be run; the text is one line with the remedy."""


class Family:
    """A running family of peers, that answers one question after the other."""

    def __init__(self, name: str) -> None:
        if not PYTHON.exists():
            raise Missing(NO_ENVIRONMENT)
        self.process = subprocess.Popen(
            [str(PYTHON), "-W", "ignore", "-m", "naming.worker", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HERE.parent,
            env={**os.environ, "PYTHONPATH": str(HERE.parent)},
        )
        greeting = self.read()
        if "missing" in greeting:
            self.close()
            remedy = f": {REMEDY}" if "icu" in greeting["missing"] else ""
            raise Missing(f"{name} is left out, {greeting['missing']}{remedy}")
        self.version: str = greeting["version"]

    def read(self) -> dict[str, Any]:
        """Read one answer."""
        assert self.process.stdout  # noqa: S101 (a pipe, as asked for)
        line = self.process.stdout.readline()
        if not line:
            raise Missing(f"the worker ended with {self.process.wait()}")
        return json.loads(line)

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Ask and wait for the answer."""
        assert self.process.stdin  # noqa: S101 (a pipe, as asked for)
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return self.read()

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin  # noqa: S101 (a pipe, as asked for)
        assert self.process.stdout  # noqa: S101 (likewise)
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


def question_of(peer: Peer, one: sets.NameSet) -> dict[str, Any]:
    """Return what a worker is asked about a set. It is not told what is right of pairs."""
    if isinstance(one, sets.Pairs):
        return {"peer": peer.name, "pairs": [(pair.left, pair.right) for pair in one.pairs]}
    queries = [(query.name, query.right) for query in one.queries]
    return {"peer": peer.name, "queries": queries, "cands": one.cands}


@dataclass(slots=True)
class Runner:
    """Runs peers on sets, and remembers."""

    limit: int
    fresh: bool = False
    missing: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)

    def run(
        self, peers: Sequence[Peer], tests: Sequence[sets.NameSet]
    ) -> Iterator[tuple[Peer, sets.NameSet, dict[str, Any]]]:
        """Yield what each peer answers of each set, family by family."""
        for name in dict.fromkeys(peer.family for peer in peers):
            try:
                with Family(name) as family:
                    self.versions[name] = family.version
                    for peer in (peer for peer in peers if peer.family == name):
                        print(f"    {peer.name}", file=sys.stderr, flush=True)
                        for one in tests:
                            used = self.used(peer, one)
                            yield peer, used, self.answer(family, peer, used)
            except Missing as reason:
                self.missing.append(str(reason))
                if str(reason) == NO_ENVIRONMENT:
                    return

    def used(self, peer: Peer, one: sets.NameSet) -> sets.NameSet:
        """Return the set as the peer is given it: a sample of the queries where it is slow."""
        return one.sampled(self.limit) if peer.slow and isinstance(one, sets.Retrieval) else one

    def answer(self, family: Family, peer: Peer, one: sets.NameSet) -> dict[str, Any]:
        """Return what is remembered, else ask."""
        files = SCREENED_BY if peer.family == SCREENER else ROMANISED_BY
        code = [(HERE / name).read_text(encoding="utf-8") for name in files]
        parts = json.dumps([family.version, peer.name, sets.digest(one), *code])
        kept = SCORES / f"{hashlib.sha256(parts.encode()).hexdigest()}.json"
        if kept.exists() and not self.fresh:
            return json.loads(kept.read_text())
        said = family.ask(question_of(peer, one))
        SCORES.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(said))
        return said


def ranks_of(said: dict[str, Any]) -> list[float]:
    """Return the rank of each query in an answer."""
    return [measures.rank((better, equal)) for better, equal in said["standings"]]
