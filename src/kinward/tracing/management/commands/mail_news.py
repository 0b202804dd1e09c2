"""Write to accounts about what is new for them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kinward.access.models import clock
from kinward.audit.context import acting
from kinward.tracing import actions


class Command(BaseCommand):
    help = "Ask for a mail to each account for which something is new; `kinward work` sends them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with acting(clock()):
            self.stdout.write(f"{actions.mail_news(by=clock(), at=timezone.now())} mails asked for")
