"""Lists of any length: pairs are written as they are scored, and a long run can go on later.

A table of pairs has the two ids, the weight, the probability, its band, and the level of each
comparison, which is the reason without an object for any pair. Found persons are scored chunk by
chunk; with a folder for the run, each chunk is kept there as soon as it is done.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import count, islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kinmatch import families
from kinmatch.comparisons import COMPARISONS
from kinmatch.engines.arrays import ROWS, Batch, level_names, scored
from kinmatch.engines.scored import Weights
from kinmatch.errors import BadInput
from kinmatch.explain import Band, band
from kinmatch.families.groups import Groups
from kinmatch.link import SLACK, refuse_no_chance
from kinmatch.model import Way, probability, weight_of
from kinmatch.records.cells import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kinmatch.comparisons.level import Flags
    from kinmatch.engines import Population
    from kinmatch.engines.closeness import Progress
    from kinmatch.engines.columns import Positions
    from kinmatch.families import Matched

CHUNK_ROWS = 10 * ROWS  # found persons of a chunk
COMPARED = b"compared"  # under which a table keeps how many pairs were compared for it
BANDS = list(Band)
LINKED = ("found_id", "sought_id")
ONE_LIST = ("id", "other_id")  # of pairs within one list: the one written down first stands first
MANIFEST = "manifest.json"
PART = ".part"  # of a name: the file is not whole yet


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be scored, and from which probability on a pair is written."""

    population: Population
    least: float
    places: Positions | None = None
    """Of one list with itself, where each person stands in it as it was given.

    Then nobody is compared with themselves or others of their group, and each pair comes once.
    """
    groups: Positions = field(init=False, repr=False)  # the group of each found person, by number

    @property
    def within(self) -> bool:
        """Whether one list is compared with itself."""
        return self.places is not None

    def __post_init__(self) -> None:
        refuse_no_chance(self.least)
        object.__setattr__(self, "groups", Groups.read(self.population.found).of)

    def pairs(self, *, families: bool | None = None, progress: Progress | None = None) -> pa.Table:
        """Return all pairs as one table, for lists whose pairs fit into memory.

        With `families` groups are matched as wholes, by default where there are any: brothers are
        much alike, and only their families tell two of them from one written down twice.
        """
        told = progress or (lambda *_: None)
        if families is None:
            families = any(person.group for person in self.population.found)
        made = self.families(None, told) if families else self.tables(None, told)
        return pa.concat_tables(made)

    def tables(self, folder: Path | None, progress: Progress) -> Iterator[pa.Table]:
        """Yield a table of pairs for each chunk; those kept in the folder are not scored again."""
        whole = len(self.population.found)
        for start in range(0, max(whole, 1), CHUNK_ROWS):
            kept = folder / f"pairs-{start:012}.parquet" if folder else None
            if kept and kept.exists():
                yield _read(kept)
            else:
                yield _kept(self._chunk(start, progress), kept)
            progress("pairs", min(start + CHUNK_ROWS, whole), whole)

    def families(
        self, folder: Path | None, progress: Progress, *, across: bool = False
    ) -> Iterator[pa.Table]:
        """Yield tables of pairs, with groups matched as wholes: one, or one for each part.

        Parts kept in the folder are not matched again.
        """
        done = list(takewhile(Path.exists, _parts_in(folder))) if folder else []
        yield from map(_read, done)
        matched = families.in_parts(
            self.population,
            across=across,
            within=self.within,
            after=len(done),
            progress=progress,
        )
        for number, part in enumerate(matched, len(done)):
            kept = next(islice(_parts_in(folder), number, None)) if folder else None
            yield _kept(self._matched(part, Way.ONE_TO_ONE if across else Way.FAMILIES), kept)

    def _matched(self, matched: Matched, way: Way) -> pa.Table:
        """Return the pairs of families that were matched."""
        chances = np.clip(matched.chance, families.NEARLY, 1.0 - families.NEARLY)
        i, j = matched.pairing.i, matched.pairing.j
        if self.within:  # an earlier group may hold the later person
            i, j = np.minimum(i, j), np.maximum(i, j)
        batch = Batch(i, j, matched.codes, np.log2(chances / (1.0 - chances)))
        return self._table([batch], way)

    def _chunk(self, start: int, progress: Progress) -> pa.Table:
        whole = len(self.population.found)
        only = range(start, min(start + CHUNK_ROWS, whole))
        batches = scored(
            self.population,
            Weights(lowest=-np.inf, only=only),
            lambda stage, done, _: progress(stage, start + done, whole),
        )
        return self._table(batches, Way.PAIRS)

    def _table(self, batches: Iterable[Batch], way: Way) -> pa.Table:
        """Return the pairs that are likely enough, by found person, the likeliest first."""
        curve = self.population.model.curve(way, self.population.people)
        lowest = curve.lowest(weight_of(self.least)) - SLACK
        compared, kept = 0, []
        for batch in batches:
            asked = batch.some(self._once_and_apart(batch)) if self.within else batch
            compared += len(asked.i)
            kept.append(asked.some(asked.weights >= lowest))
        pairs = Batch.joined(kept)
        chances = np.array([probability(curve(float(weight))) for weight in pairs.weights])
        return self._written(pairs, chances, chances >= self.least - SLACK, compared)

    def _once_and_apart(self, pairs: Batch) -> Flags:
        """Return which pairs are to be told: each once, and of two groups.

        Brothers and sisters are far more frequent within a list than between two, where what a
        weight is worth was learned.
        """
        apart: Flags = self.groups[pairs.i] != self.groups[pairs.j]
        return (pairs.i < pairs.j) & apart

    def _written(
        self, pairs: Batch, chances: np.ndarray[Any, Any], wanted: Flags, compared: int
    ) -> pa.Table:
        pairs, chances = pairs.some(wanted), chances[wanted]
        if self.places is not None:
            pairs = _first_written_first(pairs, self.places)
        i, j = (pairs.i, pairs.j) if self.places is None else self.places[[pairs.i, pairs.j]]
        order = np.lexsort((j, -pairs.weights, i))
        pairs, chances = pairs.some(order), chances[order]
        named = ONE_LIST if self.within else LINKED
        columns = {
            named[0]: pa.array([self.population.found[i].id for i in pairs.i], pa.string()),
            named[1]: pa.array([self.population.sought[j].id for j in pairs.j], pa.string()),
            "weight": pa.array(pairs.weights, pa.float64()),
            "probability": pa.array(chances, pa.float64()),
            "band": _words([BANDS.index(band(one)) for one in chances], BANDS),
        }
        for place, comparison in enumerate(COMPARISONS):
            levels = level_names()[place]
            columns[comparison.name] = _words(pairs.codes[:, place] % len(levels), levels)
        model = self.population.model.identifier
        columns["model"] = _words(np.zeros(len(chances), np.int32), [model])
        table = pa.table(columns)
        return table.replace_schema_metadata({COMPARED: str(compared)})


