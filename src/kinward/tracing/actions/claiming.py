"""Deciding between several claimants of one child: one asks, a second person agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.access.actions import approve, refuse, request_approval
from kinward.access.models import ApprovalKind
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.ids import uuid7
from kinward.core.versions import Conflict, overtaken
from kinward.people.models import Person
from kinward.tracing.models import Resolution, Sought
from kinward.tracing.queries import claims_and_decision, version_of_claims, waiting_resolution
from kinward.tracing.rules import Hindrance, by_request, hindrance

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.utils.functional import _StrPromise

    from kinward.access.models import User

HINDERED: Final[Mapping[Hindrance, str | _StrPromise]] = {
    Hindrance.LOCKED: gettext_lazy(
        "Two or more requests claim this child. Compare the families and decide between them first."
    ),
    Hindrance.NOT_NAMED: gettext_lazy(
        "It was decided that this child is not of this family. Take that decision back first."
    ),
}


class Hindered(RuleBroken):
    """The child has several claimants, and the decision between them is missing, or is another."""


class ClaimsChanged(Conflict):
    """Another claim came up, or somebody decided, after the page was made that this answers."""


class UnfitResolution(RuleBroken):
    """There is nothing to decide between, or the decision names somebody who does not claim."""


@transaction.atomic
def ask_to_resolve(  # noqa: PLR0913 (a decision, and what it was made on)
    *,
    child: Person,
    named: Collection[UUID],
    reason: str,
    seen: str | None = None,
    by: User,
    at: datetime,
) -> Resolution:
    """Say whose family a child with several claimants is of; it counts once a second agrees.

    `named` are ids of sought people: those of one family, who may ask in several requests, or none.
    No request's search ends or changes by it. `seen` is the version of the claims it is about.

    Raises:
        NotAllowed: `by` does not decide between claimants.
        NotFound: `by` may not know of this child.
        ClaimsChanged: what was seen is not what stands.
        UnfitResolution: fewer than two requests claim the child, the named do not, or it waits.
        NoReason: the reason is blank.
        WordsRefused: it labels a person, or holds what is never kept.
    """
    child = _held(child, seen=seen, by=by, at=at)
    claims, _stands = claims_and_decision(child.pk)
    compared = {claim.sought for claim in claims}
    if len(by_request(claims)) <= 1:
        raise UnfitResolution(_("Fewer than two requests claim this child."))
    if not set(named) <= compared:
        raise UnfitResolution(_("Choose among those who claim this child."))
    return _asked(child, compared, set(named), None, reason, by=by, at=at)


@transaction.atomic
def ask_to_take_back(
    *, child: Person, reason: str, seen: str | None = None, by: User, at: datetime
) -> Resolution:
    """Take the decision that stands back, once a second person agrees; both stay on record.

    Raises:
        NotAllowed: `by` does not decide between claimants.
        NotFound: `by` may not know of this child.
        ClaimsChanged: what was seen is not what stands.
        UnfitResolution: no decision stands, or another waits.
        NoReason: the reason is blank.
        WordsRefused: it labels a person, or holds what is never kept.
    """
    child = _held(child, seen=seen, by=by, at=at)
    _claims, stands = claims_and_decision(child.pk)
    if stands is None:
        raise UnfitResolution(_("There is no decision to take back."))
    return _asked(child, set(stands.compared), set(), stands.id, reason, by=by, at=at)


def _asked(  # noqa: PLR0913 (all that a decision says)
    child: Person,
    compared: set[UUID],
    named: set[UUID],
    takes_back: UUID | None,
    reason: str,
    *,
    by: User,
    at: datetime,
) -> Resolution:
    """Store a decision that waits for a second person. The child is held."""
    identity = uuid7()
    claimants = Sought.objects.filter(pk__in=compared).select_related("request").order_by("pk")
    approval = request_approval(
        kind=ApprovalKind.CLAIM,
        payload={
            "resolution": str(identity),
            "child": str(child.pk),
            "reference": child.reference,
            "named": [one.request.reference for one in claimants if one.pk in named],
            "takes_back": str(takes_back or ""),
            # Whose keys open the reason: it speaks of all of them. See people.actions.erasing.
            "persons": [str(one.person_id) for one in claimants],
        },
        reason=reason,
        by=by,
        at=at,
    )
    resolution = Resolution.objects.create(
        id=identity,
        child=child,
        compared=[] if takes_back else sorted(map(str, compared)),
        named=sorted(map(str, named)),
        takes_back_id=takes_back,
        approval=approval,
    )
    record("tracing.asked_to_resolve", child, by=by, at=at, resolution=str(identity))
    return resolution


@transaction.atomic
def answer_resolution(  # noqa: PLR0913 (an answer, and what it was given on)
    *, child: Person, agree: bool, reason: str = "", seen: str | None = None, by: User, at: datetime
) -> Resolution:
    """Agree, as the second person, to the decision that waits, or refuse it.

    Raises:
        NotAllowed: `by` does not decide between claimants.
        NotFound: `by` may not know of this child, or nothing waits.
        SamePerson: `by` asked for it.
        ClaimsChanged: what was seen is not what stands.
        NoReason: it is refused, and the reason is blank.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    child = _held(child, by=by, at=at, seen=seen, is_answer=True)
    resolution = waiting_resolution(child, at=at)
    if resolution is None:
        raise NotFound(_("No decision waits for an answer."))
    if agree:
        approve(approval=resolution.approval, by=by, at=at)
    else:
        refuse(approval=resolution.approval, reason=reason, by=by, at=at)
    record("tracing.resolved", child, by=by, at=at, resolution=str(resolution.pk), agreed=agree)
    return resolution


def refuse_if_hindered(child: UUID, sought: UUID) -> None:
    """Refuse to go on with a child as this sought person while claims stand against it.

    Raises:
        Hindered: they do.
    """
    hindered = hindrance(sought, *claims_and_decision(child))
    if hindered is not None:
        raise Hindered(str(HINDERED[hindered]))


def _held(
    child: Person, *, seen: str | None, by: User, at: datetime, is_answer: bool = False
) -> Person:
    """Lock and return the child, if `by` may decide and the claims are as they were seen.

    Raises:
        NotAllowed: they may not.
        NotFound: they may not know of the child, or there is none.
        ClaimsChanged: the claims are not.
        UnfitResolution: a decision waits, and this is no answer.
    """
    if not may(by, Permission.RESOLVE_CLAIMS):
        raise NotAllowed(_("You may not decide between claimants."))
    visible = Person.objects.visible_to(by).children().filter(pk=child.pk)
    found = visible.select_for_update().first()
    if found is None:
        raise NotFound(_("There is no such child."))
    stands = version_of_claims(found)
    if overtaken(seen, stands):
        raise ClaimsChanged(
            _("Another claim came up, or somebody decided, since you opened it. Read it anew."),
            had=seen or "",
            stands=stands,
        )
    if not is_answer and waiting_resolution(found, at=at):
        raise UnfitResolution(_("A decision waits for its answer already."))
    return found
