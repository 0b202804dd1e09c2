"""Taking out the receipt of a request: a paper without a name, that can be checked by its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.audit.actions import record
from kinward.core.errors import NotFound
from kinward.core.printing import Sheet, marked, new_code, pdf, written
from kinward.core.printing.imprints import imprint
from kinward.people.queries import may_be_traced
from kinward.places.queries import names_of
from kinward.tracing.models import Request

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User

TEMPLATE: Final = "tracing/printed/receipt.html"


@transaction.atomic
def take_receipt(*, request: Request, language: str, by: User, at: datetime) -> bytes:
    """Return the receipt of a request as PDF, once it is written down that it left.

    It holds the number, the office and the day, and nothing about anybody.

    Raises:
        NotFound: `by` may not know of this request.
    """
    if not Request.objects.visible_to(by).filter(pk=request.pk).exists():
        raise NotFound(_("There is no such request."))
    with translation.override(language):
        title = _("Receipt for what you asked us")
    office = names_of([request.region], language)[request.region] if request.region else ""
    context = {
        "found": request,
        "region": office,
        "sought": request.sought.count(),
        "traced": may_be_traced(request.enquirer),
    }
    sheet = Sheet(template=TEMPLATE, language=language, title=title, context=context)
    html, code = written(sheet, at=at), new_code()
    address = f"{settings.ADDRESS}{reverse('core:verify')}" if settings.ADDRESS else ""
    made = pdf(marked(html, sheet=sheet, code=code, address=address))
    imprint(code=code, html=html, file=made, on=localdate(at))
    record("tracing.took_receipt", request, by=by, at=at, code=code)
    return made
