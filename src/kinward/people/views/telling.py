"""Who saw or received what about a child, and why: on the page, in a file, on paper."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kinward.access.entry.proof import step_up
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.audit.forms import Narrowing
from kinward.audit.queries import days_of, told_on
from kinward.core.doors import sees
from kinward.core.paging import page_of
from kinward.people import telling
from kinward.people.views.children import open_child

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.access.models import UserRequest
    from kinward.audit.models import Event
    from kinward.people.models import Person

BYTE_ORDER_MARK = "\ufeff"  # spreadsheets take a file without it for Latin letters only


def asked_of(request: UserRequest, child: Person) -> tuple[Narrowing, QuerySet[Event]]:
    """Return what the address asks for, and the events about the child that are like that."""
    form = Narrowing(request.GET)
    asked = form.filters() if form.is_valid() else {}
    return form, telling.disclosed(child, user=request.user).filter(**asked)


@require_safe
@sees(Permission.SEE_CHILDREN)
def history(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show who saw or received what about a child, day by day, narrowed by what is asked for."""
    context = open_child(request, child_id) | {"tab": "history"}
    form, events = asked_of(request, context["child"])
    page = page_of(request, days_of(events))
    context |= {
        "page": page,
        "days": told_on(page.object_list, events),
        "form": form,
        "wrong": [form] if form.errors else [],
        "passing": telling.passed_on(context["child"], user=request.user),
        "asked": request.GET.urlencode(),
    }
    return render(request, "people/child_history.html", context, status=422 if form.errors else 200)


def to_hand_out(request: UserRequest, child_id: UUID, *, form: str) -> dict[str, Any]:
    """Open a child whose list is handed out, and write down that it was."""
    context = open_child(request, child_id, to=Permission.READ_RECORD_LOG)
    _form, context["events"] = asked_of(request, context["child"])
    record("people.handed_out_log", context["child"], by=request.user, at=timezone.now(), form=form)
    return context


@require_safe
@sees(Permission.SEE_CHILDREN)
@sees(Permission.READ_RECORD_LOG)
@step_up
def history_file(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Hand the list out as a file of comma-separated values."""
    context = to_hand_out(request, child_id, form="csv")
    child, written = context["child"], StringIO()
    rows = telling.rows_of(
        child, context["events"], user=request.user, language=get_language() or "en"
    )
    csv.writer(written).writerows(rows)
    response = HttpResponse(
        BYTE_ORDER_MARK + written.getvalue(), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{child.reference}-log.csv"'
    return response


@require_safe
@sees(Permission.SEE_CHILDREN)
@sees(Permission.READ_RECORD_LOG)
def history_print(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show the list in plain words and without accounts, to be printed and told to a family."""
    context = to_hand_out(request, child_id, form="print")
    events = context["events"]
    context |= {
        "days": telling.by_role(told_on(days_of(events), events)),
        "passing": telling.passed_on(context["child"], user=request.user),
        "now": timezone.now(),
    }
    return render(request, "people/child_history_print.html", context)
