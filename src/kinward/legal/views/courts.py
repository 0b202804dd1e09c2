"""Matters before courts: opening one, what happened next, what was ordered, that it was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.pages import sent
from kinward.core.versions import seen_in
from kinward.legal import actions
from kinward.legal.forms import DoneForm, DutyForm, ProceedingForm, RulingForm
from kinward.legal.views.opening import done, open_papers

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.legal.queries import Matters

TEMPLATE = "legal/court.html"


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def open_proceeding(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Record that a matter was brought before a court."""
    context = open_papers(request, child_id, to=Permission.RECORD_PAPERS)
    form = ProceedingForm(sent(request))
    context["heading"] = _("A matter before a court")
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.open_proceeding(
            child=context["child"],
            seat=form.cleaned_data["seat"],
            matter=form.cleaned_data["matter"],
            court=form.cleaned_data["court"],
            filed=form.filed(),
            by=request.user,
            at=timezone.now(),
        ),
        _("The matter is recorded."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def record_ruling(request: UserRequest, child_id: UUID, proceeding_id: UUID) -> HttpResponse:
    """Record what happened next in a matter."""
    context = open_matter(request, child_id, proceeding_id)
    matter: Matters = context["matter"]
    form = RulingForm(sent(request), follows=matter.follows)
    context |= {"heading": _("What happened next"), "seen": len(matter.steps)}
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.record_ruling(
            proceeding=matter.proceeding,
            happened=form.happened(),
            seen=seen_in(request),
            by=request.user,
            at=timezone.now(),
        ),
        _("It is recorded, and the case follows where it can."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def order_duty(request: UserRequest, child_id: UUID, proceeding_id: UUID) -> HttpResponse:
    """Record what a court ordered somebody to do by a day."""
    context = open_matter(request, child_id, proceeding_id)
    form = DutyForm(sent(request))
    context["heading"] = _("What the court ordered")
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.order_duty(
            step=context["matter"].last,
            ordered=form.ordered(),
            by=request.user,
            at=timezone.now(),
        ),
        _("It is recorded. What being late costs is counted every day."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_PAPERS)
def finish_duty(request: UserRequest, child_id: UUID, duty_id: UUID) -> HttpResponse:
    """Record that what a court ordered was done."""
    context = open_papers(request, child_id, to=Permission.RECORD_PAPERS)
    matters: list[Matters] = context["matters"]
    clocks = (clock for matter in matters for clock in matter.clocks)
    clock = next((each for each in clocks if each.duty.pk == duty_id), None)
    if clock is None:
        raise Http404
    form = DoneForm(sent(request))
    context |= {"heading": _("It was done"), "clock": clock}
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.finish_duty(
            duty=clock.duty, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
        _("It is recorded. Nothing more is counted."),
    )


def open_matter(request: UserRequest, child_id: UUID, proceeding_id: UUID) -> dict[str, Any]:
    """Find a matter of a child before a court, to write about it.

    Raises:
        Http404: there is none that is open to this account.
    """
    context = open_papers(request, child_id, to=Permission.RECORD_PAPERS)
    matters: list[Matters] = context["matters"]
    found = next((each for each in matters if each.proceeding.pk == proceeding_id), None)
    if found is None:
        raise Http404
    return context | {"matter": found}
