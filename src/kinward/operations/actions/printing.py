"""Taking out the paper of a journey: it is written down of each child that stands on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kinward.access.models import Compartment
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.errors import NotAllowed
from kinward.core.printing import marked, new_code, pdf, written
from kinward.core.printing.imprints import imprint
from kinward.core.printing.pages import PLACE_OF_MARK
from kinward.operations.printouts import Wanted, rows_of, sheet_of
from kinward.operations.queries import under_way
from kinward.people.models import Person

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User
    from kinward.operations.models import Operation


@transaction.atomic
def take_paper(*, operation: Operation, wanted: Wanted, by: User, at: datetime) -> bytes:
    """Return a paper of a journey as PDF, once it is written down that it left.

    Raises:
        NotAllowed: `by` does not read who travels.
    """
    if not may(by, Permission.READ_MANIFEST):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))
    journey = under_way(operation, user=by)
    sheet, code = sheet_of(wanted, journey, user=by), new_code()
    html = written(sheet, at=at)
    address = f"{settings.ADDRESS}{reverse('core:verify')}" if settings.ADDRESS else ""
    made = pdf(marked(html, sheet=sheet, code=code, address=address))
    if PLACE_OF_MARK in html:  # what is cut apart bears none
        imprint(code=code, html=html, file=made, on=at.date())
    shown = [Person(pk=each.traveller.child) for each in rows_of(journey, wanted.minute)]
    record_reads(
        "operations.took_paper",
        shown,
        by=by,
        at=at,
        compartments={Compartment.MOVEMENT},
        document=wanted.paper,
    )
    return made
