"""Read the names of everybody as a process does that starts, and say how long that takes.

    python -m serving.warming OUT

Runs inside Django. Run again, it takes up what the first run kept.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import django


def warmed() -> dict[str, float]:
    """Return how many people there are in the memory, and the seconds of this process's own."""
    from kinward.people.memory import MEMORY  # noqa: PLC0415 (Django is set up by now)

    began, own = time.monotonic(), time.process_time()
    MEMORY.warm()
    return {
        "people": len(MEMORY.now()),
        "seconds": time.monotonic() - began,
        "processor": time.process_time() - own,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kinward.settings")
    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(warmed()), encoding="utf-8")
