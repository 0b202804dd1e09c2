"""Asking for an approval, giving or refusing it, and using it once."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.models import Approval, ApprovalKind, ApprovalStep, Role, Step
from kinward.access.rules import may_answer, may_ask, time_to_answer, usable
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kinward.access.models import User


class SamePerson(RuleBroken):
    """Whoever asked may not answer: it takes another person."""


class NotApproved(RuleBroken):
    """There is no approval that may be used: none given, run out, used, or for something else."""


class AnsweredBefore(Conflict):
    """Somebody else has answered it."""


class NoReason(RuleBroken):
    """It needs a reason in words."""


def hash_of(payload: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a payload, the same whatever the order of its keys."""
    written = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


@transaction.atomic
def request_approval(
    *, kind: ApprovalKind, payload: Mapping[str, Any], reason: str, by: User, at: datetime
) -> Approval:
    """Ask that exactly this may be done; the payload holds identifiers and words of code lists.

    Raises:
        NotAllowed: `by` may not ask for that.
        NoReason: the reason is blank.
    """
    if not (by.is_active and may_ask(by.role, kind)):
        raise NotAllowed(_("You may not ask for this."))
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    approval = Approval.objects.create(
        kind=kind,
        payload=dict(payload),
        payload_hash=hash_of(payload),
        reason=reason.strip(),
        requester=by,
        requested_at=at,
        expires_at=at + time_to_answer(kind),
    )
    record("access.requested_approval", approval, by=by, at=at, approval_of=kind)
    return approval


@transaction.atomic
def approve(*, approval: Approval, by: User, at: datetime) -> ApprovalStep:
    """Allow, as a second person, exactly what was asked.

    Raises:
        NotAllowed: `by` may not answer that.
        SamePerson: `by` asked for it.
        AnsweredBefore, RuleBroken: it was answered before, or has run out.
    """
    return _answer(approval, Step.APPROVED, "", by=by, at=at)


@transaction.atomic
def refuse(*, approval: Approval, reason: str, by: User, at: datetime) -> ApprovalStep:
    """Refuse what was asked, and say why.

    Raises:
        NotAllowed: `by` may not answer that.
        SamePerson: `by` asked for it.
        NoReason: the reason is blank.
        AnsweredBefore, RuleBroken: it was answered before, or has run out.
    """
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    return _answer(approval, Step.REFUSED, reason.strip(), by=by, at=at)


def _answer(approval: Approval, step: Step, reason: str, *, by: User, at: datetime) -> ApprovalStep:
    """Store an answer, unless there is one."""
    approval = _locked(approval)
    if not (by.is_active and may_answer(by.role, ApprovalKind(approval.kind))):
        raise NotAllowed(_("You may not answer this."))
    if approval.requester_id == by.pk:
        raise SamePerson(_("You asked for this yourself. Another person has to answer."))
    answered = approval.steps.select_related("taken_by").first()
    if answered and answered.taken_by:
        said = _("This has been answered already: %(answer)s.")
        raise AnsweredBefore(
            said % {"answer": answered.get_step_display()},
            by=answered.taken_by.get_full_name(),
            at=answered.taken_at,
        )
    if at >= approval.expires_at:
        raise RuleBroken(_("The time to answer this has run out."))
    return _take(approval, step, reason, by=by, at=at)


@transaction.atomic
def use_approval(
    *, approval: Approval, kind: ApprovalKind, payload: Mapping[str, Any], by: User, at: datetime
) -> ApprovalStep:
    """Use an approval up, in the transaction of what it allows.

    It is used by whoever asked, or by the system itself on their behalf (`by=clock()`).

    Raises:
        NotApproved: it was not given or was refused, has run out, was used before, is somebody
            else's, or allows something else than exactly this.
    """
    approval = _locked(approval)
    theirs = by.role == Role.CLOCK or approval.requester_id == by.pk
    same = approval.kind == kind and approval.payload_hash == hash_of(payload)
    steps = frozenset(Step(step.step) for step in approval.steps.all())
    if not (theirs and same and usable(steps, expires_at=approval.expires_at, at=at)):
        raise NotApproved(_("This takes the approval of a second person, and there is none."))
    return _take(approval, Step.USED, "", by=by, at=at)


def _locked(approval: Approval) -> Approval:
    """Lock and return the approval: two answers, or two uses, at once must see each other."""
    return Approval.objects.select_for_update().get(pk=approval.pk)


def _take(approval: Approval, step: Step, reason: str, *, by: User, at: datetime) -> ApprovalStep:
    """Append a step."""
    taken = ApprovalStep.objects.create(
        approval=approval,
        step=step,
        requester_id=approval.requester_id,
        taken_by=None if by.role == Role.CLOCK else by,
        taken_at=at,
        reason=reason,
    )
    words = {Step.APPROVED: "approved", Step.REFUSED: "refused", Step.USED: "used_approval"}
    record(f"access.{words[step]}", approval, by=by, at=at, approval_of=approval.kind)
    return taken
