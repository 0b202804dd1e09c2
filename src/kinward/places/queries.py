"""Places to choose from and to show. Public: no account is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from kinward.access.queries import offices
from kinward.places.models import FACILITIES, Addition, Place, PlaceKind, SamePlace
from kinward.places.rules import (
    BREAK,
    SHORTEST,
    Nearness,
    fold,
    is_added,
    nearness,
    sound,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

MOST_FOUND: Final = 8
LEVELS: Final = "parent__parent__parent"  # a town, its district, its region, its country
COUNTRIES: Final = frozenset({PlaceKind.COUNTRY, PlaceKind.FORMER})


@dataclass(frozen=True, slots=True)
class Found:
    """A place that was found: what it is called, where it lies, and by which name it was found."""

    code: str
    kind: str
    name: str
    within: str  # names of what it lies in, the nearest first
    called: str  # the name that was looked for, if it is another one than `name`


def places_like(written: str, language: str, *, most: int = MOST_FOUND) -> list[Found]:
    """Return the places that may be meant, the nearest first, whatever the script it is written in.

    First those called so, or once so; then those whose name begins so, those of which another or a
    former name does; then those with a word that begins so, and those that sound the same. Of those
    equally near, countries, then where most people live.
    """
    wanted, heard = fold(written), sound(written)
    if len(wanted) < SHORTEST:
        return []
    like = Q(searched__contains=BREAK + wanted) | Q(searched__contains=f" {wanted}")
    if heard:
        like |= Q(sounds__contains=f"{BREAK}{heard}{BREAK}")
    rows = Place.objects.filter(like).values_list("code", "kind", "population", "searched")
    near = sorted(
        (nearness(searched, wanted), kind not in COUNTRIES, -population, code)
        for code, kind, population, searched in rows
    )
    # Once something is called so, what only sounds so is not meant.
    exact = any(rank[0] <= Nearness.EXACT_OTHER for rank in near)
    ranked = [
        (how, code)
        for how, _kind, _population, code in near
        if not (exact and how == Nearness.SOUNDS)
    ]
    means = others_meant(code for _how, code in ranked if is_added(code))
    meant: dict[str, tuple[Nearness, str]] = {}
    for how, code in ranked:
        meant.setdefault(means.get(code, code), (how, code))
    chosen = list(meant.items())[:most]
    wanted_codes = {one for code, (_how, as_found) in chosen for one in (code, as_found)}
    places = Place.objects.select_related(LEVELS).in_bulk(wanted_codes)
    return [
        found(places[code], language, called_so(places[as_found], language, wanted, how))
        if code == as_found
        else found(places[code], language, places[as_found].name(language))
        for code, (how, as_found) in chosen
    ]


def others_meant(codes: Iterable[str]) -> dict[str, str]:
    """Return which place of the gazetteer each of the added places is, of those that are one."""
    wanted = list(codes)
    if not wanted:
        return {}
    judged = SamePlace.objects.filter(place__in=wanted).values_list("place", "other")
    return {place: other for place, other in dict(judged).items() if other}


def judgements_of(place: Place) -> QuerySet[SamePlace]:
    """What was said of which place one is that was added, the last word first."""
    said = SamePlace.objects.filter(place=place).select_related("other", "judged_by")
    return said.order_by("-judged_at", "-id")


def addition_of(place: Place) -> Addition | None:
    """How a place came to be, if somebody added it."""
    if not is_added(place.code):
        return None
    return Addition.objects.select_related("added_by").filter(place=place).first()


def is_of_the_list(code: str) -> bool:
    """Tell whether the gazetteer that is shipped has that code."""
    return not is_added(code) and is_place(code)


@dataclass(frozen=True, slots=True)
class Finds:
    """What one question about a place offers to choose from; `prefix` is that of its fields."""

    prefix: str
    chosen: str  # a code
    places: list[Found]
    looked: bool  # enough was typed to look for


def finds(prefix: str, written: str, chosen: str, language: str) -> Finds:
    """Return what may be meant; what was chosen stays among it, though something else is typed."""
    places = places_like(written, language)
    kept = place_found(chosen, language) if chosen else None
    if kept and kept.code not in {each.code for each in places}:
        places = [kept, *places]
    looked = len(fold(written)) >= SHORTEST
    return Finds(prefix, kept.code if kept else "", places, looked)


def called_so(place: Place, language: str, wanted: str, near: Nearness) -> str:
    """Return the name by which a place was found, where its own would not explain it."""
    own = place.name(language)
    if near == Nearness.SOUNDS or f" {wanted}" in f" {fold(own)}":
        return ""
    return next((name for name in place.all_names if f" {wanted}" in f" {fold(name)}"), "")


def found(place: Place, language: str, called: str = "") -> Found:
    """Return a place as it is shown in a list."""
    names = [larger.name(language) for larger in reversed(around(place))]
    separator = "، " if language.startswith("ar") else ", "
    own = place.name(language)
    within = separator.join(name for name in names if name != own)
    return Found(code=place.code, kind=place.kind, name=own, within=within, called=called)


def is_place(code: str) -> bool:
    """Tell whether the gazetteer has that code."""
    return Place.objects.filter(pk=code).exists()


def is_facility(code: str) -> bool:
    """Tell whether it is the code of a prison, a camp, a shelter or a hospital."""
    return Place.objects.filter(pk=code, kind__in=FACILITIES).exists()


def place_found(code: str, language: str) -> Found | None:
    """Return the place of that code as it is shown in a list; None if there is none."""
    place = place_of(code)
    return found(place, language) if place else None


def place_of(code: str) -> Place | None:
    """Return the place of that code, with what it lies in."""
    return Place.objects.select_related(LEVELS).filter(pk=code).first()


def around(place: Place) -> list[Place]:
    """Return what a place lies in, the largest first."""
    larger, inside = [], place.parent
    while inside is not None:
        larger.append(inside)
        inside = inside.parent
    return larger[::-1]


def names_of(codes: Iterable[str], language: str) -> dict[str, str]:
    """Return code to name; a code that is not in the gazetteer stands for itself."""
    wanted = set(codes)
    there = {place.code: place.name(language) for place in Place.objects.filter(pk__in=wanted)}
    return {code: there.get(code, code) for code in sorted(wanted)}


def named_offices(language: str) -> list[tuple[str, str]]:
    """Return (region, name) of every office of the programme, sorted by name."""
    return sorted(names_of(offices(), language).items(), key=lambda office: office[1])


def codes() -> frozenset[str]:
    """The codes of all places."""
    return frozenset(Place.objects.values_list("code", flat=True))


def countries() -> QuerySet[Place]:
    """What lies in nothing larger."""
    return Place.objects.filter(parent=None)


def parts_of(place: Place) -> QuerySet[Place]:
    """What lies directly in a place."""
    return Place.objects.filter(parent=place)
