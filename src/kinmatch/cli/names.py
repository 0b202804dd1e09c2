"""`kinmatch names`: compare names, score pairs, search lists, say how a name was read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from kinmatch.cli.name_files import (
    pair_places,
    read_names,
    read_pairs,
    read_queries,
    read_table,
    write_json,
    write_table,
)
from kinmatch.errors import BadInput
from kinmatch.names import Hit, Index, Part, Role, compare, parse, romanise, score_names
from kinmatch.names.alignment import bits_if_absent
from kinmatch.names.forms import readable
from kinmatch.names.matching import LONE_INITIAL
from kinmatch.names.rarity import rarity
from kinmatch.names.stored import load, save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
SCORE = "score"
HIT_COLUMNS = ("query_row", "query", "rank", "name_row", "name", "score")

Item = TypeVar("Item")
Result = TypeVar("Result")


@click.group("names")
def names() -> None:
    """Compare, search and explain names in Arabic, Cyrillic and Latin script."""


def with_progress(
    items: Sequence[Item], label: str, work: Callable[[Item], Result]
) -> list[Result]:
    """Return the work done on each item, with a progress bar on standard error."""
    with click.progressbar(
        items, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        return [work(item) for item in bar]


@names.command("compare")
@click.argument("a")
@click.argument("b")
def compare_command(a: str, b: str) -> None:
    """Say what the names A and B say of being one person's, and why."""
    found = compare(a, b)
    if not (parse(a).compared and parse(b).compared):
        click.echo("nothing to compare: a name has no word in a script that is known")
        return
    click.echo(f"{found.bits:+.1f} bits, probability {found.probability:.3f}")
    for pair in found.pairs:
        click.echo(f"  {pair.bits:+5.1f}  {pair.words}")
    for side, parts in (("first", found.left_only), ("second", found.right_only)):
        for lone in parts:
            part = lone.part
            click.echo(
                f"  {lone.bits:+5.1f}  {part.written} ({part.role}): only in the {side} name"
            )


@names.command("explain")
@click.argument("name")
def explain_command(name: str) -> None:
    """Show the parts of NAME: roles, what each is compared by and weighs, the father it implies."""
    parsed = parse(name)
    click.echo(f"{name} ({parsed.script}): {romanise(name)}")
    for part in parsed.parts:
        for line in part_lines(part):
            click.echo(line)
    if not parsed.parts:
        click.echo("  no word in a script that is known")
    for father in parsed.father:
        click.echo(f"  father's name: {readable(father)}")
    for hint, cost in parsed.father_hints:
        told = f", at {cost:g} bits: no known name" if cost else ""
        click.echo(f"  family name built on: {readable(hint)}{told}")


def part_lines(part: Part) -> Iterator[str]:
    """Yield what one part of a name is, what it weighs where it is absent, and all else it may be.

    The bits of absence are those of a name that lacks the part, asked in both directions.
    """
    key = readable(part.key)
    weighs = "" if part.role is Role.TITLE else f"; {-weight_of(part):+.1f} bits if absent"
    told = "not compared" if part.role is Role.TITLE else f"compared as {key}"
    yield f"  {part.role:<12} {part.written}  {told} ({part.why}{weighs})"
    if part.initial_of:
        yield f"  {'':<12}   begins the {part.initial_of} name"
    if part.or_role:
        yield f"  {'':<12}   or {part.or_role}, at {part.or_cost:g} bits"
    for form, cost in part.readings:
        yield f"  {'':<12}   or {readable(form)}" + (f", at {cost:g} bits" if cost else "")


def weight_of(part: Part) -> float:
    """Return the bits it costs that the other of two names lacks a part."""
    if part.role is Role.INITIAL:
        return LONE_INITIAL
    return bits_if_absent(min(rarity(form) for form, _ in part.forms))


@names.command("pairs")
@click.argument("file", type=FILE)
@click.option("--out", type=FILE, required=True, help="Where the rows with their score go.")
@click.option("--left", help="Column of the first names.  [default: left, a, name_a or the first]")
@click.option(
    "--right", help="Column of the second names.  [default: right, b, name_b or the second]"
)
def pairs_command(file: Path, out: Path, left: str | None, right: str | None) -> None:
    """Add a `score` column, in bits, to FILE: CSV, TSV or JSON with two names in each row."""
    if file.suffix.lower() == ".json":
        done = score_json(file, out)
    else:
        done = score_table(file, out, left, right)
    click.echo(f"{done} pairs scored, written to {out}", err=True)


