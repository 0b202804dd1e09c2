"""Taking out the paper of a journey: it is written down of each child that stands on it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.access.models import Compartment
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.guarding import refuse_words
from kinward.core.printing import marked, new_code, pdf, written
from kinward.core.printing.imprints import imprint
from kinward.core.printing.pages import PLACE_OF_MARK
from kinward.operations.actions.opening import refuse_gaps
from kinward.operations.models import PaperOut
from kinward.operations.printouts import Wanted, rows_of, sheet_of
from kinward.operations.queries import operations_of, under_way
from kinward.people.models import Person

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User
    from kinward.operations.models import Operation


@transaction.atomic
def take_paper(  # noqa: PLR0913 (what leaves, to whom, for what)
    *, operation: Operation, wanted: Wanted, recipient: str, purpose: str, by: User, at: datetime
) -> bytes:
    """Return a paper of a journey as PDF, once it is written down to whom it left and for what.

    Raises:
        NotAllowed: `by` does not read who travels.
        NotFound: `by` does not work on this operation.
        UnfitPlan: nobody says to whom or for what.
        WordsRefused: the words label somebody.
    """
    if not may(by, Permission.READ_MANIFEST):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))
    if not operations_of(user=by).filter(pk=operation.pk).exists():
        raise NotFound(_("There is no such operation."))
    refuse_gaps(recipient, purpose)
    refuse_words(recipient, field="recipient")
    refuse_words(purpose, field="purpose")
    journey = under_way(operation, user=by)
    sheet, code = sheet_of(wanted, journey, user=by), new_code()
    html = written(sheet, at=at)
    address = f"{settings.ADDRESS}{reverse('core:verify')}" if settings.ADDRESS else ""
    made = pdf(marked(html, sheet=sheet, code=code, address=address))
    if PLACE_OF_MARK in html:  # what is cut apart bears none
        imprint(code=code, html=html, file=made, on=localdate(at))
    PaperOut.objects.create(
        operation=operation,
        paper=wanted.paper,
        recipient=recipient.strip(),
        purpose=purpose.strip(),
        sha256=sha256(made).hexdigest(),
        recorded_by=by,
        recorded_at=at,
    )
    shown = [Person(pk=each.traveller.child) for each in rows_of(journey, wanted, user=by)]
    record_reads(
        "operations.took_paper",
        shown,
        by=by,
        at=at,
        compartments={Compartment.MOVEMENT},
        document=wanted.paper,
    )
    return made
