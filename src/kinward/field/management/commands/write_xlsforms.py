"""Write the forms of the field as XLSForms, for ODK and Kobo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from kinward.field.definitions import FORMS
from kinward.field.xlsforms.writing import written

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Write every form of the field as an XLSForm in all languages, one file each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the files go; made if absent")

    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for form in FORMS.values():
                path = folder / f"kinward_{form.name}.xlsx"
                path.write_bytes(written(form.told(), version=form.version))
                self.stdout.write(f"{path}  version {form.version}")
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}") from error
