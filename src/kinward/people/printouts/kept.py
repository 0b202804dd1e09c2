"""The documents that were asked for about a child, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.core import files
from kinward.core.jobs import Stage, stage_of
from kinward.core.models import Job
from kinward.core.sealing import unseal
from kinward.people.models import Person, Printout, PrintoutMade
from kinward.people.printouts.offering import PRINT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User


class State(models.TextChoices):
    """How far a document has come."""

    WAITS = "waits", _("waits to be made")
    UNDER_WAY = "under_way", _("is being made")
    AGAIN = "again", _("could not be made, and is tried again")
    GIVEN_UP = "given_up", _("could not be made")
    CLOSED = "closed", _("was not made: it is no longer open to who asked")
    MADE = "made", _("ready")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A document that was asked for, and how far it has come."""

    printout: Printout
    made: PrintoutMade | None
    state: State
    mine: bool

    @property
    def moves(self) -> bool:
        """Tell whether it is worth looking again soon."""
        return self.state in {State.WAITS, State.UNDER_WAY, State.AGAIN}


def printouts_of(person: Person, *, user: User, now: datetime) -> list[Kept]:
    """The documents about a person that are open to this account, the last first.

    The person must come from a query that this account may see.
    """
    seen = Printout.objects.visible_to(user).filter(person=person)
    rows = list(seen.select_related("asked_by", "made"))
    jobs = jobs_of(row.pk for row in rows)
    return [
        Kept(
            printout=row,
            made=getattr(row, "made", None),
            state=state_of(row, jobs.get(str(row.pk)), now),
            mine=row.asked_by_id == user.pk,
        )
        for row in rows
    ]


def jobs_of(keys: Iterable[UUID]) -> dict[str, Job]:
    """Return the job that makes each of these documents."""
    wanted = [str(key) for key in keys]
    found = Job.objects.filter(kind=PRINT, arguments__printout__in=wanted)
    return {job.arguments["printout"]: job for job in found}


def state_of(printout: Printout, job: Job | None, now: datetime) -> State:
    """Say how far a document has come, from what was made and from the job."""
    if hasattr(printout, "made"):
        return State.MADE
    stage = stage_of(job, now)
    return State.CLOSED if stage == Stage.DONE else State(stage)


def content_of(made: PrintoutMade) -> bytes:
    """The file of a document that this account may see.

    Raises:
        FileMissing: the disk does not hold it.
        KeyDestroyed: the person has been erased.
        Forged: it was changed from outside.
    """
    return unseal(files.read(made.stored_as), **place_of_printout(made.printout, made.stored_as))


def place_of_printout(printout: Printout, name: UUID) -> dict[str, Any]:
    """Whose key seals the file of a document, and what it is bound to."""
    return {
        "subject": printout.person_id,
        "compartment": printout.compartment,
        "bound_to": f"people_printoutmade|{name}|{printout.pk}",
    }
