"""`kinmatch evaluate`: candidates against known pairs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinmatch.evaluate import Evaluation, evaluate, read_candidates, read_truth

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = click.Path(path_type=Path)


@click.command("evaluate")
@click.argument("candidates", type=FILE)
@click.argument("truth", type=FILE)
def evaluate_command(candidates: Path, truth: Path) -> None:
    """Measure CANDIDATES against TRUTH, a file of true pairs (found_id, sought_id)."""
    for line in lines(evaluate(read_candidates(candidates), read_truth(truth))):
        click.echo(line)


def lines(result: Evaluation) -> Iterator[str]:
    """Yield an evaluation as lines of text."""
    yield f"{result.matchable} found persons have a true pair; {result.candidates} candidates"
    yield f"  the right one first           {share(result.first, result.matchable)}"
    yield f"  the right one in first three  {share(result.in_first_three, result.matchable)}"
    yield "threshold  precision  recall     F1   right   wrong  missed"
    for at in result.at:
        yield (
            f"{at.threshold:9.2f}  {at.precision:9.3f}  {at.recall:6.3f}  {at.f1:5.3f}"
            f"  {at.right:6}  {at.wrong:6}  {at.missed:6}"
        )
    yield f"expected calibration error {result.calibration_error:.3f}, among the candidates listed"
    yield " said   true  candidates"
    for one in result.bins:
        yield f"{one.said:5.2f}  {one.came_true:5.2f}  {one.candidates:10}"


def share(part: int, whole: int) -> str:
    """Return a part with its share: "7 (87.5 %)"."""
    return f"{part} ({part / whole:.1%})" if whole else "0"
