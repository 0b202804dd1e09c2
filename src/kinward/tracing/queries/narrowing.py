"""Lists of candidates, narrowed and ordered as somebody chose; never more than they may see."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from kinward.tracing.models import POSSIBLE
from kinward.tracing.queries.candidates import candidates
from kinward.tracing.queries.verifications import candidates_to_decide
from kinward.tracing.queries.work import opinions_wanted, third_opinions_wanted
from kinward.tracing.rules import LIKELY, VERY_LIKELY, Band

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import Any

    from kinward.access.models import User
    from kinward.tracing.models import CandidateQuerySet

BANDS: Final = {
    Band.VERY_LIKELY: Q(probability__gte=VERY_LIKELY),
    Band.LIKELY: Q(probability__gte=LIKELY, probability__lt=VERY_LIKELY),
    Band.POSSIBLE: Q(probability__gte=POSSIBLE, probability__lt=LIKELY),
}
TOGETHER: Final = {"yes": Q(child__group__isnull=False), "no": Q(child__group__isnull=True)}
ORDERS: Final = {
    "strongest": ("-weight", "id"),
    "oldest": ("first_found_at", "id"),
    "newest": ("-first_found_at", "id"),
}
LISTS: Final[Mapping[str, Callable[..., CandidateQuerySet]]] = {
    "to_review": opinions_wanted,
    "disputed": third_opinions_wanted,
    "to_decide": candidates_to_decide,
    "all": candidates,
}
WEEK, LONG = timedelta(days=7), timedelta(days=30)


def candidates_listed(which: str, *, user: User) -> CandidateQuerySet:
    """The candidates of one list: those that wait, those of one verdict, or all."""
    named = LISTS.get(which)
    return named(user=user) if named else candidates(user=user).filter(verdict=which)


def narrowed(
    rows: CandidateQuerySet, chosen: Mapping[str, Any], *, at: datetime
) -> CandidateQuerySet:
    """Keep the candidates that were chosen, in the order that was; see NarrowCandidates."""
    found = {"week": Q(first_found_at__gt=at - WEEK), "long": Q(first_found_at__lte=at - LONG)}
    of = {"child": "child", "group": "child__group", "request": "sought__request"}
    kept = (
        *(Q(**{path: chosen[name]}) for name, path in of.items() if name in chosen),
        BANDS.get(chosen.get("band", ""), Q()),
        TOGETHER.get(chosen.get("together", ""), Q()),
        found.get(chosen.get("found", ""), Q()),
    )
    return rows.filter(*kept).order_by(*ORDERS[chosen["sort"]])
