"""Places to choose from and to show. Public: no account is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinward.places.models import Place

if TYPE_CHECKING:
    from collections.abc import Iterable


def names_of(codes: Iterable[str], language: str) -> dict[str, str]:
    """Return code to name; a code that is not in the gazetteer stands for itself."""
    wanted = set(codes)
    found = {place.code: place.name(language) for place in Place.objects.filter(pk__in=wanted)}
    return {code: found.get(code, code) for code in sorted(wanted)}


def regions(language: str) -> list[tuple[str, str]]:
    """Return (code, name) of every place, sorted by name, to choose a region from."""
    places = ((place.code, place.name(language)) for place in Place.objects.all())
    return sorted(places, key=lambda place: place[1])
