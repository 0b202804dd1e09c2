"""The machines that act for one by a token: giving one, ending one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kinward.access import actions, queries
from kinward.access.entry.proof import step_up
from kinward.access.forms import TokenForm
from kinward.access.rules import grants, purposes_of
from kinward.core.doors import open_to_accounts, operations, policies_of
from kinward.core.once import shown_anew
from kinward.core.pages import sent

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import User, UserRequest


@open_to_accounts
@step_up
@shown_anew
@require_http_methods(["GET", "HEAD", "POST"])
def machines(request: UserRequest) -> HttpResponse:
    """Show one's tokens; give a machine one, and show it this once."""
    user, now = request.user, timezone.now()
    form = TokenForm(
        sent(request),
        purposes=purposes_of(user.role),
        scopes=scopes_for(user),
        initial={"days": 30},
    )
    secret = ""
    if form.is_valid():
        _given, secret = actions.give_token(**form.cleaned_data, by=user, at=now)
    wrong = [form] if form.errors else []
    context = {
        "form": form,
        "wrong": wrong,
        "secret": secret,
        "tokens": queries.tokens(user=user),
        "now": now,
    }
    return render(request, "access/machines.html", context, status=422 if wrong else 200)


def scopes_for(user: User) -> list[tuple[str, str]]:
    """Return what a machine of this account may be let do: each permission with its operations."""
    opened: dict[str, list[str]] = {}
    for address, _name, view in operations():
        for policy in policies_of(view):
            if grants(user.role, policy):
                opened.setdefault(policy, []).append(address)
    return [(policy, f"{policy}: {', '.join(opened[policy])}") for policy in sorted(opened)]


@open_to_accounts
@require_POST
def end(request: UserRequest, token_id: UUID) -> HttpResponse:
    """End a token now."""
    actions.end_token(token_id=token_id, by=request.user, at=timezone.now())
    messages.success(request, _("The token is ended. The machine acts for you no more."))
    return redirect("access:machines")
