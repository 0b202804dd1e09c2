"""A whole operation put side by side: how many came to each stage, and who did not and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kinward.access.rows import Passage, passage
from kinward.casework.models import Track
from kinward.casework.queries import cases_of
from kinward.casework.tracks import Movement
from kinward.casework.tracks.placement import LIVING
from kinward.operations.models import CheckpointKind, OnPlan, Reconciled, StillOpen
from kinward.operations.queries.travelling import rows_of
from kinward.operations.rules import Gap, Stage, gaps, keeps_open
from kinward.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.utils.functional import _StrPromise

    from kinward.access.models import User
    from kinward.operations.models import Leaving, Operation
    from kinward.operations.queries.travelling import Post, UnderWay

PLANNED: Final = "planned"
CLEARED: Final = "cleared"
DISCHARGED: Final = "discharged"
PLACED: Final = "placed"
WORDS: Final[Mapping[str, _StrPromise]] = {
    PLANNED: gettext_lazy("planned"),
    CLEARED: gettext_lazy("cleared"),
    PLACED: gettext_lazy("placed"),
    # After a number, which changes their form in some languages.
    CheckpointKind.HANDED_OVER: pgettext_lazy("how many children", "handed over"),
    CheckpointKind.LANDED: pgettext_lazy("how many children", "landed"),
    CheckpointKind.ADMITTED: pgettext_lazy("how many children", "admitted to hospital"),
    CheckpointKind.DISCHARGED: pgettext_lazy("how many children", "out of hospital"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One stage: its words, who came so far, and what lies between it and the one before."""

    key: str
    label: str
    children: frozenset[UUID]
    gap: Gap | None  # none before the first
    counts: bool  # towards closing the operation
    settled: bool  # nobody counts here any more

    @property
    def amount(self) -> int:
        """How many came so far."""
        return len(self.children)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """A whole operation put side by side."""

    columns: tuple[Column, ...]
    open: tuple[StillOpen, ...]  # why it may not be closed
    closed: Reconciled | None
    names: Mapping[UUID, str]

    @property
    def balances(self) -> bool:
        """Tell whether every child is accounted for."""
        return all(each.gap.balances for each in self.columns if each.gap and each.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Came:
    """A stage as it is put together."""

    stage: Stage
    label: str
    counts: bool = True
    settled: bool = True


def reconciliation_of(journey: UnderWay, *, user: User) -> Reconciliation:
    """A whole operation put side by side, as far as it has gone."""
    plan = plan_of(journey.operation, user=user)
    came = stages_of(journey, plan)
    between = gaps([each.stage for each in came], reasons_of(journey, plan))
    columns = tuple(
        Column(
            key=each.stage.key,
            label=each.label,
            children=each.stage.children,
            gap=between[index - 1] if index else None,
            counts=each.counts,
            settled=each.settled,
        )
        for index, each in enumerate(came)
    )
    counted = [each.gap for each in columns if each.gap and each.counts]
    uncounted = not journey.posts or any(not post.closing for post in journey.posts)
    broken = any(each.broken for each in journey.custody.values())
    closed = rows_of(Reconciled, journey.operation, user).select_related("recorded_by")
    return Reconciliation(
        columns=columns,
        open=keeps_open(counted, uncounted=uncounted, broken=broken),
        closed=closed.first(),
        names=called(journey, plan, user=user),
    )


def names_on(journey: UnderWay, *, user: User) -> dict[UUID, str]:
    """How each child that ever was on the plan or the manifest is called on pages of the way."""
    return called(journey, plan_of(journey.operation, user=user), user=user)


def called(journey: UnderWay, plan: Mapping[UUID, OnPlan], *, user: User) -> dict[UUID, str]:
    """Return names as the manifest has them; of who is on none the reference, for the lead."""
    names = {child: each.name for child, each in journey.travellers.items()}
    others = Person.objects.visible_to(user).filter(pk__in=set(plan) - set(names))
    return dict(others.values_list("pk", "reference")) | names


def stages_of(journey: UnderWay, plan: Mapping[UUID, OnPlan]) -> list[_Came]:
    """The stages that an operation has come to."""
    planned = frozenset(plan) | frozenset(journey.travellers)
    cleared = frozenset(journey.travellers)
    came = [
        _Came(stage=Stage(key=PLANNED, children=planned), label=str(WORDS[PLANNED])),
        _Came(stage=Stage(key=CLEARED, children=cleared), label=str(WORDS[CLEARED])),
    ]
    for post in journey.posts:
        if not post.both_done and not post.closing:
            return came
        through = came[-1].stage.children - post.listed  # those who do not travel on this leg
        stage = Stage(key=str(post.checkpoint.pk), children=post.outcome.present | through)
        came.append(_Came(stage=stage, label=label_of(post), settled=post.closing is not None))
    if journey.posts and all(post.closing for post in journey.posts):
        for stage in after(journey, came[-1].stage.children):
            words = str(WORDS[stage.key])
            came.append(_Came(stage=stage, label=words, counts=False, settled=False))
    return came


def label_of(post: Post) -> str:
    """Return a checkpoint as it is said of a number of children, with its leg if there are two."""
    words = str(WORDS.get(post.checkpoint.kind, post.checkpoint.get_kind_display()))
    return words + post.label.removeprefix(str(post.checkpoint.get_kind_display()))


def reasons_of(journey: UnderWay, plan: Mapping[UUID, OnPlan]) -> dict[tuple[str, UUID], str]:
    """Why children did not come to a stage, as far as somebody said so."""
    reasons = {(CLEARED, child): taken_off(row) for child, row in plan.items() if not row.on}
    reasons |= {(CLEARED, each.child_id): told(each) for each in journey.leavings}
    for post in journey.posts:
        key = str(post.checkpoint.pk)
        reasons |= {(key, child): told(leaving) for child, leaving in post.away.items()}
    return reasons


def plan_of(operation: Operation, *, user: User) -> dict[UUID, OnPlan]:
    """What was said last about each child that ever was on the plan."""
    rows = rows_of(OnPlan, operation, user).order_by("recorded_at", "id")
    return {row.child_id: row for row in rows}


def taken_off(row: OnPlan) -> str:
    """Return in words that a child was taken off the plan."""
    return _("taken off the plan: %(reason)s") % {"reason": row.reason}


def told(leaving: Leaving) -> str:
    """Return in words how and why a child did not go on."""
    said = f"{leaving.get_left_display()}: {leaving.get_why_display()}"
    said = f"{said} ({leaving.words})" if leaving.words else said
    if leaving.carried_to:
        over = _("carried over to %(operation)s") % {"operation": leaving.carried_to.reference}
        said = f"{said}; {over}"
    return said


def after(journey: UnderWay, arrived: frozenset[UUID]) -> list[Stage]:
    """Return how many left hospital and have a home, by their cases."""
    with passage(Passage.GATES):
        cases = cases_of(list(arrived))
    out = {
        child
        for child, case in cases.items()
        if case.on(Track.MOVEMENT).last(Movement.DISCHARGED, Movement.EXPLAINED)
    }
    placed = {child for child, case in cases.items() if case.on(Track.PLACEMENT).last(*LIVING)}
    kinds = {post.checkpoint.kind for post in journey.posts}
    here = [Stage(key=DISCHARGED, children=frozenset(out | placed))]
    here = [] if CheckpointKind.DISCHARGED in kinds else here
    return [*here, Stage(key=PLACED, children=frozenset(placed))]
