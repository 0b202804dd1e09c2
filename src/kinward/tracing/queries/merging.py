"""What stands of children in several records, and what would change if they were judged so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kinward.access.rows import Passage, passage
from kinward.core.versions import version_of
from kinward.people.mergings import judged_between, parted, records_with
from kinward.people.models import Person
from kinward.people.queries import all_judged, waiting_merging
from kinward.tracing.models import SETTLED, Candidate, Verdict
from kinward.tracing.queries.claims import claims_in, decisions_in
from kinward.tracing.rules import (
    Effect,
    Record,
    effects_of_merging,
    effects_of_parting,
    standing,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from kinward.people.mergings import Judged


class Between(NamedTuple):
    """What stands between two records, and what judging them otherwise would change."""

    judged: Judged | None  # what two people agreed on about exactly these two
    is_one: bool  # they are of one child, by whatever chain of judgements
    effects: list[Effect]
    # The records that would be of one child; or how they would stand apart, where it is taken back.
    sides: tuple[tuple[UUID, ...], ...]


@passage(Passage.COUNTING)
def record_of(records: Collection[UUID]) -> Record:
    """What stands of a child in these records alone, whoever asks."""
    (first, *_others) = records
    settled = Candidate.objects.filter(child__in=records, verdict__in=SETTLED)
    found = settled.values_list("sought", "verdict")
    traced = Person.objects.lawfully_traced().filter(pk__in=records)
    return Record(
        claims=tuple(claims_in({first: records})[first]),
        decided=standing(decisions_in({first: records})[first]),
        settled=frozenset((sought, Verdict(verdict)) for sought, verdict in found),
        traced=traced.count() == len(records),
    )


def between(one: Person, other: Person) -> Between:
    """What stands between two records that the account may see both of."""
    said = all_judged()
    judged = judged_between(one.pk, other.pk, said)
    ours = records_with(one.pk, said)
    if other.pk in ours:
        if judged is None:
            return Between(None, is_one=True, effects=[], sides=(ours,))
        near, far = parted(judged, said)
        effects = effects_of_parting(record_of(near), record_of(far), record_of(ours))
        return Between(judged, is_one=True, effects=effects, sides=(near, far))
    theirs = records_with(other.pk, said)
    if judged:
        effects = [Effect.OFFERED_AGAIN, Effect.SEARCHES_GO_ON]
        return Between(judged, is_one=False, effects=effects, sides=(ours, theirs))
    effects = effects_of_merging(record_of(ours), record_of(theirs), record_of(ours + theirs))
    return Between(judged, is_one=False, effects=effects, sides=(ours, theirs))


def version_of_records(one: Person, other: Person, *, at: datetime) -> str:
    """What whoever judges two records saw: what was judged of them before, and what waits."""
    said = all_judged()
    waits = waiting_merging(one, other, at=at)
    records = sorted({*records_with(one.pk, said), *records_with(other.pk, said)})
    judged = judged_between(one.pk, other.pk, said)
    return version_of(*records, judged and judged.id, waits and waits.pk)
