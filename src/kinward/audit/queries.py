"""What may be read of the log, by whom."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, Protocol

from django.db.models import Count, Max, Q
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate

from kinward.audit.models import ACTS, Act, Event, Purpose, Verification
from kinward.audit.rules import DayTold, as_told, is_key
from kinward.core.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

READ_LOG = "audit.read_log"
UNKNOWN: Final = "(unknown)"  # in place of a text that the log does not know
# How a reference is found out: the rooms above add to it. Each returns the identifier, or None.
REFERRED: Final[list[Callable[[str], UUID | None]]] = []


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


def act_words(action: str) -> str:
    """What was done, in words; an action without words stands for itself."""
    return str(ACTS[action][1]) if action in ACTS else action


def purpose_words(purpose: str) -> str:
    """What for, in words; a purpose that is no more stands for itself."""
    return str(Purpose(purpose).label) if purpose in Purpose.values else purpose


def identifier_of(text: str) -> str:
    """The identifier of the record under a reference; what is none stands for itself."""
    found = (ask(text.upper()) for ask in REFERRED) if text else iter(())
    return str(next(filter(None, found), text))


def recognised(asked: Mapping[str, Any]) -> dict[str, str]:
    """What was asked of the log, as the log itself keeps it: nothing in it that it does not know.

    What is typed there by mistake may be the name of a child, and would stand in the log for good.
    """
    known: Mapping[str, Callable[[str], bool]] = {
        "object_id": is_key,
        "actor": lambda said: Event.objects.filter(actor=said).exists(),
        "action__startswith": lambda said: any(one.startswith(said) for one in ACTS),
    }
    said = {lookup: str(value) for lookup, value in asked.items()}
    return {
        lookup: text if lookup not in known or known[lookup](text) else UNKNOWN
        for lookup, text in said.items()
    }


def actions_of(act: str) -> list[str]:
    """The actions of one kind."""
    return [action for action, (kind, _words) in ACTS.items() if kind == act]


def days_of(events: QuerySet[Event]) -> QuerySet[Any, Any]:
    """Each day on which an account did any of this, newest first.

    With the keys day, actor, actor_role, acts (how many) and last_at.
    """
    days = events.order_by().annotate(day=TruncDate("at")).values("day", "actor", "actor_role")
    counted = days.annotate(acts=Count("pk"), last_at=Max("at"))
    return counted.order_by("-day", "-last_at", "actor", "actor_role")


def told_on(days: Iterable[Mapping[str, Any]], events: QuerySet[Event]) -> list[DayTold]:
    """What was done on each of these days of `days_of`, the same things as one; in their order."""
    listed = list(days)
    if not listed:
        return []
    within = events.filter(
        at__date__gte=min(each["day"] for each in listed),
        at__date__lte=max(each["day"] for each in listed),
        actor__in={each["actor"] for each in listed},
    )
    done: dict[tuple[Any, ...], list[Event]] = defaultdict(list)
    for event in within.order_by("at", "id"):
        done[localdate(event.at), event.actor, event.actor_role].append(event)
    return [
        DayTold(day=each["day"], actor=each["actor"], role=each["actor_role"], told=tuple(told))
        for each in listed
        if (told := as_told(done[each["day"], each["actor"], each["actor_role"]]))
    ]


def did(*actions: str) -> Count:
    """Count the events of these actions."""
    return Count("pk", filter=Q(action__in=actions))


def shown(*actions: str) -> Count:
    """Count the different records of these actions."""
    return Count("object_id", filter=Q(action__in=actions), distinct=True)


def accounts_by_use(*, user: Reader, since: datetime, until: datetime) -> QuerySet[Any, Any]:
    """What each account did in a span of time, those who found nobody by name most first.

    With the keys actor, searches, in_vain (found nobody), refused (searches), found, opened, listed
    (different records), revealed, denied (asked for in vain), braked and emergencies.
    """
    done = log(user=user).filter(at__gte=since, at__lt=until).order_by()
    in_vain = Q(action="people.searched", details__shown=0, details__elsewhere=0)
    counted = done.values("actor").annotate(
        searches=did("people.searched"),
        in_vain=Count("pk", filter=in_vain),
        refused=did("people.search_refused"),
        found=shown("people.found"),
        opened=shown("people.read", "tracing.read", "tracing.read_candidates"),
        listed=shown("people.listed", "tracing.listed"),
        revealed=did(*actions_of(Act.REVEALED)),
        denied=did("audit.refused"),
        braked=did("access.many_read", "access.stopped"),
        emergencies=did("access.broke_glass", "access.missed_break_glass"),
    )
    return counted.order_by("-in_vain", "-searches", "actor")


def verifications(*, user: Reader) -> QuerySet[Verification]:
    """Each time the log was checked as a whole, the last first, for those who read the log."""
    made = Verification.objects.all()
    return made if user.has_perm(READ_LOG) else made.none()


def is_being_verified(kind: str) -> bool:
    """Tell whether the log is being checked now, or will be."""
    return Job.objects.unfinished().filter(kind=kind).exists()
