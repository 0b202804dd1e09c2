"""Whose data must be kept for now: setting that, and lifting it by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.models import Step
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import needs
from kinward.core.pages import sent
from kinward.core.paging import page_of
from kinward.people import actions, queries
from kinward.people.forms import HoldForm, LiftForm

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import Approval, User, UserRequest
    from kinward.people.models import LegalHold


@require_safe
@needs(Permission.SEE_ERASURES)
def holds(request: UserRequest) -> HttpResponse:
    """Show whose data must be kept, and what became of it."""
    page = page_of(request, queries.holds(user=request.user))
    persons = [hold.person for hold in page]
    record_reads("people.listed", persons, by=request.user, at=timezone.now())
    asked = queries.liftings(page)
    rows = [row(hold, asked.get(str(hold.pk)), user=request.user) for hold in page]
    return render(request, "people/holds.html", {"page": page, "rows": rows})


def row(hold: LegalHold, asked: Approval | None, *, user: User) -> dict[str, Any]:
    """Return what a line of the list shows, and what can be done there by this account."""
    lifted = getattr(hold, "lifted_by", None)
    steps = {step.step for step in asked.steps.all()} if asked else set()
    run_out = asked is not None and timezone.now() >= asked.expires_at
    waits = asked is not None and not steps and not run_out
    agreed = asked is not None and steps == {Step.APPROVED} and not run_out
    mine = asked is not None and asked.requester_id == user.pk
    may_ask = not (lifted or waits or agreed) and user.has_perm(Permission.HOLD_ERASURE)
    return {
        "hold": hold,
        "lifted": lifted,
        "waits": waits,
        "agreed": agreed,
        "may_lift": agreed and mine,
        "form": LiftForm(auto_id=f"id_{hold.pk}_%s") if may_ask else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HOLD_ERASURE)
def hold(request: UserRequest) -> HttpResponse:
    """Say that somebody's data must be kept for now."""
    form = HoldForm(sent(request))
    if form.is_valid():
        person = queries.named(form.cleaned_data["reference"], user=request.user)
        if person is None:
            form.add_error("reference", _("There is no such person."))
        else:
            actions.hold_erasure(
                person=person,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("The data are kept until two people say otherwise."))
            return redirect("people:holds")
    context = {"form": form, "wrong": [form] if form.errors else []}
    return render(request, "people/hold.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.HOLD_ERASURE)
def lift(request: UserRequest, hold_id: UUID) -> HttpResponse:
    """Ask that data need not be kept any longer; once a second person agreed, have it so."""
    found = get_object_or_404(queries.holds(user=request.user), pk=hold_id)
    by, at = request.user, timezone.now()
    if request.POST.get("what") == "lift":
        approval = queries.lifting_agreed(found, user=by)
        if approval is None:
            raise Http404
        actions.lift_hold(hold=found, approval=approval, by=by, at=at)
        messages.success(request, _("The data need not be kept any longer."))
    else:
        reason = request.POST.get("reason", "")
        actions.ask_to_lift(hold=found, reason=reason, by=by, at=at)
        messages.success(request, _("You have asked. A second person has to approve."))
    return redirect("people:holds")
