"""How much a process has held at most."""

from __future__ import annotations

import re
import resource
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak() -> int:
    """Return the bytes this process has held at most.

    Linux counts what the parent held into `ru_maxrss` of a process it starts; the high water of
    its own memory stands in its status.
    """
    if STATUS.exists() and (found := re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text())):
        return int(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
