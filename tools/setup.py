"""Set up this working copy: environment, pinned packages, front end, browser.

A second call does only what changed.

    python3 tools/setup.py run     what `make demo` needs
    python3 tools/setup.py dev     what `make test` and `make check` need

Uses nothing but the standard library, for it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = {"run": "about 120 MB on the first run", "dev": "about 275 MB on the first run"}


class CannotSetUp(Exception):
    """Something that is needed cannot be had; the text is one line with the remedy."""


def say(text: str) -> None:
    """Say what is being done."""
    print(f"==> {text}", flush=True)


def run(*command: str | Path, quiet: bool = False) -> bool:
    """Run a command in the root folder; return whether it succeeded."""
    out = subprocess.DEVNULL if quiet else None
    return (
        subprocess.run(
            [str(part) for part in command], cwd=ROOT, stdout=out, stderr=out, check=False
        ).returncode
        == 0
    )


def apt(package: str) -> bool:
    """Install a Debian package, where this is root on a Debian-like machine."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"installing {package} from the distribution's packages")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    return run("apt-get", "update", "-qq", quiet=True) and run(
        "apt-get", "install", "-y", "-qq", "--no-install-recommends", package, quiet=True
    )


def stamp_of(name: str, *files: Path) -> tuple[Path, str]:
    """Where the stamp of a step lies, and what it must say for the step to be up to date."""
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    return VENV / f".{name}", digest.hexdigest()


def make_environment() -> None:
    """Make .venv, unless it is there and whole."""
    if PYTHON.exists() and run(PYTHON, "-m", "pip", "--version", quiet=True):
        return
    say(f"making the environment in .venv with Python {sys.version.split()[0]}")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, OSError):
        # Debian and Ubuntu split ensurepip off.
        if not apt(f"python{version}-venv") or not run(
            sys.executable, "-m", "venv", "--clear", VENV
        ):
            raise CannotSetUp(
                f"this Python makes no environments: sudo apt-get install python{version}-venv"
            ) from None


def install_packages(kind: str) -> None:
    """Install the pinned packages, each checked against its hash, and this project beside them."""
    lock = ROOT / "requirements" / f"{kind}.txt"
    stamp, wanted = stamp_of(kind, lock, ROOT / "pyproject.toml")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    count = lock.read_text().count("==")
    say(f"installing {count} pinned packages ({PACKAGES[kind]})")
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--no-input")
    # The lock is whole: pip need not resolve anew, and cannot where a newer release is out.
    if not run(*pip, "--require-hashes", "--no-deps", "--progress-bar", "on", "-r", lock):
        raise CannotSetUp(
            "packages could not be installed: check the network, then run the same command again"
        )
    if not run(*pip, "--quiet", "--no-deps", "--no-build-isolation", "-e", ROOT):
        raise CannotSetUp("this project could not be installed into .venv: see the lines above")
    stamp.write_text(wanted)


def build_front_end() -> None:
    """Build styles, scripts and message catalogues; the builder skips what has not changed."""
    if not run(PYTHON, "hatch_build.py"):
        raise CannotSetUp("the front end could not be built: see the lines above")


def find_browser() -> None:
    """Make sure there is a Chromium for the tests: from PATH, Playwright or Debian."""
    named = os.environ.get("KINWARD_CHROMIUM")
    stamp = VENV / ".chromium"
    if named or any(map(shutil.which, BROWSERS)) or stamp.exists():
        return
    say("fetching Chromium for the browser tests (about 120 MB)")
    if run(PYTHON, "-m", "playwright", "install", "chromium", quiet=True):
        stamp.write_text("Playwright keeps it")
    elif not apt("chromium"):
        print("    none to be had: the browser tests are skipped; remedy: apt-get install chromium")


def check_python() -> None:
    """Refuse a Python that is too old."""
    if sys.version_info < OLDEST_PYTHON:
        raise CannotSetUp(f"Kinward needs Python 3.11 or later, this is {sys.version.split()[0]}")


def main() -> int:
    """Do every step; return the exit code."""
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    try:
        check_python()
        make_environment()
        install_packages(kind)
        build_front_end()
        if kind == "dev":
            find_browser()
    except CannotSetUp as reason:
        print(f"setup: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
