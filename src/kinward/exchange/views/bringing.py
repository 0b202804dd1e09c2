"""Bringing a file of another system in, and taking back what it said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.queries import open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core import wording
from kinward.core.doors import needs
from kinward.core.pages import sent
from kinward.exchange import actions, queries
from kinward.exchange.forms.bringing import BringForm, UndoForm
from kinward.people import listed
from kinward.people.views import show_form

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.people.models import NameList


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def bring(request: UserRequest) -> HttpResponse:
    """Bring a file in. Nobody is registered yet: its rows are looked at first."""
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if form.is_bound and form.is_valid():
        taken = actions.bring_in(by=request.user, at=timezone.now(), **form.typed())
        if all(each.known for each in taken):
            words = _("This very file was brought in before, on %(day)s. Nothing was taken twice.")
            messages.info(request, words % {"day": wording.moment(taken[0].list.taken_at)})
        elif form.unfit:
            words = ngettext(
                "%(count)s fault keeps records out; they were left out.",
                "%(count)s faults keep records out; they were left out.",
                form.unfit,
            )
            messages.info(request, words % {"count": wording.number(form.unfit)})
        if len(taken) == 1:
            return redirect("exchange:brought", list_id=taken[0].list.pk)
        return redirect("people:lists")
    return show_form(request, "exchange/bring.html", [form], {"form": form})


def opened(request: UserRequest, list_id: UUID) -> NameList:
    """Find a list this account may work on, and write down that it was read."""
    found = get_object_or_404(listed.lists(user=request.user), pk=list_id)
    compartments = open_compartments(request.user)
    at = timezone.now()
    record_reads("people.opened_list", [found], by=request.user, at=at, compartments=compartments)
    return found


@require_safe
@needs(Permission.REGISTER_CHILD)
def brought(request: UserRequest, list_id: UUID) -> HttpResponse:
    """Show what of a list that was brought in has no place here."""
    one = opened(request, list_id)
    context = {"list": one, "brought": queries.brought(one)}
    return render(request, "exchange/brought.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def undo(request: UserRequest, list_id: UUID) -> HttpResponse:
    """Take back, as one, everything that a list stated."""
    one = opened(request, list_id)
    form = UndoForm(sent(request))
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        count = actions.undo_list(one=one, reason=reason, by=request.user, at=timezone.now())
        words = ngettext(
            "%(count)s statement is taken back.", "%(count)s statements are taken back.", count
        )
        messages.success(request, words % {"count": wording.number(count)})
        return redirect("people:list", list_id=one.pk)
    return show_form(request, "exchange/undo.html", [form], {"form": form, "list": one})
