"""What is best for a child: assessing it, the report, the opinions of the panel, its decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.models import Compartment
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.pages import sent
from kinward.legal import actions, panels
from kinward.legal.forms import AssessForm, DecideForm, OpinionForm, ReportForm
from kinward.legal.models import Opinion
from kinward.legal.views.opening import done
from kinward.people.views import open_child

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest

TEMPLATE = "legal/best_form.html"
BACK = "legal:best"


@require_safe
@sees(Permission.SEE_CHILDREN)
def best_interests(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show what was assessed, laid before the panel, said of it and decided."""
    return render(request, "legal/best.html", open_best(request, child_id))


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.ASSESS)
def assess(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Assess what is best for a child."""
    context = open_best(request, child_id, to=Permission.ASSESS)
    context["heading"] = _("Assess what is best for this child")
    form = AssessForm(sent(request))
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.assess(
            child=context["child"], assessed=form.assessed(), by=request.user, at=timezone.now()
        ),
        _("The assessment is recorded, and the case follows where it can."),
        back=BACK,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.ASSESS)
def report(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Lay a report before the panel."""
    context = open_best(request, child_id, to=Permission.ASSESS)
    context["heading"] = _("Lay a report before the panel")
    form = ReportForm(sent(request))
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.lay_before_panel(
            child=context["child"], reported=form.reported(), by=request.user, at=timezone.now()
        ),
        _("The report lies before the panel. It is sealed, and cannot be changed."),
        back=BACK,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.SIT_ON_PANEL)
def opinion(request: UserRequest, child_id: UUID, report_id: UUID) -> HttpResponse:
    """Say, as a member of the panel, what one thinks of a report."""
    context = open_report(request, child_id, report_id)
    context["heading"] = _("Your opinion of the report")
    form = OpinionForm(sent(request))
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.give_opinion(
            report=context["laid"].report,
            opinion=Opinion(form.cleaned_data["opinion"]),
            words=form.cleaned_data["words"],
            by=request.user,
            at=timezone.now(),
        ),
        _("Your opinion is recorded."),
        back=BACK,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.SIT_ON_PANEL)
def decide(request: UserRequest, child_id: UUID, report_id: UUID) -> HttpResponse:
    """Put down what the panel decided on a report."""
    context = open_report(request, child_id, report_id)
    context["heading"] = _("What the panel decided")
    form = DecideForm(sent(request))
    return done(
        request,
        context,
        (TEMPLATE, form),
        lambda: actions.decide(
            report=context["laid"].report,
            decision=Opinion(form.cleaned_data["decision"]),
            words=form.cleaned_data["words"],
            review_on=form.cleaned_data["review_on"],
            by=request.user,
            at=timezone.now(),
        ),
        _("The decision is recorded and sealed, and the case follows where it can."),
        back=BACK,
    )


def open_best(
    request: UserRequest, child_id: UUID, *, to: Permission | None = None
) -> dict[str, Any]:
    """Find a child of whom it is open what is best for it, and return what stands.

    Raises:
        Http404: the child is not, or that is not.
    """
    context = open_child(request, child_id, to=to)
    if Compartment.LEGAL not in context["opened"]:
        raise Http404
    child = context["child"]
    laid = panels.reports_of(child, user=request.user)
    return context | {
        "tab": "best",
        "assessments": panels.assessments_of(child, user=request.user),
        "reports": [(each, each.waits_for(request.user.pk)) for each in laid],
        "assesses": may(request.user, Permission.ASSESS),
        "sits": may(request.user, Permission.SIT_ON_PANEL),
    }


def open_report(request: UserRequest, child_id: UUID, report_id: UUID) -> dict[str, Any]:
    """Find a report on a child, for a member of the panel.

    Raises:
        Http404: there is none that is open to this account.
    """
    context = open_best(request, child_id, to=Permission.SIT_ON_PANEL)
    found = next((each for each, _waits in context["reports"] if each.report.pk == report_id), None)
    if found is None:
        raise Http404
    return context | {"laid": found}
