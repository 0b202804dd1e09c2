"""Set up the environment of the linkage peers, apart from the project's own.

    PYTHONPATH=bench python3 -m linking.environment

Makes `var/bench/linkage-venv` from `requirements/bench-linkage.txt`; a second call does only what
changed. Uses nothing but the standard library. pseudopeople runs on Python 3.10 and 3.11 only; on
a later one everything else is installed, and the censuses are left out.
"""

from __future__ import annotations

import hashlib
import sys
import venv

from naming.environment import FOLDER, NOT_INSTALLED, ROOT, install, say

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
    say(f"installing {pinned} pinned packages into var/bench/linkage-venv")
    venv.create(VENV, with_pip=True, clear=True)
    if not install(LOCK, PYTHON):
        raise SystemExit(NOT_INSTALLED)
    STAMP.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
