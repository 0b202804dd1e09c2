"""`kinmatch model show`: what a model says, as a table and as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinmatch.cli.link import refuse_to_overwrite
from kinmatch.errors import BadInput
from kinmatch.model import Circumstances, Model, Way, default_model
from kinmatch.pictures import weights

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = click.Path(path_type=Path)


@click.group("model")
def model_group() -> None:
    """Look at linkage models."""


@model_group.command("show")
@click.argument("model_file", type=FILE, required=False)
@click.option("--picture", type=FILE, help="Draw the weights as SVG, or as a page (.html).")
def show_command(model_file: Path | None, picture: Path | None) -> None:
    """Print the levels of MODEL_FILE (or of the shipped model) with m, u and weights."""
    model = Model.load(model_file) if model_file else default_model()
    for line in lines(model):
        click.echo(line)
    if picture:
        refuse_to_overwrite([model_file], [picture])
        write_picture(picture, weights(model))
        click.echo(f"Picture: {picture}")


def write_picture(path: Path, svg: str) -> None:
    """Write a picture as SVG, or inside a page where the name ends in .html.

    Raises:
        BadInput: the name ends in neither, or the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in {".svg", ".html"}:
        raise BadInput(f"{path}: a picture is SVG; expected a name that ends in .svg or .html")
    page = f'<!doctype html>\n<meta charset="utf-8">\n{svg}' if suffix == ".html" else svg
    try:
        path.write_text(page, "utf-8")
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror})") from error


def lines(model: Model) -> Iterator[str]:
    """Yield a model as lines of text."""
    yield f"{model.identifier}   shown from a chance of {model.threshold:g}"
    yield f"a found person is among the sought: {model.coverage:.3f}"
    yield "comparison    level                    m         u       kin   weight"
    for comparison, levels in model.levels.items():
        for level, chances in levels.items():
            kin = f"{chances.kin:9.3g}" if chances.kin else "        –"
            yield (
                f"{comparison:<13} {level:<18} {chances.m:9.3g} {chances.u:9.3g} {kin}"
                f"  {chances.bits:+7.2f}"
            )
    yield "families"
    for name in Circumstances.__slots__:
        yield f"  {name.replace('_', ' '):<20} {getattr(model.circumstances, name):.3f}"
    for way in Way:
        yield f"calibration of {way.replace('_', ' ')}: {_curves(model, way)}"
    for key, value in model.provenance.items():
        yield f"{key.replace('_', ' ')}: {value}"


def _curves(model: Model, way: Way) -> str:
    """Return how many points each curve has, and how many were sought where it was fitted."""
    if way not in model.calibration:
        return "none: chances as the bits say"
    curves = model.calibration[way].curves
    return ", ".join(f"{len(curve.points)} points among {people}" for people, curve in curves)
