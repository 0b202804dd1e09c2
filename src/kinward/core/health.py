"""Whether this installation lives, and whether it is fit for work."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kinward.core.keys import KeysUnfit, ring
from kinward.core.models import Drill, Job

if TYPE_CHECKING:
    from collections.abc import Callable

LEAST_FREE: Final = 1 << 30  # bytes on the disk of the data
EARLIEST: Final = datetime(2026, 1, 1, tzinfo=UTC)  # this program is not older
DRILL_EVERY: Final = timedelta(days=31)
WAITING_LONGEST: Final = timedelta(hours=1)  # a job that is due


def database_writable() -> bool:
    """Tell whether a write would be taken. It is rolled back: no probe leaves a row."""
    try:
        with transaction.atomic():
            Job(kind="core.probe", enqueued_at=timezone.now(), due_at=timezone.now()).save()
            transaction.set_rollback(True)
    except DatabaseError:
        connection.close()
        return False
    return True


def disk_free() -> bool:
    """Tell whether the disk of the data has room, and may be written."""
    folder = Path(settings.DATA)
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= LEAST_FREE


def clock_possible() -> bool:
    """Tell whether the clock shows a possible time: one that lost its battery starts in 1970."""
    return timezone.now() > EARLIEST


def keys_open() -> bool:
    """Tell whether the keys can be read."""
    try:
        ring()
    except KeysUnfit:
        return False
    return True


def drilled_lately() -> bool:
    """Tell whether a backup was restored and found whole within a month; a demo has none."""
    last = Drill.objects.order_by("-verified_at").first()
    return settings.DEMO or bool(last and timezone.now() - last.verified_at <= DRILL_EVERY)


def jobs_done() -> bool:
    """Tell whether no work waits that somebody should look at."""
    overdue = Job.objects.due(timezone.now() - WAITING_LONGEST).exists()
    return not (overdue or Job.objects.given_up().exists())


# Others add to it what only they know, such as the last anchor of the log.
CHECKS: Final[dict[str, Callable[[], bool]]] = {
    "database": database_writable,
    "disk": disk_free,
    "clock": clock_possible,
    "keys": keys_open,
    "restore": drilled_lately,
    "jobs": jobs_done,
}


def readiness() -> dict[str, bool]:
    """Return what is as it should be, by name. A check that fails is one that says no."""
    found = {}
    for name, check in CHECKS.items():
        try:
            found[name] = check()
        except Exception:  # noqa: BLE001 (whatever is wrong there, this installation is not ready)
            found[name] = False
    return found
