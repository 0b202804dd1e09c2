"""What may be read of the log, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Count, Q

from kinward.audit.models import Event

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

READ_LOG = "audit.read_log"
SEARCHING = ("people.searched", "people.search_refused", "people.found")


class Reader(Protocol):
    """An account, as far as the log needs to know it: access stands above audit."""

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Tell whether the account's role grants the permission."""
        ...


def log(*, user: Reader) -> QuerySet[Event]:
    """Every event, newest first, for those who read the log; none for anyone else."""
    return Event.objects.all() if user.has_perm(READ_LOG) else Event.objects.none()


def events_about(object_ids: Iterable[object]) -> QuerySet[Event]:
    """Events about records, newest first. The caller has made sure that they may be seen."""
    return Event.objects.filter(object_id__in=[str(object_id) for object_id in object_ids])


def searches_by_account(*, user: Reader, since: datetime) -> list[dict[str, Any]]:
    """How often each account searched by name since then, those who found nobody most first.

    Each with the keys actor, searches, in_vain (found nobody), refused and shown (people).
    """
    done = log(user=user).filter(at__gte=since, action__in=SEARCHING).order_by()
    searched = Q(action="people.searched")
    counted = done.values("actor").annotate(
        searches=Count("pk", filter=searched),
        in_vain=Count("pk", filter=searched & Q(details__shown=0, details__elsewhere=0)),
        refused=Count("pk", filter=Q(action="people.search_refused")),
        shown=Count("object_id", filter=Q(action="people.found"), distinct=True),
    )
    return [dict(row) for row in counted.order_by("-in_vain", "-searches", "actor")]
