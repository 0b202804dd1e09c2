"""An installation of its own in a temporary folder, in this process; clients signed in to it."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import pyrage

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Installed:
    """Where it lies, and who opens its backups; in a real one that is kept elsewhere."""

    folder: Path
    opener: pyrage.x25519.Identity


@contextmanager
def installed() -> Iterator[Installed]:
    """Set Django up in an empty folder, as an operator would; acts as the benchmark. Once only."""
    with tempfile.TemporaryDirectory(prefix="kinward-bars-", ignore_cleanup_errors=True) as place:
        made = Installed(Path(place), pyrage.x25519.Identity.generate())
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "kinward.settings",
            "KINWARD_DATA": place,
            "KINWARD_DATABASE_URL": "",
            "KINWARD_SECRET_KEY": secrets.token_urlsafe(50),
            "KINWARD_BEHIND_PROXY": "",
            "KINWARD_KEY_FILE": f"{place}/made.keys",
            "KINWARD_BACKUP_RECIPIENTS": str(made.opener.to_public()),
        }
        django.setup()
        from django.core.management import call_command
        from django.test.utils import setup_test_environment

        from kinward.audit.context import Nobody, acting

        call_command("make_keys", "--file", f"{place}/made.keys", verbosity=0)
        call_command("migrate", verbosity=0)
        setup_test_environment()
        with acting(Nobody("(benchmark)")):
            yield made


def signed_in(user: Any) -> Any:
    """Return a client with a password and a second factor of this account, given just now."""
    from clients import ProvedClient

    client = ProvedClient(raise_request_exception=False)
    client.force_login(user)
    return client
