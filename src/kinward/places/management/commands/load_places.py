"""Load the gazetteer that this version ships."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from kinward.places.gazetteer import fill
from kinward.places.models import Place


class Command(BaseCommand):
    help = "Put the places of the shipped gazetteer into the database; what people added stays."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with transaction.atomic():
            count = fill(Place)
        self.stdout.write(f"{count} places are loaded.")
