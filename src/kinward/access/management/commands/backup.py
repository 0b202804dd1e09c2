"""Back the database and the keys up."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from kinward.access.models import clock
from kinward.audit.actions import record
from kinward.audit.context import acting
from kinward.core.backups.making import back_up_keys, make_backup
from kinward.core.errors import KinwardError


class Command(BaseCommand):
    help = "Copy the database while people work, and the keys apart; seal both to the recipients."

    def handle(self, *_args: Any, **_options: Any) -> None:
        at = timezone.now()
        try:
            file, manifest = make_backup(at=at)
            keys = back_up_keys(at=at)  # after the data: each key is stored before what it opens
        except (KinwardError, OSError) as error:
            raise CommandError(str(error)) from error
        with acting(clock()), transaction.atomic():
            record(
                "core.backed_up",
                None,
                by=clock(),
                at=at,
                file=file.name,
                rows=manifest.rows,
                digest=manifest.digest,
            )
        for made in filter(None, (file, keys)):
            self.stdout.write(str(made))
        self.stdout.write(f"{manifest.rows} rows, digest {manifest.digest}")
