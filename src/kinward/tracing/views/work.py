"""What waits for whoever signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.core.doors import needs, open_to_accounts
from kinward.core.paging import page_of
from kinward.people.views import show_children
from kinward.tracing import queries
from kinward.tracing.views import kept

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kinward.access.models import UserRequest

# Where each count leads: to exactly what it counts, oldest first.
LISTS: Final = {
    "tasks": ("casework:tasks", ""),
    "due": ("casework:due", "?show=overdue"),
    "escalated": ("casework:due", "?show=escalated"),
    "to_review": ("tracing:matches", "?show=to_review&sort=oldest"),
    "disputed": ("tracing:matches", "?show=disputed&sort=oldest"),
    "claimed": ("tracing:claimed", ""),
    "to_decide": ("tracing:matches", "?show=to_decide&sort=oldest"),
    "interviews": ("tracing:interviews", "?show=waiting"),
    "questions": ("tracing:questions", ""),
    "tracing_due": ("tracing:tracing_due", ""),
    "referrals": ("access:referrals", "?show=waiting"),
    "approvals": ("access:approvals", "?show=waiting"),
    "emergencies": ("access:emergencies", "?show=waiting"),
    "jobs": ("access:jobs", ""),
    "drafts": ("people:groups", ""),
    "assigned": ("casework:assigned", ""),
    "unmatched_children": ("tracing:unmatched", ""),
    "requests": ("tracing:requests", "?sort=oldest"),
}


@require_safe
@open_to_accounts
def work(request: UserRequest) -> HttpResponse:
    """Show the queues of this role as counts that lead to what waits."""
    waiting = queries.work_queue(user=request.user, at=timezone.now())
    rows = [(queue, address_of(queue.key)) for queue in waiting]
    return render(request, "tracing/work.html", {"queues": rows, "kept": kept.shown(request)})


def address_of(key: str) -> str:
    """Return the address of the list that a queue counts."""
    name, narrowed = LISTS[key]
    return reverse(name) + narrowed


@require_safe
@needs(Permission.SEE_CHILDREN)
def claimed(request: UserRequest) -> HttpResponse:
    """Show the children whom two or more requests are likely to look for."""
    seen = queries.children_with_claimants(user=request.user).oldest_first()
    return show_children(request, page_of(request, seen), which="claimed")


@require_safe
@needs(Permission.SEE_CHILDREN)
def unmatched(request: UserRequest) -> HttpResponse:
    """Show the children with no candidate worth showing."""
    seen = queries.unmatched_children(user=request.user).oldest_first()
    with passage(Passage.COUNTING):  # of candidates that not everyone here may see
        page = page_of(request, seen)
    return show_children(request, page, which="unmatched")