def _first_written_first(pairs: Batch, places: Positions) -> Batch:
    later = places[pairs.i] > places[pairs.j]
    i, j = np.where(later, (pairs.j, pairs.i), (pairs.i, pairs.j))
    return replace(pairs, i=i, j=j)


def _kept(table: pa.Table, path: Path | None) -> pa.Table:
    """Return a table, kept at a path; one that was interrupted there is made again."""
    if path:
        pq.write_table(table, path.with_suffix(PART))
        path.with_suffix(PART).rename(path)  # when it is whole
    return table


def _parts_in(folder: Path) -> Iterator[Path]:
    return (folder / f"families-{number:06}.parquet" for number in count())


def _read(path: Path) -> pa.Table:
    try:
        table = pq.read_table(path)
        if COMPARED not in (table.schema.metadata or {}):
            raise pa.ArrowInvalid("says not how many pairs were compared")
    except (OSError, pa.ArrowException) as error:
        raise BadInput(f"{path}: is damaged; remove it, and it is made again") from error
    return table


def _words(places: Any, words: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), pa.array(map(str, words)))


@dataclass(frozen=True, slots=True)
class Written:
    """How many pairs were written, and how many were compared for them."""

    pairs: int
    compared: int


def write_pairs(tables: Iterable[pa.Table], out: Path) -> Written:
    """Write tables of pairs to one file as they come: Parquet, or CSV, by its suffix.

    Raises:
        BadInput: the file cannot be written, or is of another kind.
    """
    suffix = out.suffix.lower()
    if suffix not in {".csv", ".parquet"}:
        raise BadInput(f"{out}: pairs are written as CSV (.csv) or Parquet (.parquet)")
    pairs = compared = 0
    try:
        with ExitStack() as open_files:
            writer = None
            for table in tables:
                pairs += table.num_rows
                compared += int(table.schema.metadata[COMPARED])
                plain = table.replace_schema_metadata(None)
                if writer is None:
                    opened = _CsvWriter if suffix == ".csv" else pq.ParquetWriter
                    writer = open_files.enter_context(opened(out, plain.schema))
                writer.write_table(plain)
    except OSError as error:
        raise BadInput(f"{out}: cannot be written ({error.strerror})") from error
    return Written(pairs, compared)


class _CsvWriter:
    """Writes tables as CSV, in UTF-8 with a mark so that spreadsheets read it right."""

    def __init__(self, out: Path, schema: pa.Schema) -> None:
        self.file = out.open("w", encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.file)
        self.writer.writerow(schema.names)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write_table(self, table: pa.Table) -> None:
        """Write the rows of a table."""
        for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
            self.writer.writerow(
                [f"{cell:.6f}" if isinstance(cell, float) else harmless(cell) for cell in row]
            )


def opened_run(out: Path, asked: Mapping[str, str]) -> Path:
    """Return the folder a run keeps its chunks in, beside what it writes; a new one if need be.

    `asked` is what the result follows from: the files' digests, the model, the parameters.

    Raises:
        BadInput: the folder is of a run of something else, and the text names what differs; or
            it cannot be written.
    """
    folder = out.with_name(f"{out.name}.run")
    manifest = folder / MANIFEST
    if not manifest.exists():
        try:
            folder.mkdir(exist_ok=True)
            manifest.with_suffix(PART).write_text(json.dumps(dict(asked), indent=1) + "\n", "utf-8")
            manifest.with_suffix(PART).rename(manifest)
        except OSError as error:
            raise BadInput(f"{folder}: cannot be written ({error.strerror})") from error
        return folder
    begun = _begun(manifest)
    differing = [one for one in sorted({*begun, *asked}) if begun.get(one) != asked.get(one)]
    if differing:
        raise BadInput(
            f"{folder}: this run was begun with another {', '.join(differing)}; "
            "remove the folder to begin anew"
        )
    return folder


def _begun(manifest: Path) -> dict[str, str]:
    try:
        begun: dict[str, str] = dict(json.loads(manifest.read_text("utf-8")))
    except (OSError, TypeError, ValueError) as error:
        raise BadInput(
            f"{manifest}: is damaged; remove the folder {manifest.parent} to begin anew"
        ) from error
    return begun


def close_run(folder: Path) -> None:
    """Remove the folder of a run that is done."""
    shutil.rmtree(folder)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
