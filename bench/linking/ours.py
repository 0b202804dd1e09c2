"""The one place where these benchmarks call the library they measure.

    python -m linking.ours FOLDER OUT [--alone] [--request]

Reads found.csv and sought.csv of a folder, learns the levels from the two lists without labels,
matches whole families, and writes `OUT` as JSON: {pairs, cpu, peak}. Every run is a process of its
own, so that its memory and its seconds are its own.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path

from naming.memory import peak

from kinmatch import link
from kinmatch.model import Calibration
from kinmatch.records import read
from kinmatch.training import train


def main() -> None:
    """Match one folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--alone", action="store_true", help="without the collective stage")
    parser.add_argument("--shipped", action="store_true", help="the shipped model, as it is")
    parser.add_argument("--lowest", type=float, default=0.01, help="chance of pairs that count")
    asked = parser.parse_args()
    found = read(asked.folder / "found.csv").persons
    sought = read(asked.folder / "sought.csv").persons
    started = time.process_time()
    population = None
    if not asked.shipped:
        # The curves were fitted to other circumstances than those just learned.
        learned = train(found, sought, families=not asked.alone)
        curves = {"calibration": Calibration(), "calibration_families": Calibration()}
        model = replace(learned.model, **curves).renewed()
        population = replace(learned.population, model=model)
    linkage = link(
        found,
        sought,
        population=population,
        engine="arrays",
        threshold=asked.lowest,
        families=not asked.alone,
        one_to_one=not asked.shipped,
    )
    told = {
        "pairs": [(one.found_id, one.sought_id, one.probability) for one in linkage.candidates],
        "cpu": time.process_time() - started,
        "peak": peak(),
    }
    asked.out.write_text(json.dumps(told))


if __name__ == "__main__":
    main()
