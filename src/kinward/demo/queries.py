"""What the demo asks of the database it was loaded into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from kinward.access.models import Role, User
from kinward.access.rows import Passage, passage
from kinward.audit.models import Event
from kinward.demo.stops import STOPS
from kinward.operations.models import Leaving, Operation
from kinward.placement.models import Breakdown, Placed
from kinward.tracing.queries import candidates

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.functional import _StrPromise

LOADED: Final = "demo.loaded"
MATCHED: Final = "tracing.matched"


def is_loaded() -> bool:
    """Tell whether the made-up caseload is in this database."""
    return Event.objects.filter(action=LOADED).exists()


def is_matched() -> bool:
    """Tell whether everyone has been compared with everyone, once at least."""
    return Event.objects.filter(action=MATCHED, object_id="").exists()


def shown_requests() -> dict[str, list[str]]:
    """Return what a tracing officer sees: child to requests, by reference, strongest first."""
    officer = User.objects.filter(role=Role.TRACING_OFFICER).order_by("username").first()
    shown: dict[str, list[str]] = {}
    if officer is None:
        return shown
    for candidate in candidates(user=officer):
        requests = shown.setdefault(candidate.child.reference, [])
        if candidate.sought.request.reference not in requests:
            requests.append(candidate.sought.request.reference)
    return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A stop of the tour: a real page, who opens it, and a sentence about it."""

    heading: str | _StrPromise
    words: str | _StrPromise
    account: str  # empty: it is open to everybody
    role: str
    address: str


def stops() -> list[Shown]:
    """Return the stops of the tour, of the story as it was loaded; none where it was not."""
    about = whom()
    if not all(about.values()):
        return []
    accounts = dict(User.objects.order_by("-opened_at").values_list("role", "username"))
    return [
        Shown(
            heading=stop.heading,
            words=stop.words,
            account=accounts[stop.role] if stop.role else "",
            role=str(Role(stop.role).label) if stop.role else "",
            address=reverse(stop.page, args=[about[stop.about]] if stop.about else []),
        )
        for stop in STOPS
    ]


@passage(Passage.GATES)
def whom() -> dict[str, UUID | None]:
    """Return whom the tour is about: an operation, and children for whom it went one way each."""
    moved = Placed.objects.order_by("moved_on", "recorded_at", "id").first()
    ended = Breakdown.objects.order_by("recorded_at", "id").first()
    stayed = Leaving.objects.order_by("recorded_at", "id").first()
    operation = Operation.objects.first()
    return {
        "operation": operation.pk if operation else None,
        "home": moved.child_id if moved else None,
        "moved_on": ended.child_id if ended else None,
        "stayed": stayed.child_id if stayed else None,
    }
