"""Having documents made about a child, and taking them out: each time is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.access.models import User
from kinward.access.queries import may
from kinward.access.rules import Permission, purposes_of
from kinward.audit.actions import record, record_reads
from kinward.audit.context import acting
from kinward.core import files
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import WordsRefused, objection
from kinward.core.jobs import enqueue, handles
from kinward.core.printing import digest_of, marked, new_code, pdf, written
from kinward.core.printing.imprints import imprint
from kinward.core.sealing import seal
from kinward.people.actions.consenting import locked
from kinward.people.models import Person, Printout, PrintoutMade
from kinward.people.printouts import PRINT, content_of, draw, offered, place_of_printout

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import Purpose
    from kinward.core.models import Job
    from kinward.people.printouts import Drawn, Offer


class NoSuchDocument(NotFound):
    """The document is not offered, or does not open for this account."""


class UnfitPrintout(RuleBroken):
    """The document cannot be asked for like that."""


@transaction.atomic
def ask_for_printout(  # noqa: PLR0913 (what is written down of what leaves)
    *,
    person: Person,
    offer: Offer,
    language: str,
    recipient: str,
    purpose: Purpose,
    by: User,
    at: datetime,
) -> Printout:
    """Ask for a document about a child, for somebody named; a job makes it.

    Raises:
        NotAllowed: `by` has no documents made.
        NotFound: `by` may not know of this person, or may not have that made of them.
        WordsRefused: the recipient is not named but labelled.
        UnfitPrintout: nobody is named, or the role reads no record for that purpose.
    """
    if not may(by, Permission.MAKE_DOCUMENTS):
        raise NotAllowed(_("Your role does not include it. Nothing was changed."))
    person = locked(person, by=by, to=Permission.MAKE_DOCUMENTS, at=at)
    if offer not in offered(person, user=by, at=at):
        raise NoSuchDocument(_("There is no such document."))
    if not recipient.strip():
        raise UnfitPrintout(_("Say who receives it."))
    if found := objection(recipient, is_name=True):
        raise WordsRefused("recipient", found)
    if language not in dict(settings.LANGUAGES) or purpose not in purposes_of(by.role):
        raise UnfitPrintout(_("Choose a language and a purpose from the list."))
    asked = Printout.objects.create(
        person=person,
        kind=offer.kind,
        compartment=offer.compartment,
        about=offer.about,
        language=language,
        purpose=purpose,
        recipient=recipient.strip(),
        asked_by=by,
        asked_at=at,
    )
    record("people.asked_for_document", person, by=by, at=at, document=offer.kind)
    enqueue(PRINT, at=at, printout=str(asked.pk), account=str(by.pk))
    return asked


@handles(PRINT, outside=True)
def _print(job: Job, at: datetime) -> None:
    """Draw a document up as its asker sees it, make the file, and keep both.

    The pages are made outside of any transaction: that takes seconds.
    """
    user = User.objects.filter(pk=job.arguments["account"]).first()
    if user is None:
        return
    with acting(user), transaction.atomic():
        asks = Printout.objects.select_related("person").filter(pk=job.arguments["printout"])
        # Where the database has walls, what is not theirs any more is not even there.
        if (asked := asks.first()) is None or hasattr(asked, "made"):
            return
        if (drawn := draw(asked, user=user, at=at)) is None:
            return
        html = written(drawn.sheet, at=at)
    code = new_code()
    address = f"{settings.ADDRESS}{reverse('core:verify')}" if settings.ADDRESS else ""
    made = pdf(marked(html, sheet=drawn.sheet, code=code, address=address))
    with acting(user), transaction.atomic():
        keep(asked, drawn, html=html, code=code, file=made, by=user, at=at)


def keep(  # noqa: PLR0913 (what is kept of a document)
    asked: Printout, drawn: Drawn, *, html: str, code: str, file: bytes, by: User, at: datetime
) -> PrintoutMade:
    """Keep a document, sealed with the key of the person, and what it is known again by."""
    name = uuid4()
    # The file is on the disk before the row is: no row ever names a file that is not there.
    files.write(name, seal(file, **place_of_printout(asked, name)))
    made = PrintoutMade.objects.create(
        printout=asked,
        version=drawn.version,
        compartments=" ".join(sorted(drawn.compartments)),
        code=code,
        size=len(file),
        digest=digest_of(file),
        stored_as=name,
        made_at=at,
    )
    imprint(code=code, html=html, file=file, on=localdate(at))
    told = {"document": asked.kind, "version": drawn.version, "code": code}
    record("people.made_document", asked.person, by=by, at=at, **told)
    return made


@transaction.atomic
def take_printout(*, printout: Printout, by: User, at: datetime) -> bytes:
    """Take a document out, which is written down as a disclosure: for what, and of what.

    Raises:
        NoSuchDocument: it is not there, another asked for it, or it is no longer open to `by`.
    """
    children = Person.objects.visible_to(by, to=Permission.MAKE_DOCUMENTS, at=at)
    # What was open when it was made may be closed by now: the child, or what the document is of.
    theirs = Printout.objects.visible_to(by).filter(
        pk=printout.pk, asked_by=by, made__isnull=False, person__in=children
    )
    if not theirs.exists():
        raise NoSuchDocument(_("There is no such document."))
    record_reads(
        "people.took_document",
        [printout.person],
        by=by,
        at=at,
        purpose=printout.purpose,
        compartments=printout.made.compartments.split(),
        document=printout.kind,
        printout=str(printout.pk),
    )
    return content_of(printout.made)
