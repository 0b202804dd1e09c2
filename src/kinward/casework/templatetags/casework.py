"""The eight tracks of a child on its summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone

from kinward.casework.queries import lines_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from kinward.access.models import Compartment
    from kinward.people.models import Person

register = template.Library()


@register.inclusion_tag("casework/eight_tracks.html")
def eight_tracks(child: Person, opened: Collection[Compartment], *, traced: bool) -> dict[str, Any]:
    """Show the tracks that lie in open compartments: where each stands and what blocks it."""
    lines = lines_of(child, opened=opened, traced=traced, today=timezone.localdate())
    return {"child": child, "lines": lines, "blocked": sum(len(each.blocks) for each in lines)}
