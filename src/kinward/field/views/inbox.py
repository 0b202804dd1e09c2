"""What phones sent and was refused, a queue that came by card, and what has to be settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
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
from kinward.core.paging import page_of
from kinward.field import actions, queries
from kinward.field.definitions import FORMS
from kinward.field.forms import CardForm, SettleForm
from kinward.field.models import Stands
from kinward.people.queries import profiles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.field.models import Conflict


@needs(Permission.USE_DEVICE)
@require_safe
def sent(request: UserRequest) -> HttpResponse:
    """List the entries of one's own phones that were refused, with every reason."""
    page = page_of(request, queries.refused(user=request.user))
    rows = [(each, title_of(each.kind), each.why or {}) for each in page]
    return render(request, "field/sent.html", {"page": page, "rows": rows})


def title_of(kind: str) -> str:
    """Return what a kind of entry is called; its own word, if there is no such form."""
    return str(FORMS[kind].title) if kind in FORMS else kind


@needs(Permission.USE_DEVICE)
@transaction.non_atomic_requests  # each entry has a transaction of its own
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: UserRequest) -> HttpResponse:
    """Take a queue in that came by card: the same entries, by the same action."""
    posted = request.method == "POST"
    form = CardForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        found=lambda key: actions.own_device(key, by=request.user),
    )
    if form.is_valid():
        results = actions.take_entries(
            sent=form.cleaned_data["file"], carried=True, by=request.user, at=timezone.now()
        )
        new = sum(each.first and each.state == "kept" for each in results)
        words = ngettext(
            "%(count)s entry is new and was kept.", "%(count)s entries are new and were kept.", new
        )
        messages.success(request, words % {"count": wording.number(new)})
        return redirect("field:sent")
    wrong = [form] if form.errors else []
    context = {"form": form, "wrong": wrong}
    return render(request, "field/card.html", context, status=422 if wrong else 200)


@needs(Permission.USE_DEVICE)
@require_safe
def conflicts(request: UserRequest) -> HttpResponse:
    """List what two phones said differently and nobody has settled."""
    page = page_of(request, queries.conflicts(user=request.user))
    children = [each.child for each in page]
    opened = open_compartments(request.user)
    record_reads("people.listed", children, by=request.user, at=timezone.now(), compartments=opened)
    context = {
        "page": page,
        "rows": [(each, title_of(each.kind)) for each in page],
        "profiles": profiles(children, user=request.user),
    }
    return render(request, "field/conflicts.html", context)


@needs(Permission.USE_DEVICE)
@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: UserRequest, conflict_id: UUID) -> HttpResponse:
    """Show both values, who said them and when; settle which one stands."""
    found: Conflict = get_object_or_404(queries.conflicts(user=request.user), pk=conflict_id)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        actions.settle_conflict(
            conflict=found,
            stands=Stands(form.cleaned_data["stands"]),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("It is settled. Both values stay on record."))
        return redirect("field:conflicts")
    opened, now = open_compartments(request.user), timezone.now()
    record_reads("people.read", [found.child], by=request.user, at=now, compartments=opened)
    wrong = [form] if form.errors else []
    context = {
        "conflict": found,
        "title": title_of(found.kind),
        "questions": questions_of(found),
        "form": form,
        "wrong": wrong,
        "profiles": profiles([found.child], user=request.user),
    }
    return render(request, "field/conflict.html", context, status=422 if wrong else 200)


def questions_of(found: Conflict) -> list[tuple[str, str, str]]:
    """Return what is answered differently: the question, and both answers in words."""
    asked = {each.name: each for _group, each in FORMS[found.kind].questions()}
    labels: Mapping[str, Any] = {name: one.label for name, one in asked.items()}
    labels = {"there": _("Is the child there?")} | dict(labels)
    rows = []
    for name in found.questions:
        choices = {one.name: one.label for one in asked[name].choices} if name in asked else {}
        choices = choices or {"yes": _("yes"), "no": _("no")}
        first, second = (
            str(choices.get(said, said)) if isinstance(said, str) else str(said or "–")
            for said in (one.answers.get(name, "") for one in (found.first, found.second))
        )
        rows.append((str(labels.get(name, name)), first or "–", second or "–"))
    return rows
