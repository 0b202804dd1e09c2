"""The family of a child: a picture, and everyone in it in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinward.access.models import Compartment
from kinward.access.queries import open_compartments
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import sees
from kinward.people import queries
from kinward.people.family import pictures
from kinward.people.views.children import open_child

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from kinward.access.models import UserRequest


@require_safe
@sees(Permission.SEE_CHILDREN)
def family(request: UserRequest, child_id: UUID) -> HttpResponse:
    """Show the family of a child as it was told, and write down whose records it names."""
    context = open_child(request, child_id) | {"tab": "family"}
    if Compartment.FAMILY in context["opened"]:
        found = queries.family_of(context["child"], context["facts"], user=request.user)
        record_reads(
            "people.listed",
            [member.record for member in found.members if member.record],
            by=request.user,
            at=timezone.now(),
            compartments=open_compartments(request.user),
        )
        context |= {"members": found.members[1:], "pictures": pictures(found)}
    return render(request, "people/child_family.html", context)
