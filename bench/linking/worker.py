"""Run one peer on one folder, in the peers' environment.

    python -m linking.worker PEER FOLDER OUT

Reads found.csv and sought.csv and writes `OUT` as JSON: {pairs: [[found, sought, score]], cpu,
peak, version}. A peer is not told the truth, and sees what kinmatch sees.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
import time
import warnings
from importlib import import_module
from pathlib import Path

import pandas as pd
from naming.memory import peak

PEERS = {
    "Splink pairwise": "linking.pairwise",
    "hard two-step": "linking.two_step",
    "Primero": "linking.primero",
    "recordlinkage": "linking.toolkit",
}

REPEATED = {"Splink pairwise": "linking.repeated"}  # those that take one list of repeated persons


def table(path: Path) -> pd.DataFrame:
    """Return a file as text columns, None where a cell is empty."""
    read = pd.read_csv(path, dtype=str, keep_default_na=False)
    return read.astype(object).where(read != "", None)


def main() -> None:
    """Run one peer."""
    peer, folder, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    module = import_module(PEERS[peer])
    found, sought = table(folder / "found.csv"), table(folder / "sought.csv")
    started = time.process_time()
    with contextlib.redirect_stdout(sys.stderr):  # libraries may print
        if (folder / "clusters.csv").exists():
            pairs = import_module(REPEATED[peer]).run(found)
        else:
            pairs = module.run(found, sought)
    told = {"pairs": pairs, "cpu": time.process_time() - started, "peak": peak()}
    out.write_text(json.dumps({**told, "version": module.VERSION}))


if __name__ == "__main__":
    main()
