"""`kinmatch synth`: made-up families, with the truth apart."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinmatch.synth import Form, Parameters, Tables, read_parameters, stream
from kinmatch.synth.parts import customs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

STEP = 100  # families between two movements of the bar


@click.command("synth")
@click.option("--families", type=int, default=1000, show_default=True, help="How many families.")
@click.option("--seed", type=int, default=0, show_default=True, help="Where chance starts.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("caseload"),
    show_default=True,
    help="Folder for the files.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Form]),
    default=Form.CSV.value,
    show_default=True,
    help="The form of the files.",
)
@click.option(
    "--parameters",
    "settings",
    type=click.Path(path_type=Path),
    help="A TOML file of circumstances; docs/reference/made-up-caseloads.md lists them.",
)
@click.option(
    "--custom",
    "only",
    multiple=True,
    type=click.Choice(list(customs())),
    help="Make families of this custom only; may be given several times.",
)
@click.option("--noise", type=float, help="Scale what clerks and relatives do wrong by this.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day ages are counted to.")
def synth_command(
    *,
    families: int,
    seed: int,
    out: Path,
    form: str,
    settings: Path | None,
    only: tuple[str, ...],
    noise: float | None,
    as_of: datetime | None,
) -> None:
    """Make up families torn apart: found and sought, and the truth apart from both.

    Files are written as they are made, a thousand families at a time, so that memory stays small.
    """
    parameters = read_parameters(settings) if settings else Parameters()
    if only:
        parameters = replace(
            parameters, customs=tuple((name, customs()[name].share) for name in only)
        )
    if as_of:
        parameters = replace(parameters, as_of=as_of.date())
    if noise is not None:
        parameters = parameters.noisier(noise)
    with click.progressbar(
        length=max(families, 0), label="Making up families", file=sys.stderr
    ) as bar:

        def progress(done: int, total: int) -> None:
            if done % STEP == 0 or done == total:
                bar.update(done - bar.pos)

        found, sought, pairs = written(
            Tables(out, Form(form)), families, seed, parameters, progress=progress
        )
    click.echo(f"{found} found and {sought} sought children, {pairs} true pairs, written to {out}")


def written(
    tables: Tables,
    families: int,
    seed: int,
    parameters: Parameters,
    *,
    progress: Callable[[int, int], None],
) -> tuple[int, int, int]:
    """Write a caseload part by part; return how many found, sought, and true pairs it has."""
    counts = [0, 0, 0]
    parts = stream(families, seed, parameters=parameters, progress=progress)
    first = next(parts)  # refuses a number that cannot be before any file is made
    # What is loaded by now stays: looking at it again and again took a quarter of the time.
    gc.freeze()
    with tables:
        for part in chain([first], parts):
            tables.append(part)
            for at, rows in enumerate((part.found, part.sought, part.truth)):
                counts[at] += len(rows)
    return counts[0], counts[1], counts[2]
