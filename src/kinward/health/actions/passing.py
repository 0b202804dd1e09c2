"""What leaves the room: whether a child may fly and what it needs, its discharge, a summary."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from kinward.audit.actions import record
from kinward.casework.actions import follow
from kinward.casework.models import Track
from kinward.casework.tracks import Movement
from kinward.health.actions.opening import UnfitEntry, open_health, refuse_labels
from kinward.health.models import Discharge, Fit, FitnessStatement, Handout
from kinward.health.models.words import Fault
from kinward.health.rules import passed_on, stated_wrongly
from kinward.health.telling import summary_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.health.models import SharedFor
    from kinward.health.rules import Stated
    from kinward.people.models import Person


@transaction.atomic
def state_fitness(*, child: Person, stated: Stated, by: User, at: datetime) -> FitnessStatement:
    """State whether a child may fly; others see that, the day and what it needs, and no grounds.

    `passed_on` of what is returned tells whether the journey followed.

    Raises:
        NotAllowed, NotFound: as `open_health`.
        UnfitEntry: the day is missing or has passed, or nothing is said of the conditions.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_health(child, by=by, at=at)
    if found := stated_wrongly(stated, localdate(at)):
        raise UnfitEntry(found)
    refuse_labels(needs=stated.needs, grounds=stated.grounds)
    passed = passed_on(stated)
    told: dict[str, Any] = {"holds_until": passed.until, "reason": passed.needs, "by": by, "at": at}
    step = follow(held, Track.MOVEMENT, passed.to, **told)
    if step is None and stated.fit != Fit.NOT_FIT:  # it is on the passenger list, and stays there
        step = follow(held, Track.MOVEMENT, Movement.FIT_AGAIN, **told)
    statement = FitnessStatement.objects.create(
        child=held,
        fit=stated.fit,
        until=stated.until,
        needs=passed.needs,
        grounds=stated.grounds.strip(),
        passed_on=step is not None,
        recorded_by=by,
        recorded_at=at,
    )
    record("health.stated_fitness", held, by=by, at=at)
    return statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """How a child left hospital, before it is stored."""

    left_on: date
    summary: str
    care: str
    handed_to: str


@transaction.atomic
def discharge(*, child: Person, leaving: Leaving, by: User, at: datetime) -> Discharge:
    """Write down that a child left hospital. Others see that it did, and nothing of why.

    Raises:
        NotAllowed, NotFound: as `open_health`.
        UnfitEntry: something is not said, or the day is still to come.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_health(child, by=by, at=at)
    told = asdict(leaving) | {
        name: text.strip() for name, text in asdict(leaving).items() if isinstance(text, str)
    }
    wrong = (
        (leaving.left_on > localdate(at), Fault.FUTURE),
        (not (told["summary"] and told["care"] and told["handed_to"]), Fault.WORDS),
    )
    if found := [fault for holds, fault in wrong if holds]:
        raise UnfitEntry(found)
    refuse_labels(summary=leaving.summary, care=leaving.care, handed_to=leaving.handed_to)
    # Whoever leaves was ready to: that step is taken with it where nobody took it before.
    follow(held, Track.MOVEMENT, Movement.READY, on=leaving.left_on, by=by, at=at)
    step = follow(held, Track.MOVEMENT, Movement.DISCHARGED, on=leaving.left_on, by=by, at=at)
    made = Discharge.objects.create(
        child=held, **told, passed_on=step is not None, recorded_by=by, recorded_at=at
    )
    record("health.discharged", held, by=by, at=at)
    return made


class HandedOut(NamedTuple):
    """A summary as a file, and the row that tells of it."""

    handout: Handout
    content: bytes


@transaction.atomic
def hand_out_summary(  # noqa: PLR0913 (what for, to whom, with which name)
    *,
    child: Person,
    shared_for: SharedFor,
    recipient: str,
    named: bool = False,
    by: User,
    at: datetime,
) -> HandedOut:
    """Make a summary of a child's health as a file (FHIR R4B), and write down who gets it.

    It has the child's name only if it is `named`.

    Raises:
        NotAllowed, NotFound: as `open_health`.
        UnfitEntry: no recipient is named.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_health(child, by=by, at=at)
    if not recipient.strip():
        raise UnfitEntry([Fault.WORDS])
    refuse_labels(recipient=recipient)
    content = summary_of(held, named=named, user=by, at=at)
    digest = sha256(content).hexdigest()
    handout = Handout.objects.create(
        child=held,
        shared_for=shared_for,
        recipient=recipient.strip(),
        named=named,
        digest=digest,
        recorded_by=by,
        recorded_at=at,
    )
    record("health.handed_out", held, by=by, at=at, handout=str(handout.pk), digest=digest)
    return HandedOut(handout, content)
