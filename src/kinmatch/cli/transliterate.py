"""`kinmatch names transliterate`: one name as documents, standards and reviewers write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kinmatch.errors import BadInput
from kinmatch.names.cyrillisation import cyrillise
from kinmatch.names.documents import Language, machine_readable, passport_forms
from kinmatch.names.romanisation import romanise
from kinmatch.names.schemes import schemes, transliterate
from kinmatch.names.scripts import Script, script_of_character

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kinmatch.names.schemes import Scheme

LATIN, CYRILLIC, MACHINE, ALL = "latin", "cyrillic", "machine", "all"

Form = tuple[str, str, str]  # its label, the name, what the label means


@click.command("transliterate")
@click.argument("name")
@click.option(
    "--scheme",
    "wanted",
    multiple=True,
    type=click.Choice([LATIN, CYRILLIC, MACHINE, ALL, *schemes()]),
    help="One form; may be given again.  [default: readable forms and those of documents]",
)
@click.option(
    "--language",
    type=click.Choice([language.value for language in Language]),
    help="What NAME is written in, where the machine-readable zone has rules of its own for it.",
)
def transliterate_command(name: str, wanted: tuple[str, ...], language: str | None) -> None:
    """Print NAME in Latin and Cyrillic letters, each form with its scheme and years.

    The readable forms are for reviewers, "machine" is the zone of ICAO Doc 9303-3, the others are
    schemes for Russian names in Cyrillic; those of documents are the passports a name may be in.
    A scheme asked for by name is refused for a NAME without a Cyrillic letter.
    """
    forms = list(forms_of(name, wanted, Language(language) if language else None))
    label_width = max(len(label) for label, _, _ in forms)
    name_width = max(len(written) for _, written, _ in forms)
    for label, written, meaning in forms:
        click.echo(f"{label:<{label_width}}  {written:<{name_width}}  {meaning}".rstrip())


def forms_of(name: str, wanted: Sequence[str], language: Language | None) -> Iterator[Form]:
    """Return the forms asked for, or those of reviewers and documents if none is.

    Raises BadInput where a scheme for Cyrillic is asked for and the name has no such letter.
    """
    readable = {
        LATIN: (romanise(name), "readable Latin"),
        CYRILLIC: (cyrillise(name), "readable Cyrillic"),
        MACHINE: (machine_readable(name, language), "machine-readable zone, ICAO Doc 9303-3"),
    }
    cyrillic = any(script_of_character(letter) is Script.CYRILLIC for letter in name)
    every = [*readable, *(schemes() if cyrillic else ())]
    documents = [form.scheme.name for form in passport_forms(name)]
    asked = every if ALL in wanted else wanted or [*readable, *documents]
    for label in asked:
        if label in readable:
            yield label, *readable[label]
        elif not cyrillic:
            raise BadInput(f'"{name}" has no Cyrillic letter, which --scheme {label} is for')
        else:
            yield label, transliterate(name, label), described(schemes()[label])


def described(scheme: Scheme) -> str:
    """Return the title of a scheme with its years."""
    return f"{scheme.title}, {scheme.years}" if scheme.years else scheme.title
