"""Naming escorts, and naming who may receive children, which takes two people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.guarding import objection, refuse_words
from kinward.core.versions import Conflict
from kinward.operations.actions.opening import UnfitPlan, open_operation, refuse_gaps
from kinward.operations.actions.planning import follow_escorts, follow_receivers
from kinward.operations.models import Agreed, Escort, EscortEnd, Receiver, ReceiverNote

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from kinward.access.models import User
    from kinward.operations.models import Operation
    from kinward.places.models import Place


class SaidMeanwhile(Conflict):
    """Somebody ended, agreed to or withdrew it meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An adult as in the document that is shown, before it is stored."""

    surname: str
    given: str
    organisation: str


@transaction.atomic
def name_escort(  # noqa: PLR0913 (who, over which legs, for how many)
    *,
    operation: Operation,
    named: Named,
    over: Collection[int],
    at_most: int,
    account: User | None = None,
    by: User,
    at: datetime,
) -> Escort:
    """Name somebody who travels with children; with an account, it sees this operation.

    Raises:
        NotAllowed, NotFound: as `open_operation`.
        UnfitPlan: something is not said, a leg is not there, or the account is not an escort's.
    """
    journey = open_operation(operation, by=by)
    refuse_name(named)
    if not over or not set(over) <= {one.number for one in journey.stretches}:
        raise UnfitPlan(_("Choose the legs."))
    if at_most < 1:
        raise UnfitPlan(_("An escort looks after one child or more."))
    if account is not None and not may(account, Permission.ESCORT):
        raise UnfitPlan(_("This account is not one of an escort."))
    escort = Escort.objects.create(
        operation=operation,
        over=sorted(set(over)),
        account=account,
        surname=named.surname.strip(),
        given=named.given.strip(),
        organisation=named.organisation.strip(),
        at_most=at_most,
        recorded_by=by,
        recorded_at=at,
    )
    record("operations.named_escort", operation, by=by, at=at, escort=str(escort.pk))
    follow_escorts(operation, by=by, at=at)
    return escort


@transaction.atomic
def end_escort(*, escort: Escort, reason: str, by: User, at: datetime) -> EscortEnd:
    """Say that somebody does not travel as an escort after all.

    Raises:
        NotAllowed, NotFound: as `open_operation`.
        UnfitPlan: there is no reason.
        SaidMeanwhile: somebody said so already.
        WordsRefused: the reason labels somebody.
    """
    open_operation(escort.operation, by=by)
    refuse_gaps(reason)
    refuse_words(reason, field="reason")
    if EscortEnd.objects.filter(escort=escort).exists():
        raise SaidMeanwhile(_("Somebody recorded this already."))
    end = EscortEnd.objects.create(
        escort=escort, reason=reason.strip(), recorded_by=by, recorded_at=at
    )
    record("operations.ended_escort", escort.operation, by=by, at=at, escort=str(escort.pk))
    return end


@transaction.atomic
def name_receiver(  # noqa: PLR0913 (who, with which document, where)
    *,
    operation: Operation,
    named: Named,
    document: str,
    place: Place,
    by: User,
    at: datetime,
) -> Receiver:
    """Name somebody who may receive children, once a second person has agreed.

    Children are handed on after the operation is closed as well, as from hospital to their region.

    Raises:
        NotAllowed, NotFound: as `open_operation`.
        UnfitPlan: something is not said.
    """
    open_operation(operation, by=by, closed_too=True)
    refuse_name(named)
    refuse_gaps(document)
    receiver = Receiver.objects.create(
        operation=operation,
        surname=named.surname.strip(),
        given=named.given.strip(),
        document=document.strip(),
        organisation=named.organisation.strip(),
        place=place,
        recorded_by=by,
        recorded_at=at,
    )
    record("operations.named_receiver", operation, by=by, at=at, receiver=str(receiver.pk))
    return receiver


@transaction.atomic
def agree_to_receiver(*, receiver: Receiver, by: User, at: datetime) -> ReceiverNote:
    """Agree, as a second person, that somebody may receive children; their cases follow.

    Raises:
        NotAllowed, NotFound: as `open_operation`.
        UnfitPlan: `by` named that person.
        SaidMeanwhile: it was agreed to or withdrawn already.
    """
    open_operation(receiver.operation, to=Permission.AGREE_TO_RECEIVER, by=by, closed_too=True)
    if receiver.recorded_by_id == by.pk:
        raise UnfitPlan(_("You named this person. Another person agrees."))
    if ReceiverNote.objects.filter(receiver=receiver).exists():
        raise SaidMeanwhile(_("Somebody recorded this already."))
    note = say_of(receiver, Agreed.AGREED, "", by=by, at=at)
    record("operations.agreed_to_receiver", receiver.operation, by=by, at=at, **of(receiver))
    follow_receivers(receiver.operation, by=by, at=at)
    return note


@transaction.atomic
def withdraw_receiver(*, receiver: Receiver, reason: str, by: User, at: datetime) -> ReceiverNote:
    """Say that somebody may not receive children any more. It takes one person.

    Raises:
        NotAllowed, NotFound: as `open_operation`.
        UnfitPlan: there is no reason.
        SaidMeanwhile: it was withdrawn already.
        WordsRefused: the reason labels somebody.
    """
    open_operation(receiver.operation, by=by, closed_too=True)
    refuse_gaps(reason)
    refuse_words(reason, field="reason")
    if ReceiverNote.objects.filter(receiver=receiver, said=Agreed.WITHDRAWN).exists():
        raise SaidMeanwhile(_("Somebody recorded this already."))
    note = say_of(receiver, Agreed.WITHDRAWN, reason.strip(), by=by, at=at)
    record("operations.withdrew_receiver", receiver.operation, by=by, at=at, **of(receiver))
    return note


def say_of(
    receiver: Receiver, said: Agreed, reason: str, *, by: User, at: datetime
) -> ReceiverNote:
    """Append what is said of a receiver."""
    return ReceiverNote.objects.create(
        receiver=receiver,
        said=said,
        named_by_id=receiver.recorded_by_id,
        reason=reason,
        recorded_by=by,
        recorded_at=at,
    )


def of(receiver: Receiver) -> dict[str, str]:
    """Return how the log names a receiver."""
    return {"receiver": str(receiver.pk)}


def refuse_name(named: Named) -> None:
    """Refuse what is no name, or lacks whose it is.

    Raises:
        UnfitPlan: there is no surname, or no organisation, or it labels somebody.
    """
    refuse_gaps(named.surname, named.organisation)
    if objection(f"{named.surname} {named.given}", is_name=True):
        raise UnfitPlan(_("Write the name as it stands in the travel document."))
