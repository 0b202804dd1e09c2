"""Interviews: those somebody was asked for, the form of a side, and the photographs after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.audit.models import Purpose
from kinward.core.doors import needs
from kinward.core.pages import sent
from kinward.core.paging import page_of, waiting_only
from kinward.people.views import show_form
from kinward.tracing import actions, queries
from kinward.tracing.forms import AdultForm, ChildForm, PickForm
from kinward.tracing.models import Side

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.tracing.models import Interview

FORMS: Final = {Side.ADULT: AdultForm, Side.CHILD: ChildForm}


@require_safe
@needs(Permission.INTERVIEW)
def interviews(request: UserRequest) -> HttpResponse:
    """Show the interviews this account was asked for, those to do first."""
    waiting = waiting_only(request)
    asked = queries.open_interviews if waiting else queries.interviews_to_do
    page = page_of(request, asked(user=request.user))
    now = timezone.now()
    told: dict[str, Any] = {"by": request.user, "at": now, "purpose": Purpose.VERIFICATION}
    record_reads("tracing.listed", page.object_list, **told)
    record_reads("people.listed", {one.person for one in page}, **told)
    return render(request, "tracing/interviews.html", {"page": page, "waiting": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.INTERVIEW)
def interview(request: UserRequest, interview_id: UUID) -> HttpResponse:
    """Ask one side, apart from the other, and capture what they answer."""
    context = open_interview(request, interview_id)
    found = context["interview"]
    if context["captured"]:
        if request.method == "POST":
            raise actions.OutOfOrder(_("These answers have been captured already."))
        return show_form(request, "tracing/interview.html", [], context)
    data = sent(request)
    form = FORMS[Side(found.side)](data, today=timezone.localdate())
    if form.is_valid():
        now = timezone.now()
        actions.capture_answers(interview=found, heard=form.heard(), by=request.user, at=now)
        messages.success(request, _("The answers are captured. They are not changed any more."))
        return redirect("tracing:interview", interview_id=interview_id)
    return show_form(request, "tracing/interview.html", [form], context | {"form": form})


@require_POST
@needs(Permission.INTERVIEW)
def pick(request: UserRequest, interview_id: UUID) -> HttpResponse:
    """Record at which photograph was pointed."""
    context = open_interview(request, interview_id)
    form = context.get("pick")
    if form is None:
        raise Http404
    form = PickForm(request.POST, photographs=context["photographs"])
    if not form.is_valid():
        return show_form(request, "tracing/interview.html", [form], context | {"pick": form})
    actions.record_pick(
        interview=context["interview"], place=form.picked(), by=request.user, at=timezone.now()
    )
    messages.success(request, _("It is recorded."))
    return redirect("tracing:interview", interview_id=interview_id)


def open_interview(request: UserRequest, interview_id: UUID) -> dict[str, Any]:
    """Return what an interviewer is shown: of the other side nothing; writes down the reading."""
    asked = queries.interviews_to_do(user=request.user)
    found = get_object_or_404(asked, pk=interview_id)
    told: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    told["purpose"] = Purpose.VERIFICATION
    record_reads("tracing.read", [found], **told)
    record_reads("people.listed", [found.person], **told)
    captured = hasattr(found, "answers")
    context: dict[str, Any] = {
        "interview": found,
        "captured": captured,
        "is_child": found.side == Side.CHILD,
        "must_wait": found.side == Side.CHILD and not queries.is_captured(found, Side.ADULT),
        "asked_in": queries.requests_about([found.person], user=request.user).get(found.person_id),
    }
    return context | line_up_of(found)


def line_up_of(found: Interview) -> dict[str, Any]:
    """Return how many photographs are laid out, and the question about them; never which is whose.

    Nothing of it while the answers are not captured.
    """
    line_up = getattr(found, "line_up", None)
    if line_up is None:
        return {}
    photographs = len(line_up.order)
    if hasattr(line_up, "pick"):
        return {"photographs": photographs, "picked": line_up.pick}
    return {"photographs": photographs, "pick": PickForm(photographs=photographs)}
