"""Opening single records to somebody: assignments, and referrals from office to office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.actions.approvals import AnsweredBefore, NoReason
from kinward.access.models import (
    Answered,
    Grant,
    GrantEnd,
    Purpose,
    Referral,
    ReferralStep,
    Role,
    Way,
)
from kinward.access.policy import decide, standing_grants
from kinward.access.queries import may
from kinward.access.rules import Permission, purposes_of, ways_of
from kinward.access.rules.limits import LONGEST_ASSIGNMENT
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import refuse_words

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.access.policy import Reachable


class UnfitGrant(RuleBroken):
    """It cannot be given like that: to this role, for this purpose, or for so long."""


@transaction.atomic
def assign(  # noqa: PLR0913 (the parts of an assignment)
    *,
    subject: UUID,
    to: User,
    purpose: Purpose,
    until: datetime,
    reason: str = "",
    by: User,
    at: datetime,
) -> Grant:
    """Open one record to one account, until a moment.

    Raises:
        NotAllowed: `by` assigns nothing.
        WordsRefused: the reason labels a person, or holds what is never kept.
        UnfitGrant: nothing is assigned to that role or for that purpose, or not for so long.
    """
    if not may(by, Permission.ASSIGN):
        raise NotAllowed(_("You may not assign children."))
    fit = Way.ASSIGNED in ways_of(to.role) and to.is_active and purpose in purposes_of(to.role)
    if not fit or not at < until <= at + LONGEST_ASSIGNMENT:
        raise UnfitGrant(_("This cannot be assigned to this account, or not for so long."))
    refuse_words(reason, field="reason")
    grant = Grant.objects.create(
        subject=subject,
        way=Way.ASSIGNED,
        account=to,
        purpose=purpose,
        since=at,
        until=until,
        given_by=by,
        reason=reason.strip(),
    )
    record("access.assigned", grant, by=by, at=at, subject=str(subject), to=to.username)
    return grant


@transaction.atomic
def assign_many(  # noqa: PLR0913 (the parts of an assignment)
    *,
    subjects: Collection[UUID],
    to: User,
    purpose: Purpose,
    until: datetime,
    reason: str,
    by: User,
    at: datetime,
) -> list[Grant]:
    """Open several records to one account for one reason: all of them, or none.

    Raises:
        NotAllowed, UnfitGrant, WordsRefused: as `assign`.
        NoReason: the reason is blank.
        UnfitGrant: also where nothing was chosen.
    """
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    if not subjects:
        raise UnfitGrant(_("Choose at least one child."))
    parts: dict[str, Any] = {"to": to, "purpose": purpose, "until": until, "reason": reason}
    return [assign(subject=each, by=by, at=at, **parts) for each in subjects]


@transaction.atomic
def end_assignment(*, grant: Grant, by: User, at: datetime) -> GrantEnd:
    """End an assignment before its time.

    Raises:
        NotAllowed: `by` assigns nothing.
        RuleBroken: it does not hold any more, or is none.
    """
    if not may(by, Permission.ASSIGN):
        raise NotAllowed(_("You may not assign children."))
    if not standing_grants(at).filter(pk=grant.pk, way=Way.ASSIGNED).exists():
        raise RuleBroken(_("This assignment has ended already."))
    return _end(grant, by=by, at=at)


@transaction.atomic
def expect(*, subject: Reachable, region: str, reason: str, by: User, at: datetime) -> Grant:
    """Open a record to the offices of the region where a home is looked for; nobody loses it.

    One region at a time: it opens to the last one named, and closes to the one before.

    Raises:
        NotAllowed: `by` asks no region.
        NotFound: the record is out of `by`'s reach.
        NoReason: the reason is blank.
        WordsRefused: it labels a person, or holds what is never kept.
        UnfitGrant: no region is named, or it is the one named last.
    """
    if not may(by, Permission.ASK_REGION):
        raise NotAllowed(_("You may not ask a region to find a home."))
    if not decide(by, Permission.ASK_REGION, subject, at=at).allow:
        raise NotFound(_("There is no such person."))
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    standing = standing_grants(at).filter(subject=subject.pk, way=Way.EXPECTED)
    if not region or standing.filter(region=region).exists():
        raise UnfitGrant(_("Choose a region, and another than the one that was asked last."))
    for earlier in standing:
        _end(earlier, by=by, at=at)
    grant = Grant.objects.create(
        subject=subject.pk,
        way=Way.EXPECTED,
        region=region,
        purpose=Purpose.PROTECTION,
        since=at,
        given_by=by,
        reason=reason.strip(),
    )
    record("access.expected", grant, by=by, at=at, subject=str(subject.pk))
    return grant


def _end(grant: Grant, *, by: User, at: datetime) -> GrantEnd:
    """End what was given."""
    record("access.ended_grant", grant, by=by, at=at, subject=str(grant.subject))
    return GrantEnd.objects.create(grant=grant, ended_by=by, ended_at=at)


@transaction.atomic
def refer(  # noqa: PLR0913 (the parts of a referral)
    *,
    subject: Reachable,
    purpose: Purpose,
    reason: str,
    to_account: User | None = None,
    to_region: str = "",
    by: User,
    at: datetime,
) -> Referral:
    """Offer a record to another office, or to one account there. It moves once they accept.

    Raises:
        NotAllowed: `by` refers nothing.
        NotFound: the record is out of `by`'s reach.
        NoReason: the reason is blank.
        UnfitGrant: it goes to nobody, to both, to the same office, or to a role that takes none.
        AnsweredBefore: it is offered to somebody already.
    """
    if not may(by, Permission.REFER_CHILD):
        raise NotAllowed(_("You may not refer children."))
    if not decide(by, Permission.REFER_CHILD, subject, at=at).allow:
        raise NotFound(_("There is no such person."))
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    if (to_account is None) == (not to_region) or not takes(by, to_account, to_region, purpose):
        raise UnfitGrant(_("Choose another office, or somebody there, who takes children over."))
    offered = Referral.objects.filter(subject=subject.pk, steps__isnull=True)
    if open_one := offered.select_related("offered_by").first():
        raise AnsweredBefore(
            _("This child is offered to another office already."),
            by=open_one.offered_by.get_full_name(),
            at=open_one.offered_at,
        )
    referral = Referral.objects.create(
        subject=subject.pk,
        reference=subject.reference,
        offered_by=by,
        from_region=by.region,
        to_account=to_account,
        to_region=to_region,
        purpose=purpose,
        reason=reason.strip(),
        offered_at=at,
    )
    record("access.offered_referral", referral, by=by, at=at, subject=str(subject.pk))
    return referral


def takes(by: User, account: User | None, region: str, purpose: Purpose) -> bool:
    """Tell whether such a referral could be accepted: by somebody else, for that purpose."""
    if account is None:
        return region != by.region and purpose in purposes_of(Role.REGISTRAR)
    able = may(account, Permission.ANSWER_REFERRAL) and purpose in purposes_of(account.role)
    return able and account.pk != by.pk


@transaction.atomic
def accept_referral(*, referral: Referral, by: User, at: datetime) -> ReferralStep:
    """Take a record over: it opens to whom it was offered, and leaves whoever had it.

    Raises:
        NotAllowed: it was not offered to `by` or their office.
        AnsweredBefore: it was answered or withdrawn before.
    """
    referral = _unanswered(referral, by=by)
    for earlier in standing_grants(at).filter(subject=referral.subject, way=Way.REFERRED):
        _end(earlier, by=by, at=at)
    grant = Grant.objects.create(
        subject=referral.subject,
        way=Way.REFERRED,
        account=referral.to_account,
        region=referral.to_region,
        purpose=referral.purpose,
        since=at,
        given_by=referral.offered_by,
    )
    return _answer(referral, Answered.ACCEPTED, grant=grant, by=by, at=at)


@transaction.atomic
def reject_referral(*, referral: Referral, reason: str, by: User, at: datetime) -> ReferralStep:
    """Do not take a record over, and say why. It stays where it is.

    Raises:
        NotAllowed: it was not offered to `by` or their office.
        NoReason: the reason is blank.
        AnsweredBefore: it was answered or withdrawn before.
    """
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    referral = _unanswered(referral, by=by)
    return _answer(referral, Answered.REJECTED, reason=reason.strip(), by=by, at=at)


@transaction.atomic
def withdraw_referral(*, referral: Referral, by: User, at: datetime) -> ReferralStep:
    """Take an offer back; of one that was accepted, the record too.

    Raises:
        NotAllowed: neither `by` nor their office offered it.
        AnsweredBefore: it was rejected or withdrawn before.
    """
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    of_the_office = referral.from_region == by.region != ""
    if not may(by, Permission.REFER_CHILD) or not (referral.offered_by == by or of_the_office):
        raise NotAllowed(_("You may not withdraw this."))
    steps = {step.step: step for step in referral.steps.select_related("grant")}
    if steps.keys() - {Answered.ACCEPTED}:
        raise _answered_before(referral)
    accepted = steps.get(Answered.ACCEPTED)
    if accepted and accepted.grant and standing_grants(at).filter(pk=accepted.grant.pk).exists():
        _end(accepted.grant, by=by, at=at)
    return _answer(referral, Answered.WITHDRAWN, by=by, at=at)


def _unanswered(referral: Referral, *, by: User) -> Referral:
    """Lock and return a referral that waits for an answer from `by`."""
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    asked = referral.to_account == by or referral.to_region == by.region != ""
    if not (may(by, Permission.ANSWER_REFERRAL) and asked):
        raise NotAllowed(_("You may not answer this."))
    if referral.steps.exists():
        raise _answered_before(referral)
    return referral


def _answered_before(referral: Referral) -> AnsweredBefore:
    """Return what became of a referral meanwhile, by whom and when."""
    last = referral.steps.select_related("taken_by").latest("taken_at", "id")
    said = _("This referral was answered or withdrawn before: %(answer)s.")
    return AnsweredBefore(
        said % {"answer": last.get_step_display()},
        by=last.taken_by.get_full_name(),
        at=last.taken_at,
    )


def _answer(  # noqa: PLR0913 (the parts of a step)
    referral: Referral,
    step: Answered,
    *,
    reason: str = "",
    grant: Grant | None = None,
    by: User,
    at: datetime,
) -> ReferralStep:
    """Append a step to a referral."""
    taken = ReferralStep.objects.create(
        referral=referral, step=step, reason=reason, grant=grant, taken_by=by, taken_at=at
    )
    record(f"access.{step}_referral", referral, by=by, at=at, subject=str(referral.subject))
    return taken
