"""Set up the environment of the linkage peers, apart from the project's own.

    python3 bench/linking/environment.py

Makes `var/bench/linkage-venv` from `requirements/bench-linkage.txt`; a second call does only what
changed. Uses nothing but the standard library. pseudopeople runs on Python 3.10 and 3.11 only; on
a later one everything else is installed, and the censuses are left out.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench"
VENV = FOLDER / "linkage-venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements" / "bench-linkage.txt"
STAMP = VENV / ".installed"


def main() -> int:
    """Make the environment, unless it is there and up to date."""
    wanted = hashlib.sha256(sys.version.encode() + LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    pinned = LOCK.read_text().count("==")
    print(f"==> installing {pinned} pinned packages into var/bench/linkage-venv", file=sys.stderr)
    venv.create(VENV, with_pip=True, clear=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--no-input"]
    # The lock is whole, so nothing is left to resolve.
    lock = ["--quiet", "--require-hashes", "--no-deps", "-r", str(LOCK)]
    if subprocess.run([*pip, *lock], check=False).returncode:
        raise SystemExit("bench: the peers could not be installed: check the network")
    STAMP.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
