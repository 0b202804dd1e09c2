"""`kinmatch search`: one record, or a file of them, looked up among everyone."""

from __future__ import annotations

import base64
import binascii
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from kinmatch.cli.link import refuse_to_overwrite
from kinmatch.cli.progress import Bars
from kinmatch.cli.shares import Share
from kinmatch.errors import BadInput
from kinmatch.explain import (
    LANGUAGES,
    Band,
    Language,
    band,
    reason_as_json,
    say,
    say_band,
    say_chance,
    say_line,
)
from kinmatch.index import LiveIndex, tells_enough
from kinmatch.index.sealed import KEY, is_sealed
from kinmatch.model import Model, default_model
from kinmatch.records import Person, person_of, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kinmatch.index import Hit

FILE = click.Path(path_type=Path)
REASONS = 3  # said of each candidate, the strongest


@click.command("search")
@click.argument("everyone", type=FILE)
@click.argument("what", nargs=-1, metavar="[COLUMN=VALUE]...")
@click.option("--queries", type=FILE, help="A file of persons to look up, instead of COLUMN=VALUE.")
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, help="How many.")
@click.option(
    "--threshold",
    type=Share(),
    default=0.01,
    show_default=True,
    help="Show candidates from this probability on.",
)
@click.option("--save", type=FILE, help="Keep the index in a file sealed with --key.")
@click.option(
    "--key", "key_file", type=FILE, help="A file of 32 bytes, or of these in hex, base64."
)
@click.option("--model", "model_file", type=FILE, help="Another model than the one shipped.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or one JSON object a line for machines.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--encoding", default="utf-8", show_default=True)
def search_command(
    *,
    everyone: Path,
    what: tuple[str, ...],
    queries: Path | None,
    top: int,
    threshold: float,
    save: Path | None,
    key_file: Path | None,
    model_file: Path | None,
    form: str,
    lang: str,
    encoding: str,
) -> None:
    """Look up who in EVERYONE a person may be, by whatever is known of them.

    EVERYONE is a file of persons, or an index kept by --save. A person is told by columns:
    `kinmatch search sought.csv name="رسلان محمد" born=2011 mother=خديجة`. Those of one group in
    --queries are looked up as a family. A kept index holds no text, so only ids come out of it.
    """
    refuse_to_overwrite([everyone, queries, key_file, model_file], [save])
    if save and not key_file:
        raise BadInput(f"{save}: an index is kept under a key; name its file with --key")
    model = Model.load(model_file) if model_file else default_model()
    asked = asked_about(what, queries, encoding)
    key = read_key(key_file) if key_file else None
    index, known = opened(everyone, model, key, encoding)
    if save and key:
        index.save(save, key)
    for person, hits in found(index, asked, top):
        shown = [hit for hit in hits if hit.probability >= threshold]
        if form == "json":
            click.echo(in_json(index, person, shown, known, cast("Language", lang)))
        else:
            click.echo("\n".join(in_words(index, person, shown, known, cast("Language", lang))))


def asked_about(what: Sequence[str], queries: Path | None, encoding: str) -> Sequence[Person]:
    """Return who is looked up: told by column, or those of a file. Raises BadInput for neither."""
    if bool(what) == bool(queries):
        raise BadInput("say whom to look up: COLUMN=VALUE as often as needed, or --queries FILE")
    if queries:
        return read(queries, encoding=encoding).persons
    cells: dict[str, str] = {}
    for one in what:
        column, sign, value = one.partition("=")
        if not sign:
            raise BadInput(f'"{one}": expected COLUMN=VALUE')
        cells[column] = f"{cells[column]}|{value}" if column in cells else value
    return [person_of(cells)]


def opened(
    everyone: Path, model: Model, key: bytes | None, encoding: str
) -> tuple[LiveIndex, Mapping[str, Person]]:
    """Return the index of everyone, and their records by id where there are any."""
    if is_sealed(everyone):
        if key is None:
            raise BadInput(f"{everyone}: is sealed; name the file of its key with --key")
        return LiveIndex.open(everyone, key, model=model), {}
    index, people = LiveIndex(model), read(everyone, encoding=encoding).persons
    with Bars() as bars:
        index.load(people, progress=bars)
    return index, {person.id: person for person in people}


def read_key(path: Path) -> bytes:
    """Return the key a file holds, as it is or written in hex or base64. Raises BadInput."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror})") from error
    for reading in (bytes, bytes_of_hex, base64.b64decode):
        try:
            key = reading(raw)
        except (ValueError, binascii.Error):
            continue
        if len(key) == KEY:
            return key
    raise BadInput(f"{path}: expected a key of {KEY} bytes, as they are, in hex or in base64")


def bytes_of_hex(raw: bytes) -> bytes:
    """Return the bytes a text writes in hex."""
    return bytes.fromhex(raw.decode("ascii"))


def found(
    index: LiveIndex, asked: Sequence[Person], top: int
) -> Iterator[tuple[Person, Sequence[Hit]]]:
    """Yield everyone looked up with who they may be; those of one group as a family."""
    groups: dict[tuple[str, str], list[Person]] = {}
    for person in asked:
        groups.setdefault(person.company, []).append(person)
    for members in groups.values():
        if len(members) == 1:
            yield members[0], index.search(members[0], top=top)
        else:
            by_family = index.search_family(members, top=top)
            yield from ((person, by_family[person.id]) for person in members)


def in_words(
    index: LiveIndex,
    person: Person,
    hits: Sequence[Hit],
    known: Mapping[str, Person],
    language: Language,
) -> Iterator[str]:
    """Yield who a person may be, each with the strongest reasons."""
    yield " ".join([person.id, *person.called])
    for rank, hit in enumerate(hits, 1):
        called = known[hit.id].called if hit.id in known else ()
        chance = f"{say_chance(hit.probability)}, {say_band(band(hit.probability), language)}"
        yield "  ".join([f"{rank:>4}", hit.id, *called, f"({chance})"])
        if hit.id in known:
            told = [one for one in index.explain(person, known[hit.id], hit).reasons if one.bits]
            for reason in told[:REASONS]:
                yield f"      {reason.bits:+6.1f}  {say(reason, language)}"
    if not tells_enough(person):
        yield f"      {say_line('too_little', language)}"
    elif not hits:
        yield f"      {say_band(Band.NOT_CREDIBLE, language)}"


def in_json(
    index: LiveIndex,
    person: Person,
    hits: Sequence[Hit],
    known: Mapping[str, Person],
    language: Language,
) -> str:
    """Return who a person may be as one line of JSON."""
    told: list[dict[str, Any]] = []
    for hit in hits:
        one: dict[str, Any] = {
            "id": hit.id,
            "weight": hit.weight,
            "probability": hit.probability,
            "band": band(hit.probability),
            "by_family": hit.by_family,
        }
        if hit.id in known:
            candidate = index.explain(person, known[hit.id], hit)
            one["reasons"] = [reason_as_json(reason, language) for reason in candidate.reasons]
        told.append(one)
    answer = {
        "asked": person.id,
        "model": index.model.identifier,
        "told_enough": tells_enough(person),
        "hits": told,
    }
    return json.dumps(answer, ensure_ascii=False)
