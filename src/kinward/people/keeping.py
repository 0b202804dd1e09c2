"""The memory of names in a sealed file, so that a process that starts takes it up in a moment.

Beside the index, which the library seals, lie the marks: how far the ledgers were read for it. Both
are sealed with a key of their own in the store of keys, which is destroyed when they are replaced,
and when anybody is erased: what the files knew of them is then gone with what they knew of the
others. No backup holds these files.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from kinmatch.errors import BadInput
from kinmatch.index import LiveIndex
from kinward.core.errors import KinwardError
from kinward.core.ids import uuid7
from kinward.core.keystore import store
from kinward.core.sealing import seal, unseal

if TYPE_CHECKING:
    from collections.abc import Collection

COMPARTMENT: Final = "memory"
INDEX, MARKS = ".index", ".marks"


def keep(index: LiveIndex, marks: Any, *, name: str) -> UUID:
    """Write an index and how far it was read, as JSON, in the place of what was kept before.

    Raises:
        BadInput, OSError: it cannot be written.
    """
    folder().mkdir(parents=True, exist_ok=True)
    before, made = kept(name), uuid7()
    key = store().key(made, COMPARTMENT, make=True).raw
    told = seal(json.dumps(marks).encode(), **place(made))
    path(name, made, MARKS).write_bytes(told)
    index.save(path(name, made, INDEX), key)  # last: without it there is nothing to take up
    discard(name, before)
    return made


def take_up(name: str) -> tuple[LiveIndex, Any] | None:
    """Return the index that was kept last and how far it was read; None if none can be used.

    What cannot be opened is discarded: its key was destroyed, it was damaged or altered, or made by
    another version of the library.
    """
    for made in sorted(kept(name), reverse=True):
        try:
            key = store().key(made, COMPARTMENT).raw
            marks = json.loads(unseal(path(name, made, MARKS).read_bytes(), **place(made)))
            return LiveIndex.open(path(name, made, INDEX), key), marks
        except (BadInput, KinwardError, OSError):
            discard(name, [made])
    return None


def discard_all() -> None:
    """Discard all that is kept, as somebody in it has been erased."""
    for name in {file.name.partition("-")[0] for file in folder().glob("*-*")}:
        discard(name, kept(name))


def discard(name: str, some: Collection[UUID]) -> None:
    """Take files away and destroy their keys: a copy taken before opens no more either."""
    if some:
        store().destroy(some, at=timezone.now())
    for made in some:
        for ending in (INDEX, MARKS):
            path(name, made, ending).unlink(missing_ok=True)


def kept(name: str) -> list[UUID]:
    """Return what is kept under a name, whole or not."""
    found = {file.stem.partition("-")[2] for file in folder().glob(f"{name}-*")}
    return [UUID(each) for each in found if len(each) == len(str(UUID(int=0)))]


def folder() -> Path:
    """Return where it is kept."""
    return Path(settings.DATA) / "memory"


def path(name: str, made: UUID, ending: str) -> Path:
    """Return the file of one thing that is kept."""
    return folder() / f"{name}-{made}{ending}"


def place(made: UUID) -> dict[str, Any]:
    """Return the words that the marks are sealed with."""
    return {"subject": made, "compartment": COMPARTMENT, "bound_to": f"memory|marks|{made}"}
