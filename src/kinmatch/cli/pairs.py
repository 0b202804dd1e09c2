"""What `link` and `dedupe` share where pairs are written as they come: resuming, and the sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kinmatch import __version__
from kinmatch.batch import Written, close_run, digest, opened_run, write_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    import pyarrow as pa

    from kinmatch.batch import Job
    from kinmatch.engines.closeness import Progress

RESUME = click.option(
    "--resume",
    is_flag=True,
    help="Keep finished chunks in OUT.run, and go on from them if they are there.",
)


def write_all(
    job: Callable[[], Job],
    out: Path,
    *,
    asked: Mapping[str, str],
    resume: bool,
    families: bool,
    across: bool,
    progress: Progress,
    seen: Callable[[Iterable[pa.Table]], Iterable[pa.Table]] = iter,
) -> Written:
    """Write every pair of a job, which is made once it is clear that the run can go on.

    Raises:
        BadInput: the run cannot go on.
    """
    matching = {"families": str(families), "one to one": str(across)}
    folder = opened_run(out, {**asked, **matching}) if resume else None
    made = job()
    tables = (
        made.families(folder, progress, across=across)
        if families
        else made.tables(folder, progress)
    )
    written = write_pairs(seen(tables), out)
    if folder:
        close_run(folder)
    return written


def parameters(files: Mapping[str, Path], model: str, **chosen: object) -> dict[str, str]:
    """Return everything the pairs follow from, as a run's manifest names it."""
    return {
        **{name: digest(path) for name, path in files.items()},
        "model": model,
        "kinmatch": __version__,
        **{name: str(value) for name, value in chosen.items()},
    }
