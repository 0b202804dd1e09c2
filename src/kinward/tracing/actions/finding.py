"""Finding candidates, whenever something is said about somebody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kinward.access.models import clock
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record, record_reads
from kinward.core.errors import NotAllowed
from kinward.core.jobs import enqueue, handles
from kinward.core.models import Job
from kinward.people.models import Person
from kinward.people.properties import PROPERTIES
from kinward.tracing import matching
from kinward.tracing.models import Candidate, Judgement, Says, Verdict
from kinward.tracing.queries import (
    beside_one_another,
    families_around,
    judged_not_the_same,
    was_said_since,
    weight_seen,
)
from kinward.tracing.rules import MATCH, MATCH_FAMILY, comes_back, in_front

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.access.models import User
    from kinward.tracing.models import CandidateQuerySet

FIGURES: Final = [
    "weight",
    "probability",
    "reasons",
    "alignment",
    "model_version",
    "computed_at",
]


def look_again(
    *,
    person: Person,
    by: User,  # noqa: ARG001 (whoever said it; the job is the system's own)
    at: datetime,
    property: str = "",  # noqa: A002 (the word of the signal)
    **_signal: object,
) -> None:
    """Ask for the candidates of a family once more, as something was said about one of it."""
    if not property or PROPERTIES[property].matched_as:
        look_later(families_around(person), at=at)


def look_later(families: Iterable[UUID], *, at: datetime) -> None:
    """Ask for candidates of these families, in the transaction of what was said about them.

    Comparing takes longer than somebody who saves should wait; `kinward work` does it.
    """
    if not matching.HELD_BACK.get():
        for family in families:
            enqueue(MATCH_FAMILY, at=at, family=str(family))


@handles(MATCH_FAMILY)
def _match_family(job: Job, at: datetime) -> None:
    """Look for candidates of a family, unless it is asked for again: then that sees all of this."""
    family = job.arguments["family"]
    again = Job.objects.unfinished().filter(kind=MATCH_FAMILY, arguments__family=family)
    # One that is being done may have read before this was said.
    if not again.filter(pk__gt=job.pk, leased_until__isnull=True).exists():
        members = Q(pk=family) | Q(group=family) | Q(sought__request=family)
        find_candidates(persons=Person.objects.filter(members), by=clock(), at=at)


@handles(MATCH)
def _match(_job: Job, at: datetime) -> None:
    """Look for everyone's candidates; doing it twice changes nothing but the time."""
    find_candidates(by=clock(), at=at)


@transaction.atomic
def find_candidates(
    *,
    persons: Iterable[Person] | None = None,
    by: User,
    at: datetime,
    progress: matching.Progress | None = None,
) -> int:
    """Compare these children and sought people with who is like them; without any, compare all.

    With each go those registered with it or asked for with it: families are matched as wholes.
    Figures are computed anew, and stored where they differ. A verdict is remembered, and so is a
    candidate somebody has reviewed; others that no longer compare are dropped. Those judged not the
    same are offered again if what was said since makes them much likelier. Returns how many
    candidates there are now.

    Raises:
        NotAllowed: `by` does not have candidates looked for.
    """
    if not may(by, Permission.FIND_CANDIDATES):
        raise NotAllowed(_("You may not look for candidates."))
    if persons is None:
        concerned, matches = Candidate.objects.all(), matching.find(progress=progress)
    else:
        together = matching.families_of([person.pk for person in persons])
        persons = Person.objects.filter(pk__in=together).order_by("pk")
        concerned, matches = candidates_around(together), matching.find_near(together)
    stored = store_matches(matches, concerned, by=by, at=at)
    for person in [None] if persons is None else persons:
        told = {"candidates": stored.candidates, "new": stored.new}
        record("tracing.matched", person, by=by, at=at, **told)
    return stored.candidates


def candidates_around(persons: Collection[UUID]) -> CandidateQuerySet:
    """Return the candidates in which some people are on either side."""
    return Candidate.objects.filter(Q(child__in=persons) | Q(sought__person__in=persons))


class Stored(NamedTuple):
    """What became of the candidates among some people."""

    candidates: int
    new: int
    changed: int
    dropped: int


