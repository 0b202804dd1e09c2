"""The one place where these benchmarks call the library they measure.

    python -m linking.ours FOLDER OUT [--alone] [--several] [--shipped]

Reads found.csv and sought.csv of a folder, learns the levels from the two lists without labels,
matches whole families, and writes `OUT` as JSON: {pairs, cpu, peak}. With --shipped nothing is
learned: levels and curves are those of the model that ships, as whoever has no model of their own
uses them. Every run is a process of its own, so that its memory and its seconds are its own.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import replace
from pathlib import Path

from naming.memory import peak

from kinmatch import link
from kinmatch.engines import Weights, prepare, score
from kinmatch.model import probability, weight_of
from kinmatch.records import read
from kinmatch.training import train
from linking.joining import joined

HALF = 8_000  # records of each half that is learned from
ALL = 0.99  # a coverage


def within_one_list(folder: Path) -> dict[str, object]:
    """Find records of one person in one list (found.csv); learned from its two halves."""
    everyone = list(read(folder / "found.csv").persons)
    started = time.process_time()
    drawn = everyone.copy()
    random.Random(1).shuffle(drawn)  # noqa: S311 (halves, nothing more)
    half = min(len(drawn) // 2, HALF)
    learned = train(drawn[:half], drawn[half : 2 * half], families=False, repeated=True)
    # One in so many pairs is true; the prior of a model is spread over the persons sought.
    rate = learned.expected / half**2
    coverage = min(rate * len(everyone), ALL)
    model = replace(learned.model, coverage=coverage).renewed()
    population = prepare(everyone, everyone, model=model)
    missing = weight_of(min(rate, ALL)) - weight_of(model.prior(len(everyone)))
    told = score(population, Weights(lowest=-missing), engine="arrays").pairs
    pairs = [
        (everyone[one.found].id, everyone[one.sought].id, probability(one.weight + missing))
        for one in told
        if one.found < one.sought
    ]
    return {"pairs": joined(pairs), "cpu": time.process_time() - started, "peak": peak()}


def main() -> None:
    """Match one folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--alone", action="store_true", help="without the collective stage")
    parser.add_argument("--shipped", action="store_true", help="by the model that ships, as it is")
    parser.add_argument("--lowest", type=float, default=0.01, help="chance of pairs that count")
    parser.add_argument("--several", action="store_true", help="a child may be sought by several")
    parser.add_argument("--repeated", action="store_true", help="one list, each person many times")
    asked = parser.parse_args()
    if asked.repeated:
        asked.out.write_text(json.dumps(within_one_list(asked.folder)))
        return
    found = read(asked.folder / "found.csv").persons
    sought = read(asked.folder / "sought.csv").persons
    started = time.process_time()
    if asked.shipped:
        population = prepare(found, sought)
    else:
        population = train(found, sought, families=not asked.alone).population
    linkage = link(
        found,
        sought,
        population=population,
        engine="arrays",
        threshold=asked.lowest,
        families=not asked.alone,
        one_to_one=not (asked.several or asked.alone),
    )
    told = {
        "pairs": [(one.found_id, one.sought_id, one.probability) for one in linkage.candidates],
        "cpu": time.process_time() - started,
        "peak": peak(),
    }
    asked.out.write_text(json.dumps(told))


if __name__ == "__main__":
    main()
