"""Referring children, assigning them, opening one in an emergency."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.defaults import page_not_found

from kinward.access import actions
from kinward.access.entry.proof import step_up
from kinward.access.forms import AssignForm, AssignManyForm, EmergencyForm, ReferForm
from kinward.access.models import Emergency, Purpose, Role
from kinward.access.queries import account_named, assignments, open_compartments
from kinward.access.rules import Permission, purposes_of
from kinward.audit.actions import record_reads
from kinward.core.doors import needs, sees
from kinward.core.pages import sent, show_form
from kinward.core.paging import page_of
from kinward.core.versions import unless_overtaken
from kinward.core.wording import number
from kinward.people import queries as people
from kinward.people.views import open_child
from kinward.places.queries import named_offices

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from kinward.access.models import UserRequest

MOST: Final = 200  # children that are assigned at once


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.REFER_CHILD)
def refer(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Offer a child to another office; it stays here until they accept."""
    context = open_child(request, child_id, to=Permission.REFER_CHILD)
    form = ReferForm(
        sent(request),
        offices=named_offices(get_language() or "en"),
        purposes=purposes_of(request.user.role),
    )
    conflict = None
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        to_account = account_named(typed["to_account"]) if typed["to_account"] else None
        conflict = unless_overtaken(
            lambda: actions.refer(
                subject=context["child"],
                purpose=Purpose(typed["purpose"]),
                reason=typed["reason"],
                to_account=to_account,
                to_region=typed["to_region"],
                by=request.user,
                at=timezone.now(),
            )
        )
        if conflict is None:
            messages.success(request, _("The child is offered to them, and stays here till then."))
            return redirect("access:referrals")
    context |= {"form": form, "tab": "refer"}
    return show_form(request, "casework/refer.html", [form], context, conflict)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BREAK_GLASS)
@step_up
def emergency(request: UserRequest) -> HttpResponse:
    """Open one child for four hours by its exact reference."""
    form = EmergencyForm(sent(request))
    if not (form.is_bound and form.is_valid()):
        return show_form(request, "casework/emergency.html", [form], {"form": form})
    typed = form.cleaned_data
    child = people.child_in_an_emergency(typed["reference"])
    use = actions.break_glass(
        subject=child,
        reference=typed["reference"],
        emergency=Emergency(typed["emergency"]),
        reason=typed["reason"],
        by=request.user,
        at=timezone.now(),
    )
    if use is None or child is None:
        # Not raised: that a try was made has to stay written down.
        return page_not_found(request, Http404())
    messages.success(
        request,
        _("This child is open to you for four hours. Others were told, and will review it."),
    )
    return redirect("people:child", child_id=child.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.SEE_CHILDREN)
@sees(Permission.ASSIGN)
def assign(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Give a child to an account for a time, and show who has it."""
    context = open_child(request, child_id, to=Permission.ASSIGN)
    now = timezone.now()
    data = sent(request)
    form = AssignForm(data, purposes=purposes_of(Role.REGISTRAR))
    if form.is_bound and form.is_valid():
        actions.assign(
            subject=child_id,
            to=account_named(form.cleaned_data["account"]),
            purpose=Purpose(form.cleaned_data["purpose"]),
            until=end_of(form.cleaned_data["until"]),
            by=request.user,
            at=now,
        )
        messages.success(request, _("The child is assigned."))
        return redirect("casework:assign", child_id=child_id)
    given = assignments(user=request.user, at=now).filter(subject=child_id)
    context |= {"form": form, "tab": "assign", "given": given}
    return show_form(request, "casework/assign.html", [form], context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASSIGN)
def assign_many(request: UserRequest) -> HttpResponse:
    """Give the children that were chosen in a list to an account, all for one reason."""
    named = request.POST if request.method == "POST" else request.GET
    ids = [key for each in named.getlist("child")[:MOST] if (key := as_id(each))]
    seen = people.children(user=request.user, to=Permission.ASSIGN)
    chosen = list(seen.filter(pk__in=ids).oldest_first())
    now, opened = timezone.now(), open_compartments(request.user)
    record_reads("people.listed", chosen, by=request.user, at=now, compartments=opened)
    data = sent(request)
    form = AssignManyForm(data, purposes=purposes_of(Role.REGISTRAR))
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        given = actions.assign_many(
            subjects=[child.pk for child in chosen],
            to=account_named(typed["account"]),
            purpose=Purpose(typed["purpose"]),
            until=end_of(typed["until"]),
            reason=typed["reason"],
            by=request.user,
            at=now,
        )
        said = ngettext("%(n)s child is assigned.", "%(n)s children are assigned.", len(given))
        messages.success(request, said % {"n": number(len(given))})
        return redirect("casework:assigned")
    return show_form(
        request, "casework/assign_many.html", [form], {"form": form, "children": chosen}
    )


def as_id(written: str) -> UUID | None:
    """Return the identifier that is written, if it is one."""
    try:
        return UUID(written)
    except ValueError:
        return None


def end_of(day: date) -> datetime:
    """Return the midnight after a day, where the programme is."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


@require_safe
@needs(Permission.SEE_CHILDREN)
def assigned(request: UserRequest) -> HttpResponse:
    """Show which children are assigned to this account; to who assigns, all that are."""
    now = timezone.now()
    page = page_of(request, assignments(user=request.user, at=now))
    ids = [grant.subject for grant in page]
    children = {each.pk: each for each in people.children(user=request.user).filter(pk__in=ids)}
    record_reads("people.listed", children.values(), by=request.user, at=now)
    rows = [(grant, children.get(grant.subject)) for grant in page]
    return render(request, "casework/assigned.html", {"page": page, "rows": rows})


@require_POST
@needs(Permission.ASSIGN)
def end_assignment(request: UserRequest, grant_id: UUID) -> HttpResponse:
    """End an assignment before its time."""
    now = timezone.now()
    grant = get_object_or_404(assignments(user=request.user, at=now), pk=grant_id)
    actions.end_assignment(grant=grant, by=request.user, at=now)
    messages.success(request, _("The assignment has ended."))
    return redirect("casework:assigned")
