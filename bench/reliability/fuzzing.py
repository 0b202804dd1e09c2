"""Parsers of what comes from outside, fed broken input by atheris: no crash, no hang, no lie.

    python bench/reliability/fuzzing.py [EXECUTIONS] [TARGETS]

Each target runs in a process of its own, as libFuzzer ends the one it ran in. A target fails where
it raises what it does not say it raises, breaks a promise, or takes longer than its patience.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from reliability.mutating import others, photographs, zipped

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGET: Final = Path(__file__).with_name("fuzzed.py")
OFFICE: Final = {"[Content_Types].xml": b"<a/>", "word/document.xml": b"<w:p>x</w:p>"}
TABLE: Final = b"id,name,born,sex\n1,Ruslan,2012~,m\n2,\xd8\xb1\xd8\xb3,2010/2012,f\n"
WORDS: Final = tuple(
    words.encode()
    for words in ("терро боевик daesh ISIS داعش", "D3S1358 15,16 FGA 21,24", ">x\nACGTACGTACGT")
)
SEEDS: Final[Mapping[str, tuple[bytes, ...]]] = {
    "photo": tuple(photographs().values()),
    "file": (*others().values(), zipped(OFFICE), b"ID3", b"OggS"),
    "archive": (zipped(OFFICE), zipped({"a": b"b"})),
    "office": WORDS,
    "kind": (*others().values(), zipped(OFFICE)),
    "labels": WORDS,
    "profiles": WORDS,
    "edtf": (b"2012-05~", b"2010/2012", b"[2012,2013]", b"201X", b"2012?"),
    "name": tuple(
        map(str.encode, ("Руслан Магомедович", "رسلان ابن ماغوميد", "Abu Jihad al-Kurdi"))
    ),
    "table": (TABLE,),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """How often a target was run, and whether it failed; `failure` says how, in one line."""

    target: str
    executions: int
    failed: bool
    failure: str = ""


def run(executions: int = 1_000_000, targets: tuple[str, ...] = tuple(SEEDS)) -> list[Figures]:
    """Run each target so often, or until it fails."""
    return [run_one(target, executions) for target in targets]


def run_one(target: str, executions: int, *, seconds: int = 0, script: Path = TARGET) -> Figures:
    """Run one target in a process of its own, from its seeds, so often or so long."""
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(SEEDS.get(target, WORDS)):
            (Path(folder) / str(number)).write_bytes(seed)
        done = subprocess.run(
            [sys.executable, script, target, str(executions), folder, str(seconds)],
            capture_output=True,
            check=False,
        )
    said = done.stderr.decode("utf-8", "replace")
    counted = re.findall(r"^(?:#|Done )(\d+)", said, re.MULTILINE)
    wrong = [line for line in said.splitlines() if "Error" in line or "ERROR" in line]
    failure = wrong[0][:200] if done.returncode and wrong else ""
    return Figures(target, max(map(int, counted), default=0), done.returncode != 0, failure)


if __name__ == "__main__":
    often, chosen = int((sys.argv[1:2] or ["1000000"])[0]), tuple(sys.argv[2:]) or tuple(SEEDS)
    for figures in run(often, chosen):
        print(asdict(figures))
