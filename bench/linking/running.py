"""Run ours and the peers on a case, each in a process of its own; remember what peers said."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linking import measures
from linking.environment import FOLDER, PYTHON

HERE = Path(__file__).parent
SCORES = FOLDER / "linkage-scores"
OURS, ALONE = "kinmatch", "kinmatch, one by one"
SHIPPED, SHIPPED_ALONE = "kinmatch as shipped", "kinmatch as shipped, one by one"
OPTIONS = {
    OURS: (),
    ALONE: ("--alone",),
    SHIPPED: ("--shipped",),
    SHIPPED_ALONE: ("--shipped", "--alone"),
}
PEERS = ("Splink pairwise", "hard two-step", "Primero", "recordlinkage")
RUN_BY = {  # the code an answer follows from, beside what runs it
    "Splink pairwise": ("worker", "pairwise", "repeated"),
    "hard two-step": ("worker", "pairwise", "two_step", "measures"),
    "Primero": ("worker", "primero"),
    "recordlinkage": ("worker", "toolkit"),
}
REPEATED = {"Splink pairwise"}  # peers that take one list in which persons are repeated
FAINT = 1e-8  # chance from which a pair counts where families are ranked


@dataclass(slots=True)
class Answer:
    """What one matcher said of one folder, measured."""

    measured: dict[str, float]
    cpu: float  # seconds of one processor
    peak: float  # bytes held at most
    version: str = ""


@dataclass(slots=True)
class Runner:
    """Runs matchers on folders."""

    fresh: bool = False
    several: bool = False  # whether a child may be sought by several, not by one at most
    missing: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)

    def run(self, matcher: str, folder: Path) -> Answer | None:
        """Return what a matcher makes of a folder; None, with the reason kept, if it cannot."""
        if matcher in OPTIONS:
            told = self._ours(folder, matcher)
            return measured(folder, told, several=self.several) if told else None
        told = self._peer(matcher, folder)
        if told is None:
            return None
        self.versions[matcher] = told["version"]
        return measured(folder, told, several=self.several)

    def _ours(self, folder: Path, matcher: str) -> dict[str, Any] | None:
        options = [*OPTIONS[matcher], *(["--several"] if self.several else [])]
        if (folder / "families.csv").exists():
            options += ["--several", "--lowest", str(FAINT)]
        if (folder / "clusters.csv").exists():
            if "--shipped" in options:
                return None  # its prior is for two lists
            options = ["--repeated"]
        with tempfile.TemporaryDirectory() as made:
            out = Path(made) / "told.json"
            command = [sys.executable, "-m", "linking.ours", str(folder), str(out), *options]
            subprocess.run(command, cwd=HERE.parent, check=True)
            return json.loads(out.read_text())

    def _peer(self, matcher: str, folder: Path) -> dict[str, Any] | None:
        if (folder / "clusters.csv").exists() and matcher not in REPEATED:
            return None
        kept = SCORES / f"{_digest(matcher, folder)}.json"
        if not kept.exists() or self.fresh:
            if not PYTHON.exists():
                self._miss("the environment of the peers is not set up: make bench-families")
                return None
            SCORES.mkdir(parents=True, exist_ok=True)
            command = [str(PYTHON), "-W", "ignore", "-m", "linking.worker", matcher]
            done = subprocess.run(
                [*command, str(folder), str(kept)],
                cwd=HERE.parent,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
                self._miss(f"{matcher} on {folder.name}: {last[0]}")
                return None
        told: dict[str, Any] = json.loads(kept.read_text())
        return told

    def _miss(self, reason: str) -> None:
        if reason not in self.missing:
            self.missing.append(reason)


def _digest(matcher: str, folder: Path) -> str:
    code = b"".join((HERE / f"{name}.py").read_bytes() for name in RUN_BY[matcher])
    data = b"".join((folder / f"{side}.csv").read_bytes() for side in ("found", "sought"))
    return hashlib.sha256(matcher.encode() + code + data).hexdigest()


def measured(folder: Path, told: dict[str, Any], *, several: bool = False) -> Answer:
    """Return an answer with its measures; which ones, the truth in the folder says."""
    pairs = [(found, sought, chance) for found, sought, chance in told["pairs"]]
    figures: dict[str, float] = {}
    if (folder / "truth.csv").exists():
        truth = [(one["found_id"], one["sought_id"]) for one in rows(folder / "truth.csv")]
        figures |= measures.persons(pairs, truth, several=several)
    if (folder / "clusters.csv").exists():
        of = {one["id"]: one["cluster"] for one in rows(folder / "clusters.csv")}
        figures |= measures.clusters(pairs, of)
    if (folder / "families.csv").exists():
        group = {one["id"]: one["group"] or one["id"] for one in rows(folder / "sought.csv")}
        truth = [(one["found_id"], one["sought_group"]) for one in rows(folder / "families.csv")]
        figures |= measures.families(pairs, group, truth)
    return Answer(figures, told["cpu"], told["peak"], told.get("version", ""))


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
