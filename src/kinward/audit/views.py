"""The log, for those who read it instead of the files."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kinward.audit import queries
from kinward.audit.actions import VERIFY, ask_to_verify, record
from kinward.audit.forms import LogSearch
from kinward.core.doors import needs
from kinward.core.paging import page_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

A_WHILE: Final = timedelta(days=30)


@require_safe
@needs(queries.READ_LOG)
def log(request: HttpRequest) -> HttpResponse:
    """Show events, newest first, narrowed by what is asked for; write down that this was read."""
    reader = reader_of(request)
    form = LogSearch(request.GET)
    asked = form.filters() if form.is_valid() else {}
    words = queries.recognised(asked)
    record("audit.searched", None, by=reader, at=timezone.now(), asked=words)
    events = queries.log(user=reader).filter(**asked)
    context: dict[str, Any] = {"form": form, "wrong": [form] if form.errors else []}
    context["subject"] = asked.get("object_id", "")
    if context["subject"]:  # of one record day by day, as the record's own page has it
        context["page"] = page_of(request, queries.days_of(events))
        context["days"] = queries.told_on(context["page"].object_list, events)
    else:
        context["page"] = page_of(request, events)
    status = 422 if form.errors else 200
    return render(request, "audit/log.html", context, status=status)


def reader_of(request: HttpRequest) -> Any:
    """Return who reads the log."""
    reader = request.user
    assert reader.is_authenticated  # noqa: S101 (what the door asks for)
    return reader


@require_safe
@needs(queries.READ_LOG)
def accounts(request: HttpRequest) -> HttpResponse:
    """Show what each account did of late; of one account (`?actor=`), also day by day."""
    reader, now = reader_of(request), timezone.now()
    actor = request.GET.get("actor", "").strip()
    asked = {"actor": actor} if actor else {}
    words = queries.recognised(asked | {"by": "account"})
    record("audit.searched", None, by=reader, at=now, asked=words)
    used = queries.accounts_by_use(user=reader, since=now - A_WHILE, until=now).filter(**asked)
    context: dict[str, Any] = {"actor": actor, "page": page_of(request, used)}
    if actor:
        events = queries.log(user=reader).filter(actor=actor)
        context |= {"accounts": list(used), "page": page_of(request, queries.days_of(events))}
        context["days"] = queries.told_on(context["page"].object_list, events)
    else:
        context["accounts"] = context["page"].object_list
    return render(request, "audit/accounts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(queries.READ_LOG)
def verification(request: HttpRequest) -> HttpResponse:
    """Show what checking the log came to, and have it checked."""
    reader = reader_of(request)
    if request.method == "POST":
        ask_to_verify(by=reader, at=timezone.now())
        return redirect("audit:verification")
    page = page_of(request, queries.verifications(user=reader))
    context = {"page": page, "running": queries.is_being_verified(VERIFY)}
    return render(request, "audit/verification.html", context)
