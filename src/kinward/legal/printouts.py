"""On paper: the report on what is best for a child, and a travel document as it was recorded."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from kinward.access.models import Compartment
from kinward.core.printing import Sheet, watermark
from kinward.core.wording import number
from kinward.legal.panels import reports_of
from kinward.legal.queries import documents_of
from kinward.people.models import DocumentKind
from kinward.people.printouts import MAKERS, Drawn, Maker, Offer
from kinward.people.queries import content_of, names_of, photograph_of, profiles

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from kinward.access.models import User
    from kinward.legal.queries import Held
    from kinward.people.models import Person, Printout

TEMPLATE: Final = "legal/printed/report.html"
OF_TRAVEL: Final = "legal/printed/travel.html"
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
    sheet = Sheet(
        template=TEMPLATE,
        language=printout.language,
        title=title,
        context={"laid": laid, "child": child, "recipient": printout.recipient},
        watermark=watermark(user.get_full_name(), today),
    )
    return Drawn(sheet=sheet, version=VERSION, compartments=frozenset({Compartment.LEGAL}))


MAKERS[DocumentKind.BEST_INTERESTS] = Maker(offers=offers, draw=draw)


def travel_offers(child: Person, user: User, opened: Collection[Compartment]) -> list[Offer]:
    """Offer each travel document that one may travel with today to who may read it."""
    if Compartment.LEGAL not in opened:
        return []
    held = documents_of(child, user=user, today=timezone.localdate())
    return [
        Offer(
            kind=DocumentKind.TRAVEL,
            about=str(each.document.pk),
            label=f"{each.document.get_kind_display()} {each.document.number}",
            compartment=Compartment.LEGAL,
        )
        for each in held
        if each.valid
    ]


def draw_travel(printout: Printout, user: User, at: datetime) -> Drawn | None:
    """Draw up a travel document as it was recorded, with a photograph where one is open.

    The machine-readable lines stand as they are printed in the document, ten letters an inch (ICAO
    Doc 9303-3, section 4.2), and nothing is made up where none were recorded.
    """
    child, today = printout.person, timezone.localdate(at)
    found = (each for each in documents_of(child, user=user, today=today))
    held = next((each for each in found if str(each.document.pk) == printout.about), None)
    if held is None:
        return None
    photo = photo_uri(child, user)
    facts = profiles([child], user=user)[child.pk]
    sheet = Sheet(
        template=OF_TRAVEL,
        language=printout.language,
        title=_("Travel document of %(reference)s, as recorded") % {"reference": child.reference},
        context={
            "held": held,
            "names": names_of(facts),
            "photo": photo,
            "zone": zone_of(held),
            "recipient": printout.recipient,
        },
        watermark=watermark(user.get_full_name(), today),
    )
    shown = {Compartment.LEGAL, *([Compartment.LOCATION] if photo else [])}
    return Drawn(sheet=sheet, version=VERSION, compartments=frozenset(shown))


def photo_uri(child: Person, user: User) -> str:
    """Return the last photograph of a child that this account may open, as an address of itself."""
    photo = photograph_of(child, user=user)
    if photo is None:
        return ""
    content = content_of(photo)
    kind = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
    return f"data:{kind};base64,{b64encode(content).decode()}"


def zone_of(held: Held) -> list[str]:
    """Return the machine-readable lines of a document, without what is no letter of them."""
    return [line for each in held.document.zone.splitlines() if (line := each.strip())]


MAKERS[DocumentKind.TRAVEL] = Maker(offers=travel_offers, draw=draw_travel)
