"""What waits for an answer: referrals, approvals, emergencies; and what somebody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kinward.access import actions, queries
from kinward.access.forms import AnswerForm, ReviewForm
from kinward.access.models import ApprovalKind, Finding
from kinward.access.rules import Permission, may_answer
from kinward.audit.actions import record_reads
from kinward.core.doors import needs
from kinward.core.errors import RuleBroken
from kinward.core.paging import page_of, waiting_only

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.core.forms import Form


def chosen(form: Form) -> dict[str, Any]:
    """Return what was answered.

    Raises:
        RuleBroken: nothing was chosen, or a reason is missing.
    """
    if not form.is_valid():
        raise RuleBroken(_("Choose an answer, and give a reason where one is asked for."))
    return form.cleaned_data


@require_safe
@needs(Permission.ANSWER_REFERRAL)
def referrals(request: UserRequest) -> HttpResponse:
    """Show what is offered to this office and by it; of a child no more than its reference."""
    waiting = waiting_only(request)
    found = queries.referrals_to_answer if waiting else queries.referrals
    page = page_of(request, found(user=request.user))
    record_reads("access.listed", page.object_list, by=request.user, at=timezone.now())
    rows = [
        {
            "referral": each,
            "steps": list(each.steps.all()),
            "form": AnswerForm(auto_id=f"id_{each.pk}_%s")
            if queries.is_for(each, request.user)
            else None,
            "withdrawable": queries.is_by(each, request.user),
        }
        for each in page
    ]
    return render(
        request, "access/referrals.html", {"page": page, "rows": rows, "waiting": waiting}
    )


@require_POST
@needs(Permission.ANSWER_REFERRAL)
def answer_referral(request: UserRequest, referral_id: UUID) -> HttpResponse:
    """Take a child over, or do not."""
    found = get_object_or_404(queries.referrals(user=request.user), pk=referral_id)
    typed, now = chosen(AnswerForm(request.POST)), timezone.now()
    if typed["answer"] == "yes":
        actions.accept_referral(referral=found, by=request.user, at=now)
        messages.success(request, _("You have taken the child over. It is on your list now."))
    else:
        actions.reject_referral(referral=found, reason=typed["reason"], by=request.user, at=now)
        messages.success(request, _("You have not taken the child over. It stays where it was."))
    return redirect("access:referrals")


@require_POST
@needs(Permission.REFER_CHILD)
def withdraw_referral(request: UserRequest, referral_id: UUID) -> HttpResponse:
    """Take an offer back, and the child with it."""
    found = get_object_or_404(queries.referrals(user=request.user), pk=referral_id)
    actions.withdraw_referral(referral=found, by=request.user, at=timezone.now())
    messages.success(request, _("The referral is withdrawn."))
    return redirect("access:referrals")


@require_safe
@needs(Permission.SEE_APPROVALS)
def approvals(request: UserRequest) -> HttpResponse:
    """Show what this account asked for, and what it may answer."""
    now = timezone.now()
    waiting = waiting_only(request)
    to_answer = queries.approvals_to_answer(user=request.user, at=now)
    page = page_of(request, to_answer if waiting else queries.approvals(user=request.user))
    record_reads("access.listed", page.object_list, by=request.user, at=now)
    rows = []
    for each in page:
        steps = list(each.steps.all())
        theirs = each.requester_id != request.user.pk and may_answer(
            request.user.role, ApprovalKind(each.kind)
        )
        waits = theirs and not steps and now < each.expires_at
        form = AnswerForm(auto_id=f"id_{each.pk}_%s") if waits else None
        row = {"approval": each, "steps": steps, "form": form, "run_out": now >= each.expires_at}
        rows.append(row)
    return render(
        request, "access/approvals.html", {"page": page, "rows": rows, "waiting": waiting}
    )


@require_POST
@needs(Permission.SEE_APPROVALS)
def answer_approval(request: UserRequest, approval_id: UUID) -> HttpResponse:
    """Approve or refuse what another person asked for."""
    found = get_object_or_404(queries.approvals(user=request.user), pk=approval_id)
    if found.kind == ApprovalKind.MERGING:  # the judgement is stored with the answer
        raise RuleBroken(_("Compare the records and answer there."))
    typed, now = chosen(AnswerForm(request.POST)), timezone.now()
    if typed["answer"] == "yes":
        actions.approve(approval=found, by=request.user, at=now)
        messages.success(request, _("You have approved it. It can be done once."))
    else:
        actions.refuse(approval=found, reason=typed["reason"], by=request.user, at=now)
        messages.success(request, _("You have refused it."))
    return redirect("access:approvals")


@require_safe
@needs(Permission.REVIEW_BREAK_GLASS)
def emergencies(request: UserRequest) -> HttpResponse:
    """Show what was opened in emergencies, what waits for its review first."""
    waiting = waiting_only(request)
    found = queries.emergencies_to_review if waiting else queries.emergencies
    page = page_of(request, found(user=request.user))
    record_reads("access.listed", page.object_list, by=request.user, at=timezone.now())
    rows = [
        {
            "use": use,
            "review": getattr(use, "review", None),
            "form": None if hasattr(use, "review") else ReviewForm(auto_id=f"id_{use.pk}_%s"),
        }
        for use in page
    ]
    context = {"page": page, "rows": rows, "waiting": waiting}
    return render(request, "access/emergencies.html", context)


@require_POST
@needs(Permission.REVIEW_BREAK_GLASS)
def review_emergency(request: UserRequest, use_id: UUID) -> HttpResponse:
    """Say whether opening a child in an emergency was needed."""
    found = get_object_or_404(queries.emergencies(user=request.user), pk=use_id)
    typed = chosen(ReviewForm(request.POST))
    actions.review_emergency(
        use=found,
        finding=Finding(typed["finding"]),
        reason=typed["reason"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("The review is recorded."))
    return redirect("access:emergencies")


@require_safe
@needs(Permission.SEE_NOTICES)
def notices(request: UserRequest) -> HttpResponse:
    """Show what this account is told about emergencies and about reading too much."""
    page = page_of(request, queries.notices(user=request.user))
    return render(request, "access/notices.html", {"page": page})
