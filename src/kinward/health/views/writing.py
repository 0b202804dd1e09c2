"""Writing down what a medic saw, and what leaves the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kinward.access.entry.proof import step_up
from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.pages import sent
from kinward.health import actions
from kinward.health.forms import (
    ENTRY_FORMS,
    DischargeForm,
    EncounterForm,
    EndForm,
    FitnessForm,
    HandoutForm,
)
from kinward.health.models import Ended, EntryKind, SharedFor
from kinward.health.queries import told_of
from kinward.health.rules import MET_AT
from kinward.health.views.opening import acted, back, open_encounter, open_entry, open_health

if TYPE_CHECKING:
    from uuid import UUID

    from kinward.access.models import UserRequest

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TREAT)
def record_encounter(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Write down that a medic saw a child."""
    context = open_health(request, child_id)
    context |= {"heading": _("A medic saw this child")}
    form, done = EncounterForm(sent(request)), {}

    def act() -> None:
        met = form.met()
        _encounter, step = actions.record_encounter(
            child=context["child"], met=met, by=request.user, at=timezone.now()
        )
        done["followed"] = step is not None or met.meeting not in MET_AT

    again = acted(request, context, form, act)
    words = _("It is written down. Add below what was measured and found.")
    return again or back(request, context, words if done["followed"] else f"{words} {unmoved()}")


@require_http_methods(METHODS)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TREAT)
def record_entry(
    request: UserRequest, child_id: UUID, encounter_id: UUID, part: str
) -> HttpResponse:
    """Write down what was measured, given, found, noticed or planned."""
    context = open_encounter(request, child_id, encounter_id)
    if part not in EntryKind.values:
        raise Http404
    kind = EntryKind(part)
    context |= {"heading": kind.label, "kind": kind}
    form = ENTRY_FORMS[kind](sent(request))
    again = acted(
        request,
        context,
        form,
        lambda: actions.record_entry(
            encounter=context["encounter"],
            kind=kind,
            said=form.said(),
            by=request.user,
            at=timezone.now(),
        ),
    )
    return again or back(request, context, _("It is written down."))


@require_http_methods(METHODS)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TREAT)
def end_entry(request: UserRequest, child_id: UUID, entry_id: UUID) -> HttpResponse:
    """Say that an entry does not stand any more."""
    context = open_entry(request, child_id, entry_id)
    kept = context["kept"]
    context |= {"heading": _("This does not stand any more")}
    form = EndForm(sent(request), plan=kept.kind == EntryKind.PLAN)
    again = acted(
        request,
        context,
        form,
        lambda: actions.end_entry(
            entry=kept.entry,
            ended=Ended(form.cleaned_data["ended"]),
            words=form.cleaned_data["words"],
            by=request.user,
            at=timezone.now(),
        ),
    )
    return again or back(request, context, _("It is written down. Both stay on record."))


@require_http_methods(METHODS)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TREAT)
def state_fitness(request: UserRequest, child_id: UUID) -> HttpResponse:
    """State whether a child may fly, and what it needs."""
    context = open_health(request, child_id)
    told = told_of(context["child"], user=request.user)
    context |= {"heading": _("May this child fly?"), "told": told, "passes": "fitness"}
    form, done = FitnessForm(sent(request)), {}

    def act() -> None:
        statement = actions.state_fitness(
            child=context["child"], stated=form.stated(), by=request.user, at=timezone.now()
        )
        done["followed"] = statement.passed_on

    again = acted(request, context, form, act)
    words = _("It is stated, and passed on as you see it below.")
    return again or back(request, context, words if done["followed"] else unmoved())


@require_http_methods(METHODS)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TREAT)
def discharge(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Write down that a child left hospital."""
    context = open_health(request, child_id)
    context |= {"heading": _("This child left hospital"), "passes": "discharge"}
    form, done = DischargeForm(sent(request)), {}

    def act() -> None:
        made = actions.discharge(
            child=context["child"], leaving=form.leaving(), by=request.user, at=timezone.now()
        )
        done["followed"] = made.passed_on

    again = acted(request, context, form, act)
    words = _("It is written down, and the journey says that the child is out of hospital.")
    return again or back(request, context, words if done["followed"] else unmoved())


@require_http_methods(METHODS)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TREAT)
@step_up
def hand_out(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Hand out a summary of a child's health as a file."""
    context = open_health(request, child_id)
    context |= {"heading": _("Hand out a summary"), "passes": "summary"}
    form = HandoutForm(sent(request))
    made: dict[str, Any] = {}

    def act() -> None:
        said = form.cleaned_data
        made["out"] = actions.hand_out_summary(
            child=context["child"],
            shared_for=SharedFor(said["shared_for"]),
            recipient=said["recipient"],
            named=said["named"],
            by=request.user,
            at=timezone.now(),
        )

    again = acted(request, context, form, act)
    if again:
        return again
    response = HttpResponse(made["out"].content, content_type="application/fhir+json")
    name = f"{context['child'].reference}-summary.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def unmoved() -> str:
    """Say that nothing was passed on, and what to do."""
    return _(
        "It is written down, but NOT passed on: it does not follow from where the journey stands. "
        "Tell whoever leads the journey yourself, and today."
    )
