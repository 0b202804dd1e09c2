"""Referring a child to another office, and opening one in an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.defaults import page_not_found

from kinward.access import actions
from kinward.access.forms import EmergencyForm, ReferForm
from kinward.access.models import Emergency, Purpose
from kinward.access.queries import account_named
from kinward.access.rules import Permission, purposes_of
from kinward.core.doors import needs, sees
from kinward.core.versions import unless_overtaken
from kinward.people import queries as people
from kinward.people.views import open_child, show_form
from kinward.places.queries import regions

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.REFER_CHILD)
def refer(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Offer a child to another office; it stays here until they accept."""
    context = open_child(request, child_id, to=Permission.REFER_CHILD)
    form = ReferForm(
        request.POST if request.method == "POST" else None,
        places=regions(get_language() or "en"),
        purposes=purposes_of(request.user.role),
    )
    conflict = None
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        to_account = account_named(typed["to_account"]) if typed["to_account"] else None
        conflict = unless_overtaken(
            lambda: actions.refer(
                subject=context["child"],
                purpose=Purpose(typed["purpose"]),
                reason=typed["reason"],
                to_account=to_account,
                to_region=typed["to_region"],
                by=request.user,
                at=timezone.now(),
            )
        )
        if conflict is None:
            messages.success(request, _("The child is offered to them, and stays here till then."))
            return redirect("access:referrals")
    context |= {"form": form, "tab": "refer"}
    return show_form(request, "casework/refer.html", [form], context, conflict)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BREAK_GLASS)
def emergency(request: UserRequest) -> HttpResponse:
    """Open one child for four hours by its exact reference."""
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return show_form(request, "casework/emergency.html", [form], {"form": form})
    typed = form.cleaned_data
    child = people.child_in_an_emergency(typed["reference"])
    use = actions.break_glass(
        subject=child,
        reference=typed["reference"],
        emergency=Emergency(typed["emergency"]),
        reason=typed["reason"],
        by=request.user,
        at=timezone.now(),
    )
    if use is None or child is None:
        # Not raised: that a try was made has to stay written down.
        return page_not_found(request, Http404())
    messages.success(
        request,
        _("This child is open to you for four hours. Others were told, and will review it."),
    )
    return redirect("people:child", child_id=child.pk)
