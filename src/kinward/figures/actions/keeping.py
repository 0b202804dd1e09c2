"""Making the page of what others say beside our own safe, in a job, and keeping it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.models import clock
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed
from kinward.core.jobs import enqueue, handles
from kinward.figures.models import KeptPage
from kinward.figures.queries import KEEP_PAGE, as_kept, comparisons, material, pages_asked_for

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User
    from kinward.core.models import Job


@transaction.atomic
def ask_for_page(*, by: User, at: datetime) -> None:
    """Have the page made anew, unless that is asked for already.

    It is made for nobody in particular: whoever looks when something has changed asks for it.

    Raises:
        NotAllowed: `by` sees none of our own figures.
    """
    if not may(by, Permission.SEE_PROGRAMME):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))
    if not pages_asked_for().exists():
        enqueue(KEEP_PAGE, at=at)


@handles(KEEP_PAGE, outside=True)
def _keep_page(_job: Job, at: datetime) -> None:
    """Make the page that who sees no small number may see, outside of any transaction."""
    with transaction.atomic():
        found = material()
        if KeptPage.objects.filter(version=found.version).exists():
            return
    told = as_kept(comparisons(found, small=False))
    with transaction.atomic():
        page, is_new = KeptPage.objects.get_or_create(
            version=found.version, defaults={"public": found.public, "told": told, "made_at": at}
        )
        if is_new:
            record("figures.kept_page", page, by=clock(), at=at)
