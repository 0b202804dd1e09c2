"""Everyone to be searched, and those asked about: made-up families, at three degrees of noise.

The children sought of a few hundred families at each degree stand among those of as many other
families as are wanted. Asked about are the same children as a clerk elsewhere wrote them down, in
Arabic or Latin letters. The same size and seed give the same lists.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from kinmatch.synth import Parameters, stream
from kinmatch.synth.row import COLUMNS
from looking import NOISE, SOUGHT, TRUTH

if TYPE_CHECKING:
    from _csv import Writer
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kinmatch.synth import Row

ASKED = 400  # families whose children are asked about, at each degree
SEED = 7_001


def made(folder: Path, size: int) -> Path:
    """Return a folder of lists with so many sought, made unless it is there."""
    place = folder / f"live-{size}"
    if (place / TRUTH).exists():
        return place
    place.mkdir(parents=True, exist_ok=True)
    truth: list[tuple[str, str]] = []
    with (place / SOUGHT).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        count = 0
        for number, (name, factor) in enumerate(NOISE.items()):
            told = Parameters().noisier(factor)
            asked: list[Row] = []
            for part in stream(ASKED, SEED + number, parameters=told):
                count += written(writer, renamed(part.sought, str(number)))
                asked += part.found
                truth += [
                    (f"{number}-{pair.found_id}", f"{number}-{pair.sought_id}")
                    for pair in part.truth
                ]
            with (place / f"{name}.csv").open("w", encoding="utf-8", newline="") as queries:
                other = csv.writer(queries)
                other.writerow(COLUMNS)
                written(other, renamed(asked, str(number)))
        others = stream(size, SEED + len(NOISE))  # more families than are needed
        while count < size:
            count += written(writer, renamed(next(others).sought[: size - count], "x"))
    with (place / TRUTH).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("asked_id", "sought_id"), *truth])
    return place


def written(writer: Writer, rows: Iterable[Row]) -> int:
    """Write rows; return how many."""
    cells = [row.cells() for row in rows]
    writer.writerows(cells)
    return len(cells)


def renamed(rows: Iterable[Row], prefix: str) -> Iterator[Row]:
    """Yield rows with a prefix before every number in them."""
    for row in rows:
        yield row._replace(
            id=f"{prefix}-{row.id}",
            group=row.group and f"{prefix}-{row.group}",
            sibling_ids=tuple(f"{prefix}-{one}" for one in row.sibling_ids),
        )
