"""A lock that many may read under, and one alone write under."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Shared:
    """Lets readers in together and a writer alone, all in the order they came.

    So neither keeps the other waiting for longer than those who were there before. Neither may be
    asked for again by a thread that holds it.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._queue: deque[object] = deque()  # who waits
        self._readers = 0
        self._writing = False

    @contextmanager
    def reading(self, *, first: Callable[[], None] | None = None) -> Iterator[None]:
        """Hold off writers. What is to be done `first` is done alone, and nobody writes since."""
        if first:
            with self.writing():
                first()
                self._readers += 1  # nobody else is in: seen by all once this has been left
        else:
            with self._changed:
                self._wait(lambda: not self._writing)
                self._readers += 1
        try:
            yield
        finally:
            with self._changed:
                self._readers -= 1
                self._changed.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold off everyone else."""
        with self._changed:
            self._wait(lambda: not self._writing and not self._readers)
            self._writing = True
        try:
            yield
        finally:
            with self._changed:
                self._writing = False
                self._changed.notify_all()

    def _wait(self, free: Callable[[], bool]) -> None:
        turn = object()
        self._queue.append(turn)
        try:
            self._changed.wait_for(lambda: self._queue[0] is turn and free())
        finally:
            self._queue.remove(turn)
            self._changed.notify_all()  # the next may be a reader too
