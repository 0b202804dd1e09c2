"""How long what is known about somebody is kept: the schedule, read from data.

The schedule is `data/retention.toml`, or a file of the programme's own (`KINWARD_RETENTION`).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kinward.access.models import Compartment
from kinward.core.models import DataClass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

OURS: Final = Path(__file__).parent / "data" / "retention.toml"
UNFIT: Final = "The schedule of retention is unfit"
CLOSE: Final = frozenset(
    {DataClass.IDENTITY, DataClass.WHEREABOUTS, DataClass.INTIMATE, DataClass.EVIDENCE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """How long one class of data is kept after the last entry about its person, and why."""

    name: str
    data_class: DataClass
    compartments: frozenset[Compartment]
    kept: timedelta
    why: str

    def ends(self, last: datetime) -> datetime:
        """Return from when on what was last added to at that moment is due."""
        return last + self.kept


class Workings(StrEnum):
    """What was begun and is nobody's record."""

    DRAFTS = "drafts"
    ROWS = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long what was begun is kept after somebody worked on it last, and why."""

    kind: Workings
    kept: timedelta
    why: str


def terms(path: Path | None = None) -> Mapping[Workings, Term]:
    """Return how long what was begun is kept, by its kind.

    Raises:
        ImproperlyConfigured: the file cannot be read, or a kind is missing from it.
    """
    told = read(path)
    try:
        return {
            kind: Term(
                kind=kind,
                kept=timedelta(days=int(told[kind]["days"])),
                why=str(told[kind]["why"]),
            )
            for kind in Workings
        }
    except (ValueError, KeyError, TypeError) as error:
        raise ImproperlyConfigured(f"{UNFIT}: {error!r}") from error


def read(path: Path | None) -> dict[str, Any]:
    """Return the tables of the schedule.

    Raises:
        ImproperlyConfigured: the file cannot be read.
    """
    try:
        return tomllib.loads((path or Path(settings.RETENTION or OURS)).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{UNFIT}: {error}") from error


def schedule(path: Path | None = None) -> tuple[Period, ...]:
    """Return the periods of the schedule, as they stand in its file.

    Raises:
        ImproperlyConfigured: the file cannot be read, or a class close to somebody, or a
            compartment, is missing from it or stands there twice.
    """
    of_people = {name: told for name, told in read(path).items() if name not in set(Workings)}
    try:
        periods = tuple(
            Period(
                name=name,
                data_class=DataClass(told["data_class"]),
                compartments=frozenset(Compartment(each) for each in told["compartments"]),
                kept=timedelta(days=int(told["days"])),
                why=str(told["why"]),
            )
            for name, told in of_people.items()
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ImproperlyConfigured(f"{UNFIT}: {error}") from error
    classes = [each.data_class for each in periods]
    named = [one for each in periods for one in each.compartments]
    if sorted(classes) != sorted(CLOSE) or len(named) != len(set(named)):
        raise ImproperlyConfigured(
            "The schedule of retention names each of C2 to C5 once, and no compartment twice."
        )
    return periods
