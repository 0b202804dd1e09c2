"""Telling other systems of the programme that something was recorded: what, when, of which id.

What is told names nobody: a word of the log and two identifiers. Whoever is told shows a token to
read what it may. A message is asked for in the transaction that wrote the event down, sent outside
of any, and again until it is taken; its id is that of the event, so that one which comes twice is
known.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from django.conf import settings

from kinward.audit.models import Event
from kinward.core.hooks import send, signature
from kinward.core.jobs import enqueue, handles

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.core.models import Job

TELL: Final = "audit.tell_hook"
# What other systems may be told of: that work went on, never who looked at what.
TOLD: Final = frozenset(
    {
        "people.registered",
        "people.stated",
        "people.withdrew_statement",
        "people.answered_consent",
        "tracing.took_request",
        "tracing.judged",
        "tracing.undid_judgement",
        "casework.took_step",
        "casework.withdrew_step",
        "operations.counted",
        "operations.handed_over",
        "placement.placed",
        "placement.visited",
        "figures.published_release",
        "figures.withdrew_release",
    }
)


def tell_hooks(*, instance: Event, created: bool, **_signal: object) -> None:
    """Ask that every address be told of an event, in the transaction that wrote it down."""
    if created and instance.action in TOLD:
        for address in settings.HOOKS:
            enqueue(TELL, at=instance.at, address=address, event=str(instance.pk))


@handles(TELL, outside=True)
def _tell(job: Job, at: datetime) -> None:
    """Send one message; what is not taken is sent again later."""
    address = job.arguments["address"]
    if address not in settings.HOOKS:  # taken away meanwhile
        return
    body = message(Event.objects.get(pk=job.arguments["event"]))
    send(address, body, signature(address, body, at=at))


def message(event: Event) -> bytes:
    """Return what is told of an event: no name, no words of anybody."""
    told = {
        "id": str(event.pk),
        "action": event.action,
        "kind": event.kind,
        "object": event.object_id,
        "at": event.at.isoformat(),
    }
    return json.dumps(told).encode()
