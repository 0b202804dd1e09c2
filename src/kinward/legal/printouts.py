"""The report on what is best for a child on paper, with what the panel said and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from kinward.access.models import Compartment
from kinward.core.printing import Sheet
from kinward.core.wording import day, number
from kinward.legal.panels import reports_of
from kinward.people.models import DocumentKind
from kinward.people.printouts import MAKERS, Drawn, Maker, Offer

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from kinward.access.models import User
    from kinward.people.models import Person, Printout

TEMPLATE: Final = "legal/printed/report.html"
VERSION: Final = "1"  # of what the paper holds, and in which order


def offers(child: Person, user: User, opened: Collection[Compartment]) -> list[Offer]:
    """Offer each report on the child to who may read what is best for it."""
    if Compartment.LEGAL not in opened:
        return []
    return [
        Offer(
            kind=DocumentKind.BEST_INTERESTS,
            about=str(laid.report.pk),
            label=_("Best-interests report %(number)s") % {"number": number(laid.report.number)},
            compartment=Compartment.LEGAL,
        )
        for laid in reports_of(child, user=user)
    ]


def draw(printout: Printout, user: User, at: datetime) -> Drawn | None:
    """Draw up a report with the opinions and the decision on it, and the digests of both."""
    laid = next(
        (
            each
            for each in reports_of(printout.person, user=user)
            if str(each.report.pk) == printout.about
        ),
        None,
    )
    if laid is None:
        return None
    child, today = printout.person, timezone.localdate(at)
    title = _("Best-interests report %(number)s on %(reference)s") % {
        "number": number(laid.report.number),
        "reference": child.reference,
    }
    reader = f"{user.get_full_name()} · {day(today)}"
    sheet = Sheet(
        template=TEMPLATE,
        language=printout.language,
        title=title,
        context={"laid": laid, "child": child, "recipient": printout.recipient},
        watermark=reader,
    )
    return Drawn(sheet=sheet, version=VERSION, compartments=frozenset({Compartment.LEGAL}))


MAKERS[DocumentKind.BEST_INTERESTS] = Maker(offers=offers, draw=draw)
