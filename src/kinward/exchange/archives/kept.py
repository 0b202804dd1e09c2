"""Files beside the database that rows name: opened into an archive, sealed anew out of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.apps import apps

from kinward.core import files
from kinward.core.keys import put
from kinward.core.sealing import KeyDestroyed, seal, unseal
from kinward.people.models import Attachment, PrintoutMade
from kinward.people.printouts.kept import place_of_printout
from kinward.people.queries import place_of_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from django.db import models

FOLDER, ERASED = "files", "erased"


class Keeping(NamedTuple):
    """The columns of a table that name files, and the place each is sealed in."""

    columns: tuple[str, ...]
    place: Callable[[Any, UUID], dict[str, Any]]


def _place_of_made(made: PrintoutMade, name: UUID) -> dict[str, Any]:
    return place_of_printout(made.printout, name)


KEEPING: Final[dict[type[models.Model], Keeping]] = {
    Attachment: Keeping(("stored_as", "thumbnail_as"), place_of_file),
    PrintoutMade: Keeping(("stored_as",), _place_of_made),
}
NOTHING: Final = Keeping((), place_of_file)


class Filed(NamedTuple):
    """A file that a row names: where it stands in an archive, and what it holds; None if lost."""

    path: str
    content: bytes | None


def files_of(row: models.Model) -> Iterator[Filed]:
    """Yield the files that a row names.

    What nobody opens any more, since whom it shows was erased, is taken along as it lies.
    """
    keeping = KEEPING.get(type(row), NOTHING)
    for column in keeping.columns:
        name = getattr(row, column)
        path = f"{row._meta.label}/{row.pk}/{column}"  # noqa: SLF001 (Django's documented model API)
        if name is None:
            continue
        try:
            lies = files.read(name)
        except files.FileMissing:
            yield Filed(f"{FOLDER}/{path}", None)
            continue
        try:
            yield Filed(f"{FOLDER}/{path}", unseal(lies, **keeping.place(row, name)))
        except KeyDestroyed:
            yield Filed(f"{ERASED}/{path}", lies)


def put_back(path: str, content: bytes) -> None:
    """Seal a file anew for the row that names it, which is stored already.

    Raises:
        ValueError, ObjectDoesNotExist: no row names it.
    """
    how, label, key, column = path.split("/")
    model: Any = apps.get_model(label)
    keeping = KEEPING[model]
    row = model._base_manager.get(pk=key)  # noqa: SLF001 (every row, whatever a manager leaves out)
    name = getattr(row, keeping.columns[keeping.columns.index(column)])
    sealed = content if how == ERASED else seal(content, **keeping.place(row, name))
    put(files.place_of(name), sealed)
