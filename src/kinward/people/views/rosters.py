"""Rosters of a prison, camp, shelter or hospital, and who on them is a known child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kinward.access.queries import open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import needs
from kinward.core.paging import page_of
from kinward.people import listed
from kinward.people.views.lists import seen_on
from kinward.places.queries import place_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kinward.access.models import UserRequest
    from kinward.people.models import NameList


@require_safe
@needs(Permission.REGISTER_CHILD)
def rosters(request: UserRequest, code: str) -> HttpResponse:
    """Show the rosters of a facility, and of one of them who on it is on record, and as whom."""
    place = place_of(code)
    if place is None:
        raise Http404
    found = listed.rosters_of(code, user=request.user)
    record_reads(
        "people.opened_list",
        found,
        by=request.user,
        at=timezone.now(),
        compartments=open_compartments(request.user),
    )
    chosen = next((one for one in found if str(one.pk) == request.GET.get("list")), None)
    one = chosen or next(iter(found), None)
    context = {"place": place, "name": place.name(get_language() or "en"), "rosters": found}
    context |= rows_of(request, one) if one else {}
    return render(request, "people/rosters.html", context)


def rows_of(request: UserRequest, one: NameList) -> dict[str, Any]:
    """Return a page of the rows of a roster with the records of each, and write down whose."""
    reading = listed.reading_of(one)
    rows = listed.checked(one, reading, user=request.user) if reading else []
    page = page_of(request, rows)
    on_page = list(page.object_list)
    known = listed.known_as(on_page, user=request.user)
    named = [each for records in known.values() for each in records]
    record_reads(
        "people.listed",
        named,
        by=request.user,
        at=timezone.now(),
        compartments=open_compartments(request.user),
    )
    return {"one": one, "page": page, "seen": seen_on(request, on_page), "known": known}
