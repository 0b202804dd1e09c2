"""The log, for those who read it instead of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
