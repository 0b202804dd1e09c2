"""The families a tracing request tells of: pictures, and everyone in them in tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinward.access.models import Compartment
from kinward.access.queries import open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import sees
from kinward.people import queries as people
from kinward.people.family import pictures
from kinward.tracing import queries
from kinward.tracing.queries import UNSEEN
from kinward.tracing.views.requests import everyone_in, those_shown

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest


@require_safe
@sees(Permission.SEE_REQUESTS)
def family(request: UserRequest, request_id: UUID) -> HttpResponse:
    """Show the family of who is looked for and of who asks, and write down whom it shows."""
    user, now = request.user, timezone.now()
    found = get_object_or_404(queries.requests(user=user), pk=request_id)
    opened, named = open_compartments(user), everyone_in([found])
    record_reads("tracing.read", [found], by=user, at=now)
    # To whom families are closed, the page shows nobody of them.
    shown = those_shown(named, user) if Compartment.FAMILY in opened else []
    record_reads("people.read", shown, by=user, at=now, compartments=opened)
    profiles = people.profiles(named, user=user, but=UNSEEN)
    told = []
    if Compartment.FAMILY in opened:
        told = queries.families_told(found, profiles, user=user)
    others = {each.record for one in told for each in one.family.members if each.record}
    named_beside = [each for each in others if each not in shown]
    record_reads("people.listed", named_beside, by=user, at=now, compartments=opened)
    context = {
        "found": found,
        "families": [(one, pictures(one.family)) for one in told],
        "profiles": profiles,
    }
    return render(request, "tracing/family.html", context)
