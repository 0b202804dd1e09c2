"""`kinmatch train`: learn a model from two lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from kinmatch import __version__
from kinmatch.cli.link import refuse_to_overwrite
from kinmatch.cli.progress import Bars
from kinmatch.evaluate import read_truth
from kinmatch.model import Model, default_model
from kinmatch.records import read
from kinmatch.training import calibrated, frequencies_of, train

FILE = click.Path(path_type=Path)


@click.command("train")
@click.argument("found", type=FILE)
@click.argument("sought", type=FILE)
@click.option(
    "--out", type=FILE, default=Path("model.toml"), show_default=True, help="The model file."
)
@click.option("--model", "model_file", type=FILE, help="Start from another model than the shipped.")
@click.option("--name", default="trained", show_default=True, help="What the model is called.")
@click.option("--truth", type=FILE, help="Pairs known to be one person (found_id, sought_id).")
@click.option("--families/--no-families", default=True, help="Let groups take part in learning.")
@click.option(
    "--frequencies/--no-frequencies",
    default=False,
    help="Write into the model how often names are borne, those of five persons or more.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Draws pairs of strangers.")
@click.option(
    "--encoding", default="utf-8", show_default=True, help="Of text files without a mark."
)
def train_command(
    *,
    found: Path,
    sought: Path,
    out: Path,
    model_file: Path | None,
    name: str,
    truth: Path | None,
    families: bool,
    frequencies: bool,
    seed: int,
    encoding: str,
) -> None:
    """Learn how often each level is seen, from FOUND and SOUGHT, and write a model file.

    No pair needs to be known. Where some are (--truth), they are counted, and the chances the
    model will say are fitted to what came true. Without them the chances are as the bits say.
    """
    refuse_to_overwrite([found, sought, model_file, truth], [out])
    begun = Model.load(model_file) if model_file else default_model()
    left, right = (read(path, encoding=encoding).persons for path in (found, sought))
    known = read_truth(truth) if truth else None
    with Bars() as bars:
        learned = train(
            left, right, model=begun, families=families, truth=known, seed=seed, progress=bars
        )
    model = calibrated(learned.model, [(left, right, known)]) if known else learned.model
    provenance = {
        "made_by": f"kinmatch {__version__} train",
        "made_on": datetime.now(UTC).date().isoformat(),
        "begun_from": begun.identifier,
        "found": f"{found.name}, {len(left)} persons",
        "sought": f"{sought.name}, {len(right)} persons",
        "true_pairs": round(learned.expected, 1),
        "known": bool(known),
        "seed": seed,
    }
    if frequencies:
        model = replace(model, frequencies=frequencies_of(learned.population))
    model = replace(model, name=name, provenance=provenance).renewed()
    model.save(out)
    guessed = "known" if known else "expected"
    click.echo(
        f"{model.identifier}: {learned.expected:.0f} true pairs {guessed}, {learned.compared} pairs"
        f" compared, {learned.drawn} of strangers, {learned.rounds} rounds; written to {out}"
    )
    if not known:
        click.echo(
            "No pair is known (--truth), so chances could not be checked against what came true:"
            " they are as the bits say, mostly too sure of themselves.",
            err=True,
        )