def store_matches(
    matches: Collection[matching.Match], concerned: CandidateQuerySet, *, by: User, at: datetime
) -> Stored:
    """Store what was found among those concerned; what has not changed is left alone."""
    # Whoever stores candidates of a child holds the child: two runs never store one pair twice.
    children = {record for match in matches for record in match.records}
    list(Person.objects.filter(pk__in=children).order_by("pk").select_for_update())
    before = {
        (candidate.child_id, candidate.sought_id): candidate
        for candidate in concerned.order_by("pk").select_for_update(of=("self",))
    }
    kept = {each.id for some in beside_one_another() for each in in_front(some)[:1]}
    found: dict[tuple[UUID, UUID], Candidate] = {}
    new, changed = [], []
    for match in matches:
        candidate = candidate_of(match, before, kept) or Candidate(
            child_id=match.child_id, sought_id=match.sought_id, first_found_at=at
        )
        pair = (candidate.child_id, candidate.sought_id)
        found[pair] = candidate
        if pair not in before:
            new.append(renewed(candidate, match, at))
        elif differs(candidate, match):
            changed.append(renewed(candidate, match, at))
    Candidate.objects.bulk_update(changed, FIGURES, batch_size=200)
    Candidate.objects.bulk_create(new, batch_size=200)
    offer_again(list(found.values()), by=by, at=at)
    gone = concerned.filter(pk__in=[before[pair].pk for pair in before.keys() - found.keys()])
    dropped = drop_unseen(gone, by=by, at=at)
    record_reads("tracing.found_candidate", new, by=by, at=at)
    return Stored(len(found), len(new), len(changed), dropped)


def differs(candidate: Candidate, match: matching.Match) -> bool:
    """Tell whether a match says anything else than its candidate, to a millionth of a bit."""
    stored, said = (
        [getattr(each, name) for name in FIGURES if name != "computed_at"]
        for each in (candidate, match)
    )
    # What is stored went through JSON: so does what is compared with it.
    return bool(rounded(stored) != rounded(json.loads(json.dumps(said))))


def rounded(value: Any) -> Any:
    """Return a value with every number in it rounded to six decimals."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, list):
        return [rounded(each) for each in value]
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return value


def drop_unseen(gone: QuerySet[Candidate], *, by: User, at: datetime) -> int:
    """Drop candidates that no longer compare, and nobody has looked at; returns how many."""
    unseen = gone.filter(verdict=Verdict.OPEN, reviews__isnull=True, judgements__isnull=True)
    dropped = list(unseen)
    record_reads("tracing.dropped_candidate", dropped, by=by, at=at)
    Candidate.objects.filter(pk__in=[each.pk for each in dropped]).delete()
    return len(dropped)


def offer_again(candidates: Iterable[Candidate], *, by: User, at: datetime) -> None:
    """Open a new round for those judged not the same of whom something said since speaks for it.

    The judgement and its opinions stay on record. Figures that rose by themselves, as other people
    were registered, are no ground.
    """
    rejected = [each for each in candidates if each.verdict == Verdict.REJECTED]
    judged = {each.candidate_id: each for each in judged_not_the_same(rejected)}
    for candidate in rejected:
        judgement = judged[candidate.pk]
        gained = comes_back(
            judged=weight_seen(candidate), now=candidate.weight, probability=candidate.probability
        )
        if gained and was_said_since(candidate, judgement.judged_at):
            Judgement.objects.create(
                candidate=candidate,
                says=Says.OFFERED_AGAIN,
                retracts=judgement,
                judged_at=at,
            )
            candidate.verdict = Verdict.OPEN
            candidate.round += 1
            candidate.save(update_fields=["verdict", "round"])
            record("tracing.offered_again", candidate, by=by, at=at, judgement=str(judgement.pk))


def candidate_of(
    match: matching.Match, before: Mapping[tuple[UUID, UUID], Candidate], kept: Collection[UUID]
) -> Candidate | None:
    """Return the candidate there is of a match.

    Of a child with several records there may be several: then the one that is `kept`, so that what
    was judged on any of its records is remembered.
    """
    pairs = [(record, match.sought_id) for record in match.records]
    there = [before[pair] for pair in pairs if pair in before]
    return next((each for each in there if each.pk in kept), next(iter(there), None))


def renewed(candidate: Candidate, match: matching.Match, at: datetime) -> Candidate:
    """Return a candidate with the figures of a match."""
    candidate.weight = match.weight
    candidate.probability = match.probability
    candidate.reasons = match.reasons
    candidate.alignment = match.alignment
    candidate.model_version = match.model_version
    candidate.computed_at = at
    return candidate
