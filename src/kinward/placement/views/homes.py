"""The home of a child on its page, and recording what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.actions import UnfitGrant
from kinward.access.models import Compartment
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.casework.actions import GateClosed, UnfitStep
from kinward.casework.models import Track
from kinward.casework.queries import block
from kinward.casework.tracks import TABLES
from kinward.core.doors import sees
from kinward.core.pages import sent
from kinward.core.versions import unless_overtaken
from kinward.people.views import open_child, show_form
from kinward.placement import actions, queries
from kinward.placement.forms import NameForm, RegionForm
from kinward.placement.views.entries import ENTRIES, possible, said_to
from kinward.places.queries import named_offices

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.core.forms import Form

TEMPLATE = "placement/home_form.html"


@require_safe
@sees(Permission.SEE_CHILDREN)
@sees(Permission.PLACE_CHILD)
def home(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show a child's home: what is recorded of it in order, and what is next."""
    context = open_home(request, child_id)
    listed = [child for child, _position in context["siblings"]]
    record_reads("people.listed", listed, by=request.user, at=timezone.now())
    return render(request, "placement/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.PLACE_CHILD)
def record(request: UserRequest, child_id: UUID, entry: str) -> HttpResponse:
    """Record something of a child's home."""
    context = open_home(request, child_id)
    chosen = ENTRIES[entry]
    context["heading"] = chosen.heading
    if not chosen.fits(context["home"]):
        return show_form(request, TEMPLATE, [], context | {"unfit": True})
    form = chosen.form(
        sent(request), home=context["home"], initial=beginning(request, context, entry)
    )
    context["form"] = form
    if not form.is_valid():
        return show_form(request, TEMPLATE, [form], context)
    said = said_to(chosen, form.said())
    who = {"child": context["child"], "by": request.user, "at": timezone.now()}
    try:
        conflict = unless_overtaken(lambda: chosen.act(**said, **who))
    except GateClosed as closed:
        return refused(
            request, form, context | {"closed": [block(each) for each in closed.reasons]}
        )
    except (actions.UnfitHome, UnfitStep) as unfit:
        form.add_error(None, unfit.said)
        return show_form(request, TEMPLATE, [form], context)
    if conflict:
        return show_form(request, TEMPLATE, [form], context, conflict)
    messages.success(request, str(chosen.done))
    return redirect("placement:home", child_id=child_id)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.ASK_REGION)
def ask_region(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Ask a region to find a home: the child opens to who does that there."""
    context = open_home(request, child_id, to=Permission.ASK_REGION)
    context["heading"] = _("Ask a region to find a home")
    form = RegionForm(sent(request), offices=named_offices(get_language() or "en"))
    context["form"] = form
    if not form.is_valid():
        return show_form(request, TEMPLATE, [form], context)
    said = form.cleaned_data
    who = {"child": context["child"], "by": request.user, "at": timezone.now()}
    try:
        actions.ask_region(**said, **who)
    except UnfitGrant as unfit:
        form.add_error("region", unfit.said)
        return show_form(request, TEMPLATE, [form], context)
    messages.success(request, _("The region is asked. Who finds homes there sees the child now."))
    return redirect("placement:home", child_id=child_id)


def refused(request: UserRequest, form: Form, context: dict[str, Any]) -> HttpResponse:
    """Show the form again with every reason why a gate refuses; nothing typed is lost."""
    page = show_form(request, TEMPLATE, [form], context)
    page.status_code = GateClosed.status
    return page


def open_home(
    request: UserRequest, child_id: UUID, *, to: Permission = Permission.PLACE_CHILD
) -> dict[str, Any]:
    """Find a child for whom this account finds a home, and return all that stands of it.

    Raises:
        Http404: there is none, or where it lives is not open.
    """
    context = open_child(request, child_id, to=to)
    if Compartment.LOCATION not in context["opened"]:
        raise Http404
    found = queries.home_of(
        context["child"],
        context["facts"],
        user=request.user,
        at=timezone.now(),
        today=timezone.localdate(),
    )
    table = TABLES[Track.PLACEMENT]
    return context | {
        "tab": "home",
        "home": found,
        "next": ENTRIES.get(found.next),
        "next_name": found.next,
        "position": table.label(found.position),
        "due": [(each, table.label(each.to)) for each in found.due],
        "siblings": [(each.child, table.label(each.position)) for each in found.siblings],
        "possible": possible(found),
        "asks": may(request.user, Permission.ASK_REGION),
    }


def beginning(request: UserRequest, context: dict[str, Any], entry: str) -> dict[str, Any]:
    """Return what a form begins with: today, and the carer or relative that was followed here."""
    found: dict[str, Any] = {"carer": request.GET.get("carer", "")}
    if len(context["home"].carers) == 1:
        found["carer"] = str(context["home"].carers[0].pk)
    if ENTRIES[entry].form is NameForm:
        number = request.GET.get("relative", "")
        relatives = dict(enumerate(context["home"].proposals))
        if number.isdecimal() and (relative := relatives.get(int(number))):
            found |= {"kind": "relative", "relation": relative.relation, "for_now": "no"}
            found |= {"name": next(iter(relative.names), ""), "verified": relative.verified or ""}
    return found
