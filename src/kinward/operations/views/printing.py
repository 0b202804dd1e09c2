"""The paper of a journey: choosing what to print, and taking it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from kinward.access.entry.proof import step_up
from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.printing.answers import as_pdf
from kinward.operations import actions, queries
from kinward.operations.forms.printing import PaperForm
from kinward.operations.printouts import minutes_of
from kinward.operations.views.under_way import open_journey

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest


@require_safe
@sees(Permission.READ_MANIFEST)
def paper(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Show what can be printed for a journey."""
    context = open_journey(request, operation_id, tab="paper")
    initial = {"paper": "minute", "first": translation.get_language(), "second": "ru"}
    minutes = minutes_of(context["journey"], user=request.user)
    context["form"] = PaperForm(initial=initial, minutes=minutes)
    return render(request, "operations/paper.html", context)


@require_safe
@sees(Permission.READ_MANIFEST)
@step_up
def paper_file(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Hand out a paper of a journey; where none is named that there is, lead back to the choice."""
    operation = get_object_or_404(queries.operations_of(user=request.user), pk=operation_id)
    journey = queries.under_way(operation, user=request.user)
    form = PaperForm(request.GET, minutes=minutes_of(journey, user=request.user))
    if not form.is_valid():
        return redirect("operations:paper", operation_id)
    wanted = form.wanted()
    content = actions.take_paper(
        operation=operation, wanted=wanted, by=request.user, at=timezone.now()
    )
    return as_pdf(content, f"{operation.reference}-{wanted.paper}")
