"""Who claims a child, and what was decided between them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kinward.access.models import Step
from kinward.access.queries import may
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.core.versions import version_of
from kinward.people.mergings import records_of_one_child
from kinward.people.models import Person
from kinward.people.queries import all_judged, children_once, records_among
from kinward.tracing.models import Candidate, CandidateQuerySet, Resolution, Verdict
from kinward.tracing.queries.candidates import WITH_BOTH_SIDES, behind_another
from kinward.tracing.rules import LIKELY, Claim, Decided, is_locked, standing

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from kinward.access.models import User

CREDIBLE = Q(probability__gte=LIKELY) | Q(verdict=Verdict.CONFIRMED)


def claiming() -> CandidateQuerySet:
    """Candidates that make a claim: confirmed, or likely enough and not rejected."""
    return Candidate.objects.lawful().filter(CREDIBLE).exclude(verdict=Verdict.REJECTED)


def claims_of(child: Person, *, user: User) -> CandidateQuerySet:
    """The claims on a child, strongest first, for whoever decides between them."""
    if not may(user, Permission.RESOLVE_CLAIMS):
        return Candidate.objects.none()
    records = records_among([child.pk])[child.pk]
    seen = claiming().known_to(user).filter(child__in=records).exclude(pk__in=behind_another())
    return seen.select_related(*WITH_BOTH_SIDES).strongest_first()


def claims_on(children: Collection[UUID]) -> dict[UUID, list[Claim]]:
    """The claims on each of these children, whoever asks: that a child is locked is no secret.

    What stands on one record of a child stands on all of them.
    """
    return claims_in(records_among(children))


def decisions_on(children: Collection[UUID]) -> dict[UUID, list[Decided]]:
    """What was decided between the claimants of each of these children, in order."""
    return decisions_in(records_among(children))


@passage(Passage.COUNTING)
def claims_in(records: Mapping[UUID, Collection[UUID]]) -> dict[UUID, list[Claim]]:
    """The claims on children in some of their records, by whatever these stand under."""
    found: dict[UUID, dict[UUID, Claim]] = {each: {} for each in records}
    claims = claiming().filter(child__in={each for some in records.values() for each in some})
    read = claims.order_by("pk").values_list("child", "sought", "sought__request", "verdict")
    for record, sought, request, verdict in read:
        for claimed in (found[each] for each, some in records.items() if record in some):
            known = claimed.get(sought)
            confirmed = verdict == Verdict.CONFIRMED or (known is not None and known.confirmed)
            claimed[sought] = Claim(sought, request, confirmed)
    return {each: list(claimed.values()) for each, claimed in found.items()}


@passage(Passage.COUNTING)
def decisions_in(records: Mapping[UUID, Collection[UUID]]) -> dict[UUID, list[Decided]]:
    """What was decided between claimants of children in some of their records, in order."""
    found: dict[UUID, list[Decided]] = {each: [] for each in records}
    made = Resolution.objects.filter(child__in={each for some in records.values() for each in some})
    agreed = Count("pk", filter=Q(approval__steps__step=Step.APPROVED))
    for one in made.annotate(agreed=agreed):
        decided = Decided(
            id=one.pk,
            compared=frozenset(map(UUID, one.compared)),
            named=frozenset(map(UUID, one.named)),
            takes_back=one.takes_back_id,
            agreed=bool(one.agreed),
        )
        for each, some in records.items():
            if one.child_id in some:
                found[each].append(decided)
    return found


def claims_and_decision(child: UUID) -> tuple[list[Claim], Decided | None]:
    """The claims on one child, and the decision between them that stands."""
    return claims_on([child])[child], standing(decisions_on([child])[child])


def claimed_children(*, user: User) -> QuerySet[Person, UUID]:
    """Ids of children whom two or more requests credibly look for, and nobody decided between."""
    seen = claiming().known_to(user).order_by().values("child")
    several = seen.annotate(claimants=Count("sought__request", distinct=True))
    claimed = Person.objects.filter(pk__in=several.filter(claimants__gt=1).values("child"))
    # Those decided upon are few: each is looked at, as a later claim locks the child again.
    decided = set(claimed.filter(resolutions__isnull=False).values_list("pk", flat=True))
    claims, made = claims_on(decided), decisions_on(decided)
    settled = [each for each in decided if not is_locked(claims[each], standing(made[each]))]
    merged = {each for records in records_of_one_child(all_judged()) for each in records}
    alone = claimed.exclude(pk__in=settled).exclude(pk__in=merged)
    either = Q(pk__in=alone.values("pk")) | Q(pk__in=locked_records(merged, user=user))
    return Person.objects.filter(either).values_list("pk", flat=True)


def locked_records(merged: Collection[UUID], *, user: User) -> set[UUID]:
    """Of children with several records, those locked: the first record this account may know of."""
    claims, made = claims_on(merged), decisions_on(merged)
    locked = [each for each in merged if is_locked(claims[each], standing(made[each]))]
    seen = children_once(user=user).filter(pk__in=locked)
    return set(seen.values_list("pk", flat=True))


def resolutions_of(child: Person, *, user: User) -> QuerySet[Resolution]:
    """What was decided between the claimants of a child, or asked for, the last first."""
    if not may(user, Permission.RESOLVE_CLAIMS):
        return Resolution.objects.none()
    records = records_among([child.pk])[child.pk]
    made = Resolution.objects.filter(child__in=records).select_related("approval__requester")
    steps = made.prefetch_related("approval__steps__taken_by")
    return steps.order_by("-approval__requested_at", "-id")


def waiting_resolution(child: Person, *, at: datetime) -> Resolution | None:
    """The decision that waits for a second person, if one does.

    The child must come from a query that the account may see.
    """
    records = records_among([child.pk])[child.pk]
    asked = Resolution.objects.filter(
        child__in=records, approval__steps__isnull=True, approval__expires_at__gt=at
    )
    return asked.select_related("approval__requester").last()


def version_of_claims(child: Person) -> str:
    """What whoever decides between claimants saw: who they are, and what was decided."""
    claims, stands = claims_and_decision(child.pk)
    records = records_among([child.pk])[child.pk]
    waits = Resolution.objects.filter(child__in=records, approval__steps__isnull=True).last()
    both = sorted(f"{claim.sought} {claim.confirmed}" for claim in claims)
    return version_of(child.pk, *both, stands and stands.id, waits and waits.pk)
