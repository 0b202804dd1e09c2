"""Lists that leave the screen: to print, and as a sealed file once a second person agreed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.entry.proof import step_up
from kinward.access.models import ApprovalKind, Purpose, Step
from kinward.access.policy import usual_purpose
from kinward.access.queries import approvals, may, open_compartments
from kinward.access.rules import Permission, purposes_of
from kinward.audit.actions import record, record_reads
from kinward.core.doors import needs
from kinward.core.pages import sent
from kinward.core.paging import page_of
from kinward.core.sheets import as_csv, as_workbook
from kinward.core.wording import moment, number, reads_right_to_left
from kinward.people.models import List
from kinward.people.views import show_form
from kinward.tracing import actions
from kinward.tracing.actions.exporting import FURTHER, Export, HandedOut, digest_of
from kinward.tracing.forms.exporting import ExportForm
from kinward.tracing.views.tables import LISTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.access.models import Approval, User, UserRequest
    from kinward.core.narrowing import Narrowing
    from kinward.tracing.views.tables import Shown

PRINTED: Final = 100  # rows on one list to print
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def chosen(
    request: UserRequest, which: List, said: Mapping[str, Any], at: datetime
) -> tuple[Narrowing, QuerySet[Any]]:
    """Return how a list is narrowed, and its rows, as far as this account sees them.

    Raises:
        Http404: this account does not see such a list.
    """
    listing = LISTS[which]
    if not may(request.user, listing.needs):
        raise Http404
    narrowing = listing.narrowing(said)
    return narrowing, listing.chosen(request.user, narrowing.chosen(), at)


@require_safe
@needs(Permission.SEE_REQUESTS)
def print_requests(request: UserRequest) -> HttpResponse:
    """Show a list of requests to print."""
    return print_list(request, List.REQUESTS)


@require_safe
@needs(Permission.SEE_CANDIDATES)
def print_matches(request: UserRequest) -> HttpResponse:
    """Show a list of candidates to print."""
    return print_list(request, List.MATCHES)


def print_list(request: UserRequest, which: List) -> HttpResponse:
    """Show a list to print as its reader sees it, with who made it, when, and what for."""
    user, now = request.user, timezone.now()
    narrowing, rows = chosen(request, which, request.GET, now)
    page = page_of(request, rows, rows_each=PRINTED)
    shown = LISTS[which].shown(page.object_list, user)
    opened = open_compartments(user)
    record("tracing.printed_list", None, by=user, at=now, list=str(which), rows=len(page))
    record_reads("tracing.listed", shown.records, by=user, at=now)
    record_reads("people.listed", shown.people, by=user, at=now, compartments=opened)
    context = {
        "page": page,
        "table": shown.table,
        "narrowing": narrowing,
        "now": now,
        "purpose": Purpose(usual_purpose(user)).label,
        "back": LISTS[which].address,
    }
    return render(request, "tracing/list_print.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EXPORT)
@step_up
def ask(request: UserRequest, which: List) -> HttpResponse:
    """Ask a second person to agree that a list is handed out as a file."""
    now = timezone.now()
    narrowing, rows = chosen(request, which, request.GET, now)
    form = ExportForm(
        sent(request),
        purposes=purposes_of(request.user.role),
        which=which,
    )
    ids = list(rows.values_list("pk", flat=True)[: actions.MOST + 1])
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        narrowed = QueryDict(mutable=True)
        narrowed.update(narrowing.said())
        export = Export(
            list=str(which),
            narrowed=narrowed.urlencode(),
            rows=len(ids),
            digest=digest_of(ids),
            purpose=typed["purpose"],
            form=typed["form"],
            key=typed["key"].strip(),
        )
        actions.ask_to_export(
            export=export,
            recipient=typed["recipient"],
            reason=typed["reason"],
            by=request.user,
            at=now,
        )
        messages.success(request, _("You have asked. A second person has to approve."))
        return redirect("tracing:exports")
    context = {
        "form": form,
        "which": which,
        "narrowing": narrowing,
        "rows": len(ids),
        "most": actions.MOST,
        "back": LISTS[which].address,
    }
    return show_form(request, "tracing/export.html", [form], context)


def asked(request: UserRequest) -> QuerySet[Approval]:
    """Return which lists this account asked to hand out, newest first."""
    return approvals(user=request.user).filter(kind=ApprovalKind.EXPORT, requester=request.user)


@require_safe
@needs(Permission.EXPORT)
def exports(request: UserRequest) -> HttpResponse:
    """Show which lists this account asked to hand out, and what became of it."""
    now = timezone.now()
    page = page_of(request, asked(request))
    record_reads("access.listed", page.object_list, by=request.user, at=now)
    rows = [
        {
            "export": each,
            "list": List(each.payload["list"]).label,
            "purpose": Purpose(each.payload["purpose"]).label,
            "steps": (steps := list(each.steps.all())),
            "ready": [step.step for step in steps] == [Step.APPROVED] and now < each.expires_at,
            "run_out": now >= each.expires_at,
        }
        for each in page
    ]
    return render(request, "tracing/exports.html", {"page": page, "rows": rows})


@require_POST
@needs(Permission.EXPORT)
@step_up
def make(request: UserRequest, approval_id: UUID) -> HttpResponse:
    """Hand a list out as a sealed file, once, as a second person agreed."""
    approval, now = get_object_or_404(asked(request), pk=approval_id), timezone.now()
    agreed = Export(**approval.payload)
    which = List(agreed.list)
    _narrowing, rows = chosen(request, which, QueryDict(agreed.narrowed), now)
    some = list(rows[: actions.MOST + 1])
    export = replace(agreed, rows=len(some), digest=digest_of([each.pk for each in some]))
    shown = LISTS[which].shown(some, request.user)
    notes = (
        f"{shown.table.title} · {number(len(some))} · {Purpose(agreed.purpose).label}",
        f"{request.user.get_full_name()} · {moment(now)}",
        _("For: %(whom)s") % {"whom": approval.reason},
        _("Keep it locked away, and destroy it when it has served."),
    )
    content = content_in(agreed.form, shown, notes, by=request.user, at=now)
    held = HandedOut(people=shown.people, records=shown.records, content=content)
    sealed = actions.hand_out(approval=approval, export=export, held=held, by=request.user, at=now)
    response = HttpResponse(sealed, content_type="application/octet-stream")
    ending = FURTHER[agreed.form].ending if agreed.form in FURTHER else agreed.form
    name = f"kinward-{which}.{ending}.age"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def content_in(form: str, shown: Shown, notes: tuple[str, ...], *, by: User, at: datetime) -> bytes:
    """Return a list in the form that was agreed to: a table with notes, or what others read."""
    if form in FURTHER:
        return FURTHER[form].make(shown.people, by, at)
    table = replace(shown.table, notes=notes)
    if form == "csv":
        return as_csv(table)
    return as_workbook(table, right_to_left=reads_right_to_left())
