"""The cases that are measured: where their two lists come from, and what is to be reached."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from linking.environment import FOLDER, PYTHON

if TYPE_CHECKING:
    from pathlib import Path

MADE = FOLDER / "censuses"
DEVELOPED_ON = (101, 102, 103, 104)  # seeds that were looked at while the library was made
TESTED_ON = ((201, 202), (203, 204), (205, 206))


class CannotRun(Exception):
    """There is nothing to measure; the text is one line with the remedy."""


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of data; `options` are those of `linking.census`, none where it is a folder."""

    name: str
    options: tuple[str, ...] = ()
    goals: dict[str, float] = field(default_factory=dict)
    folder: Path | None = None

    def made(self, seeds: tuple[int, int]) -> Path:
        """Return the folder of the case for two seeds, making it if need be.

        Raises:
            CannotRun: the environment of the peers, which makes it, is not there.
        """
        if self.folder:
            return self.folder
        name = "_".join([*(one.strip("-") for one in self.options), *map(str, seeds)])
        folder = MADE / name
        if (folder / "sought.csv").exists():
            return folder
        if not PYTHON.exists():
            raise CannotRun("the environment of the peers is not set up: make bench-families")
        command = [str(PYTHON), "-W", "ignore", "-m", "linking.census", str(folder)]
        done = subprocess.run(
            [*command, *self.options, "--seeds", *map(str, seeds)],
            cwd=FOLDER.parents[1] / "bench",
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
            raise CannotRun(f"{self.name} could not be made: {last[0]}")
        print(f"    {self.name}, seeds {seeds[0]} and {seeds[1]}: made", file=sys.stderr)
        return folder


FAMILIES = (
    Case("census ×5", ("--noise", "5"), {"F1": 0.985}),
    Case("census ×10", ("--noise", "10"), {"F1": 0.90}),
    Case("census ×10, no birth date", ("--noise", "10", "--no-birth"), {"F1": 0.88}),
    Case("census ×10, 30 % apart", ("--noise", "10", "--apart", "0.3"), {"F1": 0.85}),
    Case("census ×20", ("--noise", "20"), {}),
    Case(
        "child → request ×10",
        ("--noise", "10", "--request"),
        {"family first": 0.80, "in first five": 0.88},
    ),
    Case(
        "child → request ×5",
        ("--noise", "5", "--request"),
        {"family first": 0.95, "in first five": 0.98},
    ),
)


def of_folder(path: Path) -> list[Case]:
    """Return the cases a folder holds: itself, or each folder in it, of found, sought and truth.

    Raises:
        CannotRun: there is none.
    """
    if not path.is_dir():
        raise CannotRun(f"there is no folder {path}")
    held = [path, *sorted(one for one in path.iterdir() if one.is_dir())]
    cases = [
        Case(one.name, folder=one)
        for one in held
        if (one / "found.csv").exists() and (one / "sought.csv").exists()
    ]
    if not cases:
        raise CannotRun(f"{path} holds no found.csv and sought.csv")
    return cases
