"""What waits for whoever signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.core.doors import needs, open_to_accounts
from kinward.core.paging import page_of
from kinward.people import queries as people
from kinward.people.views import show_children
from kinward.tracing import queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kinward.access.models import UserRequest

NEEDS_YOU: Final = (
    "to_review",
    "disputed",
    "claimed",
    "to_decide",
    "interviews",
    "questions",
    "tracing_due",
)


@require_safe
@open_to_accounts
def work(request: UserRequest) -> HttpResponse:
    """Show the queues of this role as counts that lead to what waits."""
    waiting = queries.work_queue(user=request.user, today=timezone.localdate())
    return render(request, "tracing/work.html", {"queues": waiting, "needs_you": NEEDS_YOU})


@require_safe
@needs(Permission.SEE_CHILDREN)
def claimed(request: UserRequest) -> HttpResponse:
    """Show the children whom two or more requests are likely to look for."""
    ids = queries.claimed_children(user=request.user)
    seen = people.children(user=request.user).filter(pk__in=ids)
    return show_children(request, page_of(request, seen), which="claimed")


@require_safe
@needs(Permission.SEE_CHILDREN)
def unmatched(request: UserRequest) -> HttpResponse:
    """Show the children with no candidate worth showing."""
    seen = queries.unmatched_children(user=request.user)
    with passage(Passage.COUNTING):  # of candidates that not everyone here may see
        page = page_of(request, seen)
    return show_children(request, page, which="unmatched")
