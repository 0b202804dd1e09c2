"""`kinmatch link`: two files in, candidates and a report out."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

import click

from kinmatch.batch import Job
from kinmatch.cli.pairs import RESUME, parameters, write_all
from kinmatch.cli.progress import Bars
from kinmatch.cli.shares import Share
from kinmatch.engines import prepare
from kinmatch.engines.scored import Engine
from kinmatch.errors import BadInput
from kinmatch.explain import LANGUAGES, Band, Language, band, say_band
from kinmatch.link import Linkage, link, write_candidates
from kinmatch.model import Model, default_model
from kinmatch.records import Records, read
from kinmatch.report import Pages, render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FILE = click.Path(path_type=Path)


@click.command("link")
@click.argument("found", type=FILE)
@click.argument("sought", type=FILE)
@click.option(
    "--out", type=FILE, default=Path("candidates.csv"), show_default=True, help="The candidates."
)
@click.option("--report", type=FILE, help="One page to read, print and pass on.")
@click.option(
    "--engine",
    type=click.Choice(get_args(Engine)),
    default="duckdb",
    show_default=True,
    help="What scores pairs one by one; the result is the same. Families and Parquet: arrays.",
)
@click.option("--model", "model_file", type=FILE, help="Another model than the one shipped.")
@click.option(
    "--threshold", type=Share(inside=True), help="Show candidates from this probability on."
)
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Orders candidates of equal weight."
)
@click.option(
    "--families/--no-families",
    default=None,
    help="Match groups as wholes; by default where both files hold any.",
)
@click.option(
    "--one-to-one",
    is_flag=True,
    help="Nobody stands in either file twice; whoever is clearly one person is no other.",
)
@RESUME
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the reasons and the report.",
)
@click.option(
    "--encoding", default="utf-8", show_default=True, help="Of text files without a mark."
)
def link_command(
    *,
    found: Path,
    sought: Path,
    out: Path,
    report: Path | None,
    engine: str,
    model_file: Path | None,
    threshold: float | None,
    seed: int,
    families: bool | None,
    one_to_one: bool,
    resume: bool,
    lang: str,
    encoding: str,
) -> None:
    """Find who among SOUGHT may be whom in FOUND, and write the candidates with their reasons.

    Both are CSV, TSV, XLSX, Parquet or JSON Lines files of persons.
    """
    large = out.suffix.lower() == ".parquet"
    _refuse(out, report, large=large, resume=resume)
    refuse_to_overwrite([found, sought, model_file], [out, report])
    language = cast("Language", lang)
    model = Model.load(model_file) if model_file else default_model()
    found_records = read(found, encoding=encoding)
    sought_records = read(sought, encoding=encoding)
    warn(found_records, sought_records)
    families = as_wholes(found_records, sought_records, families, one_to_one=one_to_one)
    refuse_spark(engine, families=families, large=large)
    sides = found_records.persons, sought_records.persons
    if large:
        least = model.threshold if threshold is None else threshold
        with Bars() as bars:
            written = write_all(
                lambda: Job(prepare(*sides, model=model, progress=bars), least),
                out,
                asked=parameters(
                    {"found": found, "sought": sought},
                    model.identifier,
                    threshold=least,
                    encoding=encoding,
                ),
                resume=resume,
                families=families,
                across=one_to_one,
                progress=bars,
            )
        click.echo(f"Pairs   {written.compared} compared, {written.pairs} written: {out}")
        return
    with Bars() as bars:
        linkage = link(
            *sides,
            model=model,
            engine=cast("Engine", engine),
            threshold=threshold,
            seed=seed,
            families=families,
            one_to_one=one_to_one,
            progress=bars,
        )
    write_candidates(linkage, found_records, sought_records, out, language=language)
    if report:
        write_report(linkage, found_records, sought_records, report, language)
    for line in summary(linkage, found_records, sought_records):
        click.echo(line)
    click.echo(f"Candidates: {out}" + (f"   Report: {report}" if report else ""))


def _refuse(out: Path, report: Path | None, *, large: bool, resume: bool) -> None:
    if not large and out.suffix.lower() != ".csv":
        raise BadInput(f"{out}: candidates are written as .csv, or as pairs in .parquet")
    if large and report:
        raise BadInput("--report needs candidates as CSV: pairs in Parquet come without sentences")
    if resume and not large:
        raise BadInput("--resume needs --out to end in .parquet")


def refuse_spark(engine: str, *, families: bool, large: bool) -> None:
    """Raise BadInput where Spark is asked for what it is not used for."""
    if engine == "spark" and (families or large):
        raise BadInput("Spark links pair by pair, into CSV: add --no-families, or leave --engine")


def as_wholes(found: Records, sought: Records, families: bool | None, *, one_to_one: bool) -> bool:
    """Return whether groups are matched as wholes.

    By default they are where both files hold any, and where nobody stands in either twice: then
    everyone is matched at once, in groups or not.

    Raises:
        BadInput: everyone is to be matched at once, and pair by pair.
    """
    if families is None:
        grouped = all(any(person.group for person in side.persons) for side in (found, sought))
        return grouped or one_to_one
    if one_to_one and not families:
        raise BadInput("--one-to-one matches everyone at once: leave out --no-families")
    return families


def refuse_to_overwrite(read_from: Sequence[Path | None], written: Sequence[Path | None]) -> None:
    """Refuse an output that is an input or the other output, or whose folder is not there.

    Raises:
        BadInput: naming the file.
    """
    taken = {path.resolve() for path in read_from if path}
    for path in filter(None, written):
        if path.resolve() in taken:
            raise BadInput(f"{path}: would be overwritten; write to another file")
        if not path.resolve().parent.is_dir():
            raise BadInput(f"{path}: cannot be written (there is no folder {path.parent})")
        taken.add(path.resolve())


def warn(*sides: Records) -> None:
    """Name the columns that are not compared, on standard error."""
    for records in sides:
        if records.ignored:
            columns = ", ".join(records.ignored)
            click.echo(f"{records.path.name}: not compared, but kept: {columns}", err=True)


def write_report(
    linkage: Linkage, found: Records, sought: Records, path: Path, language: Language
) -> None:
    """Write the report page."""
    page = render(
        Pages(
            found=found,
            sought=sought,
            candidates={one: linkage.of(one) for one in linkage.found_ids},
            compared=linkage.compared,
            model=linkage.model,
            made_at=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        ),
        language,
    )
    try:
        path.write_text(page, "utf-8")
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror})") from error


def summary(linkage: Linkage, found: Records, sought: Records) -> Iterator[str]:
    """Yield lines that account for every row of both files and every pair."""
    for side, records in (("Found ", found), ("Sought", sought)):
        yield (
            f"{side}  {records.rows} rows = {len(records.persons)} persons "
            f"({records.without_name} without a name) + {records.blank} blank   {records.path.name}"
        )
    yield (
        f"Pairs   {linkage.compared} compared = {len(linkage.candidates)} candidates "
        f"+ {linkage.below} below {linkage.threshold:g}"
    )
    yield f"{len(linkage.found_ids)} found, by their best candidate:"
    best = Counter(
        band(max((one.probability for one in linkage.of(found_id)), default=0.0))
        for found_id in linkage.found_ids
    )
    for name in Band:
        yield f"  {best[name]:>6}  {say_band(name)}"
