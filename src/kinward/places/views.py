"""Looking for a place while it is typed, and the gazetteer to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from kinward.core.doors import open_to_accounts
from kinward.core.paging import page_of
from kinward.places import queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kinward.access.models import UserRequest

TEXT = "-text"
MOST_LISTED = 50


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
    shown = queries.place_of(code)
    if shown is None:
        raise Http404
    spoken = language()
    context = {
        "place": shown,
        "name": shown.name(spoken),
        "inside": [(each.code, each.name(spoken)) for each in queries.around(shown)],
        "page": page_of(request, by_name(queries.parts_of(shown))),
    }
    return render(request, "places/place.html", context)


def by_name(some: Any) -> list[tuple[str, str, str]]:
    """Return (code, name, kind in words) of places, sorted by name."""
    named = [(each.code, each.name(language()), each.get_kind_display()) for each in some]
    return sorted(named, key=lambda each: each[1])


def language() -> str:
    """Return the language of the page."""
    return get_language() or "en"
