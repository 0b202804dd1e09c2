"""The board: where children wait and how long, counted; of each no more than its reference."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from statistics import median
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils import timezone

from kinward.access.rows import Passage, passage
from kinward.casework.models import Phase, Track
from kinward.casework.queries.reading import read_cases
from kinward.casework.rules import phase_on
from kinward.casework.tracks import TABLES
from kinward.people.models import Answer, Assertion
from kinward.people.queries import children_once

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from kinward.access.models import User
    from kinward.casework.rules import Case, Entered
    from kinward.people.models import Person

# By what the pipeline is broken down: the office, or a kind of place that is never mixed with
# another.
BY: Final[Mapping[str, str]] = {"office": "", "relatives": "relatives_region", "host": "stay"}
NOT_KNOWN: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnBoard:
    """A child on the board: its phases so far, and where its tracks stand."""

    child: Person
    case: Case
    entered: tuple[Entered, ...]
    today: date

    @property
    def phase(self) -> Phase:
        """The phase it is in."""
        return self.entered[-1].phase

    @property
    def since(self) -> date:
        """Since when it is in that phase."""
        return self.entered[-1].on

    @property
    def days(self) -> int:
        """For how many days."""
        return (self.today - self.since).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How long children wait where a track, or the case, stands: days."""

    words: str
    count: int
    median: int
    longest: int

    @classmethod
    def of(cls, words: str, days: Sequence[int]) -> Waits:
        """Return the waits of some children."""
        return cls(words=words, count=len(days), median=round(median(days)), longest=max(days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Where children wait."""

    children: list[OnBoard]
    places: dict[UUID, str]  # child to the code of the place it is counted at
    today: date
    hosts: dict[UUID, str] = field(default_factory=dict)  # child to where it was kept that day

    def phases(self) -> list[tuple[Phase, Waits | None]]:
        """Each phase with how many are in it, and for how long."""
        days: defaultdict[Phase, list[int]] = defaultdict(list)
        for one in self.children:
            days[one.phase].append(one.days)
        return [
            (each, Waits.of(str(each.label), days[each]) if days[each] else None) for each in Phase
        ]

    def pipeline(self) -> dict[str, Counter[Phase]]:
        """Place to how many are in each phase there."""
        found: defaultdict[str, Counter[Phase]] = defaultdict(Counter)
        for one in self.children:
            found[self.places.get(one.child.pk, NOT_KNOWN)][one.phase] += 1
        return dict(found)

    def crossed(self) -> dict[tuple[str, str], dict[Phase, Waits]]:
        """Office and the place where a child is kept to how long those there wait in each phase."""
        days: defaultdict[tuple[str, str], defaultdict[Phase, list[int]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for one in self.children:
            where = one.child.region, self.hosts.get(one.child.pk, NOT_KNOWN)
            days[where][one.phase].append(one.days)
        return {
            where: {phase: Waits.of(str(phase.label), each) for phase, each in there.items()}
            for where, there in days.items()
        }

    def steps(self) -> list[tuple[Track, list[Waits]]]:
        """Each track with where children wait on it, where the longest waits stand first."""
        return [(track, found) for track in TABLES if (found := self.steps_on(track))]

    def steps_on(self, track: Track) -> list[Waits]:
        """Where children wait on one track, the longest wait first; of cases that are not over."""
        days: defaultdict[str, list[int]] = defaultdict(list)
        for one in self.children:
            if one.phase in {Phase.CLOSED, Phase.ENDED}:
                continue
            standing = one.case.on(track)
            since = standing.since.on if standing.since else one.entered[0].on
            days[standing.position].append(max((self.today - since).days, 0))
        found = [Waits.of(TABLES[track].label(position), each) for position, each in days.items()]
        return sorted(found, key=lambda each: (-each.longest, -each.count))

    def moved(self, start: date, end: date) -> Counter[tuple[Phase | None, Phase | None]]:
        """How many went from which phase to which in a period; None is not on record."""
        found: Counter[tuple[Phase | None, Phase | None]] = Counter()
        for one in self.children:
            entered = list(one.entered)
            found[phase_on(entered, start), phase_on(entered, end)] += 1
        found.pop((None, None), None)
        return found


def children_on_board(*, user: User, today: date) -> list[OnBoard]:
    """The children this account may know of, each once, with where their cases stood on a day.

    Cases are read past the walls: whoever plans counts where children wait, and opens no file.
    """
    rows = children_once(user=user).filter(erasure__isnull=True).order_by("registered_at", "id")
    days = {child.pk: timezone.localdate(child.registered_at) for child in rows}
    begun = {key: day for key, day in days.items() if day <= today}
    with passage(Passage.GATES):
        cases = read_cases(begun, today)
    return [
        OnBoard(child=child, case=read.stood, entered=read.entered, today=today)
        for child in rows
        if (read := cases.get(child.pk))
    ]


def board_of(*, user: User, today: date, by: str = "office") -> Board:
    """The board of the children this account may know of, broken down by a kind of place."""
    children = children_on_board(user=user, today=today)
    keys = [one.child.pk for one in children]
    if by == "office":
        places = {one.child.pk: one.child.region for one in children}
    else:
        places = last_places(keys, BY[by], today)
    hosts = places if by == "host" else last_places(keys, BY["host"], today)
    return Board(children=children, places=places, today=today, hosts=hosts)


@passage(Passage.COUNTING)
def last_places(keys: Collection[UUID], kind: str, day: date | None = None) -> dict[UUID, str]:
    """The place that had been said last of each child by the end of a day, by its code.

    What was corrected only later stood on that day; without a day, it is of what stands now. Only
    counted where it is shown.
    """
    stands = Q(corrected_by__isnull=True)
    if day:
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
        stands = Q(recorded_at__lt=end) & (stands | Q(corrected_by__recorded_at__gte=end))
    said = Assertion.objects.settled().filter(
        stands, person__in=keys, property=kind, answer=Answer.KNOWN
    )
    return {
        one.person_id: one.value.get("code", NOT_KNOWN)
        for one in said.order_by("recorded_at", "id")
    }
