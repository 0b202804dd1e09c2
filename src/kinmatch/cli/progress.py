"""Progress on standard error: one bar for each thing that takes a while."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Self

import click

if TYPE_CHECKING:
    from types import TracebackType

LABELS = {
    "records": "Reading records",
    "names": "Comparing names",
    "pairs": "Comparing records",
    "families": "Matching families",
    "learning": "Learning",
}


class Bars:
    """Shows (stage, done, whole) as a bar for each stage, the last one open until left."""

    def __init__(self) -> None:
        self.stage = ""
        self.bar: Any = None  # click names no public type for a bar

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def __call__(self, stage: str, done: int, whole: int) -> None:
        """Move the bar of a stage, opening it first."""
        if stage != self.stage:
            self._close()
            self.stage = stage
            self.bar = _bar(stage, whole)
        self.bar.update(done - self.bar.pos)

    def _close(self) -> None:
        if self.bar is not None:
            self.bar.render_finish()
            self.bar = None


def _bar(stage: str, whole: int) -> Any:
    bar = click.progressbar(length=whole, label=LABELS[stage], file=sys.stderr)
    bar.render_progress()
    return bar
