"""The page that holds what others say against our own, as a job made it safe and kept it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kinward.core.models import Job
from kinward.figures.models import KeptPage
from kinward.figures.queries.own import Comparison, Part, compared, comparison_without

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from kinward.figures.queries.own import Material, Spoken

KEEP_PAGE: Final = "figures.keep_page"  # the kind of job


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """The page as somebody may see it who may see no small number."""

    comparisons: Sequence[Comparison]
    made_at: datetime | None  # none: no page is kept that may be shown, and none of ours is told
    is_current: bool  # nothing has changed since


def guarded_page(found: Material) -> Guarded:
    """Return the page that is kept, if it may be shown.

    Where our own records have changed since, the page of before is as safe as it was: the same was
    said and published beside it. Where anything else has changed it is not shown.
    """
    page = KeptPage.objects.filter(version=found.version).first()
    is_current = page is not None
    page = page or KeptPage.objects.filter(public=found.public).first()
    if page is None:
        without = [comparison_without(one) for one in found.spoken]
        return Guarded(comparisons=without, made_at=None, is_current=False)
    told = [as_told(one, page.told.get(str(one.meaning.claim.pk))) for one in found.spoken]
    return Guarded(comparisons=told, made_at=page.made_at, is_current=is_current)


def as_kept(made: Iterable[Comparison]) -> dict[str, list[Any] | None]:
    """Return what is shown of a page, as it is kept: by the key of the claim, nothing else."""
    return {
        str(one.claim.pk): None
        if one.number is None
        else [one.number, *([part.category, part.number] for part in one.parts)]
        for one in made
    }


def as_told(spoken: Spoken, kept: list[Any] | None) -> Comparison:
    """Return one claim beside what is kept of ours."""
    if kept is None:
        return comparison_without(spoken)
    number, *parts = kept
    told = tuple(Part(category=category, number=each) for category, each in parts)
    return compared(spoken, number=number, parts=told)


def pages_asked_for() -> QuerySet[Job]:
    """The jobs that make the page and are not done."""
    return Job.objects.unfinished().filter(kind=KEEP_PAGE)
