"""A medic's children, what is kept of one child's health, how it grows, its vaccinations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinward.access.queries import open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import needs, sees
from kinward.core.paging import page_of
from kinward.health import queries
from kinward.health.models import EntryKind
from kinward.health.rules import Indicator, sources
from kinward.health.views.growing import heading, picture, written
from kinward.health.views.opening import open_health

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest


@require_safe
@needs(Permission.TREAT)
def patients(request: UserRequest) -> HttpResponse:
    """List the children whose health is open to this medic, and write down that each was shown."""
    page = page_of(request, queries.patients(user=request.user))
    record_reads(
        "people.listed",
        page.object_list,
        by=request.user,
        at=timezone.now(),
        compartments=open_compartments(request.user),
    )
    rows = queries.rows_of(list(page), user=request.user)
    today = timezone.localdate()
    return render(request, "health/patients.html", {"page": page, "rows": rows, "today": today})


@require_safe
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TREAT)
def health_file(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show what is kept of a child's health, beside what others see of it."""
    context = open_health(request, child_id)
    context |= {
        "told": queries.told_of(context["child"], user=request.user),
        "kinds": list(EntryKind),
    }
    return render(request, "health/file.html", context)


@require_safe
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TREAT)
def growth(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show how a child grows, beside the standards of the WHO."""
    context = open_health(request, child_id)
    grown = queries.growth_of(context["file"], context["facts"])
    born, sexes = queries.born_between(context["facts"]), queries.sexes_of(context["facts"])
    context |= {
        "rows": [written(each) for each in grown],
        "born": born,
        "one_sex": len(sexes) == 1,
        "pictures": [
            (heading(each), drawn)
            for each in (Indicator.HEIGHT, Indicator.WEIGHT)
            if born and (drawn := picture(each, grown, born, sexes))
        ],
    }
    return render(request, "health/growth.html", context)


@require_safe
@sees(Permission.SEE_CHILDREN)
@sees(Permission.TREAT)
def vaccinations(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show which vaccinations a child had, and which it is still due."""
    context = open_health(request, child_id)
    rows = queries.protection_of(context["file"], context["facts"], context["today"])
    born = queries.born_between(context["facts"])
    context |= {"rows": rows, "born": born, "sources": sources()}
    return render(request, "health/vaccinations.html", context)
