"""Holds on children: those of one child, and how old all are, for who may know of the children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.timezone import localdate

from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.casework.models import Added, Hold, HoldEntry
from kinward.casework.rules import BANDS, hold_stands
from kinward.core.versions import version_of
from kinward.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kinward.access.models import User
    from kinward.casework.models.holds import HoldQuerySet
    from kinward.casework.rules import OpenHold


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A hold with all that was added to it, and where it stands; None once it ended."""

    hold: Hold
    entries: tuple[HoldEntry, ...]
    open: OpenHold | None
    today: date

    @property
    def days(self) -> int:
        """For how many days it stands, or stood."""
        ended = next((each for each in self.entries if each.what == Added.ENDED), None)
        return ((localdate(ended.recorded_at) if ended else self.today) - self.hold.since).days

    @property
    def next_action(self) -> str:
        """What is to be done next, in words."""
        said = [each.words for each in self.entries if each.what == Added.NEXT]
        return said[-1] if said else str(self.hold.next_action)

    @property
    def overdue(self) -> bool:
        """Tell whether what is to be done next is past its day."""
        return self.open is not None and self.open.next_on < self.today

    @property
    def seen(self) -> str:
        """The version of the hold: what whoever adds to it saw."""
        return version_of_hold(self.hold, self.entries)


def version_of_hold(hold: Hold, entries: Iterable[HoldEntry]) -> str:
    """Return the version of a hold: what whoever adds to it saw."""
    return version_of(hold.pk, *(each.pk for each in entries))


def entries_of(hold: Hold) -> list[HoldEntry]:
    """What was added to a hold, oldest first."""
    return list(hold.entries.select_related("recorded_by").order_by("recorded_at", "id"))


def with_entries(rows: HoldQuerySet) -> HoldQuerySet:
    """Return holds with what was added to them."""
    entries = HoldEntry.objects.select_related("recorded_by").order_by("recorded_at", "id")
    return rows.select_related("child", "recorded_by").prefetch_related(
        Prefetch("entries", queryset=entries)
    )


def shown(hold: Hold, today: date) -> Shown:
    """Return a hold with what was added to it."""
    entries = tuple(hold.entries.all())
    return Shown(hold=hold, entries=entries, open=hold_stands(hold, entries), today=today)


def holds_of(child: Person, *, user: User, today: date) -> list[Shown]:
    """The holds on a child that this account may read, the open ones first, then the newest."""
    seen = with_entries(Hold.objects.visible_to(user).filter(child=child))
    found = [shown(each, today) for each in seen.order_by("-since", "-id")]
    return sorted(found, key=lambda each: each.open is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aged:
    """An open hold in the report: whose, of what kind, how old. Nothing of what is said."""

    child: Person
    kind: str
    party: str
    open: OpenHold
    today: date

    @property
    def days(self) -> int:
        """For how many days it stands."""
        return self.open.days(self.today)

    @property
    def overdue(self) -> bool:
        """Tell whether what is to be done next is past its day."""
        return self.open.next_on < self.today


@passage(Passage.COUNTING)
def ageing(*, user: User, today: date) -> list[Aged]:
    """Every open hold on children this account may know of, the oldest first.

    Kinds, owners and days only: whoever plans reads no words of a file, and need not open it.
    """
    children = Person.objects.visible_to(user, to=Permission.SEE_CHILDREN).children()
    rows = with_entries(Hold.objects.open().filter(child__in=children)).order_by("since", "id")
    found = []
    for hold in rows:
        if stands := hold_stands(hold, hold.entries.all()):
            said = {"kind": hold.get_kind_display(), "party": hold.get_party_display()}
            found.append(Aged(child=hold.child, open=stands, today=today, **said))
    return found


def banded(aged: Iterable[Aged]) -> list[int]:
    """Return how many holds lie in each band of age; see BANDS."""
    counts = [0] * (len(BANDS) + 1)
    for one in aged:
        counts[one.open.band(one.today)] += 1
    return counts
