"""Who was erased, with the certificates, and asking that somebody be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import needs, sees
from kinward.core.pages import sent
from kinward.core.paging import page_of
from kinward.people import actions, due, queries, workings
from kinward.people.forms import ErasureForm
from kinward.people.models import Ground

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_ERASURES)
def erasures(request: UserRequest) -> HttpResponse:
    """Show who was erased, and ask that somebody be."""
    asked = {"reference": request.GET.get("reference", ""), "ground": request.GET.get("ground", "")}
    form = ErasureForm(sent(request), initial=asked)
    if form.is_valid():
        person = queries.named(form.cleaned_data["reference"], user=request.user)
        if person is None:
            form.add_error("reference", _("There is no such person."))
        else:
            actions.ask_to_erase(
                person=person,
                ground=Ground(form.cleaned_data["ground"]),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("You asked for it. Another person has to agree."))
            return redirect("people:erasures")
    page = page_of(request, queries.erasures(user=request.user))
    record_reads("people.listed", page.object_list, by=request.user, at=timezone.now())
    context = {"page": page, "form": form, "wrong": [form] if form.errors else []}
    status = 422 if form.errors else 200
    return render(request, "people/erasures.html", context, status=status)


@require_safe
@sees(Permission.SEE_ERASURES)
def erasure(request: UserRequest, erasure_id: UUID) -> HttpResponse:
    """Show a certificate of erasure, to be printed."""
    found = get_object_or_404(queries.erasures(user=request.user), pk=erasure_id)
    record_reads("people.read", [found], by=request.user, at=timezone.now())
    context = {
        "erasure": found,
        "is_genuine": queries.is_genuine(found),
        "public_key": queries.signed_with(),
    }
    return render(request, "people/erasure.html", context)


@require_safe
@needs(Permission.SEE_ERASURES)
def retention(request: UserRequest) -> HttpResponse:
    """Show whose data were kept as long as they may be; it erases nothing."""
    now = timezone.now()
    overdue = due.all_due(user=request.user, at=now)
    page = page_of(request, overdue)
    record_reads("people.listed", [each.person for each in page], by=request.user, at=now)
    context = {"page": page, "classes": due.counted(overdue)}
    context["workings"] = workings.all_due(user=request.user, at=now)
    return render(request, "people/retention.html", context)
