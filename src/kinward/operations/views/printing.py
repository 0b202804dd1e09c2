"""The paper of a journey: choosing what to print, and taking it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.entry.proof import step_up
from kinward.access.rules import Permission
from kinward.core.doors import sees
from kinward.core.guarding import WordsRefused
from kinward.core.printing.answers import as_pdf
from kinward.operations import actions, queries
from kinward.operations.forms.printing import PaperForm
from kinward.operations.printouts import papers_out
from kinward.operations.views.under_way import open_journey
from kinward.people.views import show_form

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.operations.models import Operation

TEMPLATE: Final = "operations/paper.html"


@require_safe
@sees(Permission.READ_MANIFEST)
def paper(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Show what can be printed for a journey, and what was taken out of it."""
    context = shown(request, operation_id)
    initial = {"paper": "minute", "first": translation.get_language(), "second": "ru"}
    minutes = queries.minutes_of(context["operation"], user=request.user)
    context["form"] = PaperForm(initial=initial, minutes=minutes)
    return render(request, TEMPLATE, context)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.READ_MANIFEST)
@step_up
def paper_file(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Hand out a paper of a journey, once it is said to whom and for what."""
    operation = get_object_or_404(queries.operations_of(user=request.user), pk=operation_id)
    if request.method != "POST":
        return redirect("operations:paper", operation_id)
    form = PaperForm(request.POST, minutes=queries.minutes_of(operation, user=request.user))
    content = taken(request, operation, form) if form.is_valid() else None
    if content is None:
        context = shown(request, operation_id) | {"form": form}
        return show_form(request, TEMPLATE, [form], context)
    return as_pdf(content, f"{operation.reference}-{form.wanted().paper}")


def taken(request: UserRequest, operation: Operation, form: PaperForm) -> bytes | None:
    """Take a paper out; where its words are refused, say so at their field."""
    said = {name: form.cleaned_data[name] for name in ("recipient", "purpose")}
    try:
        return actions.take_paper(
            operation=operation, wanted=form.wanted(), **said, by=request.user, at=timezone.now()
        )
    except WordsRefused as refused:
        form.add_error(refused.field, refused.said)
        return None


def shown(request: UserRequest, operation_id: UUID) -> dict[str, Any]:
    """Return what stands of an operation, with the papers that were taken out."""
    context = open_journey(request, operation_id, tab="paper")
    return context | {"papers": papers_out(context["operation"], user=request.user)}
