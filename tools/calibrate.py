"""From bits to a probability: the last step of `train_names`, and the lists it reads."""

from __future__ import annotations

import hashlib
import os
import random
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kinmatch.names import score_names

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTS = (
    "tokens_lat_ara.tsv",
    "tokens_lat_ara_wikipedia.tsv",
    "tokens_lat_cyr.tsv",
    "tokens_multiscript.tsv",
    "persons_lat_ara.tsv",
)
CALIBRATED = 1500  # pairs of each kind
SEED = 20181230
STEPS = 50


def folder() -> Path:
    """Return the folder of the public lists."""
    return Path(os.environ["KINWARD_VECTORS"]) / "names"


def lines(name: str) -> list[list[str]]:
    """Return the rows of a list in KINWARD_VECTORS/names."""
    text = (folder() / name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines()]


def provenance() -> Iterator[tuple[str, str, str]]:
    """Yield each list with its hash, and how many of its rows are for training.

    `tokens_multiscript` is not split by row: what it shares with *dev* rows is left out of it.
    """
    for name in LISTS:
        digest = hashlib.sha256((folder() / name).read_bytes()).hexdigest()
        rows = lines(name)
        kept = [row for row in rows if row[-1] == "train"] or rows[1:]
        yield name, digest, str(len(kept))


def calibration() -> tuple[float, float]:
    """Return the slope and the even point of a logistic line from bits to probability.

    Fitted on *train* persons: half true pairs; of the others a third near (another person who
    shares a Latin word), a third with one Arabic word exchanged, a third at random.
    """
    chance = random.Random(SEED)  # noqa: S311 - nothing secret
    persons = [row[:2] for row in lines("persons_lat_ara.tsv")[1:] if row[5] == "train"]
    sharing: dict[str, list[str]] = defaultdict(list)
    for latin, arabic in persons:
        for piece in latin.split():
            sharing[piece].append(arabic)
    pairs: list[tuple[str, str, bool]] = []
    for latin, arabic in chance.sample(persons, CALIBRATED):
        pieces, other = arabic.split(), chance.choice(persons)[1]
        pieces[chance.randrange(len(pieces))] = chance.choice(other.split())
        near = chance.choice(sharing[chance.choice(latin.split())])
        pairs += [(latin, arabic, True)] * 3
        pairs += [
            (latin, wrong, False) for wrong in (near, " ".join(pieces), other) if wrong != arabic
        ]
    bits = np.array([score_names(latin, arabic) for latin, arabic, _ in pairs])
    same = np.array([float(true) for *_, true in pairs])
    return logistic(bits, same)


def logistic(bits: np.ndarray, same: np.ndarray) -> tuple[float, float]:
    """Fit a line through the log odds of `same` by Newton's method; return slope and even point."""
    design = np.stack([bits, np.ones_like(bits)], 1)
    found = np.array([0.3, -2.0])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-design @ found))
        spread = design * (likely * (1 - likely))[:, None]
        found += np.linalg.solve(design.T @ spread, design.T @ (same - likely))
    return float(found[0]), float(-found[1] / found[0])
