"""The whole operation put side by side, as a picture with its table, and its closing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kinward.access.rules import Permission
from kinward.core import charts
from kinward.core.doors import sees
from kinward.core.wording import reads_right_to_left
from kinward.operations import actions, queries
from kinward.operations.views.under_way import attempted, open_journey, tell_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from kinward.access.models import UserRequest
    from kinward.operations.queries import Column, Reconciliation, UnderWay


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.READ_MANIFEST)
@sees(Permission.LEAD_OPERATION)
def reconciliation(request: UserRequest, operation_id: UUID) -> HttpResponse:
    """Show how many came to each stage and who did not and why; close the operation."""
    context = open_journey(request, operation_id, tab="reconciliation")
    journey: UnderWay = context["journey"]
    if request.method == "POST":
        act = partial(
            actions.close_operation,
            operation=journey.operation,
            by=request.user,
            at=timezone.now(),
        )
        if attempted(request, act):
            messages.success(request, _("The operation is reconciled and closed."))
        return redirect("operations:reconciliation", operation_id)
    found = queries.reconciliation_of(journey, user=request.user)
    tell_of(request, set(found.names) - set(journey.travellers))
    came = [each for each in found.columns if each.counts][-1]
    language = translation.get_language() or "en"
    context |= {
        "reconciliation": found,
        "picture": picture(found),
        "rows": rows(found),
        "came": came,
        "regions": queries.regions_of(came.children, language),
    }
    return render(request, "operations/reconciliation.html", context)


def picture(found: Reconciliation) -> SafeString:
    """Draw how many came to each stage."""
    arrived = [
        charts.Arrived(
            label=each.label,
            amount=each.amount,
            explained=len(each.gap.fell) if each.gap else 0,
            open=len(each.gap.unexplained) if each.gap else 0,
            written=written(each),
        )
        for each in found.columns
    ]
    return charts.stages(
        arrived,
        title=_("From the plan to a home"),
        description=_(
            "A bar for each stage. The table below has the same numbers, child by child."
        ),
        mirrored=reads_right_to_left(),
    )


def written(column: Column) -> str:
    """Return the numbers of a stage in words."""
    words = [str(column.amount)]
    if column.gap and column.gap.fell:
        words.append(_("%(n)d stayed, with a reason") % {"n": len(column.gap.fell)})
    if column.gap and column.gap.unexplained:
        still = _("%(n)d to come") if not column.counts else _("%(n)d not accounted for")
        words.append(still % {"n": len(column.gap.unexplained)})
    if column.gap and column.gap.joined:
        words.append(_("%(n)d more than before") % {"n": len(column.gap.joined)})
    return " · ".join(words)


def rows(found: Reconciliation) -> list[tuple[Column, list[tuple[str, str]]]]:
    """Return each stage with the children who did not come so far, by name, and why."""
    told = []
    for each in found.columns:
        listed: list[tuple[str, str]] = []
        if each.gap:
            names = found.names
            none = _("not yet") if not each.counts else _("not accounted for")
            listed += [(names.get(child, ""), why) for child, why in each.gap.fell.items()]
            listed += [(names.get(child, ""), none) for child in each.gap.unexplained]
            more = _("was not there before")
            listed += [(names.get(child, ""), more) for child in each.gap.joined]
        told.append((each, sorted(listed)))
    return told
