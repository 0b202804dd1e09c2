"""A whole caseload: who was found, who is sought, and apart from both the truth."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from kinmatch.errors import BadInput
from kinmatch.synth.families import family
from kinmatch.synth.found import Registration
from kinmatch.synth.parameters import Parameters
from kinmatch.synth.row import COLUMNS, Draft, Row, numbered
from kinmatch.synth.sought import Enquiry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

TRUTH_COLUMNS = ("found_id", "sought_id", "family")


@dataclass(frozen=True, slots=True)
class Pair:
    """A found and a sought row that are about one child; `family` tells families apart."""

    found_id: str
    sought_id: str
    family: str


@dataclass(frozen=True, slots=True)
class Caseload:
    """What a matcher may see, `found` and `sought`, and what it may not, `truth`."""

    found: tuple[Row, ...]
    sought: tuple[Row, ...]
    truth: tuple[Pair, ...]

    def write(self, folder: Path) -> tuple[Path, Path, Path]:
        """Write `found.csv`, `sought.csv` and `truth.csv` into a folder, made if absent.

        Raises:
            BadInput: the folder cannot be written.
        """
        truth = ([pair.found_id, pair.sought_id, pair.family] for pair in self.truth)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return (
                written(folder / "found.csv", COLUMNS, (row.cells() for row in self.found)),
                written(folder / "sought.csv", COLUMNS, (row.cells() for row in self.sought)),
                written(folder / "truth.csv", TRUTH_COLUMNS, truth),
            )
        except OSError as error:
            raise BadInput(f"{folder}: cannot be written ({error.strerror})") from error


def written(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write one table as UTF-8 CSV and return its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def synth(
    families: int,
    seed: int = 0,
    *,
    parameters: Parameters | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Caseload:
    """Make up a caseload of families torn apart, with the truth beside it.

    The same number, seed and parameters give the same caseload, to the letter. Rows are shuffled
    and numbered anew, so that neither order nor number tells who belongs together.

    Args:
        families: how many families, of whom some only seek and some are only found.
        seed: where chance starts.
        parameters: the circumstances; see `Parameters`.
        progress: called with families done and families in all.

    Raises:
        BadInput: fewer than one family.
    """
    if families < 1:
        raise BadInput(f"families: expected a number from 1, got {families}")
    wanted = parameters or Parameters()
    chance = Random(seed)  # noqa: S311 - made-up data, nothing to protect
    registration, enquiry = Registration(chance, wanted), Enquiry(chance, wanted)
    found: list[Draft] = []
    sought: list[Draft] = []
    for number in range(families):
        one = family(chance, number, wanted)
        draw = chance.random()
        if draw >= wanted.not_found:
            found += registration.family(one)
        if not wanted.not_found <= draw < wanted.not_found + wanted.nobody_seeks:
            sought += enquiry.family(one)
        if progress:
            progress(number + 1, families)
    return assembled(mixed(found, chance, wanted.stranger), sought, chance)


def mixed(found: list[Draft], chance: Random, share: float) -> list[Draft]:
    """Put a child of another family into some groups, as happens where children flee together."""
    groups = list(dict.fromkeys(draft.group for draft in found))
    return [
        replace(draft, group=chance.choice(groups)) if chance.random() < share / 2 else draft
        for draft in found
    ]


def assembled(found: list[Draft], sought: list[Draft], chance: Random) -> Caseload:
    """Number both sides and note which rows are about one child."""
    found_rows = numbered(found, chance, letter="F")
    sought_rows = numbered(sought, chance, letter="S")
    by_child: dict[tuple[int, int], list[str]] = {}
    for draft, row in sought_rows:
        by_child.setdefault(draft.child.key, []).append(row.id)
    truth = tuple(
        Pair(row.id, sought_id, str(draft.child.family))
        for draft, row in found_rows
        for sought_id in by_child.get(draft.child.key, ())
    )
    return Caseload(
        tuple(row for _, row in found_rows), tuple(row for _, row in sought_rows), truth
    )
