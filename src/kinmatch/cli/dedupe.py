"""`kinmatch dedupe`: one file against itself, pairs and clusters to look at."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinmatch.cli.link import FILE, refuse_to_overwrite, warn
from kinmatch.cli.pairs import RESUME, parameters, write_all
from kinmatch.cli.progress import Bars
from kinmatch.cli.shares import Share
from kinmatch.dedupe import AGAIN, CLUSTERED, clusters, dedupe
from kinmatch.errors import BadInput
from kinmatch.model import Model, default_model
from kinmatch.records import read
from kinmatch.records.cells import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

CLUSTER_COLUMNS = ("cluster", "id", "size")


@click.command("dedupe")
@click.argument("file", type=FILE)
@click.option(
    "--out",
    type=FILE,
    default=Path("duplicates.csv"),
    show_default=True,
    help="The pairs; CSV or Parquet, by its suffix.",
)
@click.option("--clusters", "clustered", type=FILE, help="Who may be one person, as CSV.")
@click.option(
    "--together-from",
    type=Share(inside=True),
    default=CLUSTERED,
    show_default=True,
    help="Probability of a pair that puts its records into one cluster.",
)
@click.option(
    "--again",
    type=Share(inside=True),
    default=AGAIN,
    show_default=True,
    help="How likely a person stands in the file once more.",
)
@click.option("--model", "model_file", type=FILE, help="Another model than the one shipped.")
@click.option("--threshold", type=Share(inside=True), help="Write pairs from this probability on.")
@click.option(
    "--families/--no-families",
    default=None,
    help="Match groups as wholes; by default where the file holds any.",
)
@RESUME
@click.option(
    "--encoding", default="utf-8", show_default=True, help="Of text files without a mark."
)
def dedupe_command(
    *,
    file: Path,
    out: Path,
    clustered: Path | None,
    together_from: float,
    again: float,
    model_file: Path | None,
    threshold: float | None,
    families: bool | None,
    resume: bool,
    encoding: str,
) -> None:
    """Find records of FILE that may be one person. Nothing is merged: a cluster is a proposal."""
    refuse_to_overwrite([file, model_file], [out, clustered])
    model = Model.load(model_file) if model_file else default_model()
    records = read(file, encoding=encoding)
    warn(records)
    grouped = any(person.group for person in records.persons)
    seen: list[pa.Table] = []
    with Bars() as bars:
        written = write_all(
            lambda: dedupe(
                records.persons, model=model, again=again, threshold=threshold, progress=bars
            ),
            out,
            asked=parameters(
                {"file": file},
                model.identifier,
                threshold=threshold,
                again=again,
                encoding=encoding,
            ),
            resume=resume,
            families=grouped if families is None else families,
            across=False,
            progress=bars,
            seen=partial(_joining, seen),
        )
    click.echo(
        f"{records.rows} rows = {len(records.persons)} persons + {records.blank} blank   "
        f"{records.path.name}\nPairs   {written.compared} compared, {written.pairs} written: {out}"
    )
    if clustered:
        found = list(clusters(seen, least=together_from))
        _write_clusters(found, clustered)
        click.echo(f"{len(found)} clusters of {sum(map(len, found))} records: {clustered}")


def _joining(seen: list[pa.Table], tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Yield the tables, and keep of each what clusters are made of."""
    for table in tables:
        seen.append(table.select(["id", "other_id", "probability"]))
        yield table


def _write_clusters(found: list[list[str]], path: Path) -> None:
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(CLUSTER_COLUMNS)
            for number, together in enumerate(found, 1):
                writer.writerows([number, harmless(one), len(together)] for one in together)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror})") from error
