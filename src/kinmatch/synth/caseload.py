"""A whole caseload: who was found, who is sought, and apart from both the truth."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from kinmatch.errors import BadInput
from kinmatch.synth.found import Registration
from kinmatch.synth.households import family
from kinmatch.synth.parameters import Parameters
from kinmatch.synth.parting import Parting
from kinmatch.synth.row import numbered
from kinmatch.synth.sought import Enquiry
from kinmatch.synth.truth import Pair, Record, Truth, pairs, records, truth_of
from kinmatch.synth.writing import Form, Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kinmatch.synth.families import Family
    from kinmatch.synth.row import Draft, Row

    Progress = Callable[[int, int], None]

CHUNK = 1000  # families made and shuffled together
MOST = 40  # rows of one side that a family has at most, of which numbers leave room


@dataclass(frozen=True, slots=True)
class Caseload:
    """What a matcher may see, `found` and `sought`, and what it may not.

    The truth is in three tables: pairs of rows, what was done to each row, and families.
    """

    found: tuple[Row, ...]
    sought: tuple[Row, ...]
    truth: tuple[Pair, ...]
    records: tuple[Record, ...] = ()
    families: tuple[Truth, ...] = ()

    def write(self, folder: Path | str, form: Form = Form.CSV) -> tuple[Path, ...]:
        """Write the tables into a folder, made if absent, and return their paths.

        They are `found`, `sought`, `truth`, `truth_records` and `truth_families`.

        Raises:
            BadInput: the folder cannot be written.
        """
        with Tables(Path(folder), form) as tables:
            tables.append(self)
        return tables.paths


def synth(
    families: int,
    seed: int = 0,
    *,
    parameters: Parameters | None = None,
    progress: Progress | None = None,
) -> Caseload:
    """Make up a caseload of families torn apart, with the truth beside it.

    The same number, seed and parameters give the same caseload, to the letter. Rows are shuffled
    and numbered anew, a thousand families at a time, so that within them neither order nor number
    tells who belongs together.

    Args:
        families: how many families, of whom some only seek and some are only found.
        seed: where chance starts.
        parameters: the circumstances; see `Parameters`.
        progress: called with families done and families in all.

    Raises:
        BadInput: fewer than one family.
    """
    parts = list(stream(families, seed, parameters=parameters, progress=progress))
    return Caseload(
        tuple(chain.from_iterable(part.found for part in parts)),
        tuple(chain.from_iterable(part.sought for part in parts)),
        tuple(chain.from_iterable(part.truth for part in parts)),
        tuple(chain.from_iterable(part.records for part in parts)),
        tuple(chain.from_iterable(part.families for part in parts)),
    )


def stream(
    families: int,
    seed: int = 0,
    *,
    parameters: Parameters | None = None,
    progress: Progress | None = None,
) -> Iterator[Caseload]:
    """Make up the same caseload as `synth`, a thousand families at a time, in bounded memory.

    No group, namesake or cousin reaches from one part into another.

    Raises:
        BadInput: fewer than one family.
    """
    if families < 1:
        raise BadInput(f"families: expected a number from 1, got {families}")
    wanted, width = parameters or Parameters(), len(str(families * MOST))
    found = sought = 0
    for first in range(0, families, CHUNK):
        count = min(CHUNK, families - first)
        told = progress and counting(progress, first, families)
        chance, when, where = (
            Random(f"{seed}:{first}{apart}")  # noqa: S311 - made-up data, nothing to protect
            for apart in ("", ":parting", ":parted at")
        )
        numbers = range(first, first + count)
        drafts = part(chance, numbers, wanted, told, Parting(when, where, wanted))
        made = assembled(drafts, found=found, sought=sought, width=width)
        found, sought = found + len(made.found), sought + len(made.sought)
        yield made


def counting(progress: Progress, first: int, families: int) -> Callable[[int], None]:
    """Tell the progress of the whole from that of a part."""

    def told(done: int) -> None:
        progress(first + done, families)

    return told


@dataclass(frozen=True, slots=True)
class Drafts:
    """The rows of some families before they have numbers, and the truth about the families."""

    chance: Random
    found: list[Draft]
    sought: list[Draft]
    families: tuple[Truth, ...]


def part(
    chance: Random,
    numbers: range,
    parameters: Parameters,
    told: Callable[[int], None] | None,
    parting: Parting,
) -> Drafts:
    """Make up some families and write them down on both sides."""
    registration, enquiry = Registration(chance, parameters), Enquiry(chance, parameters)
    found: list[Draft] = []
    sought: list[Draft] = []
    truth: list[Truth] = []
    before: Family | None = None
    for done, number in enumerate(numbers, 1):
        one = before = family(chance, number, parameters, near=before)
        draw = chance.random()
        is_found = draw >= parameters.not_found
        is_sought = not is_found or draw >= parameters.not_found + parameters.nobody_seeks
        found += parting.found(one, registration.family(one)) if is_found else ()
        sought += parting.sought(one, enquiry.family(one)) if is_sought else ()
        truth.append(truth_of(one, found=is_found, sought=is_sought))
        if told:
            told(done)
    return Drafts(chance, mixed(found, chance, parameters.stranger), sought, tuple(truth))


def mixed(found: list[Draft], chance: Random, share: float) -> list[Draft]:
    """Put some children into groups of other families, as happens where children flee together."""
    groups = list(dict.fromkeys(draft.group for draft in found))
    return [
        draft._replace(group=chance.choice(groups), noise=draft.noise | {"stranger"})
        if chance.random() < share
        else draft
        for draft in found
    ]


def assembled(drafts: Drafts, *, found: int, sought: int, width: int) -> Caseload:
    """Number both sides after the rows before them, and note the truth."""
    chance = drafts.chance
    found_rows = numbered(drafts.found, chance, letter="F", after=found, width=width)
    sought_rows = numbered(drafts.sought, chance, letter="S", after=sought, width=width)
    return Caseload(
        tuple(row for _, row in found_rows),
        tuple(row for _, row in sought_rows),
        pairs(found_rows, sought_rows),
        records(chain(found_rows, sought_rows)),
        drafts.families,
    )
