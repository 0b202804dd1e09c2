"""Leaving with everything: asking for an archive, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kinward.access.entry.proof import step_up
from kinward.access.models import Step
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import needs
from kinward.core.pages import sent
from kinward.core.paging import page_of
from kinward.exchange import actions, queries
from kinward.exchange.forms.leaving import LeavingForm
from kinward.people.views import show_form

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kinward.access.models import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LEAVE)
@step_up
def archive(request: UserRequest) -> HttpResponse:
    """Ask that everything is handed over, and show what was asked before."""
    now = timezone.now()
    form = LeavingForm(sent(request))
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        actions.ask_to_leave(
            leaving=actions.Leaving(key=typed["key"]),
            recipient=typed["recipient"],
            reason=typed["reason"],
            by=request.user,
            at=now,
        )
        messages.success(request, _("You have asked. A second person has to approve."))
        return redirect("exchange:archive")
    page = page_of(request, queries.leavings(user=request.user))
    record_reads("access.listed", page.object_list, by=request.user, at=now)
    rows = [
        {
            "approval": each,
            "steps": (steps := list(each.steps.all())),
            "ready": [step.step for step in steps] == [Step.APPROVED] and now < each.expires_at,
            "run_out": now >= each.expires_at,
        }
        for each in page
    ]
    context = {"form": form, "page": page, "rows": rows}
    return show_form(request, "exchange/archive.html", [form], context)
