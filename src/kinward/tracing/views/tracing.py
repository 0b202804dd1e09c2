"""The search for one person: what was done, what came of it, its end; and what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinward.access.queries import open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import needs, sees
from kinward.core.pages import sent
from kinward.core.paging import page_of
from kinward.core.versions import seen_in, unless_overtaken
from kinward.people import queries as people
from kinward.people.models import Kind
from kinward.people.views import show_form
from kinward.tracing import actions, queries
from kinward.tracing.forms import EndForm, SearchAgainForm, TracingForm
from kinward.tracing.queries import UNSEEN
from kinward.tracing.rules import stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from kinward.access.models import User, UserRequest
    from kinward.core.forms import Form
    from kinward.people.models import Person


@require_safe
@needs(Permission.TRACE)
def due(request: UserRequest) -> HttpResponse:
    """Show the searches that somebody has to look after again by today."""
    waiting = queries.tracing_due(user=request.user, today=timezone.localdate())
    page = page_of(request, waiting)
    persons = list({action.person_id: action.person for action in page}.values())
    opened = open_compartments(request.user)
    record_reads("people.listed", persons, by=request.user, at=timezone.now(), compartments=opened)
    profiles = people.profiles(persons, user=request.user, but=UNSEEN)
    return render(request, "tracing/due.html", {"page": page, "profiles": profiles})


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.TRACE)
def search(request: UserRequest, person_id: UUID) -> HttpResponse:
    """Show what was done to find one person, and record something more."""
    context = open_search(request, person_id)
    data = sent(request)
    form = TracingForm(data, today=timezone.localdate())
    taken_up = follows_in(request)
    if form.is_valid():
        actions.record_tracing(
            person=context["person"],
            tried=form.tried(),
            follows=taken_up,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("What was done is recorded."))
        return redirect("tracing:tracing", person_id=person_id)
    context |= {"form": form, "taken_up": taken_up}
    return show_form(request, "tracing/tracing.html", [form], context)


@require_http_methods(["GET", "HEAD", "POST"])
@sees(Permission.TRACE)
def end(request: UserRequest, person_id: UUID) -> HttpResponse:
    """End a search, or begin one again that had ended."""
    context = open_search(request, person_id)
    data = sent(request)
    person, has_ended = context["person"], context["search"].ended
    form, act = again(data, person) if has_ended else ending(data, person)
    conflict = None
    if form.is_valid():
        conflict = unless_overtaken(
            lambda: act(seen=seen_in(request), by=request.user, at=timezone.now())
        )
        if conflict is None:
            messages.success(request, _("It is recorded."))
            return redirect("tracing:tracing", person_id=person_id)
    return show_form(request, "tracing/end.html", [form], context | {"form": form}, conflict)


def ending(data: Any, person: Person) -> tuple[Form, Callable[..., object]]:
    """Return the form that ends a search, and what it does."""
    form = EndForm(data, of_child=person.kind == Kind.CHILD, today=timezone.localdate())
    return form, lambda **who: actions.end_search(person=person, end=form.end(), **who)


def again(data: Any, person: Person) -> tuple[Form, Callable[..., object]]:
    """Return the form that begins a search again, and what it does."""
    form = SearchAgainForm(data)
    return form, lambda **who: actions.search_again(person=person, **form.cleaned_data, **who)


def follows_in(request: UserRequest) -> UUID | None:
    """Return the action whose answer is recorded, if the page or its form names one."""
    named = request.POST.get("follows") or request.GET.get("follows", "")
    try:
        return UUID(named)
    except ValueError:
        return None


def open_search(request: UserRequest, person_id: UUID) -> dict[str, Any]:
    """Find whom this account may search for, write down that they were read; return what stands."""
    seen = people.people(user=request.user, to=Permission.TRACE)
    person = get_object_or_404(seen.filter(kind__in=[Kind.CHILD, Kind.SOUGHT]), pk=person_id)
    opened = open_compartments(request.user)
    record_reads("people.read", [person], by=request.user, at=timezone.now(), compartments=opened)
    found = queries.searches_for([person])[person.pk]
    stands = queries.last_ending(person)
    return {
        "person": person,
        "facts": people.profiles([person], user=request.user, but=UNSEEN)[person.pk],
        "back": way_back(person, request.user),
        "search": found,
        "stage": stage(found),
        "done": [
            (one, queries.reads_words(one, user=request.user)) for one in queries.tracing_of(person)
        ],
        "ended": stands,
        "reads_end": stands is not None and queries.reads_words(stands, user=request.user),
        "seen": stands.pk if stands else "",
    }


def way_back(person: Person, user: User) -> UUID | None:
    """Return the request a sought person is asked for in; None for a child."""
    return queries.requests_about([person], user=user).get(person.pk)
