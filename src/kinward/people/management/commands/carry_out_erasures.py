"""Carry out the erasures that two people agreed to, once their time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from kinward.access.models import clock
from kinward.audit.context import acting
from kinward.core.errors import KinwardError
from kinward.people import actions, queries
from kinward.people.models import Ground

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import Approval


class Command(BaseCommand):
    help = (
        "Erase whom two people agreed to erase 30 days ago or earlier, and erase anew what an old "
        "copy of the keys or the database brought back. What was begun and never registered goes "
        "as well, once the schedule of retention says so. Run it every day, and after each restore."
    )

    @acting(clock())
    def handle(self, *_args: Any, **_options: Any) -> None:
        at = timezone.now()
        back = actions.erase_again(by=clock(), at=at)
        if back:
            self.stdout.write(f"{back} keys had come back with an old copy; they are gone.")
        for approval in queries.due_for_erasure(at=at):
            self.erase(approval, at=at)
        gone = actions.let_go_of_workings(by=clock(), at=at)
        if any(gone.values()):
            told = ", ".join(f"{count:,} {kind}" for kind, count in gone.items())
            self.stdout.write(f"Never registered, and let go of by the schedule: {told}.")

    def erase(self, approval: Approval, *, at: datetime) -> None:
        """Carry out one erasure, and say what became of it."""
        with transaction.atomic():
            person = queries.meant_by(approval)
        try:
            actions.erase_person(
                person=person,
                ground=Ground(approval.payload["ground"]),
                approval=approval,
                by=clock(),
                at=at,
            )
        except (KinwardError, OSError) as error:
            said = error.said if isinstance(error, KinwardError) else error
            self.stderr.write(f"{person.reference}: {said}")
        else:
            self.stdout.write(f"{person.reference} is erased.")
