"""Holds: where one stands by what was added to it, and what each is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.casework.models import Added, HoldKind, Track

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from kinward.casework.models import Hold, HoldEntry

# The track a hold stands on: its words are kept as closely as that.
TRACK_OF: Final[Mapping[HoldKind, Track]] = {
    HoldKind.IDENTITY: Track.LOCATE,
    HoldKind.FAMILY: Track.TRACING,
    HoldKind.DNA: Track.CIVIL_STATUS,
    HoldKind.DOCUMENT: Track.CIVIL_STATUS,
    HoldKind.CONSENT: Track.CONSENT,
    HoldKind.COURT: Track.HOST_RELEASE,
    HoldKind.CUSTODIAN: Track.HOST_RELEASE,
    HoldKind.CLEARANCE: Track.HOST_RELEASE,
    HoldKind.CHILD: Track.BEST_INTERESTS,
    HoldKind.RELATIVE: Track.BEST_INTERESTS,
    HoldKind.UNFIT: Track.MOVEMENT,
    HoldKind.CAPACITY: Track.MOVEMENT,
    HoldKind.CARER: Track.PLACEMENT,
    HoldKind.OTHER: Track.HOST_RELEASE,
}
# Gate G9: of a clearance no word is kept, but yes, no or not yet; of health neither.
NO_WORDS: Final = frozenset({HoldKind.CLEARANCE, HoldKind.UNFIT})
BANDS: Final = (7, 30, 90)  # days: how old a hold is, in the report


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHold:
    """An open hold as rules need it: nothing of what its owner says."""

    id: UUID
    kind: HoldKind
    since: date
    next_by: str  # a role
    next_on: date
    contested: bool = False

    @property
    def track(self) -> Track:
        """The track it stands on."""
        return TRACK_OF[self.kind]

    def days(self, today: date) -> int:
        """Return for how many days it stands."""
        return (today - self.since).days

    def band(self, today: date) -> int:
        """Return the band of its age: 0 for the youngest, as many as BANDS for the oldest."""
        return sum(self.days(today) > limit for limit in BANDS)


def hold_stands(hold: Hold, entries: Iterable[HoldEntry]) -> OpenHold | None:
    """Return where a hold stands by what was added to it, oldest first; None once it ended."""
    next_by, next_on, contested = hold.next_by, hold.next_on, False
    for entry in entries:
        if entry.what == Added.ENDED:
            return None
        contested |= entry.what == Added.CONTESTED
        if entry.what == Added.NEXT and entry.next_on:
            next_by, next_on = entry.next_by, entry.next_on
    return OpenHold(
        id=hold.pk,
        kind=HoldKind(hold.kind),
        since=hold.since,
        next_by=next_by,
        next_on=next_on,
        contested=contested,
    )
