"""Looking for a place while it is typed, and the gazetteer to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinward.access.rules import Permission
from kinward.core.doors import needs, open_to_accounts
from kinward.core.pages import sent
from kinward.core.paging import page_of
from kinward.places import actions, queries
from kinward.places.forms import AdditionForm, SameForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.places.models import Place

TEXT = "-text"
MOST_LISTED = 50
SAME = "same"  # tells the fields of the judgement from others


@require_POST
@transaction.non_atomic_requests  # stores nothing, and is asked for with every few letters
@open_to_accounts
def found(request: UserRequest) -> HttpResponse:
    """Show the places that may be meant by what is typed into a form.

    It is sent by POST: servers and proxies write addresses down.
    """
    key = next((each for each in request.POST if each.endswith(TEXT)), TEXT)
    prefix = key.removesuffix(TEXT)
    typed, chosen = request.POST.get(key, ""), request.POST.get(f"{prefix}-code", "")
    finds = queries.finds(prefix, typed[:500], chosen[:60], language())
    return render(request, "places/found.html", {"finds": finds})


@require_safe
@open_to_accounts
def places(request: UserRequest) -> HttpResponse:
    """Show the countries, or what is called as was asked for."""
    asked = request.GET.get("name", "").strip()[:100]
    context: dict[str, Any] = {"asked": asked}
    if asked:
        context["found"] = queries.places_like(asked, language(), most=MOST_LISTED)
    else:
        context["countries"] = by_name(queries.countries())
    return render(request, "places/places.html", context)


@require_safe
@open_to_accounts
def place(request: UserRequest, code: str) -> HttpResponse:
    """Show one place: what it is called, what it lies in and what lies in it."""
    return show_place(request, opened(code))


def show_place(request: UserRequest, shown: Place, form: SameForm | None = None) -> HttpResponse:
    """Show a place, and of one that was added which place of the list it may be."""
    spoken = language()
    addition = queries.addition_of(shown)
    if addition and form is None:
        form = SameForm(prefix=SAME)
    context = {
        "place": shown,
        "addition": addition,
        "form": form,
        "wrong": [form] if form and form.errors else [],
        "judgements": [
            (said, said.other.name(spoken) if said.other else "")
            for said in (queries.judgements_of(shown) if addition else [])
        ],
        "name": shown.name(spoken),
        "inside": [(each.code, each.name(spoken)) for each in queries.around(shown)],
        "page": page_of(request, by_name(queries.parts_of(shown))),
    }
    return render(request, "places/place.html", context, status=422 if context["wrong"] else 200)


def opened(code: str) -> Place:
    """Find a place.

    Raises:
        Http404: there is none of that code.
    """
    found_place = queries.place_of(code)
    if found_place is None:
        raise Http404
    return found_place


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.NAME_PLACE)
def add(request: UserRequest, code: str) -> HttpResponse:
    """Add a place that lies in this one."""
    within = opened(code)
    form = AdditionForm(sent(request))
    if form.is_valid():
        place = actions.add_place(
            within=within, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("The place is added and can be chosen at once."))
        return redirect("places:place", code=place.code)
    context = {
        "within": within,
        "name": within.name(language()),
        "form": form,
        "wrong": [form] if form.errors else [],
    }
    return render(request, "places/add.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.NAME_PLACE)
def same(request: UserRequest, code: str) -> HttpResponse:
    """Say which place of the list one is that was added."""
    place = opened(code)
    form = SameForm(request.POST, prefix=SAME)
    if not form.is_valid():
        return show_place(request, place, form)
    other = form.cleaned_data["code"]
    actions.judge_same(
        place=place,
        other=opened(other) if other else None,
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("Your answer is recorded."))
    return redirect("places:place", code=place.code)


def by_name(some: Any) -> list[tuple[str, str, str]]:
    """Return (code, name, kind in words) of places, sorted by name."""
    named = [(each.code, each.name(language()), each.get_kind_display()) for each in some]
    return sorted(named, key=lambda each: each[1])


def language() -> str:
    """Return the language of the page."""
    return get_language() or "en"
