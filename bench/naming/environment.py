"""Set up the environment of the peers, apart from the project's own.

    python3 bench/naming/environment.py

Makes `var/bench/venv` from `requirements/bench.txt`; a second call does only what changed. Uses
nothing but the standard library. PyICU is built here, against the ICU of the system; where that
cannot be, everything else is installed and one line says what is missing and how to get it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench"
VENV = FOLDER / "venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements" / "bench.txt"
STAMP = VENV / ".installed"
BUILT_HERE = "pyicu"
NEEDED_TO_BUILD = ("libicu-dev", "g++", "pkg-config")
NOT_INSTALLED = "bench: the peers could not be installed: check the network"
REMEDY = f"sudo apt-get install {' '.join(NEEDED_TO_BUILD)}, then run the same command again"


def say(text: str) -> None:
    """Say what is being done."""
    print(f"==> {text}", file=sys.stderr, flush=True)


def run(*command: str | Path, quiet: bool = False) -> bool:
    """Run a command in the root folder; return whether it succeeded."""
    out = subprocess.DEVNULL if quiet else sys.stderr
    parts = [str(part) for part in command]
    return subprocess.run(parts, cwd=ROOT, stdout=out, stderr=out, check=False).returncode == 0


def install(lock: Path, python: Path) -> bool:
    """Install a lock for an interpreter, each package checked against its hash."""
    pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--no-input", "--quiet")
    # The lock is whole, so nothing is left to resolve.
    return run(*pip, "--require-hashes", "--no-deps", "-r", lock)


def has_icu() -> bool:
    """Return whether there is an ICU to build against."""
    return bool(shutil.which("pkg-config")) and run(
        "pkg-config", "--exists", "icu-i18n", quiet=True
    )


def can_build() -> bool:
    """Return whether ICU can be built against; on Debian, as root, make it so."""
    if has_icu():
        return True
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"installing {' '.join(NEEDED_TO_BUILD)} from the distribution's packages")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    return run("apt-get", "update", "-qq", quiet=True) and run(
        "apt-get", "install", "-y", "-qq", "--no-install-recommends", *NEEDED_TO_BUILD, quiet=True
    )


def without(package: str, lock: str) -> str:
    """Return a lock without one package."""
    blocks = re.split(r"\n(?=[a-z0-9])", lock)
    return "\n".join(block for block in blocks if not block.startswith(f"{package}=="))


def install_peers() -> bool:
    """Install what can be had; return whether that is everything."""
    say(f"installing {LOCK.read_text().count('==')} pinned packages of the peers (800 MB on disk)")
    if can_build() and install(LOCK, PYTHON):
        return True
    partial = FOLDER / "without-pyicu.txt"
    partial.write_text(without(BUILT_HERE, LOCK.read_text()))
    if not install(partial, PYTHON):
        raise SystemExit(NOT_INSTALLED)
    say(f"without ICU, and nomenklatura which uses it: {REMEDY}")
    return False


def main() -> int:
    """Make the environment, unless it is there and up to date."""
    wanted = hashlib.sha256(sys.version.encode() + LOCK.read_bytes()).hexdigest()
    held = STAMP.read_text() if STAMP.exists() else ""
    if held == wanted or (held == f"{wanted} in part" and not has_icu()):
        return 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    say("making the environment of the peers in var/bench/venv")
    venv.create(VENV, with_pip=True, clear=True)
    STAMP.write_text(wanted if install_peers() else f"{wanted} in part")
    return 0


if __name__ == "__main__":
    sys.exit(main())
