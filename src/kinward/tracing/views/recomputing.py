"""Comparing everybody anew: asking for it, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kinward.access.rules import Permission
from kinward.core.doors import needs
from kinward.tracing import actions, queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kinward.access.models import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FIND_CANDIDATES)
def recomputing(request: UserRequest) -> HttpResponse:
    """Show how far comparing everybody anew is, or begin it."""
    if request.method == "POST":
        actions.recompute(by=request.user, at=timezone.now())
        messages.success(request, _("Everybody is being compared anew."))
        return redirect("tracing:recomputing")
    return render(request, "tracing/recomputing.html", {"far": queries.recomputing()})
