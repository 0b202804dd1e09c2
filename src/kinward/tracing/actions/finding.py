"""Finding candidates, whenever something is said about somebody."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kinward.access.models import clock
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record, record_reads
from kinward.audit.context import acting
from kinward.core.errors import NotAllowed
from kinward.core.jobs import handles
from kinward.people.models import Kind, Person
from kinward.tracing import matching
from kinward.tracing.models import (
    Candidate,
    Sought,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.core.models import Job

MATCH: Final = "tracing.match"  # the job
FIGURES: Final = [
    "weight",
    "probability",
    "reasons",
    "alignment",
    "model_version",
    "computed_at",
]


def look_again(*, person: Person, by: User, at: datetime, **_signal: object) -> None:  # noqa: ARG001
    """Have candidates looked for once it is stored that something was said about a person."""
    if not matching.HELD_BACK.get():
        look_later(_concerned_by(person), at)


def _concerned_by(person: Person) -> list[Person]:
    """Return whose candidates change by what is said about a person, their families left out."""
    if person.kind == Kind.ENQUIRER:
        return list(Person.objects.filter(sought__request__enquirer=person))
    return [person] if person.kind in {Kind.CHILD, Kind.SOUGHT} else []


def look_later(persons: list[Person], at: datetime) -> None:
    """Look for candidates of these people once what was said is stored, unless that is held back.

    A failure to match is logged and does not undo what was said; `manage.py match` catches up.
    """
    if persons and not matching.HELD_BACK.get():
        transaction.on_commit(partial(_look, persons, at), robust=True)


def _look(persons: list[Person], at: datetime) -> None:
    """Look for candidates of these people as the system itself, whoever said something of them."""
    with acting(clock()):
        find_candidates(persons=persons, by=clock(), at=at)


@handles(MATCH)
def _match(_job: Job, at: datetime) -> None:
    """Look for everyone's candidates; doing it twice changes nothing but the time."""
    find_candidates(by=clock(), at=at)


@transaction.atomic
def find_candidates(
    *,
    persons: Collection[Person] | None = None,
    by: User,
    at: datetime,
    progress: matching.Progress | None = None,
) -> int:
    """Compare these children and sought people with everyone; without any named, compare all.

    With each go those registered with it or asked for with it: families are matched as wholes.
    Figures are computed anew. A verdict is remembered, and so is a candidate somebody has reviewed;
    others that no longer compare are dropped. Returns how many candidates there are now.

    Raises:
        NotAllowed: `by` does not have candidates looked for.
    """
    if not may(by, Permission.FIND_CANDIDATES):
        raise NotAllowed(_("You may not look for candidates."))
    persons = None if persons is None else _with_families(persons)
    matches = matching.find(persons, progress=progress)
    # Whoever stores candidates of a child holds the child: two runs never store one pair twice.
    children = {match.child_id for match in matches}
    list(Person.objects.filter(pk__in=children).order_by("pk").select_for_update())
    concerned = Candidate.objects.all()
    if persons is not None:
        concerned = concerned.filter(Q(child__in=persons) | Q(sought__person__in=persons))
    before = {
        (candidate.child_id, candidate.sought_id): candidate
        for candidate in concerned.order_by("pk").select_for_update(of=("self",))
    }
    found = {
        (match.child_id, match.sought_id): _as_candidate(match, before, at) for match in matches
    }
    new = [candidate for pair, candidate in found.items() if pair not in before]
    Candidate.objects.bulk_update(
        [candidate for pair, candidate in found.items() if pair in before], FIGURES, batch_size=200
    )
    Candidate.objects.bulk_create(new, batch_size=200)
    gone = concerned.filter(pk__in=[before[pair].pk for pair in before.keys() - found.keys()])
    dropped = gone.filter(verdict=Verdict.OPEN, reviews__isnull=True, judgements__isnull=True)
    record_reads("tracing.dropped_candidate", dropped, by=by, at=at)
    dropped.delete()
    record_reads("tracing.found_candidate", new, by=by, at=at)
    for person in [None] if persons is None else persons:
        record("tracing.matched", person, by=by, at=at, candidates=len(found), new=len(new))
    return len(found)


def _with_families(persons: Collection[Person]) -> list[Person]:
    """Return these people and everyone whose chances hang on theirs, in the order of their ids.

    Children registered together share names and speak for one another; so do people asked for
    together.
    """
    keys = [person.pk for person in persons]
    groups = {person.group_id for person in persons if person.group_id}
    asked_in = Sought.objects.filter(person__in=keys).values("request")
    concerned = Q(pk__in=keys) | Q(group__in=groups) | Q(sought__request__in=asked_in)
    return list(Person.objects.filter(concerned).order_by("pk"))


def _as_candidate(
    match: matching.Match, before: dict[tuple[UUID, UUID], Candidate], at: datetime
) -> Candidate:
    """Return the candidate of a match with its new figures: the one there was, or a new one."""
    candidate = before.get((match.child_id, match.sought_id)) or Candidate(
        child_id=match.child_id, sought_id=match.sought_id, first_found_at=at
    )
    candidate.weight = match.weight
    candidate.probability = match.probability
    candidate.reasons = match.reasons
    candidate.alignment = match.alignment
    candidate.model_version = match.model_version
    candidate.computed_at = at
    return candidate
