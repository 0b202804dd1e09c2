"""Accounts, for administrators: opened by invitation, closed, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access import actions, queries
from kinward.access.entry.proof import step_up
from kinward.access.forms import OpenAccountForm
from kinward.access.models import Role, Step
from kinward.access.rules import Permission
from kinward.core.doors import needs
from kinward.core.paging import page_of
from kinward.core.versions import seen_in, unless_overtaken, written_in

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import User, UserRequest
    from kinward.core.versions import Conflict


@needs(Permission.MANAGE_ACCOUNTS)
@step_up
@require_safe
def accounts(request: UserRequest) -> HttpResponse:
    """List every account."""
    seen = queries.accounts(user=request.user)
    return render(request, "access/accounts.html", {"page": page_of(request, seen)})


@needs(Permission.MANAGE_ACCOUNTS)
@step_up
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: UserRequest) -> HttpResponse:
    """Open an account, and show the invitation of its owner."""
    form = OpenAccountForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        user = actions.open_account(**typed, by=request.user, at=timezone.now())
        return show_invitation(request, user)
    wrong = [form] if form.errors else []
    context = {"form": form, "wrong": wrong}
    return render(request, "access/open_account.html", context, status=422 if wrong else 200)


def show_invitation(request: UserRequest, user: User) -> HttpResponse:
    """Show the link with which its owner sets password and second factor: here, and only once."""
    token = default_token_generator.make_token(user)
    path = reverse("access:invitation", args=[urlsafe_base64_encode(force_bytes(user.pk)), token])
    context = {"account": user, "link": request.build_absolute_uri(path)}
    response = render(request, "access/invited.html", context)
    response.headers["Content-Location"] = reverse("access:account", args=[user.pk])
    return response


@needs(Permission.MANAGE_ACCOUNTS)
@step_up
@require_safe
def account(request: UserRequest, account_id: UUID) -> HttpResponse:
    """Show one account, and what can be done with it."""
    return show_account(request, account_id)


def show_account(
    request: UserRequest, account_id: UUID, conflict: Conflict | None = None
) -> HttpResponse:
    """Show one account; after a conflict, above all else what has become of it."""
    shown = get_object_or_404(queries.accounts(user=request.user), pk=account_id)
    kinds = queries.second_factors(user=shown).values_list("type", flat=True)
    reset = queries.resets_of(user=shown).first()
    steps = {step.step for step in reset.steps.all()} if reset else set()
    if steps & {Step.REFUSED, Step.USED}:
        reset = None
    context = {
        "account": shown,
        "has_factor": bool(kinds),
        "sessions": len(queries.open_sessions(user=shown)),
        "reset": reset,
        "approved": Step.APPROVED in steps,
        "mine": reset is not None and reset.requester_id == request.user.pk,
        "version": queries.version_of_account(shown),
        "conflict": conflict,
    }
    if conflict:
        conflict.written = written_in(request)
    status = conflict.status if conflict else 200
    return render(request, "access/account.html", context, status=status)


@needs(Permission.MANAGE_ACCOUNTS)
@step_up
@require_POST
def reset(request: UserRequest, account_id: UUID) -> HttpResponse:
    """Ask for a reset of a second factor, approve or refuse one, or carry it out."""
    user = get_object_or_404(queries.accounts(user=request.user), pk=account_id)
    by, at, what = request.user, timezone.now(), request.POST.get("what", "")
    if what == "ask":
        reason, seen = request.POST.get("reason", ""), seen_in(request)
        conflict = unless_overtaken(
            lambda: actions.ask_for_reset(user=user, reason=reason, seen=seen, by=by, at=at)
        )
        if conflict:
            return show_account(request, account_id, conflict)
        messages.success(request, _("You have asked. A second person has to approve."))
        return redirect("access:account", account_id)
    approval = get_object_or_404(queries.resets_of(user=user), pk=request.POST.get("approval"))
    if what == "carry_out":
        invited = actions.reset_second_factor(user=user, approval=approval, by=by, at=at)
        return show_invitation(request, invited)
    if what == "approve":
        actions.approve(approval=approval, by=by, at=at)
        messages.success(request, _("You have approved. Whoever asked carries it out."))
    else:
        actions.refuse(approval=approval, reason=request.POST.get("reason", ""), by=by, at=at)
        messages.success(request, _("You have refused."))
    return redirect("access:account", account_id)


@needs(Permission.MANAGE_ACCOUNTS)
@step_up
@require_POST
def invite(request: UserRequest, account_id: UUID) -> HttpResponse:
    """Invite the owner of an account anew, when the first link was lost or is too old."""
    user = get_object_or_404(queries.accounts(user=request.user), pk=account_id)
    by, at, seen = request.user, timezone.now(), seen_in(request)
    conflict = unless_overtaken(lambda: actions.invite(user=user, seen=seen, by=by, at=at))
    if conflict:
        return show_account(request, account_id, conflict)
    user.refresh_from_db()
    return show_invitation(request, user)


@needs(Permission.MANAGE_ACCOUNTS)
@step_up
@require_POST
def close_account(request: UserRequest, account_id: UUID) -> HttpResponse:
    """Close an account."""
    user = get_object_or_404(queries.accounts(user=request.user), pk=account_id)
    actions.close_account(user=user, by=request.user, at=timezone.now())
    messages.success(request, _("The account is closed. Its sessions have ended."))
    return redirect("access:account", account_id)
