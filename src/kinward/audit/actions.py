"""Writing to the log, in the transaction of what it tells of: both stand, or neither."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from kinward.audit.context import ACTING, Acting, Nobody, acting
from kinward.audit.models import Event, Link, Verification
from kinward.audit.sealing import anchors_at_hand, sign_row
from kinward.audit.verifying import verify
from kinward.core.jobs import enqueue, handles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db import models

    from kinward.audit.context import Actor
    from kinward.core.models import Job

VERIFY: Final = "audit.verify"  # the job
AT_ONCE: Final = 20_000  # rows that are checked within the request: some two seconds


def record(
    action: str, obj: models.Model | None, *, by: Actor, at: datetime, **details: Any
) -> Event:
    """Write down that something was done to a record; without one, to all of them at once.

    `action` reads "app.past_tense"; `details` hold identifiers and words of code lists: no names,
    and nothing that another reader must not learn from the log. Purpose, request and device are
    those of who acts.
    """
    event = new_event(action, obj, by=by, at=at, details=details)
    event.save()
    return event


def record_reads(  # noqa: PLR0913 (what a reading has)
    action: str,
    objects: Iterable[models.Model],
    *,
    by: Actor,
    at: datetime,
    purpose: str = "",
    compartments: Iterable[str] = (),
    **details: Any,
) -> list[Event]:
    """Write down that records were shown: one event a record, also for lists.

    `compartments` are those of which something was shown, or could have been; `details` as of
    `record`.
    """
    shown = {"purpose": purpose, "compartments": " ".join(sorted(compartments))}
    shown = {part: said for part, said in shown.items() if said}
    return Event.objects.bulk_create(
        new_event(action, obj, by=by, at=at, **shown, details=details) for obj in objects
    )


def record_refusal(
    keys: Iterable[object], *, by: Actor, at: datetime, status: int, route: str
) -> list[Event]:
    """Write down that records were asked for which are not there, or not for this account."""
    details = {"status": status, "route": route}
    return Event.objects.bulk_create(
        new_event("audit.refused", None, by=by, at=at, object_id=str(key), details=details)
        for key in keys
    )


def new_event(
    action: str, obj: models.Model | None, *, by: Actor, at: datetime, **parts: Any
) -> Event:
    """Return an event that is not stored yet."""
    now = ACTING.get() or Acting(by=by)
    about = {
        "kind": obj._meta.label_lower if obj else "",  # noqa: SLF001 (Django's documented model API)
        "object_id": str(obj.pk) if obj else "",
        "purpose": now.purpose,
        "request_id": now.request_id,
        "device": now.device,
    }
    whole = about | parts
    return sign_row(Event(action=action, actor=by.username, actor_role=by.role, at=at, **whole))


def ask_to_verify(*, by: Actor, at: datetime) -> Verification | Job:
    """Have the whole log checked: at once where it is short, else by a job.

    Each is written down, with its result.
    """
    if Link.objects.count() > AT_ONCE:
        return enqueue(VERIFY, at=at, asked_by=by.username, role=by.role)
    return verify_log(by=by, at=at)


def verify_log(*, by: Actor, at: datetime) -> Verification:
    """Check the whole log with the anchors this machine can read, and keep what it came to.

    Who holds the keys of this machine can have rewritten those anchors too: the ones that are kept
    elsewhere are checked by `kinward audit verify --anchors FILE`.
    """
    began = time.monotonic()
    finding = verify(anchors_at_hand())
    made = Verification.objects.create(
        asked_by=by.username,
        began_at=at,
        ended_at=at + timedelta(seconds=time.monotonic() - began),
        links=finding.links,
        checkpoints=finding.checkpoints,
        anchors=finding.anchors,
        waiting=finding.waiting,
        signed_up_to=finding.signed_up_to,
        wrong=finding.wrong,
        places=finding.places,
    )
    record("audit.verified", made, by=by, at=at, whole=finding.whole, rows=finding.links)
    return made


@handles(VERIFY)
def _do_verify(job: Job, at: datetime) -> None:
    """Check the log as a job, for whoever asked."""
    asked_by = Nobody(job.arguments["asked_by"], job.arguments["role"])
    with acting(asked_by):
        verify_log(by=asked_by, at=at)
