"""`kinmatch explain`: one pair, level by level, in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from kinmatch.engines import prepare
from kinmatch.engines.reference import scored
from kinmatch.errors import BadInput
from kinmatch.explain import LANGUAGES, Language, band, explain, say, say_band
from kinmatch.model import weight_of
from kinmatch.records import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kinmatch.records import Person

FILE = click.Path(path_type=Path)


@click.command("explain")
@click.argument("found", type=FILE)
@click.argument("sought", type=FILE)
@click.argument("found_id")
@click.argument("sought_id")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--encoding", default="utf-8", show_default=True)
def explain_command(
    *, found: Path, sought: Path, found_id: str, sought_id: str, lang: str, encoding: str
) -> None:
    """Say why FOUND_ID of FOUND and SOUGHT_ID of SOUGHT may be one person, and why not.

    Any pair can be asked about, also one that `link` did not show or did not compare.
    """
    language = cast("Language", lang)
    population = prepare(
        read(found, encoding=encoding).persons, read(sought, encoding=encoding).persons
    )
    pair = scored(
        population,
        place_of(found_id, population.found, found),
        place_of(sought_id, population.sought, sought),
    )
    prior = weight_of(population.model.prior(len(population.sought)))
    candidate = explain(population, pair, prior=prior)
    click.echo(f"{prior:+6.1f}  before anything is compared: 1 of {len(population.sought)} sought")
    for reason in candidate.reasons:
        click.echo(f"{reason.bits:+6.1f}  {say(reason, language)}")
    called = say_band(band(candidate.probability), language)
    click.echo(f"{candidate.weight:+6.1f}  bits in all: {candidate.probability:.1%}, {called}")


def place_of(identity: str, persons: Sequence[Person], path: Path) -> int:
    """Return the position of a person. Raises BadInput if nobody has the id."""
    for place, person in enumerate(persons):
        if person.id == identity:
            return place
    raise BadInput(f'{path}: no row has the id "{identity}"')
