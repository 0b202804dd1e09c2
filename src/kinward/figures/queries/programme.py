"""The programme's own children as they are counted; whoever asks is told numbers, never who."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from kinward.access.rows import Passage, passage
from kinward.casework.models import Step, Track
from kinward.casework.tracks import TABLES as TRACKS
from kinward.casework.tracks import Taken, replay
from kinward.figures.definitions import (
    DEFINITIONS,
    FACTS,
    NOT_COUNTED,
    PLACES,
    TABLES,
    WAITS,
)
from kinward.figures.models import By, Figure
from kinward.figures.rules import (
    Child,
    Counted,
    Wait,
    band,
    once,
    tables,
    wait,
    with_wider,
)
from kinward.people.mergings import records_of_one_child
from kinward.people.models import Answer, Assertion, Mention, Person
from kinward.people.queries import all_judged
from kinward.people.values import born_span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from uuid import UUID

COUNTED_ON: Final = (Track.LOCATE, Track.TRACING, Track.MOVEMENT, Track.PLACEMENT)
WITHIN: Final[Mapping[str, str]] = {
    each.figure: each.within for each in DEFINITIONS.values() if each.within
}


@passage(Passage.COUNTING)
def children_counted(*, until: date) -> list[Child]:
    """Every child of the programme as it is counted on a day, in a fixed number of queries.

    It is read past the walls, as a count: no reference and no name is among what it returns.
    """
    begun = {
        key: timezone.localdate(at)
        for key, at in Person.objects.children().order_by("pk").values_list("pk", "registered_at")
    }
    reported = set(Mention.objects.values_list("person", flat=True))
    steps = steps_until(until)
    facts = facts_of_children(until)
    records = []
    for key, on in begun.items():
        since = since_when(steps[key], registered=None if key in reported else on)
        if since and not is_gone(steps[key]):
            records.append((key, Child(since=since, of=facts[key])))
    same = {one: few[0] for few in records_of_one_child(all_judged()) for one in few}
    return once(records, same)


def steps_until(until: date) -> defaultdict[UUID, dict[Track, list[Taken]]]:
    """Return the steps of each child by track that had happened by a day and stand now."""
    rows: defaultdict[tuple[UUID, Track], list[Taken]] = defaultdict(list)
    found = Step.objects.filter(track__in=COUNTED_ON).order_by("child", "track", "number")
    told = found.values_list(
        "child", "track", "pk", "to", "taken_by", "taken_at", "happened_on", "withdraws"
    )
    for child, track, key, to, by, at, on, withdraws in told:
        step = Taken(id=key, to=to, by=by, at=at, on=on, withdraws=withdraws)
        rows[child, Track(track)].append(step)
    standing: defaultdict[UUID, dict[Track, list[Taken]]] = defaultdict(dict)
    for (child, track), taken in rows.items():
        stand = replay(TRACKS[track], taken).steps
        standing[child][track] = [step for step in stand if step.on <= until]
    return standing


def is_gone(steps: Mapping[Track, list[Taken]]) -> bool:
    """Tell whether a record counts no more: the child died, is another's, or is not there."""
    located = replay(TRACKS[Track.LOCATE], steps.get(Track.LOCATE, []))
    return located.position in NOT_COUNTED


def since_when(steps: Mapping[Track, list[Taken]], *, registered: date | None) -> dict[str, date]:
    """Return since when each figure counts a child; nothing where it is only reported."""
    found: dict[str, date] = {}
    for each in DEFINITIONS.values():
        days = [one.on for one in steps.get(each.track, []) if one.to in each.steps]
        if each.figure == Figure.FOUND and registered:
            days.append(registered)
        if days:
            found[each.figure] = min(days)
    if Figure.FOUND not in found:
        return {}
    # Whoever is counted by one figure is counted by those it lies within, from that day at latest.
    for figure, wider in WITHIN.items():
        if figure in found:
            found[wider] = min(found.get(wider, found[figure]), found[figure])
    return found


def facts_of_children(until: date) -> defaultdict[UUID, dict[str, str]]:
    """Return the category of each child by each dimension, by what was said of it last."""
    kinds = {kind: by for by, kind in FACTS.items()}
    said = Assertion.objects.settled().filter(
        property__in=kinds, answer=Answer.KNOWN, corrected_by__isnull=True
    )
    found: defaultdict[UUID, dict[str, str]] = defaultdict(dict)
    for one in said.defer("source").order_by("recorded_at", "id"):
        if category := category_of(kinds[one.property], one.value, until):
            found[one.person_id][kinds[one.property]] = category
    return found


def category_of(by: By, value: Any, until: date) -> str:
    """Return the category that a statement says; empty where it says none, or was erased."""
    if not isinstance(value, dict):
        return ""
    if by == By.AGE:
        span = born_span(value)
        return band(*span, until) if span else ""
    return str(value.get("code", "")).partition(":")[0]


def counted_tables(
    children: list[Child],
    *,
    figures: Collection[str],
    breakdowns: Iterable[str],
    until: date,
    beside: Iterable[str] = (),
) -> Counted:
    """Return the figures in tables; those `beside` are counted for what they add up to only."""
    counted = set(figures) | (with_wider([*figures, *beside], WITHIN) if beside else set())
    return tables(
        children,
        [each for each in Figure if each in counted],
        [TABLES[each] for each in breakdowns],
        until=until,
        places=PLACES,
        within=WITHIN,
        shown=figures,
    )


def waits(children: Iterable[Child], *, until: date, fewest: int) -> list[Wait]:
    """Return how long it takes from one figure to the next."""
    listed = list(children)
    return [wait(listed, start, end, until=until, fewest=fewest) for start, end in WAITS]
