"""Open the first two accounts of an installation."""

from __future__ import annotations

from getpass import getpass
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kinward.access import actions
from kinward.access.models import ApprovalKind, Role, clock
from kinward.access.rules import APPROVALS
from kinward.audit.context import acting
from kinward.core.errors import KinwardError

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Open one of the first two accounts of this installation: an administrator, who opens the"
        " others, and whoever agrees to their roles."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--full-name", default="")
        agree = sorted(APPROVALS[ApprovalKind.ROLE_GRANT].answered_by)
        parser.add_argument("--role", choices=agree, default=Role.ADMINISTRATOR.value)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            with acting(clock()):
                user = actions.open_account(
                    username=options["username"],
                    full_name=options["full_name"],
                    password=getpass("Password: "),
                    role=Role(options["role"]),
                    by=clock(),
                    at=timezone.now(),
                )
        except KinwardError as error:
            raise CommandError(error.said) from error
        self.stdout.write(f"{user.username} may sign in.")
