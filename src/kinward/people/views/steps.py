"""Registering one child step by step: a list of tasks, one thing a page, check your answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.rules import Permission
from kinward.core.doors import needs
from kinward.core.forms import all_valid, is_shown_again
from kinward.core.pages import sent, show_form
from kinward.people import actions, queries
from kinward.people.forms.groups import kept
from kinward.people.forms.steps import CONSENT, NUMBER, STEPS, OneChild
from kinward.people.models import DraftOf
from kinward.people.properties import PROPERTIES
from kinward.people.views.children import registered
from kinward.people.views.groups import alike_in

if TYPE_CHECKING:
    from uuid import UUID

    from kinward.access.models import UserRequest
    from kinward.people.models import Draft


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def begin(request: UserRequest) -> HttpResponse:
    """Show the children this account has begun to register; begin another."""
    if request.method == "POST":
        draft = actions.begin_draft(of=DraftOf.CHILD, by=request.user, at=timezone.now())
        return redirect("people:step", begun_id=draft.pk, number=NUMBER[CONSENT])
    drafts = queries.drafts(user=request.user, of=DraftOf.CHILD)
    return render(request, "people/steps.html", {"begun": [OneChild(draft) for draft in drafts]})


def found(request: UserRequest, begun_id: UUID) -> Draft:
    """Find a child that this account has begun to register.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(queries.drafts(user=request.user, of=DraftOf.CHILD), pk=begun_id)


@require_safe
@needs(Permission.REGISTER_CHILD)
def tasks(request: UserRequest, begun_id: UUID) -> HttpResponse:
    """Show what is asked about a child, step by step, and how far each has come."""
    return render(request, "people/tasks.html", {"child": OneChild(found(request, begun_id))})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def step(request: UserRequest, begun_id: UUID, number: int) -> HttpResponse:
    """Show one step; keep what was typed, and go on if it is right. Consent is asked for first."""
    draft = found(request, begun_id)
    if number >= len(STEPS):
        raise Http404
    child = OneChild(draft)
    if number != NUMBER[CONSENT] and not child.is_done(CONSENT):
        return redirect("people:step", begun_id=draft.pk, number=NUMBER[CONSENT])
    if request.method != "POST":
        return show_step(request, child, number)
    actions.keep_page(
        draft=draft, number=number, typed=kept(request.POST), by=request.user, at=timezone.now()
    )
    shown = OneChild(found(request, begun_id))
    again = is_shown_again(request.POST)
    if again or not all_valid(shown.page(number, request.POST).forms):
        return show_step(request, shown, number)
    return after(request, shown, number)


def after(request: UserRequest, child: OneChild, number: int) -> HttpResponse:
    """Go on to the next step of the part; to the list of tasks, or to all answers if asked."""
    if "check" in request.POST:
        return redirect("people:check_child", begun_id=child.draft.pk)
    following = child.next_after(number)
    if following is None:
        return redirect("people:tasks", begun_id=child.draft.pk)
    return redirect("people:step", begun_id=child.draft.pk, number=following)


def show_step(request: UserRequest, child: OneChild, number: int) -> HttpResponse:
    """Show a step with all that is wrong with it; only its part, if htmx asks."""
    typed = sent(request)
    page = child.page(number, typed, shown=typed is None)
    context: dict[str, Any] = {"child": child, "page": page, "step": page.step, "number": number}
    return show_form(request, "people/step.html", page.forms, context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REGISTER_CHILD)
def check(request: UserRequest, begun_id: UUID) -> HttpResponse:
    """Show all answers about a child; register it, if nothing is wrong with any."""
    child = OneChild(found(request, begun_id))
    if request.method == "POST" and child.is_ready:
        return register(request, child)
    alike, not_looked = alike_in(request, [child.said_forms]) if child.is_ready else ([], False)
    context = {
        "child": child,
        "answered": [
            (page, child.stage(page.number), child.statements_of(page.number))
            for page in child.steps
            if child.is_ready
        ],
        "like": alike[0] if alike else None,
        "not_looked": not_looked,
        "properties": PROPERTIES,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/check_child.html", context, status=status)


def register(request: UserRequest, child: OneChild) -> HttpResponse:
    """Register the child of a draft."""
    made = actions.register_drafted_child(
        draft=child.draft,
        statements=child.statements,
        consents=child.consents,
        keeping=child.keeping,
        by=request.user,
        at=timezone.now(),
    )
    return registered(request, made)
