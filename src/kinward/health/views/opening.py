"""Finding a child whose health is open to a medic, and what every page about it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from kinward.access.models import Compartment
from kinward.access.rules import Permission
from kinward.core.versions import unless_overtaken
from kinward.health import queries
from kinward.health.actions import UnfitEntry
from kinward.people.views import open_child, show_form

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.health.forms import HealthForm

FORM: Final = "health/health_form.html"


def open_health(request: UserRequest, child_id: UUID) -> dict[str, Any]:
    """Find a child whose health is open to this account, and return what is kept of it.

    Raises:
        Http404: the child is not, or its health is not.
    """
    context = open_child(request, child_id, to=Permission.TREAT)
    if Compartment.HEALTH not in context["opened"]:
        raise Http404
    return context | {
        "tab": "health",
        "today": timezone.localdate(),
        "file": queries.file_of(context["child"], user=request.user),
    }


def open_encounter(request: UserRequest, child_id: UUID, encounter_id: UUID) -> dict[str, Any]:
    """Find an encounter of a child, to add to it.

    Raises:
        Http404: there is none that is open to this account.
    """
    context = open_health(request, child_id)
    seen = (each.encounter for each in context["file"].seen if each.encounter.pk == encounter_id)
    found = next(seen, None)
    if found is None:
        raise Http404
    return context | {"encounter": found}


def open_entry(request: UserRequest, child_id: UUID, entry_id: UUID) -> dict[str, Any]:
    """Find an entry about a child, to say that it stands no more.

    Raises:
        Http404: there is none that is open to this account.
    """
    context = open_health(request, child_id)
    entries = (kept for each in context["file"].seen for kept in each.entries)
    found = next((kept for kept in entries if kept.entry.pk == entry_id), None)
    if found is None:
        raise Http404
    return context | {"kept": found}


def acted(
    request: UserRequest,
    context: dict[str, Any],
    form: HealthForm,
    act: Callable[[], object],
    template: str = FORM,
) -> HttpResponse | None:
    """Act if the form is valid, and return nothing; else the page again, with all that is wrong."""
    context["form"] = form
    if not form.is_valid():
        return show_form(request, template, [form], context)
    try:
        conflict = unless_overtaken(act)
    except UnfitEntry as unfit:
        for fault in unfit.faults:
            form.add_error(form.places.get(fault), str(fault.label))
        return show_form(request, template, [form], context)
    return show_form(request, template, [form], context, conflict) if conflict else None


def back(request: UserRequest, context: dict[str, Any], words: str) -> HttpResponse:
    """Say what was done, and lead back to the child's health."""
    messages.success(request, words)
    return redirect("health:file", child_id=context["child"].pk)
