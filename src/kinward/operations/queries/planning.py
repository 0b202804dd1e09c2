"""Who is on a plan: clear or not and why, with whom, with what needs; and who could be added."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kinward.access.rows import Passage, passage
from kinward.casework.models import Step, Track, Unmet
from kinward.casework.queries import block, cases_of, documents_in_hand, siblings_among
from kinward.casework.rules import may_be_parted, may_travel
from kinward.casework.tracks import Movement
from kinward.casework.tracks.locate import GONE
from kinward.casework.tracks.movement import ON_THE_LIST, SAID_EVER
from kinward.operations import rules
from kinward.operations.models import Berth, Leaving, OnPlan
from kinward.people.described import born
from kinward.people.models import Answer, Assertion, Person

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from kinward.access.models import User
    from kinward.casework.models import DocumentInHand
    from kinward.casework.queries import Block
    from kinward.casework.rules import Case
    from kinward.operations.queries.journeys import Journey
    from kinward.operations.rules import IfSettled, Room

# What the plan itself, or comparing its names, settles: who lacks nothing else can be put on one.
BY_PLANNING: Final = frozenset({Unmet.NO_ESCORT, Unmet.NAME_UNCHECKED, Unmet.SIBLING_WAITS})
LISTED: Final = 200  # children who could be added, on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A child on a plan, or that could be, and what stands against its flying that day."""

    person: Person
    over: tuple[int, ...]
    berth: str
    blocks: tuple[Block, ...]
    is_split: bool
    siblings: tuple[tuple[str, bool], ...]  # by reference: is it on the plan too?
    needs: str  # conditions on which it may fly, as they were pushed down
    in_hand: DocumentInHand | None
    despite: Step | None  # on the list though a gate refused, as two people agreed

    @property
    def clear(self) -> bool:
        """Tell whether nothing stands against it."""
        return not self.blocks and not self.is_split

    @property
    def berth_words(self) -> str:
        """In what it travels, in words."""
        return str(Berth(self.berth).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What settling one class of reasons would bring, by reference."""

    found: IfSettled
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The plan of an operation, child by child and leg by leg."""

    planned: tuple[Planned, ...]
    groups: tuple[tuple[str, ...], ...]  # siblings on the plan, by reference
    rooms: tuple[Room, ...]
    if_settled: tuple[Settled, ...]

    @property
    def clear(self) -> int:
        """How many are clear to fly that day."""
        return sum(one.clear for one in self.planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of some children and their siblings, read past the walls for a gate."""

    people: dict[UUID, Person]
    children: dict[UUID, rules.Child]
    cases: dict[UUID, Case]
    births: dict[UUID, date | None]  # the last day on which each can be born
    documents: dict[UUID, DocumentInHand]


@passage(Passage.GATES)
def known_of(keys: Collection[UUID], day: date) -> Known:
    """What planning needs of these children on a day; it is the same whoever asks."""
    people = {one.pk: one for one in Person.objects.filter(pk__in=keys).order_by("reference")}
    siblings = siblings_among(list(people.values()))
    kin = {one.pk: one for some in siblings.values() for one in some}
    cases = cases_of([*people, *(key for key in kin if key not in people)])
    children = {
        key: rules.Child(
            own=frozenset(may_travel(case, day)),
            siblings=frozenset(one.pk for one in siblings.get(key, ())),
            may_part=may_be_parted(case),
            waits_for_nothing=case.on(Track.LOCATE).position in GONE
            or case.on(Track.MOVEMENT).position in ON_THE_LIST,
        )
        for key, case in cases.items()
    }
    return Known(
        people=kin | people,
        children=children,
        cases=cases,
        births=births_of(people),
        documents=documents_in_hand(list(people)),
    )


def births_of(keys: Collection[UUID]) -> dict[UUID, date | None]:
    """The last day on which each child can be born, by all that is said. Ask inside a passage."""
    said: defaultdict[UUID, list[dict[str, object]]] = defaultdict(list)
    rows = Assertion.objects.settled().filter(
        person__in=keys, property="born", answer=Answer.KNOWN, corrected_by__isnull=True
    )
    for row in rows:
        if row.value:  # else it has been erased
            said[row.person_id].append(row.value)
    spans = {key: born({"born": said[key]}) for key in keys}
    return {key: span.last if span else None for key, span in spans.items()}


def rooms_of(journey: Journey, known: Known) -> tuple[Room, ...]:
    """What each leg offers, and what the children and escorts on it need."""
    plan, on_leg = journey.plan, rules.per_leg(journey.over)
    found = []
    for one in journey.stretches:
        keys = on_leg.get(one.number, [])
        escorts = [each for each in journey.escorts if one.number in each.over]
        in_cots = sum(plan[key].berth == Berth.COT for key in keys)
        found.append(
            rules.Room(
                number=one.number,
                seats=one.times.seats,
                cots=one.times.cots,
                seated=len(keys) - in_cots + len(escorts),
                in_cots=in_cots,
                escorts=len(escorts),
                needed=rules.escorts_needed((known.births.get(key) for key in keys), journey.day),
                carried=sum(each.at_most for each in escorts),
            )
        )
    return tuple(found)


def board_of(journey: Journey, *, user: User) -> Board:
    """The plan of an operation, as whoever plans or watches it may see it."""
    plan, over = journey.plan, journey.over
    known = known_of(list(plan), journey.day)
    keys = [key for key in known.people if key in plan]
    keys.sort(key=lambda key: known.people[key].reference)
    apart = rules.split(over, known.children)
    needs, despite = needs_of(keys, known, user=user), despite_of(keys)
    reference = {key: one.reference for key, one in known.people.items()}
    planned = tuple(
        Planned(
            person=known.people[key],
            over=over[key],
            berth=plan[key].berth,
            blocks=tuple(
                block(reason, known.cases[key])
                for reason in Unmet
                if reason in rules.reasons(key, known.children)
            ),
            is_split=key in apart,
            siblings=tuple(
                sorted((reference[one], one in plan) for one in known.children[key].siblings)
            ),
            needs=needs.get(key, ""),
            in_hand=known.documents.get(key),
            despite=despite.get(key),
        )
        for key in keys
    )
    return Board(
        planned=planned,
        groups=tuple(
            tuple(sorted(reference[key] for key in group))
            for group in rules.groups(keys, known.children)
        ),
        rooms=rooms_of(journey, known),
        if_settled=tuple(
            Settled(found=one, more=tuple(sorted(reference[key] for key in one.more)))
            for one in rules.if_settled(keys, known.children)
        ),
    )


def needs_of(keys: Collection[UUID], known: Known, *, user: User) -> dict[UUID, str]:
    """On which conditions children may fly, where their journey is open to this account."""
    said = {key: known.cases[key].on(Track.MOVEMENT).last(*SAID_EVER) for key in keys}
    with_needs = {Movement.CONDITIONAL, Movement.FIT_AGAIN}
    steps = [one.id for one in said.values() if one and one.to in with_needs]
    seen = Step.objects.visible_to(user).filter(pk__in=steps)
    return {step.child_id: step.reason for step in seen if step.reason}


@passage(Passage.GATES)
def despite_of(keys: Collection[UUID]) -> dict[UUID, Step]:
    """The step by which a child came on a list though a gate refused, as two people agreed."""
    taken = Step.objects.filter(
        child__in=keys,
        track=Track.MOVEMENT,
        to=Movement.MANIFESTED,
        approval__isnull=False,
        withdrawn_by__isnull=True,
    )
    return {step.child_id: step for step in taken.order_by("number")}


def could_fly(journey: Journey, *, user: User) -> list[Planned]:
    """Children on no plan who lack nothing that planning does not settle, by reference."""
    day = journey.day
    seen = Person.objects.visible_to(user).children().filter(erasure__isnull=True)
    keys = set(seen.values_list("pk", flat=True)) - on_some_plan()
    known = known_of(keys, day)
    found = [
        Planned(
            person=known.people[key],
            over=(),
            berth=Berth.SEAT,
            blocks=tuple(block(one) for one in Unmet if one in reasons),
            is_split=False,
            siblings=tuple(sorted((known.people[one].reference, False) for one in child.siblings)),
            needs="",
            in_hand=None,
            despite=None,
        )
        for key, child in known.children.items()
        if key in keys
        and not child.waits_for_nothing
        and (reasons := rules.reasons(key, known.children)) <= BY_PLANNING
    ]
    return sorted(found, key=lambda one: one.person.reference)[:LISTED]


@passage(Passage.GATES)
def off_plan(journey: Journey) -> list[tuple[Person, str]]:
    """Who was taken off a plan again, with the reason, which only reads who reads names."""
    people = Person.objects.filter(pk__in=journey.off).order_by("reference")
    return [(one, str(journey.off[one.pk].reason)) for one in people]


def on_some_plan() -> set[UUID]:
    """Every child that an operation still means to take along.

    One that did not go on with it, or that was on one which is reconciled and closed, is free.
    """
    return {row.child_id for row in on_open_plans()}


@passage(Passage.GATES)
def on_open_plans(**narrowed: UUID) -> list[OnPlan]:
    """The rows by which open operations still mean to take children along."""
    rows = OnPlan.objects.filter(operation__reconciled__isnull=True, **narrowed)
    last = {
        (row.operation_id, row.child_id): row
        for row in rows.select_related("operation").order_by("recorded_at", "id")
    }
    gone = Leaving.objects.filter(takes_back__isnull=True, taken_back__isnull=True, **narrowed)
    stayed = set(gone.values_list("operation", "child"))
    return [row for key, row in last.items() if row.on and key not in stayed]


def plans_with(child: UUID) -> list[OnPlan]:
    """The rows by which open operations still mean to take one child along: one, or none."""
    return on_open_plans(child=child)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How many were ever planned: those taken off again, those who are clear, and the rest."""

    planned: int
    off: int
    clear: int

    @property
    def not_clear(self) -> int:
        """How many are not."""
        return self.planned - self.off - self.clear


def balance(journey: Journey, known: Known) -> Balance:
    """How many were planned, and how many of those still on the plan are clear for its day."""
    plan, off = list(journey.plan), len(journey.off)
    apart = rules.split(journey.over, known.children)
    clear = rules.clear(plan, known.children) - apart
    return Balance(planned=len(plan) + off, off=off, clear=len(clear))
