"""Check the locks: pinned, hashed, no index host named, each dependency with its reason."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each lock, and the extras and groups it must hold.
LOCKS = {
    "run": ("base", "build", "web", "postgres"),
    "dev": ("base", "build", "web", "postgres", "dev"),
    "spark": ("base", "spark"),
    "node": ("node",),
    "places": ("places",),
    "bench": ("bench",),
    "bench-linkage": ("bench-linkage",),
}
PIN = re.compile(r"^([a-z0-9._-]+)==[^ ]+", re.MULTILINE)
HOST = re.compile(r"https?://|^--(?:extra-)?index-url|^--find-links", re.MULTILINE)
REASON = re.compile(r'^    "(?P<name>[^"]+)",(?P<rest>.*)$', re.MULTILINE)


def name_of(requirement: str) -> str:
    """The normalised name of a requirement such as `whitenoise[brotli]>=6.8`."""
    return re.sub(r"[._]", "-", re.split(r"[\[<>=~!; ]", requirement, maxsplit=1)[0].lower())


def faults_of(lock: str, text: str, wanted: set[str]) -> list[str]:
    """What is wrong with one lock."""
    pins = [match[1] for match in PIN.finditer(text)]
    faults = [
        f"requirements/{lock}.txt: {name} is not pinned; run make lock"
        for name in sorted(wanted - set(pins))
    ]
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    faults += [
        f"requirements/{lock}.txt: {block.split('==')[0]} has no hash"
        for block in blocks
        if "--hash=sha256:" not in block
    ]
    faults += [f"requirements/{lock}.txt names an index host"] if HOST.search(text) else []
    return faults


def main() -> int:
    """Print every fault; exit 1 if there is one."""
    source = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(source)
    asked = {
        "base": project["project"]["dependencies"],
        **project["project"]["optional-dependencies"],
        **project["dependency-groups"],
    }
    faults = []
    for lock, names in LOCKS.items():
        wanted = {name_of(requirement) for name in names for requirement in asked[name]}
        faults += faults_of(lock, (ROOT / "requirements" / f"{lock}.txt").read_text(), wanted)
    section = source.partition("dependencies = [")[2].partition("[project.scripts]")[0]
    faults += [
        f"pyproject.toml: {match['name']} has no reason"
        for match in REASON.finditer(section)
        if "#" not in match["rest"]
    ]
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
