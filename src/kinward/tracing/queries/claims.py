"""Who claims a child, and what was decided between them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kinward.access.models import Step
from kinward.access.queries import may
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.core.versions import version_of
from kinward.people.models import Person
from kinward.tracing.models import Candidate, CandidateQuerySet, Resolution, Verdict
from kinward.tracing.queries.candidates import WITH_BOTH_SIDES
from kinward.tracing.rules import LIKELY, Claim, Decided, is_locked, standing

if TYPE_CHECKING:
    from collections.abc import Collection
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
    seen = claiming().known_to(user).filter(child=child)
    return seen.select_related(*WITH_BOTH_SIDES).strongest_first()


@passage(Passage.COUNTING)
def claims_on(children: Collection[UUID]) -> dict[UUID, list[Claim]]:
    """The claims on each of these children, whoever asks: that a child is locked is no secret."""
    found: dict[UUID, list[Claim]] = defaultdict(list)
    claims = claiming().filter(child__in=children).order_by("pk")
    read = claims.values_list("child", "sought", "sought__request", "verdict")
    for child, sought, request, verdict in read:
        found[child].append(Claim(sought, request, verdict == Verdict.CONFIRMED))
    return found


@passage(Passage.COUNTING)
def decisions_on(children: Collection[UUID]) -> dict[UUID, list[Decided]]:
    """What was decided between the claimants of each of these children, in order."""
    found: dict[UUID, list[Decided]] = defaultdict(list)
    made = Resolution.objects.filter(child__in=children)
    agreed = Count("pk", filter=Q(approval__steps__step=Step.APPROVED))
    for one in made.annotate(agreed=agreed):
        decided = Decided(
            id=one.pk,
            compared=frozenset(map(UUID, one.compared)),
            named=frozenset(map(UUID, one.named)),
            takes_back=one.takes_back_id,
            agreed=bool(one.agreed),
        )
        found[one.child_id].append(decided)
    return found


def claims_and_decision(child: UUID) -> tuple[list[Claim], Decided | None]:
    """The claims on one child, and the decision between them that stands."""
    return claims_on([child]).get(child, []), standing(decisions_on([child]).get(child, []))


def claimed_children(*, user: User) -> QuerySet[Person, UUID]:
    """Ids of children whom two or more requests credibly look for, and nobody decided between."""
    seen = claiming().known_to(user).order_by().values("child")
    several = seen.annotate(claimants=Count("sought__request", distinct=True))
    claimed = Person.objects.filter(pk__in=several.filter(claimants__gt=1).values("child"))
    # Those decided upon are few: each is looked at, as a later claim locks the child again.
    decided = set(claimed.filter(resolutions__isnull=False).values_list("pk", flat=True))
    claims, made = claims_on(decided), decisions_on(decided)
    settled = [each for each in decided if not is_locked(claims[each], standing(made[each]))]
    return claimed.exclude(pk__in=settled).values_list("pk", flat=True)


def resolutions_of(child: Person, *, user: User) -> QuerySet[Resolution]:
    """What was decided between the claimants of a child, or asked for, the last first."""
    if not may(user, Permission.RESOLVE_CLAIMS):
        return Resolution.objects.none()
    made = Resolution.objects.filter(child=child).select_related("approval__requester")
    steps = made.prefetch_related("approval__steps__taken_by")
    return steps.order_by("-approval__requested_at", "-id")


def waiting_resolution(child: Person, *, at: datetime) -> Resolution | None:
    """The decision that waits for a second person, if one does.

    The child must come from a query that the account may see.
    """
    asked = Resolution.objects.filter(
        child=child, approval__steps__isnull=True, approval__expires_at__gt=at
    )
    return asked.select_related("approval__requester").last()


def version_of_claims(child: Person) -> str:
    """What whoever decides between claimants saw: who they are, and what was decided."""
    claims, stands = claims_and_decision(child.pk)
    waits = Resolution.objects.filter(child=child, approval__steps__isnull=True).last()
    both = sorted(f"{claim.sought} {claim.confirmed}" for claim in claims)
    return version_of(child.pk, *both, stands and stands.id, waits and waits.pk)
