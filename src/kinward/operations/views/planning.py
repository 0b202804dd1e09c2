"""The operations, who is on the plan of one and who is not clear, its legs, permits and day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import needs, sees
from kinward.core.pages import sent
from kinward.core.paging import page_of
from kinward.operations import actions, queries
from kinward.operations.actions import UnfitPlan, Way
from kinward.operations.forms import (
    ChangedForm,
    DayForm,
    LegForm,
    OperationForm,
    PermitForm,
    PutForm,
    ReasonForm,
    StopForm,
)
from kinward.operations.models import Berth
from kinward.operations.views.opening import READ, done, legs_of, opened
from kinward.people.queries import children as children_seen

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.operations.models import OnPlan
    from kinward.operations.queries import Journey


@require_safe
@needs(Permission.SEE_OPERATIONS)
def operations(request: UserRequest) -> HttpResponse:
    """List the operations this account plans, watches or escorts."""
    page = page_of(request, queries.journeys(user=request.user))
    return render(request, "operations/operations.html", {"page": page})


@require_http_methods(READ)
@needs(Permission.PLAN_OPERATION)
def plan(request: UserRequest) -> HttpResponse:
    """Plan an operation."""
    form = OperationForm(sent(request))
    if form.is_valid():
        made = actions.plan_operation(by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The operation is planned. Add its legs now."))
        return redirect("operations:journey", operation_id=made.pk)
    context = {
        "form": form,
        "wrong": [form] if form.errors else [],
        "heading": _("Plan an operation"),
        "button": _("Plan it"),
    }
    return render(request, "operations/plan.html", context, status=422 if form.errors else 200)


@require_safe
@sees(Permission.SEE_OPERATIONS)
def operation(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Show an operation: who is on its plan, who is clear, who is not and why.

    An escort sees the journey and the manifest, and nothing of why a child is not clear.
    """
    journey, user = opened(request, operation_id), request.user
    if not may(user, Permission.SEE_ALL_OPERATIONS):
        return redirect("operations:manifest", operation_id=operation_id)
    board, off = queries.board_of(journey, user=user), queries.off_plan(journey)
    record_reads(
        "operations.read_plan",
        [*(one.person for one in board.planned), *(person for person, _reason in off)],
        by=user,
        at=timezone.now(),
    )
    context = header(request, journey, "people") | {
        "board": board,
        "off": off,
        "reads": may(user, Permission.READ_MANIFEST),
    }
    return render(request, "operations/people.html", context)


def header(request: UserRequest, journey: Journey, tab: str) -> dict[str, Any]:
    """Return what stands above every page of an operation: numbers that balance.

    Until somebody was counted these are of the plan; from then on, for whoever reads names, they
    are those of the reconciliation.
    """
    user, said = request.user, journey.recorded
    frozen, numbers, found = journey.frozen, None, None
    if may(user, Permission.SEE_ALL_OPERATIONS):
        begun = said.handed_over or said.departed or said.closed
        if begun and may(user, Permission.READ_MANIFEST):
            under_way = queries.under_way(journey.operation, user=user)
            found = queries.reconciliation_of(under_way, user=user)
        else:
            known = queries.known_of(list(journey.plan), journey.day)
            numbers = queries.balance(journey, known)
    return {
        "reconciliation": found,
        "closed": said.closed,
        "journey": journey,
        "operation": journey.operation,
        "tab": tab,
        "numbers": numbers,
        "listed": queries.listed_on(frozen) if frozen else None,
        "plans": may(user, Permission.PLAN_OPERATION) and not said.closed,
        "names": may(user, Permission.PLAN_OPERATION),
        "watches": may(user, Permission.SEE_ALL_OPERATIONS),
    }


