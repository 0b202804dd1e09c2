"""The eight tracks of a child on its summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import template
from django.urls import reverse
from django.utils import timezone

from kinward.casework.models import Track, Unmet
from kinward.casework.queries import case_of, lines_of
from kinward.casework.rules import phase
from kinward.casework.tracks import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kinward.access.models import Compartment
    from kinward.casework.queries import Block
    from kinward.people.models import Person

# Where is recorded what a track only follows; in the rooms above, known by the names of pages.
RECORDED_AT: Final[Mapping[Track, str]] = {
    Track.CONSENT: "people:consent",
    Track.CIVIL_STATUS: "legal:papers",
    Track.BEST_INTERESTS: "legal:best",
}

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
        "opened": opened,
        "blocked": sum(len(each.blocks) for each in lines),
        "phase": phase(case_of(child), today) if whole else None,
        "perms": context["perms"],
    }


@register.simple_tag(takes_context=True)
def resolved_at(context: Mapping[str, Any], block: Block, child: Person) -> str:
    """Return the address where a reason of a gate is resolved; "" where it is closed to who asks.

    That is the page of holds, the room that records what its track follows, or the track.
    """
    if TABLES[block.track].compartment not in context["opened"]:
        return ""
    if block.on_holds:
        takes = context["perms"]["casework"]["take_step"]
        return reverse("casework:holds", args=[child.pk]) if takes else ""
    recorded = block.step == "" or TABLES[block.track].is_pushed(block.step)
    if recorded and block.track in RECORDED_AT:
        return reverse(RECORDED_AT[block.track], args=[child.pk])
    return reverse("casework:track", args=[child.pk, block.track])


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
