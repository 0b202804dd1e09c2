"""Keeping a view of a list, and letting go of it; what a page of a list shows of those kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kinward.core.doors import open_to_accounts
from kinward.core.errors import NotFound
from kinward.people import actions, queries
from kinward.people.forms.narrowing import NarrowChildren
from kinward.people.models import List
from kinward.tracing.forms.narrowing import NarrowCandidates, NarrowRequests

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest

LISTS: Final = {
    List.CHILDREN: ("people:children", NarrowChildren),
    List.MATCHES: ("tracing:matches", NarrowCandidates),
    List.REQUESTS: ("tracing:requests", NarrowRequests),
}


@require_POST
@open_to_accounts
def keep(request: UserRequest) -> HttpResponse:
    """Keep how a list is narrowed and ordered, for whoever asks."""
    of = request.POST.get("of", "")
    if of not in List.values:
        raise NotFound(_("There is no such list."))
    page, form = LISTS[List(of)]
    kept = actions.keep_view(
        of=List(of), narrowing=form(request.POST), by=request.user, at=timezone.now()
    )
    messages.success(request, _("The view is kept. You find it among what waits for you."))
    return redirect(f"{reverse(page)}?{kept.said}")


@require_POST
@open_to_accounts
def let_go(request: UserRequest, view_id: UUID) -> HttpResponse:
    """Keep a view no longer."""
    actions.let_go_of_view(view_id=view_id, by=request.user, at=timezone.now())
    messages.success(request, _("The view is not kept any longer."))
    return redirect("tracing:work")


def shown(request: UserRequest) -> list[dict[str, Any]]:
    """Return the views this account keeps: each with its address, and in words."""
    rows = []
    for kept in queries.kept_views(user=request.user):
        page, form = LISTS[List(kept.of)]
        words = form(QueryDict(kept.said)).words()
        rows.append({"kept": kept, "address": f"{reverse(page)}?{kept.said}", "words": words})
    return rows
