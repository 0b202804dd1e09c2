"""Who waits for a home or a visit, in one's region; for who plans, how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kinward.access.queries import may, open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record, record_reads
from kinward.casework.models import Track
from kinward.casework.tracks import TABLES
from kinward.core.doors import needs
from kinward.core.paging import page_of
from kinward.people.queries import profiles
from kinward.placement import queries
from kinward.placement.rules import Wait

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kinward.access.models import UserRequest

WORDS = {
    Wait.NOT_SEEN: _("not seen at the last visit"),
    Wait.NO_HOME: _("without a home: it could not go on"),
    Wait.VISIT_LATE: _("a visit is late"),
    Wait.NOBODY: _("waits for a carer"),
    Wait.CARER: _("a carer is being looked at"),
    Wait.VISITED: _("lives with a carer, and is visited"),
    Wait.ENDED: _("the case is closed"),
}


@require_safe
@needs(Permission.SEE_PLACEMENTS)
def placements(request: UserRequest) -> HttpResponse:
    """Show who waits for a home or a visit; of whom one opens no file, how many."""
    now = timezone.now()
    rows = queries.waiting(user=request.user, today=timezone.localdate(now))
    asked = request.GET.get("show", "")
    which = next((each for each in Wait if each.name.lower() == asked), None)
    counts = [(each, WORDS[each], n) for each, n in queries.counts_of(rows).items()]
    context: dict[str, Any] = {"counts": counts, "which": which, "all": len(rows)}
    if not may(request.user, Permission.PLACE_CHILD):
        record("placement.counted", None, by=request.user, at=now, children=len(rows))
        return render(request, "placement/placements.html", context)
    page = page_of(request, [each for each in rows if which in (None, each.wait)])
    children = [each.child for each in page]
    record_reads(
        "people.listed",
        children,
        by=request.user,
        at=now,
        compartments=open_compartments(request.user),
    )
    table = TABLES[Track.PLACEMENT]
    context |= {
        "page": page,
        "rows": [(each, WORDS[each.wait], table.label(each.position)) for each in page],
        "profiles": profiles(children, user=request.user),
    }
    return render(request, "placement/placements.html", context)
