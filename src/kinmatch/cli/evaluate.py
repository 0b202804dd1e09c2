"""`kinmatch evaluate`: candidates against known pairs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinmatch.cli.link import refuse_to_overwrite
from kinmatch.cli.model import write_picture
from kinmatch.errors import BadInput
from kinmatch.evaluate import (
    NOISE,
    Evaluation,
    by_noise,
    by_slice,
    evaluate,
    read_candidates,
    read_noise,
    read_truth,
)
from kinmatch.pictures import reliability
from kinmatch.records import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE = click.Path(path_type=Path)
EVEN = 0.5
WIDTH = 48  # of a slice's name


@click.command("evaluate")
@click.argument("candidates", type=FILE)
@click.argument("truth", type=FILE)
@click.option("--found", type=FILE, help="The found persons, to measure slices of them.")
@click.option("--sought", type=FILE, help="The sought persons, likewise.")
@click.option("--records", type=FILE, help="What was done to each record, as synth writes it.")
@click.option(
    "--encoding", default="utf-8", show_default=True, help="Of FOUND and SOUGHT without a mark."
)
@click.option("--plot", type=FILE, help="Draw what was said and came true, as SVG or .html.")
def evaluate_command(
    *,
    candidates: Path,
    truth: Path,
    found: Path | None,
    sought: Path | None,
    records: Path | None,
    encoding: str,
    plot: Path | None,
) -> None:
    """Measure CANDIDATES against TRUTH, a file of true pairs (found_id, sought_id).

    With --found and --sought, also by slice: scripts, how birth is known and how far apart
    the two are, missing names, how many were found together, how many candidates a child has.
    With --records, the truth_records of `kinmatch synth`, by what was done to the found record.
    """
    probabilities, true = read_candidates(candidates), read_truth(truth)
    result = evaluate(probabilities, true)
    for line in lines(result):
        click.echo(line)
    if bool(found) != bool(sought):
        raise BadInput("slices need both --found and --sought")
    slices: dict[str, dict[str, Evaluation]] = {}
    if found and sought:
        persons = [
            {one.id: one for one in read(path, encoding=encoding).persons}
            for path in (found, sought)
        ]
        slices |= by_slice(probabilities, true, persons[0], persons[1])
    if records:
        slices[NOISE] = by_noise(probabilities, true, read_noise(records))
    for line in sliced(slices):
        click.echo(line)
    if plot:
        refuse_to_overwrite([candidates, truth, found, sought, records], [plot])
        dots = [(one.said, one.came_true, one.candidates) for one in result.bins]
        write_picture(plot, reliability(dots, result.calibration_error))
        click.echo(f"Plot: {plot}")


def sliced(slices: Mapping[str, Mapping[str, Evaluation]]) -> Iterator[str]:
    """Yield evaluations by slice as lines of text; nothing where there are none."""
    if not slices:
        return
    yield (
        f"{'slice':<{WIDTH}}  true  first  F1 at 0.5  candidates   said   true  calibration error"
    )
    for kind, parts in slices.items():
        for name, one in parts.items():
            first = f"{one.first / one.matchable:.3f}" if one.matchable else "–"
            f1 = next(at.f1 for at in one.at if at.threshold == EVEN)
            yield (
                f"{kind + ': ' + name:<{WIDTH}} {one.matchable:5}  {first:>5}  {f1:9.3f}"
                f"  {one.candidates:10}  {one.said:5.3f}  {one.came_true:5.3f}"
                f"  {one.calibration_error:17.3f}"
            )


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
    yield "  said    true  candidates"
    for one in result.bins:
        yield f"{one.said:6.4f}  {one.came_true:6.4f}  {one.candidates:10}"


def share(part: int, whole: int) -> str:
    """Return a part with its share: "7 (87.5 %)"."""
    return f"{part} ({part / whole:.1%})" if whole else "0"
