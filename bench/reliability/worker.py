"""The processes that are killed.

python -m reliability.worker migrate
python -m reliability.worker write PROCESSES     prints the id of each write it was told of
python -m reliability.worker enqueue JOBS
python -m reliability.worker work PROCESSES LEASE
python -m reliability.worker careless PROCESSES LEASE    the control: marks done, then works
python -m reliability.worker lend        reads "TASK NUMBERS PIPE" lines; a fork does each
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING
from uuid import UUID

os.environ["DJANGO_SETTINGS_MODULE"] = "reliability.settings"

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Callable

WRITER = SimpleNamespace(username="writer", role="registrar")
EFFECT = "reliability.effect"
LONGER_THAN_A_RUN = 600
WINDOW = 0.05  # seconds between the word and the deed of who is careless


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def in_processes(count: int, task: Callable[[], None]) -> None:
    """Do the task in that many processes at once, each with a connection of its own."""
    for _ in range(count):
        if os.fork() == 0:
            task()
            os._exit(0)
    for _ in range(count):
        os.wait()


def write() -> None:
    """Write rows with their event in the log; say the id of each only once it is acknowledged."""
    from kinward.audit.actions import record
    from kinward.audit.context import acting
    from kinward.core.jobs import enqueue

    with acting(WRITER):
        while True:
            with transaction.atomic():
                row = enqueue("reliability.write", at=now())
                record("core.enqueued", row, by=WRITER, at=now())
            os.write(1, f"{row.pk}\n".encode())


def enqueue(count: int) -> None:
    """Ask for jobs; say the id of each."""
    from kinward.core.jobs import enqueue

    with transaction.atomic():
        asked = [enqueue(EFFECT, at=now()) for _ in range(count)]
    os.write(1, "".join(f"{job.pk}\n" for job in asked).encode())


def work(lease: float) -> None:
    """Do jobs. The effect of each is a row without a constraint: it could stand twice."""
    from kinward.core import jobs

    @jobs.handles(EFFECT)
    def effect(job: object, _at: datetime) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO effect VALUES (%s)", [str(job.pk)])

    for _ in range(LONGER_THAN_A_RUN):
        jobs.work(now=now, stop=stop_after(1), lease=timedelta(seconds=lease), idle=lease / 10)


def work_carelessly(lease: float) -> None:
    """Mark each job done before it is: the control. Whoever is killed between loses it."""
    from kinward.core import jobs

    for _ in range(LONGER_THAN_A_RUN * 10):
        job = jobs.take(at=now(), lease=timedelta(seconds=lease))
        if job is None:
            time.sleep(0.1)
            continue
        jobs.finish(job, at=now())
        time.sleep(WINDOW)
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO effect VALUES (%s)", [str(job.pk)])


def stop_after(seconds: float) -> threading.Event:
    """Return what is set after that many seconds."""
    stop = threading.Event()
    timer = threading.Timer(seconds, stop.set)
    timer.daemon = True
    timer.start()
    return stop


def migrate() -> None:
    """Make the tables, and one for effects."""
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE effect (job varchar(36))")


def drill() -> None:
    """Back up, restore into a place of its own, compare; print the ids of what was restored."""
    import pyrage

    from kinward.core.backups.archives import unseal, workplace
    from kinward.core.backups.making import make_backup
    from kinward.core.backups.restoring import NotTheSame, empty_place, place

    opener, backups = pyrage.x25519.Identity.generate(), Path(settings.BACKUPS)
    settings.BACKUP_RECIPIENTS = [str(opener.to_public())]
    file, _manifest = make_backup(at=now())
    (backups / "identity").write_text(str(opener))
    with workplace(backups) as inside:
        manifest, copy = unseal(file, opener, inside)
        with empty_place(connection, inside) as there:
            try:
                place(there, manifest, copy)
                same = True
            except NotTheSame:
                same = False
            with there.cursor() as cursor:
                cursor.execute("SELECT id FROM core_job")
                ids = [str(UUID(str(pk))) for (pk,) in cursor.fetchall()]
    print(json.dumps({"same": same, "rows": manifest.rows, "ids": ids}))


def open_again() -> None:
    """Open the backup, which was harmed since."""
    from kinward.core.backups.archives import Unreadable, identity, unseal, workplace

    backups = Path(settings.BACKUPS)
    (file,) = backups.glob("*.age")
    with workplace(backups) as inside:
        try:
            unseal(file, identity((backups / "identity").read_text()), inside)
        except Unreadable:
            sys.exit(3)


def lend() -> None:
    """Have a fork of this process do each task that is asked for; say the fork's number.

    What the fork says goes into the pipe that was named; it leads a process group of its own.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a fork that was killed
    for line in sys.stdin:
        task, *numbers, pipe = line.split()
        pid = os.fork()
        if pid == 0:
            os.setsid()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(os.open(pipe, os.O_WRONLY), 1)
            Path(pipe).unlink()
            do(task, *map(float, numbers))
            os._exit(0)
        os.write(1, f"{pid}\n".encode())


def do(task: str, *numbers: float) -> None:
    """Do one task."""
    first = int(numbers[0]) if numbers else 0
    tasks: dict[str, Callable[[], None]] = {
        "migrate": migrate,
        "drill": drill,
        "open": open_again,
        "lend": lend,
        "write": lambda: in_processes(first, write),
        "enqueue": lambda: enqueue(first),
        "careless": lambda: in_processes(first, lambda: work_carelessly(numbers[1])),
        "work": lambda: in_processes(first, lambda: work(numbers[1])),
    }
    tasks[task]()


def main() -> None:
    """Do what the command line says."""
    django.setup()
    task, *numbers = sys.argv[1:]
    do(task, *map(float, numbers))


if __name__ == "__main__":
    main()