@require_http_methods(READ)
@sees(Permission.PLAN_OPERATION)
def put(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Put children on the plan of an operation."""
    journey = opened(request, operation_id)
    could = queries.could_fly(journey, user=request.user)
    choices = [(one.person.reference, one.person.reference) for one in could]
    form = PutForm(sent(request), could=choices, legs=legs_of(journey))

    def act() -> list[OnPlan]:
        references = form.children()
        found = list(children_seen(user=request.user).filter(reference__in=references))
        known = {one.reference for one in found}
        if missing := [each for each in references if each not in known]:
            raise UnfitPlan(_("There is no such child: %(who)s") % {"who": ", ".join(missing)})
        return actions.put_on_plan(
            operation=journey.operation,
            children=found,
            over=form.cleaned_data["over"],
            berth=Berth(form.cleaned_data["berth"]),
            by=request.user,
            at=timezone.now(),
        )

    record_reads(
        "operations.read_plan", [one.person for one in could], by=request.user, at=timezone.now()
    )
    context = {
        "journey": journey,
        "operation": journey.operation,
        "heading": _("Put children on the plan"),
        "button": _("Put them on the plan"),
    }
    words = _("They are on the plan.")
    return done(request, context, [form], act, words, back="operations:operation")


@require_http_methods(READ)
@sees(Permission.PLAN_OPERATION)
def take_off(request: UserRequest, operation_id: UUID, child_id: UUID) -> HttpResponse:
    """Take a child off the plan."""
    journey = opened(request, operation_id)
    child = children_seen(user=request.user).filter(pk=child_id).first()
    if child is None or child_id not in journey.plan:
        raise Http404
    form = ReasonForm(sent(request))
    context = {
        "journey": journey,
        "operation": journey.operation,
        "heading": _("Take a child off the plan"),
        "about": child.reference,
        "button": _("Take it off"),
    }
    return done(
        request,
        context,
        [form],
        lambda: actions.take_off_plan(
            operation=journey.operation,
            child=child,
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        ),
        _("The child is off the plan. A frozen manifest keeps it until another is signed."),
        back="operations:operation",
    )


@require_safe
@sees(Permission.SEE_OPERATIONS)
def journey(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Show the legs of an operation, its permits and its day."""
    found = opened(request, operation_id)
    return render(request, "operations/journey.html", header(request, found, "journey"))


@require_http_methods(READ)
@sees(Permission.PLAN_OPERATION)
def change_day(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Plan an operation for another day."""
    found = opened(request, operation_id)
    form = DayForm(sent(request))
    return written(
        request,
        found,
        form,
        lambda: actions.change_day(
            operation=found.operation, by=request.user, at=timezone.now(), **form.cleaned_data
        ),
        heading=_("Another day"),
        words=_("The day is changed. Who is clear is asked for that day."),
    )


@require_http_methods(READ)
@sees(Permission.PLAN_OPERATION)
def record_permit(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Record what an authority allowed."""
    found = opened(request, operation_id)
    form = PermitForm(sent(request))
    return written(
        request,
        found,
        form,
        lambda: actions.record_permit(
            operation=found.operation, by=request.user, at=timezone.now(), **form.cleaned_data
        ),
        heading=_("Record a permit"),
        words=_("The permit is recorded."),
    )


def written(  # noqa: PLR0913 (a form, an act, and its words)
    request: UserRequest, found: Journey, form: Any, act: Any, *, heading: str, words: str
) -> HttpResponse:
    """Show one form about the journey, and act once it is valid."""
    context = {
        "journey": found,
        "operation": found.operation,
        "heading": heading,
        "button": _("Record it"),
    }
    return done(request, context, [form], act, words, back="operations:journey")


@require_http_methods(READ)
@sees(Permission.PLAN_OPERATION)
def add_leg(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Add a leg to an operation."""
    found = opened(request, operation_id)
    form = LegForm(sent(request))
    origin = StopForm(sent(request), prefix="origin", label=_("From where?"))
    destination = StopForm(sent(request), prefix="destination", label=_("To where?"))
    context = {
        "journey": found,
        "operation": found.operation,
        "stops": [origin, destination],
        "heading": _("Add a leg"),
        "button": _("Add it"),
    }
    return done(
        request,
        context,
        [form, origin, destination],
        lambda: actions.add_leg(
            operation=found.operation,
            way=Way(
                mode=form.cleaned_data["mode"],
                origin=origin.place(),
                destination=destination.place(),
                checkpoints=form.cleaned_data["checkpoints"],
            ),
            times=form.times(),
            by=request.user,
            at=timezone.now(),
        ),
        _("The leg is added."),
        back="operations:journey",
    )


@require_http_methods(READ)
@sees(Permission.PLAN_OPERATION)
def change_leg(request: UserRequest, operation_id: UUID, number: int) -> HttpResponse:
    """Change when a leg is travelled and with what, or leave it out."""
    found = opened(request, operation_id)
    stretch = next((one for one in found.stretches if one.number == number), None)
    if stretch is None:
        raise Http404
    times = stretch.times
    stands = {name: getattr(times, name) for name in ChangedForm.base_fields if name not in OWN}
    form = ChangedForm(sent(request), initial=stands)
    return written(
        request,
        found,
        form,
        lambda: actions.change_leg(
            leg=stretch.leg,
            times=form.times(),
            reason=form.cleaned_data["reason"],
            dropped=form.cleaned_data["dropped"],
            by=request.user,
            at=timezone.now(),
        ),
        heading=_("Change leg %(number)s") % {"number": number},
        words=_("The leg is changed."),
    )


OWN = ("dropped", "reason")
