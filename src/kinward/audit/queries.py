"""What may be read of the log, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from kinward.audit.models import Event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

READ_LOG = "audit.read_log"


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
