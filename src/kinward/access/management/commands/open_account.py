"""Open the first account of an installation."""

from __future__ import annotations

from getpass import getpass
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kinward.access import actions
from kinward.access.models import Role, clock
from kinward.audit.context import acting
from kinward.core.errors import KinwardError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Open the first account of this installation: an administrator, who opens the others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--full-name", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            with acting(clock()):
                user = actions.open_account(
                    username=options["username"],
                    full_name=options["full_name"],
                    password=getpass("Password: "),
                    role=Role.ADMINISTRATOR,
                    by=clock(),
                    at=timezone.now(),
                )
        except KinwardError as error:
            raise CommandError(error.said) from error
        self.stdout.write(f"{user.username} may sign in.")
