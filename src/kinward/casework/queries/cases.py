"""Where the case of a child stands, whole for a gate and track by track to who may see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kinward.access.models import Approval, ApprovalKind, Role
from kinward.access.models import Step as Answered
from kinward.access.rows import Passage, passage
from kinward.casework.models import Hold, HoldEntry, Step, Track, Unmet
from kinward.casework.queries.kin import siblings_of
from kinward.casework.rules import (
    RESOLVED_BY,
    Case,
    OpenHold,
    consent_stands,
    hold_stands,
    is_mother_against,
    stands_between,
)
from kinward.casework.tracks import TABLES, Locate, Standing, Table, Taken, replay
from kinward.core.versions import version_of
from kinward.people.consents import Consent, ConsentPurpose
from kinward.people.models import Mention, Person

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from kinward.access.models import Compartment, User
    from kinward.casework.models import StepQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One thing that stands between a child and home, what resolves it, and whose that is."""

    reason: Unmet
    by: Role
    action: str = ""  # the step that resolves it, in words

    @property
    def step(self) -> str:
        """That step, as its track names it."""
        return RESOLVED_BY[self.reason][1]

    @property
    def track(self) -> Track:
        """The track it is resolved on."""
        return RESOLVED_BY[self.reason][0]

    @property
    def on_holds(self) -> bool:
        """Tell whether it is resolved on the page of holds, and not on its track."""
        return self.reason == Unmet.HELD


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One track in a line: where it stands, since when, what blocks, who acts."""

    table: Table
    standing: Standing
    blocks: tuple[Block, ...]
    today: date
    despite: tuple[Step, ...] = ()  # steps taken though a gate refused

    @property
    def track(self) -> Track:
        """The track."""
        return self.table.track

    @property
    def position(self) -> str:
        """Where it stands, in words."""
        return self.table.label(self.standing.position)

    @property
    def since(self) -> date | None:
        """Since which day; None where no step was taken."""
        return self.standing.since.on if self.standing.since else None

    @property
    def days(self) -> int | None:
        """For how many days."""
        return (self.today - self.since).days if self.since else None


def as_taken(step: Step) -> Taken:
    """Return a row as the engine needs it."""
    return Taken(
        id=step.pk,
        to=step.to,
        by=step.taken_by_id,
        at=step.taken_at,
        on=step.happened_on,
        withdraws=step.withdraws_id,
        holds_from=step.holds_from,
        holds_until=step.holds_until,
    )


@passage(Passage.GATES)
def case_of(child: Person) -> Case:
    """Where all tracks of a child stand, and those of its siblings on record.

    It is the same whoever asks: a gate does not depend on what they may see.
    """
    siblings = siblings_of(child)
    found = cases_of([child.pk, *(one.pk for one in siblings)])
    case = found.pop(child.pk)
    return replace(case, siblings=tuple(found.values()))


def cases_of(keys: Collection[UUID]) -> dict[UUID, Case]:
    """The cases of some children, without their siblings, in that order. Ask inside a passage."""
    reported = set(Mention.objects.filter(person__in=keys).values_list("person", flat=True))
    answers, holds = answers_of(keys), holds_on(keys)
    tracks = tracks_of(keys, reported, answers)
    return {
        key: Case(
            tracks=tracks[key],
            holds=holds[key],
            registered=key not in reported,
            against=is_mother_against(answers[key]),
            child=key,
        )
        for key in keys
    }


def answers_of(keys: Collection[UUID]) -> defaultdict[UUID, list[Consent]]:
    """Every answer on being looked for about some children, in their order. Ask in a passage."""
    answers: defaultdict[UUID, list[Consent]] = defaultdict(list)
    asked = Consent.objects.filter(subject__in=keys, purpose=ConsentPurpose.TRACING)
    for answer in asked.order_by("subject", "number"):
        answers[answer.subject_id].append(answer)
    return answers


def holds_on(keys: Collection[UUID]) -> defaultdict[UUID, tuple[OpenHold, ...]]:
    """The open holds on some children, the oldest first. Ask inside a passage."""
    entries: defaultdict[UUID, list[HoldEntry]] = defaultdict(list)
    for entry in HoldEntry.objects.filter(hold__child__in=keys).order_by("recorded_at", "id"):
        entries[entry.hold_id].append(entry)
    found: defaultdict[UUID, tuple[OpenHold, ...]] = defaultdict(tuple)
    for hold in Hold.objects.filter(child__in=keys).order_by("since", "id"):
        if stands := hold_stands(hold, entries[hold.pk]):
            found[hold.child_id] += (stands,)
    return found


def tracks_of(
    keys: Collection[UUID], reported: Collection[UUID], answers: Mapping[UUID, list[Consent]]
) -> dict[UUID, dict[Track, Standing]]:
    """Where the tracks of some children stand, of whom some are only reported."""
    rows: defaultdict[tuple[UUID, str], list[Taken]] = defaultdict(list)
    taken = Step.objects.filter(child__in=keys).defer("reason", "evidence", "despite")
    for step in taken.order_by("child", "track", "number"):
        rows[step.child_id, step.track].append(as_taken(step))
    found = {}
    for key in keys:
        start = "" if key in reported else Locate.REGISTERED
        found[key] = {
            track: replay(table, rows[key, track], start=start if track == Track.LOCATE else "")
            for track, table in TABLES.items()
        } | {Track.CONSENT: consent_stands(answers[key])}
    return found


def lines_of(
    child: Person, *, opened: Collection[Compartment], traced: bool, today: date
) -> list[Line]:
    """The tracks that lie in open compartments, a line each, with what blocks."""
    case = case_of(child)
    blocks: defaultdict[Track, list[Block]] = defaultdict(list)
    for reason in stands_between(case, traced=traced, day=today):
        blocks[RESOLVED_BY[reason][0]].append(block(reason, case))
    despite: defaultdict[str, list[Step]] = defaultdict(list)
    for step in steps_despite_a_gate(child):
        despite[step.track].append(step)
    return [
        Line(
            table=table,
            standing=case.on(track),
            blocks=tuple(blocks[track]),
            today=today,
            despite=tuple(despite[track]),
        )
        for track, table in TABLES.items()
        if table.compartment in opened
    ]


def block(reason: Unmet, case: Case | None = None) -> Block:
    """Return a reason of a gate with what resolves it, and whose that is."""
    track, to = RESOLVED_BY[reason]
    table = TABLES[track]
    if reason == Unmet.HELD and case and case.holds:
        return Block(reason=reason, by=Role(case.holds[0].next_by))
    return Block(reason=reason, by=table.whose(to), action=table.label(to) if to else "")


@passage(Passage.GATES)
def steps_despite_a_gate(child: Person) -> list[Step]:
    """The steps of a child that two people had taken though a gate refused, withdrawn ones too."""
    taken = Step.objects.filter(child=child, approval__isnull=False)
    return list(taken.select_related("taken_by", "approval").order_by("taken_at"))


def steps_of(child: Person, track: Track, *, user: User) -> StepQuerySet:
    """The steps on one track of a child that this account may see, oldest first."""
    seen = Step.objects.visible_to(user).filter(child=child, track=track)
    return seen.select_related("taken_by", "withdrawn_by__taken_by", "approval").order_by("number")


def rows_of(child: Person, track: Track) -> list[Step]:
    """Every row of a track of a child, for who adds to it. Ask inside a passage."""
    return list(Step.objects.filter(child=child, track=track).order_by("number"))


def version_of_track(child: Person, track: str, rows: Iterable[Step]) -> str:
    """Return the version of a track: what whoever takes or withdraws a step saw."""
    return version_of(child.pk, track, *(row.pk for row in rows))


def asked_to_go_on(child: Person, track: Track, *, user: User) -> list[Approval]:
    """What this account asked to do on a track though a gate refuses, newest first."""
    asked = Approval.objects.filter(
        kind=ApprovalKind.GATE,
        requester=user,
        payload__child=str(child.pk),
        payload__track=str(track),
    )
    return list(asked.exclude(steps__step=Answered.USED).prefetch_related("steps"))
