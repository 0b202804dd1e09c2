"""What is new since one last looked: counts that lead to lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kinward.access import actions as access
from kinward.access.queries import last_look
from kinward.core.doors import open_to_accounts
from kinward.tracing import queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kinward.access.models import UserRequest

LISTS: Final = {
    "assigned": ("casework:assigned", ""),
    "tasks": ("casework:tasks", ""),
    "tasks_due": ("casework:tasks", ""),
    "due_soon": ("casework:due", "?show=soon"),
    "overdue": ("casework:due", "?show=overdue"),
    "escalated": ("casework:due", "?show=escalated"),
    "very_likely": ("tracing:matches", "?band=very_likely&sort=newest"),
    "disputed": ("tracing:matches", "?show=disputed"),
    "interviews": ("tracing:interviews", "?show=waiting"),
    "referrals": ("access:referrals", "?show=waiting"),
    "approvals": ("access:approvals", "?show=waiting"),
    "notices": ("access:notices", ""),
}


@require_safe
@open_to_accounts
def news(request: UserRequest) -> HttpResponse:
    """Show what came for this account since it last looked, and still waits."""
    found = queries.news(user=request.user, at=timezone.now())
    rows = [(new, reverse(LISTS[new.key][0]) + LISTS[new.key][1]) for new in found]
    context = {"news": rows, "looked_at": last_look(user=request.user)}
    return render(request, "tracing/news.html", context)


@require_POST
@open_to_accounts
def seen(request: UserRequest) -> HttpResponse:
    """Say that this account has seen what is new."""
    access.look(by=request.user, at=timezone.now())
    messages.success(request, _("From now on only what comes later is new."))
    return redirect("tracing:work")
