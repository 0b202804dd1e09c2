"""Where the case of a child stands, whole for a gate and track by track to who may see; tasks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from kinward.access.models import Approval, ApprovalKind, Role
from kinward.access.models import Step as Answered
from kinward.access.queries import compares_blind, may, open_compartments
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.casework.models import WHOLE, Step, Task, Track, Unmet
from kinward.casework.rules import RESOLVED_BY, Case, consent_stands, stands_between
from kinward.casework.tracks import TABLES, Locate, Standing, Table, Taken, replay
from kinward.core.versions import version_of
from kinward.people.consents import Consent, ConsentPurpose
from kinward.people.models import Answer, Assertion, Kind, Mention, Person
from kinward.people.relations import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.access.models import Compartment, User
    from kinward.casework.models import StepQuerySet
    from kinward.people.models import PersonQuerySet

ABOUT: Final = (Kind.CHILD, Kind.SOUGHT)  # whom tasks are about
SIBLINGS: Final = frozenset(each.id for each in RELATIONS.values() if each.matched_as == "siblings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One thing that stands between a child and home, and whose it is to resolve."""

    reason: Unmet
    by: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One track in a line: where it stands, since when, what blocks, who acts."""

    table: Table
    standing: Standing
    blocks: tuple[Block, ...]
    today: date

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
    cases = _tracks_of([child, *siblings])
    return Case(
        tracks=cases[child.pk],
        siblings=tuple(Case(tracks=cases[one.pk]) for one in siblings),
    )


def siblings_of(child: Person) -> list[Person]:
    """Children on record that somebody named as siblings of a child, by their record.

    Those it names, and those found together with it that name it. Ask inside a passage.
    """
    group = Person.objects.filter(group_id=child.group_id) if child.group_id else None
    around = [child.pk, *(group.values_list("pk", flat=True) if group is not None else ())]
    said = Assertion.objects.settled().filter(
        person__in=set(around),
        property="relative",
        answer=Answer.KNOWN,
        corrected_by__isnull=True,
    )
    named: set[str] = set()
    naming: set[UUID] = set()
    for one in said:
        if one.value.get("relation") not in SIBLINGS:
            continue
        if one.person_id == child.pk:
            named.add(one.value.get("record", ""))
        elif one.value.get("record") == child.reference:
            naming.add(one.person_id)
    children = Person.objects.children().filter(erasure__isnull=True).exclude(pk=child.pk)
    found = children.filter(reference__in=named - {""}) | children.filter(pk__in=naming)
    return list(found.distinct().order_by("registered_at", "id"))


def _tracks_of(children: Collection[Person]) -> dict[UUID, dict[Track, Standing]]:
    """Where the tracks of some children stand."""
    keys = [each.pk for each in children]
    rows: defaultdict[tuple[UUID, str], list[Taken]] = defaultdict(list)
    for step in Step.objects.filter(child__in=keys).order_by("child", "track", "number"):
        rows[step.child_id, step.track].append(as_taken(step))
    reported = set(Mention.objects.filter(person__in=keys).values_list("person", flat=True))
    answers: defaultdict[UUID, list[Consent]] = defaultdict(list)
    asked = Consent.objects.filter(subject__in=keys, purpose=ConsentPurpose.TRACING)
    for answer in asked.order_by("subject", "number"):
        answers[answer.subject_id].append(answer)
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
        track, to = RESOLVED_BY[reason]
        blocks[track].append(Block(reason=reason, by=who_acts(TABLES[track], to)))
    return [
        Line(table=table, standing=case.on(track), blocks=tuple(blocks[track]), today=today)
        for track, table in TABLES.items()
        if table.compartment in opened
    ]


def who_acts(table: Table, to: str) -> Role:
    """Return whose step that is."""
    return next((each.by for each in table.moves if each.to == to and each.by), table.by)


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


def people_with_tasks(*, user: User) -> PersonQuerySet:
    """Children and people who are sought about whom this account may set tasks."""
    seen = Person.objects.visible_to(user, to=Permission.SET_TASKS)
    return seen.filter(kind__in=ABOUT, erasure__isnull=True)


def tasks(*, user: User) -> QuerySet[Task]:
    """Every task about people of whom this account may know, what is due first in front."""
    if not may(user, Permission.SET_TASKS):
        return Task.objects.none()
    seen = Task.objects.filter(person__in=people_with_tasks(user=user))
    return seen.select_related("person", "account", "set_by", "end__ended_by")


def tasks_waiting(*, user: User) -> QuerySet[Task]:
    """What is to be done by this account, or by whoever has its role; overdue tasks come first."""
    mine = Q(account=user) | Q(role=user.role)
    return tasks(user=user).filter(mine, end__isnull=True)


def tasks_set(*, user: User) -> QuerySet[Task]:
    """What this account asked others to do and is not done yet."""
    return tasks(user=user).filter(set_by=user, end__isnull=True)


def tasks_ended(*, user: User) -> QuerySet[Task]:
    """What this account did, or asked for, and is over; the last first."""
    theirs = Q(account=user) | Q(set_by=user) | Q(end__ended_by=user)
    return tasks(user=user).filter(theirs, end__isnull=False).order_by("-end__ended_at", "-id")


def is_for(task: Task, user: User) -> bool:
    """Tell whether a task is this account’s to do, or to take back."""
    return user.pk in {task.account_id, task.set_by_id} or task.role == user.role


def reads_words(task: Task, *, user: User) -> bool:
    """Tell whether this account reads the words of a task: they may say who somebody is, or where.

    Who compares blind reads their own only; so does who opens no such compartment.
    """
    opened = WHOLE["compartment"] in open_compartments(user)
    return task.set_by_id == user.pk or (opened and not compares_blind(user))


def reads_reason(task: Task, *, user: User) -> bool:
    """Tell whether this account reads why a task was withdrawn, or what came of it."""
    end = getattr(task, "end", None)
    return end is not None and (end.ended_by_id == user.pk or reads_words(task, user=user))
