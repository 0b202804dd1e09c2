"""Link records of persons as kinmatch does, and as its peers do, on the same lists in the same run.

    python bench/linkage.py [FOLDER] [--strict] [--cases PATTERNS] [--peers PATTERNS] …

Without FOLDER: a made-up caseload in three scripts (`kinmatch synth`; it shows that nothing broke,
and is no claim about real ones); FEBRL 4, which anyone should pass; and the 50,000 records of
historical persons, where KINWARD_VECTORS names the public data or --data their folder. Rules for
the last were tuned on persons whose id has an even first byte in SHA-256, and looked at on all; two
lists of those persons alone show what the chances of the shipped model are worth on public data.
Options, tables and the last line are those of `bench/families.py`. `make bench-linkage` sets the
environment of the peers up first.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import families
from linking import cases, historical
from linking.environment import FOLDER, PYTHON

from kinmatch.synth import synth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SYNTH_FAMILIES, SYNTH_SEED = 600, 301
CLUSTERED, SATURATED = 0.87, 0.995


def known(data: Path | None) -> Iterator[cases.Case]:
    """Yield the cases there is data for."""
    made = FOLDER / "caseloads" / f"synth_{SYNTH_FAMILIES}_{SYNTH_SEED}"
    if not (made / "truth.csv").exists():
        synth(SYNTH_FAMILIES, SYNTH_SEED).write(made)
    yield cases.Case("synth, three scripts", folder=made)
    if (febrl := made_by_peers("linking.febrl")) is not None:
        yield cases.Case("FEBRL 4", goals={"F1": SATURATED}, folder=febrl)
    if data and (data / historical.FILE).exists():
        # Written every time: what is told in which column follows from the code.
        folder = historical.write(data / historical.FILE, FOLDER / "caseloads" / "historical")
        two = historical.write_two(data / historical.FILE, FOLDER / "caseloads" / "historical_two")
        yield cases.Case("historical, two lists", folder=two)
        yield cases.Case("historical 50k", goals={"clustered F1": CLUSTERED}, folder=folder)


def made_by_peers(module: str) -> Path | None:
    """Return the folder that a module of the peers' environment makes; None without it."""
    folder = FOLDER / "caseloads" / module.rpartition(".")[2]
    if not (folder / "truth.csv").exists():
        if not PYTHON.exists():
            return None
        command = [str(PYTHON), "-W", "ignore", "-m", module, str(folder)]
        subprocess.run(command, cwd=Path(__file__).parent, check=True)
    return folder


def data_of(arguments: Sequence[str]) -> tuple[Path | None, list[str]]:
    """Return the folder of public linkage data, and the arguments without its option."""
    left = list(arguments)
    if "--data" in left:
        place = left.index("--data")
        chosen = Path(left[place + 1]) if place + 1 < len(left) else None
        return chosen, left[:place] + left[place + 2 :]
    vectors = os.environ.get("KINWARD_VECTORS")
    return (Path(vectors) / "linkage" if vectors else None), left


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; return the exit code."""
    data, left = data_of(sys.argv[1:] if arguments is None else arguments)
    return families.main(left, tuple(known(data)))


if __name__ == "__main__":
    sys.exit(main())
