"""Write the API's document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Write the OpenAPI document of the API."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default="docs/reference/openapi.json")

    def handle(self, *_args: Any, **options: Any) -> None:
        path = Path(options["path"])
        path.write_text(import_string(settings.API_DOCUMENT)(), encoding="utf-8")
        self.stdout.write(f"{path} written")
