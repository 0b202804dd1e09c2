"""Files beside the database: sealed before they come here, under names that say nothing.

A file is on the disk before the row that names it is stored. Where that row is taken back, the file
stays behind: sealed, and named by nobody.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kinward.core.errors import KinwardError
from kinward.core.keys import put

if TYPE_CHECKING:
    from uuid import UUID


class FileMissing(KinwardError):
    """The row is there and its file is not: a restore that left the files out, or a broken disk."""

    status = 500
    title = _("The file is not where it should be. Tell whoever runs Kinward.")


def place_of(name: UUID) -> Path:
    """Return where a file lies: 256 folders, so that none grows too long."""
    return Path(settings.FILES) / name.hex[:2] / name.hex


def write(name: UUID, sealed: bytes) -> None:
    """Put a new sealed file on the disk: all of it or nothing, and lasting.

    Raises:
        FileExistsError: there is one of that name.
    """
    put(place_of(name), sealed, new=True)


def read(name: UUID) -> bytes:
    """Return a sealed file.

    Raises:
        FileMissing: it is not there.
    """
    try:
        return place_of(name).read_bytes()
    except OSError as error:
        raise FileMissing from error
