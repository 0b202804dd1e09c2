"""Accounts, for administrators: opened by invitation, closed, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404
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
from kinward.audit.rules import is_key
from kinward.core.doors import needs
from kinward.core.paging import page_of
from kinward.core.versions import seen_in, unless_overtaken, written_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from kinward.access.models import Approval, User, UserRequest
    from kinward.core.versions import Conflict


@needs(Permission.MANAGE_ACCOUNTS)
@step_up
@require_safe
def accounts(request: UserRequest) -> HttpResponse:
    """List every account."""
    seen = queries.accounts(user=request.user)
    page = page_of(request, seen)
    waiting = queries.waiting_among(page.object_list)
    return render(request, "access/accounts.html", {"page": page, "waiting": waiting})


@needs(Permission.MANAGE_ACCOUNTS)
@step_up
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: UserRequest) -> HttpResponse:
    """Open an account, and ask a second person to agree to its role."""
    form = OpenAccountForm(request.POST or None)
    if form.is_valid():
        typed, by, at = form.cleaned_data, request.user, timezone.now()
        reason = typed.pop("reason")
        user = actions.open_account(**typed | {"role": Role(typed["role"])}, by=by, at=at)
        actions.ask_for_role(user=user, reason=reason, by=by, at=at)
        messages.success(request, _("You have asked. A second person has to approve."))
        return redirect("access:account", user.pk)
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
    waits = queries.waits_for_role(shown)
    about = queries.grants_of(user=shown) if waits else queries.resets_of(user=shown)
    asked = about.filter(expires_at__gt=timezone.now()).first()
    steps = {step.step for step in asked.steps.all()} if asked else set()
    if steps & {Step.REFUSED, Step.USED}:
        asked = None
    context = {
        "account": shown,
        "has_factor": bool(kinds),
        "sessions": len(queries.open_sessions(user=shown)),
        "waits": waits,
        "asked": asked,
        "approved": Step.APPROVED in steps,
        "mine": asked is not None and asked.requester_id == request.user.pk,
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
    asked = queries.resets_of(user=user)
    return by_two(request, user, asked, actions.ask_for_reset, actions.reset_second_factor)


@needs(Permission.MANAGE_ACCOUNTS)
@step_up
@require_POST
def role(request: UserRequest, account_id: UUID) -> HttpResponse:
    """Ask anew for the role of an account that waits, approve or refuse it, or have it open."""
    user = get_object_or_404(queries.accounts(user=request.user), pk=account_id)
    asked = queries.grants_of(user=user)
    return by_two(request, user, asked, actions.ask_for_role, actions.give_role)


def by_two(
    request: UserRequest,
    user: User,
    asked: QuerySet[Approval],
    ask: Callable[..., object],
    carry_out: Callable[..., User],
) -> HttpResponse:
    """Take one step of what two people do to an account; carried out, its owner is invited."""
    by, at, what = request.user, timezone.now(), request.POST.get("what", "")
    if what == "ask":
        reason, seen = request.POST.get("reason", ""), seen_in(request)
        conflict = unless_overtaken(lambda: ask(user=user, reason=reason, seen=seen, by=by, at=at))
        if conflict:
            return show_account(request, user.pk, conflict)
        messages.success(request, _("You have asked. A second person has to approve."))
        return redirect("access:account", user.pk)
    approval = named(request, asked)
    if what == "carry_out":
        return show_invitation(request, carry_out(user=user, approval=approval, by=by, at=at))
    return answer(request, user, approval)


def named(request: UserRequest, approvals: QuerySet[Approval]) -> Approval:
    """Return which of these approvals a form names.

    Raises:
        Http404: none of them.
    """
    key = request.POST.get("approval", "")
    if not is_key(key):
        raise Http404
    return get_object_or_404(approvals, pk=key)


def answer(request: UserRequest, user: User, approval: Approval) -> HttpResponse:
    """Approve or refuse what another administrator asked about an account."""
    by, at = request.user, timezone.now()
    if request.POST.get("what") == "approve":
        actions.approve(approval=approval, by=by, at=at)
        messages.success(request, _("You have approved. Whoever asked carries it out."))
    else:
        actions.refuse(approval=approval, reason=request.POST.get("reason", ""), by=by, at=at)
        messages.success(request, _("You have refused."))
    return redirect("access:account", user.pk)


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
