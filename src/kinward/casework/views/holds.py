"""Holds: those on one child, and how old all open ones are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.models import Role
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.casework import actions, queries
from kinward.casework.forms import HoldEntryForm, HoldForm
from kinward.casework.models import Added, Hold, HoldEnded, HoldKind, Party
from kinward.casework.rules import BANDS
from kinward.core.doors import needs, sees
from kinward.core.pages import sent, show_form
from kinward.core.paging import page_of
from kinward.core.versions import seen_in, unless_overtaken
from kinward.people.views import open_child

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.core.versions import Conflict

TEMPLATE = "casework/child_holds.html"


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TAKE_STEP)
def holds(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show who says that a child may not go yet, and record that somebody does."""
    context = open_child(request, child_id, to=Permission.TAKE_STEP)
    posted = sent(request)
    form = HoldForm(posted, initial={"since": timezone.localdate(), "next_by": Role.CASE_WORKER})
    if not form.is_valid():
        return show_holds(request, context, form)
    typed = form.cleaned_data
    claim = actions.Claim(
        **typed
        | {
            "kind": HoldKind(typed["kind"]),
            "party": Party(typed["party"]),
            "next_by": Role(typed["next_by"]),
        }
    )
    actions.record_hold(child=context["child"], said=claim, by=request.user, at=timezone.now())
    messages.success(request, _("The hold is recorded, as what its owner says."))
    return redirect("casework:holds", child_id=child_id)


@require_POST
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TAKE_STEP)
def add(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Add to a hold: that it is contested, an answer, what shows it, what is next, or its end."""
    context = open_child(request, child_id, to=Permission.TAKE_STEP)
    form = HoldEntryForm(request.POST)
    if not form.is_valid():
        return show_holds(request, context, adding=form)
    typed = form.cleaned_data
    seen = Hold.objects.visible_to(request.user).filter(child=context["child"])
    hold = get_object_or_404(seen.select_related("child"), pk=typed["hold"])
    said = actions.Addition(
        what=Added(typed["what"]),
        words=typed["words"],
        next_by=Role(typed["next_by"]) if typed["next_by"] else None,
        next_on=typed["next_on"],
        how=HoldEnded(typed["how"]) if typed["how"] else None,
    )
    who: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    conflict = unless_overtaken(
        lambda: actions.add_to_hold(hold=hold, said=said, seen=seen_in(request), **who)
    )
    if conflict:
        return show_holds(request, context, adding=form, conflict=conflict)
    messages.success(request, _("It is added to the hold."))
    return redirect("casework:holds", child_id=child_id)


def show_holds(
    request: UserRequest,
    context: dict[str, Any],
    form: HoldForm | None = None,
    *,
    adding: HoldEntryForm | None = None,
    conflict: Conflict | None = None,
) -> HttpResponse:
    """Show the holds on a child that was opened, each with a form to add to it."""
    today, child = timezone.localdate(), context["child"]
    found = queries.holds_of(child, user=request.user, today=today)
    chosen = str(adding["hold"].value()) if adding else ""
    rows = []
    for one in found:
        fresh = HoldEntryForm(initial={"hold": one.hold.pk}, auto_id=f"id_{one.hold.pk}_%s")
        same = adding is not None and chosen == str(one.hold.pk)
        rows.append({"shown": one, "form": adding if same else fresh, "chosen": same})
    initial = {"since": today, "next_by": Role.CASE_WORKER}
    context |= {"tab": "holds", "rows": rows, "form": form or HoldForm(initial=initial)}
    forms = [each for each in (form, adding) if each is not None]
    return show_form(request, TEMPLATE, list(forms), context, conflict)


@require_safe
@needs(Permission.SEE_BOARD)
def ageing(request: UserRequest) -> HttpResponse:
    """Show how old the open holds are on children this account may know of."""
    found = queries.ageing(user=request.user, today=timezone.localdate())
    page = page_of(request, found)
    children = list({each.child.pk: each.child for each in page}.values())
    record_reads("people.listed", children, by=request.user, at=timezone.now())
    starts = (0, *(limit + 1 for limit in BANDS))
    bands = zip(starts, (*BANDS, None), queries.banded(found), strict=True)
    context = {"page": page, "bands": list(bands), "count": len(found)}
    return render(request, "casework/holds_ageing.html", context)
