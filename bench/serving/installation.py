"""An installation of its own in a temporary folder: database, accounts, server."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

BENCH = Path(__file__).parent.parent
ROOT = BENCH.parent
WORKERS, THREADS = 2, 8
ROLE = "kinward_web"
START_WITHIN = 60  # seconds


class Installation:
    """Kinward in a folder, as an operator would run it behind a proxy.

    Args:
        folder: where its data goes.
        url: of the database; SQLite in the folder without one.
    """

    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(BENCH),
            "KINWARD_DATA": str(folder),
            "KINWARD_DATABASE_URL": url,
            "KINWARD_SECRET_KEY": secrets.token_urlsafe(50),
            "KINWARD_BEHIND_PROXY": "1",
            "KINWARD_KEY_FILE": str(folder / "made.keys"),
        }

    def set_up(self) -> None:
        """Make keys, tables and static files; on PostgreSQL go on as a role that owns nothing."""
        self.manage("make_keys", "--file", str(self.folder / "made.keys"))
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0")
        if url := self.environment["KINWARD_DATABASE_URL"]:
            self.manage("rows", "--application-role", ROLE)
            self.environment["KINWARD_DATABASE_URL"] = as_role(url)

    def run(self, *arguments: str | Path) -> None:
        """Run Python in the installation.

        Raises:
            CalledProcessError: it failed.
        """
        command = [sys.executable, *map(str, arguments)]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)

    def manage(self, *arguments: str) -> None:
        """Run a command of the application."""
        self.run("manage.py", *arguments)

    def told(self, module: str, *arguments: str) -> Any:
        """Run a module of this folder that writes JSON; return what it wrote."""
        out = self.folder / "told.json"
        self.run("-m", module, *arguments, out)
        return json.loads(out.read_text(encoding="utf-8"))

    @contextmanager
    def served(self) -> Iterator[int]:
        """Serve the installation, its worker and its sealer beside it; yields the port."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = ["-m", "gunicorn", "kinward.wsgi", "--bind", f"127.0.0.1:{port}"]
        server += ["--workers", str(WORKERS), "--threads", str(THREADS), "--log-level", "warning"]
        work, seal = ("manage.py", "work"), ("manage.py", "seal_log")
        with self.beside(*server), self.beside(*work), self.beside(*seal):
            wait_for(port)
            yield port

    @contextmanager
    def beside(self, *arguments: str) -> Iterator[None]:
        """Have a program of the installation run meanwhile; it is told to stop at the end."""
        command = [sys.executable, *arguments]
        running = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        try:
            yield
        finally:
            running.terminate()
            running.wait(timeout=60)


def as_role(url: str) -> str:
    """Return the address of a database as the role of the application reaches it."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{ROLE}@{parts.netloc.rpartition('@')[2]}"))


def wait_for(port: int) -> None:
    """Wait until the server answers.

    Raises:
        TimeoutError: it does not.
    """
    for _attempt in range(START_WITHIN * 5):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            try:
                connection.request("GET", "/sign-in/", headers={"X-Forwarded-Proto": "https"})
                connection.getresponse()
            except (OSError, http.client.HTTPException):
                time.sleep(0.2)
            else:
                return
    raise TimeoutError(f"the server did not answer within {START_WITHIN} s")
