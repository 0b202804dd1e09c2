"""What runs beside the pages in a process that serves them, from its start."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

TASKS: Final[dict[str, Callable[[], None]]] = {}  # apps enter theirs when they are loaded


def start() -> None:
    """Start every task in a thread of its own, which ends with the process."""
    for name, task in TASKS.items():
        Thread(target=task, name=name, daemon=True).start()
