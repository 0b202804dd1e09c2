"""The log, for those who read it instead of the files."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinward.audit import queries
from kinward.audit.actions import record
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
    reader = request.user
    assert reader.is_authenticated  # noqa: S101 (what the door asks for)
    form = LogSearch(request.GET)
    asked = form.filters() if form.is_valid() else {}
    words = {lookup: str(value) for lookup, value in asked.items()}
    record("audit.searched", None, by=reader, at=timezone.now(), asked=words)
    page = page_of(request, queries.log(user=reader).filter(**asked))
    status = 422 if form.errors else 200
    context = {"page": page, "form": form, "wrong": [form] if form.errors else []}
    return render(request, "audit/log.html", context, status=status)


@require_safe
@needs(queries.READ_LOG)
def searches(request: HttpRequest) -> HttpResponse:
    """Show how often each account searched by name, and how often it found nobody."""
    reader = request.user
    assert reader.is_authenticated  # noqa: S101 (what the door asks for)
    now = timezone.now()
    record("audit.searched", None, by=reader, at=now, asked={"action": "people.searched"})
    accounts = queries.searches_by_account(user=reader, since=now - A_WHILE)
    return render(request, "audit/searches.html", {"accounts": accounts})
