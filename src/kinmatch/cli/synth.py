"""`kinmatch synth`: made-up families, with the truth apart."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kinmatch.synth import synth

STEP = 100  # families between two movements of the bar


@click.command("synth")
@click.option("--families", type=int, default=1000, show_default=True, help="How many families.")
@click.option("--seed", type=int, default=0, show_default=True, help="Where chance starts.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("caseload"),
    show_default=True,
    help="Folder for found.csv, sought.csv and truth.csv.",
)
def synth_command(families: int, seed: int, out: Path) -> None:
    """Make up families torn apart: found.csv, sought.csv, and truth.csv apart from both."""
    with click.progressbar(
        length=max(families, 0), label="Making up families", file=sys.stderr
    ) as bar:

        def progress(done: int, total: int) -> None:
            if done % STEP == 0 or done == total:
                bar.update(done - bar.pos)

        caseload = synth(families, seed, progress=progress)
    caseload.write(out)
    click.echo(
        f"{len(caseload.found)} found and {len(caseload.sought)} sought children, "
        f"{len(caseload.truth)} true pairs, written to {out}"
    )