def score_table(file: Path, out: Path, left: str | None, right: str | None) -> int:
    """Score the rows of a table; every row and column is kept. Return the number of rows."""
    table = read_table(file)
    if SCORE in table.columns:
        raise BadInput(f'{file}: has a column "{SCORE}" already; rename it first')
    first, second = pair_places(file, table.columns, left, right)
    if not table.rows:
        raise BadInput(f"{file}: holds no pairs of names below its header line")
    scores = with_progress(
        table.rows, "comparing", lambda row: f"{score_names(row[first], row[second]):.4f}"
    )
    rows = ((*row, score) for row, score in zip(table.rows, scores, strict=True))
    write_table(out, (*table.columns, SCORE), rows)
    return len(scores)


def score_json(file: Path, out: Path) -> int:
    """Score {"pairs": [[name, name, …]]}; write JSON, the score last in each pair, or a table."""
    held, pairs = read_pairs(file)
    scores = with_progress(pairs, "comparing", lambda pair: round(score_names(*pair[:2]), 4))
    scored = [[*pair, score] for pair, score in zip(pairs, scores, strict=True)]
    if out.suffix.lower() == ".json":
        write_json(out, {**held, "pairs": scored})
        return len(scored)
    width = max(map(len, pairs), default=2)
    columns = ("left", "right", *(f"column_{place}" for place in range(3, width + 1)), SCORE)
    padded = ((*pair, *[""] * (width - len(pair)), score) for *pair, score in scored)
    write_table(out, columns, padded)
    return len(scored)


@names.command("index")
@click.argument("listed", type=FILE, metavar="NAMES")
@click.option("--out", type=FOLDER, required=True, help="The folder of the index.")
@click.option("--add", is_flag=True, help="Add NAMES to the index that is there.")
def index_command(listed: Path, out: Path, add: bool) -> None:
    """Prepare a list of NAMES to be searched many times, or add to one prepared before."""
    wanted = read_names(listed)
    if add:
        index = load(out)
        with_progress(wanted, "adding", index.add)
    else:
        index = indexed(wanted)
    save(index, out)
    click.echo(f"{len(index)} names in {out}", err=True)


def indexed(wanted: Sequence[str]) -> Index:
    """Return an index of names, with a progress bar on standard error."""
    with click.progressbar(
        length=len(wanted), label="reading names", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        return Index(wanted, progress=bar.update)


@names.command("search")
@click.option("--names", "listed", type=FILE, help="The names to search.")
@click.option("--index", "kept", type=FOLDER, help="An index of names to search instead.")
@click.option(
    "--queries", type=FILE, help="The names to look for.  [default: those of --names JSON]"
)
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True)
@click.option("--out", type=FILE, required=True, help="Where the ranked names go.")
def search_command(
    listed: Path | None, kept: Path | None, queries: Path | None, top: int, out: Path
) -> None:
    """Rank the names of one list for each name of another; scores are bits.

    Lists are text files with a name on each line, CSV or TSV files with a `name` column, or JSON:
    a list of names, or an object with `cands` and `queries`. Rows are counted from 1.
    """
    if (listed is None) == (kept is None):
        raise BadInput("give the names to search with --names or with --index")
    asked = queries or (listed if listed and listed.suffix.lower() == ".json" else None)
    if asked is None:
        raise BadInput(f"{listed or kept}: holds no queries; give them with --queries")
    wanted = read_queries(asked)
    index = load(kept) if kept else indexed(read_names(listed)) if listed else Index()
    found = with_progress(wanted, "searching", lambda query: index.search(query, top=top))
    write_hits(out, wanted, found)
    click.echo(
        f"{len(wanted)} names looked for among {len(index.names)}, written to {out}", err=True
    )


def write_hits(out: Path, wanted: Sequence[str], found: Sequence[Sequence[Hit]]) -> None:
    """Write the ranked names as a table, or as JSON lists of [index from 0, score]."""
    if out.suffix.lower() == ".json":
        ranked = [[[hit.index, round(hit.score, 6)] for hit in hits] for hits in found]
        write_json(out, {"queries": list(wanted), "results": ranked})
        return
    rows = [
        (row, query, rank, hit.index + 1, hit.name, f"{hit.score:.4f}")
        for row, (query, hits) in enumerate(zip(wanted, found, strict=True), start=1)
        for rank, hit in enumerate(hits, start=1)
    ]
    write_table(out, HIT_COLUMNS, rows)
