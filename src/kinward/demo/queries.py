"""What the demo asks of the database it was loaded into."""

from __future__ import annotations

from typing import Final

from kinward.access.models import Role, User
from kinward.audit.models import Event
from kinward.tracing.queries import candidates

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
