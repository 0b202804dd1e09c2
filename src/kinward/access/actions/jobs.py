"""Having work done after all that was given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.core.jobs import try_again

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User
    from kinward.core.models import Job


@transaction.atomic
def retry_job(*, job: Job, by: User, at: datetime) -> None:
    """Have a job that was given up tried again, with all its attempts anew.

    Raises:
        NotAllowed: `by` does not look after the installation.
        RuleBroken: it is not given up (any more).
    """
    if not may(by, Permission.SEE_HEALTH):
        raise NotAllowed(_("You may not try this again."))
    if job.given_up_at is None:
        raise RuleBroken(_("This is not given up any more."))
    try_again(job, at=at)
    record("access.retried_job", job, by=by, at=at, job=job.kind)
