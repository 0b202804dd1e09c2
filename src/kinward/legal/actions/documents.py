"""Recording a travel document, saying why it cannot be used, comparing its name with a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.audit.actions import record
from kinward.casework.actions import InHand, follow, push_document, withdraw_step
from kinward.casework.models import Track
from kinward.casework.queries import case_of
from kinward.casework.tracks import Civil
from kinward.casework.tracks.civil_status import IN_HAND
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict
from kinward.legal.actions.opening import UnfitPaper, open_papers, refuse_name
from kinward.legal.models import DocumentNote, NameCheck, Noted, TravelDocument
from kinward.legal.queries import as_printed, compared
from kinward.legal.rules import in_letters
from kinward.people.naming import machine_readable

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from kinward.access.models import User
    from kinward.legal.rules import Printed
    from kinward.people.models import Person

STEP_OF: Final = {Noted.ERROR: Civil.ERROR, Noted.CANCELLED: Civil.CANCELLED}
CHECKED: Final = (Civil.CHECKED,)
BEGUN: Final = (Civil.ISSUED, Civil.REISSUED)  # how a document comes to be in hand


class Settled(Conflict):
    """Meanwhile it was said that the document cannot be used, or another stands in its place."""


@transaction.atomic
def record_document(
    *,
    child: Person,
    printed: Printed,
    replaces: TravelDocument | None = None,
    by: User,
    at: datetime,
) -> TravelDocument:
    """Record a travel document as it is printed; its name is never changed any more.

    Where one has been applied for, the child's papers stand as issued from now on; where another
    is in hand, they stand upon this one, and its name is still to be compared.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        UnfitPaper: it ends before it begins, or has no name; or it replaces one of another child.
        Settled: another was recorded in place of the one it replaces.
        WordsRefused: a name labels a person.
    """
    held = open_papers(child, by=by, at=at)
    refuse_unfit(printed)
    if replaces is not None:
        if replaces.child_id != held.pk:
            raise UnfitPaper(_("That document is not one of this child."))
        if TravelDocument.objects.filter(replaces=replaces).exists():
            raise Settled(_("Another document was recorded in place of that one already."))
    document = TravelDocument.objects.create(
        child=held,
        kind=printed.kind,
        issuer=printed.issuer,
        number=printed.number,
        surname=printed.surname,
        given=printed.given,
        zone=printed.zone,
        valid_from=printed.valid_from,
        valid_until=printed.valid_until,
        replaces=replaces,
        recorded_by=by,
        recorded_at=at,
    )
    told = {"document": str(document.pk), "kind": document.kind}
    record("legal.recorded_document", held, by=by, at=at, **told)
    said: dict[str, Any] = {
        "evidence": f"{document.get_kind_display()} {document.issuer} {document.number}",
        "holds_from": document.valid_from,
        "holds_until": document.valid_until,
    }
    if follow(held, Track.CIVIL_STATUS, Civil.ISSUED, **said, by=by, at=at) is None:
        follow(held, Track.CIVIL_STATUS, Civil.REISSUED, **said, by=by, at=at)
    tell_journey(document, usable=True, by=by, at=at)
    return document


def refuse_unfit(printed: Printed) -> None:
    """Refuse what no travel document can be like.

    Raises:
        UnfitPaper: it ends before it begins, or has no name.
        WordsRefused: a name labels a person.
    """
    if printed.valid_until < printed.valid_from:
        raise UnfitPaper(_("It would end before it begins."))
    if not printed.surname and not printed.given:
        raise UnfitPaper(_("Write the name as it is printed."))
    refuse_name(f"{printed.surname} {printed.given}", field="surname")


@transaction.atomic
def note_document(
    *, document: TravelDocument, noted: Noted, reason: str, by: User, at: datetime
) -> DocumentNote:
    """Say why nobody may travel with a document, though it has not expired.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        UnfitPaper: there is no reason.
        Settled: that was said of it already.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    held = open_papers(document.child, by=by, at=at)
    if not reason.strip():
        raise UnfitPaper(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    if over := DocumentNote.objects.filter(document=document).select_related("recorded_by").first():
        said = _("It was said already that this document cannot be used.")
        raise Settled(said, by=over.recorded_by.get_full_name(), at=over.recorded_at)
    note = DocumentNote.objects.create(
        child=held,
        document=document,
        noted=noted,
        reason=reason.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    told = {"document": str(document.pk), "noted": str(noted)}
    record("legal.noted_document", held, by=by, at=at, **told)
    if stands_upon(document, held):
        if noted == Noted.MISTYPED:
            take_back(held, note.reason, CHECKED, BEGUN, by=by, at=at)
        else:
            follow(held, Track.CIVIL_STATUS, STEP_OF[noted], reason=note.reason, by=by, at=at)
    tell_journey(document, usable=False, by=by, at=at)
    if noted == Noted.MISTYPED and (former := in_hand_before(document)):
        tell_journey(former, usable=True, by=by, at=at)
    return note


@transaction.atomic
def check_name(  # noqa: PLR0913 (a name in two parts, and where it stands)
    *,
    document: TravelDocument,
    surname: str,
    given: str,
    list_named: str,
    by: User,
    at: datetime,
) -> NameCheck:
    """Hold the name on a passenger list against a document; who recorded that does not compare it.

    Where they agree, the child's papers stand as checked; where they differ, no longer.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        UnfitPaper: `by` recorded the document, or there is no name.
        Settled: the document cannot be used any more.
        WordsRefused: the name labels a person.
    """
    held = open_papers(document.child, by=by, at=at)
    if document.recorded_by_id == by.pk:
        raise UnfitPaper(_("You recorded this document. Another person compares the name."))
    if not surname.strip() and not given.strip():
        raise UnfitPaper(_("Write the name as it stands on the list."))
    gone = DocumentNote.objects.filter(document=document).exists()
    if gone or TravelDocument.objects.filter(replaces=document).exists():
        raise Settled(_("This document cannot be used any more."))
    refuse_name(f"{surname} {given}", field="surname")
    check = NameCheck.objects.create(
        child=held,
        document=document,
        surname=surname.strip(),
        given=given.strip(),
        list_named=list_named.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    differ = compared(in_letters(as_printed(document), machine_readable), check)
    told = {"document": str(document.pk), "agrees": not differ}
    record("legal.checked_name", held, by=by, at=at, **told)
    if not stands_upon(document, held):
        return check
    if differ:
        reason = _("The name on the passenger list is not that of the document.")
        take_back(held, reason, CHECKED, by=by, at=at)
    else:
        follow(held, Track.CIVIL_STATUS, Civil.CHECKED, by=by, at=at)
    tell_journey(document, usable=True, by=by, at=at)
    return check


def tell_journey(document: TravelDocument, *, usable: bool, by: User, at: datetime) -> None:
    """Push down what a journey needs of a document: the passenger list has the name printed."""
    name = in_letters(as_printed(document), machine_readable)
    found = InHand(
        document=document.pk,
        usable=usable,
        kind=document.kind,
        issuer=document.issuer,
        number=document.number,
        surname=document.surname,
        given=document.given,
        zone_surname=name.surname,
        zone_given=name.given,
        valid_from=document.valid_from,
        valid_until=document.valid_until,
    )
    push_document(child=document.child, found=found, by=by, at=at)


def stands_upon(document: TravelDocument, child: Person) -> bool:
    """Tell whether the child's papers stand upon this document: none was recorded after it."""
    newer = TravelDocument.objects.filter(child=child, recorded_at__gt=document.recorded_at)
    return not newer.exclude(note__noted=Noted.MISTYPED).exists()


def in_hand_before(mistyped: TravelDocument) -> TravelDocument | None:
    """Return the document that was in hand before one that was mistyped, if it is again."""
    if case_of(mistyped.child).on(Track.CIVIL_STATUS).position not in IN_HAND:
        return None
    others = TravelDocument.objects.filter(child=mistyped.child, note__isnull=True)
    return others.order_by("-recorded_at", "-id").first()


def take_back(child: Person, reason: str, *steps: Collection[str], by: User, at: datetime) -> None:
    """Withdraw one of each of these steps of the papers in turn, where the papers stand at it."""
    for each in steps:
        if case_of(child).on(Track.CIVIL_STATUS).position in each:
            withdraw_step(
                child=child, track=Track.CIVIL_STATUS, reason=reason, pushed=True, by=by, at=at
            )
