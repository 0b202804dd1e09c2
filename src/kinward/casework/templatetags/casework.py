"""The eight tracks of a child on its summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone

from kinward.casework.models import Track, Unmet
from kinward.casework.queries import case_of, lines_of
from kinward.casework.rules import phase
from kinward.casework.tracks import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kinward.access.models import Compartment
    from kinward.people.models import Person

register = template.Library()


@register.inclusion_tag("casework/eight_tracks.html", takes_context=True)
def eight_tracks(
    context: Mapping[str, Any], child: Person, opened: Collection[Compartment], *, traced: bool
) -> dict[str, Any]:
    """Show the tracks that lie in open compartments: where each stands and what blocks it."""
    today = timezone.localdate()
    lines = lines_of(child, opened=opened, traced=traced, today=today)
    whole = len(lines) == len(TABLES)  # a phase tells of every track
    return {
        "child": child,
        "lines": lines,
        "blocked": sum(len(each.blocks) for each in lines),
        "phase": phase(case_of(child), today) if whole else None,
        "perms": context["perms"],
    }


@register.simple_tag
def asked_step(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return in words which step is asked for, and what a gate says against it."""
    table = TABLES[Track(payload["track"])]
    return {
        "reference": payload["reference"],
        "track": table.track.label,
        "step": table.label(payload["to"]),
        "unmet": [Unmet(each).label for each in payload["unmet"] if each in Unmet.values],
    }
