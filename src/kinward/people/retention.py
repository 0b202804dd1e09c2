"""How long what is known about somebody is kept: the schedule, read from data.

The schedule is `data/retention.toml`, or a file of the programme's own (`KINWARD_RETENTION`).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kinward.access.models import Compartment
from kinward.core.models import DataClass

if TYPE_CHECKING:
    from datetime import datetime

OURS: Final = Path(__file__).parent / "data" / "retention.toml"
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


def schedule(path: Path | None = None) -> tuple[Period, ...]:
    """Return the periods of the schedule, as they stand in its file.

    Raises:
        ImproperlyConfigured: the file cannot be read, or a class close to somebody, or a
            compartment, is missing from it or stands there twice.
    """
    path = path or Path(settings.RETENTION or OURS)
    try:
        periods = tuple(
            Period(
                name=name,
                data_class=DataClass(told["data_class"]),
                compartments=frozenset(Compartment(each) for each in told["compartments"]),
                kept=timedelta(days=int(told["days"])),
                why=str(told["why"]),
            )
            for name, told in tomllib.loads(path.read_text("utf-8")).items()
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ImproperlyConfigured(f"The schedule of retention is unfit: {error}") from error
    classes = [each.data_class for each in periods]
    named = [one for each in periods for one in each.compartments]
    if sorted(classes) != sorted(CLOSE) or len(named) != len(set(named)):
        raise ImproperlyConfigured(
            "The schedule of retention names each of C2 to C5 once, and no compartment twice."
        )
    return periods
