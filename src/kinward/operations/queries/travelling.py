"""A whole operation on its way: who travels, what each checkpoint counted, who holds whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import chain as chain_of
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Count as Number

from kinward.operations.models import (
    Agreed,
    Amendment,
    Band,
    Checkpoint,
    Closing,
    Count,
    CountDone,
    Handover,
    Leaving,
    Manifest,
    ManifestLine,
    Meeting,
    Operation,
    Receiver,
    ReceiverNote,
    SeenHow,
    Settled,
)
from kinward.operations.rules import (
    COUNTERS,
    Custody,
    Outcome,
    Passed,
    Sighting,
    custody_of,
    missing_for,
    outcome,
    seen_by,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from kinward.access.models import User
    from kinward.operations.models import OfOperations, OperationsQuerySet

Row = TypeVar("Row", bound="OfOperations")
SIGNED = 2  # by two a manifest is frozen
BEFORE = ""  # the custodian that is nobody of the operation: whoever kept the child before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """A child of the frozen manifest, by the name that is printed there."""

    child: UUID
    number: int
    name: str
    over: tuple[int, ...]  # numbers of the legs
    code: str = ""  # on its wristband


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A checkpoint with all that is known of it."""

    checkpoint: Checkpoint
    label: str
    listed: frozenset[UUID]  # of the manifest, on this leg
    away: Mapping[UUID, Leaving]  # those who left before it or at it
    seen: Mapping[UUID, frozenset[UUID]]  # by each counter
    finished: tuple[CountDone, ...]
    settled: Mapping[UUID, Settled]
    closing: Closing | None
    outcome: Outcome
    then: int = 0  # how many are there, but for what was amended since it was closed

    @property
    def both_done(self) -> bool:
        """Tell whether the counters may see each other's lists."""
        return len(self.finished) >= COUNTERS

    @property
    def expected(self) -> frozenset[UUID]:
        """Who should be there."""
        return self.listed - frozenset(self.away)

    @property
    def late(self) -> bool:
        """Tell whether something came in after the closing that says otherwise."""
        return self.closing is not None and (
            self.outcome.open != () or self.closing.there != self.then
        )

    def seen_by(self, user: User) -> frozenset[UUID]:
        """Return whom this account saw."""
        return self.seen.get(user.pk, frozenset())

    def is_done(self, user: User) -> bool:
        """Tell whether this account said that it is done."""
        return any(each.recorded_by_id == user.pk for each in self.finished)

    def missing_for(self, user: User) -> frozenset[UUID]:
        """Return whom this account has yet to see."""
        return missing_for(self.listed, self.away, self.seen_by(user))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """An operation on its way."""

    operation: Operation
    travellers: Mapping[UUID, Traveller]
    posts: tuple[Post, ...]
    leavings: tuple[Leaving, ...]  # those that stand
    custody: Mapping[UUID, Custody]
    lines: Mapping[UUID, Handover]  # of handover minutes, by their key
    receivers: Mapping[str, Receiver]

    def post(self, checkpoint: Checkpoint) -> Post:
        """Return a checkpoint of it."""
        return next(each for each in self.posts if each.checkpoint.pk == checkpoint.pk)

    def before(self, post: Post) -> tuple[Post, ...]:
        """Return the checkpoints before one."""
        return self.posts[: self.posts.index(post)]

    def name_of(self, child: UUID) -> str:
        """Return the name of a child of it; empty for one that is not on the manifest."""
        found = self.travellers.get(child)
        return found.name if found else ""


def operations_of(*, user: User) -> OperationsQuerySet[Operation]:
    """The operations that this account works on."""
    return Operation.objects.visible_to(user)


def checkpoints_of(*, user: User) -> OperationsQuerySet[Checkpoint]:
    """The checkpoints of operations that this account works on."""
    return Checkpoint.objects.visible_to(user).select_related("leg__operation")


def rows_of(model: type[Row], operation: Operation, user: User) -> Any:
    """Return the rows of a kind about an operation, as far as this account may see them."""
    rows: Any = model._default_manager  # noqa: SLF001 (Django's documented model API)
    return rows.visible_to(user).filter(**{model.of_operation: operation})


def frozen_manifest(operation: Operation, *, user: User) -> Manifest | None:
    """The manifest that stands: the last version that two people signed."""
    signed = Manifest.objects.filter(operation=operation).annotate(by=Number("signatures"))
    seen = Manifest.objects.visible_to(user).filter(
        pk__in=signed.filter(by__gte=SIGNED).values("pk")
    )
    return seen.order_by("-version").first()


def travellers_of(operation: Operation, *, user: User) -> dict[UUID, Traveller]:
    """The children of the frozen manifest, in its order."""
    manifest = frozen_manifest(operation, user=user)
    codes = dict(rows_of(Band, operation, user).values_list("child", "code"))
    lines = ManifestLine.objects.visible_to(user).filter(manifest=manifest).order_by("number")
    return {
        line.child_id: Traveller(
            child=line.child_id,
            number=line.number,
            name=f"{line.surname} {line.given}".strip(),
            over=tuple(line.over),
            code=codes.get(line.child_id, ""),
        )
        for line in lines
    }


def ever_listed(operation: Operation, *, user: User) -> dict[UUID, Traveller]:
    """Every child that was on a version of the manifest, as the last of these has it."""
    rows = ManifestLine.objects.visible_to(user).filter(manifest__operation=operation)
    return {
        line.child_id: Traveller(
            child=line.child_id,
            number=line.number,
            name=f"{line.surname} {line.given}".strip(),
            over=tuple(line.over),
        )
        for line in rows.order_by("manifest__version", "number")
    }


def way_of(operation: Operation, *, user: User) -> list[Checkpoint]:
    """The checkpoints of an operation in their order, but those of legs that are not travelled."""
    rows = rows_of(Checkpoint, operation, user).select_related("leg")
    rows = rows.prefetch_related("leg__timetables")
    ordered = sorted(rows, key=lambda each: (each.leg.number, each.number))
    return [each for each in ordered if not is_dropped(each)]


def is_dropped(checkpoint: Checkpoint) -> bool:
    """Tell whether the leg of a checkpoint is not travelled any more."""
    times = sorted(checkpoint.leg.timetables.all(), key=lambda each: (each.recorded_at, each.pk))
    return bool(times) and times[-1].dropped


def leavings_of(operation: Operation, *, user: User) -> tuple[Leaving, ...]:
    """What stands of who did not go on with an operation."""
    rows = rows_of(Leaving, operation, user).filter(takes_back__isnull=True)
    rows = rows.filter(taken_back__isnull=True).select_related("carried_to", "checkpoint__closing")
    return tuple(rows.order_by("recorded_at", "id"))


def under_way(operation: Operation, *, user: User) -> UnderWay:
    """An operation on its way, as far as this account may see it; always as many questions."""
    travellers = travellers_of(operation, user=user)
    leavings = leavings_of(operation, user=user)
    lines = {line.pk: line for line in lines_of(operation, user=user)}
    return UnderWay(
        operation=operation,
        travellers=travellers,
        posts=posts_of(operation, travellers, leavings, user=user),
        leavings=leavings,
        custody=custody_in([*travellers, *(each.child_id for each in lines.values())], lines),
        lines=lines,
        receivers={str(each.pk): each for each in rows_of(Receiver, operation, user)},
    )


def posts_of(
    operation: Operation,
    travellers: Mapping[UUID, Traveller],
    leavings: tuple[Leaving, ...],
    *,
    user: User,
) -> tuple[Post, ...]:
    """The checkpoints of an operation with all that was counted."""
    way = way_of(operation, user=user)
    counts, done = by_checkpoint(Count, operation, user), by_checkpoint(CountDone, operation, user)
    settled, amended = by_checkpoint(Settled, operation, user), amended_at(operation, user=user)
    closings = {each.checkpoint_id: each for each in rows_of(Closing, operation, user)}
    kinds = [each.kind for each in way]
    turn = {each.pk: index for index, each in enumerate(way)}
    found = []
    for index, checkpoint in enumerate(way):
        several = kinds.count(checkpoint.kind) > 1
        label = checkpoint.get_kind_display()
        number = checkpoint.leg.number
        on_leg = {
            each.child for each in travellers.values() if not each.over or number in each.over
        }
        away = {
            each.child_id: each
            for each in leavings
            if each.checkpoint_id is None or turn.get(each.checkpoint_id, 0) <= index
        }
        seen = seen_by(as_sighting(row) for row in counts[checkpoint.pk])
        decided = settled[checkpoint.pk]
        # Once it is closed, each amendment decides; and nothing else does.
        closed_with = decided[: len(decided) - amended[checkpoint.pk]]
        finished = tuple(done[checkpoint.pk])
        who = [each.recorded_by_id for each in finished]
        come_to = partial(outcome, on_leg, set(away) & on_leg, seen, who)
        found.append(
            Post(
                checkpoint=checkpoint,
                label=f"{label} ({number})" if several else label,
                listed=frozenset(on_leg),
                away={child: each for child, each in away.items() if child in on_leg},
                seen=seen,
                finished=finished,
                settled={each.child_id: each for each in decided},
                closing=closings.get(checkpoint.pk),
                outcome=come_to({each.child_id: each.there for each in decided}),
                then=len(come_to({each.child_id: each.there for each in closed_with}).present),
            )
        )
    return tuple(found)


def amended_at(operation: Operation, *, user: User) -> Counter[UUID]:
    """Return how often each checkpoint was amended since it was closed, as two people agreed."""
    rows = rows_of(Amendment, operation, user).filter(answer__agreed=True)
    return Counter(rows.values_list("checkpoint", flat=True))


def amendments(*, user: User) -> OperationsQuerySet[Amendment]:
    """What was said against closed checkpoints of operations that this account works on."""
    return Amendment.objects.visible_to(user)


def amendments_of(checkpoint: Checkpoint, *, user: User) -> list[Amendment]:
    """Everything that was said against a closed checkpoint, answered or not, the first first."""
    rows = amendments(user=user).filter(checkpoint=checkpoint)
    return list(rows.select_related("recorded_by", "answer__recorded_by"))


def by_checkpoint(
    model: type[Row], operation: Operation, user: User
) -> defaultdict[UUID, list[Any]]:
    """Return rows of a kind by their checkpoint, in their order."""
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows_of(model, operation, user).select_related("recorded_by"):
        found[row.checkpoint_id].append(row)
    for rows in found.values():
        rows.sort(key=lambda each: (each.recorded_at, each.pk))
    return found


def as_sighting(row: Count) -> Sighting:
    """Return a row as the rule needs it."""
    return Sighting(
        at=row.counted_at,
        id=row.pk,
        counter=row.recorded_by_id,
        child=row.child_id,
        there=row.how != SeenHow.TAKEN_BACK,
    )


def lines_of(operation: Operation, *, user: User) -> list[Handover]:
    """The lines of all handover minutes of an operation."""
    rows = rows_of(Handover, operation, user)
    return list(rows.select_related("minute", "recorded_by").order_by("recorded_at", "id"))


def as_passed(row: Handover) -> Passed:
    """Return a line of a minute as the rule needs it."""
    return Passed(
        id=row.pk,
        child=row.child_id,
        giver=str(row.minute.giver_id or BEFORE),
        receiver=str(row.minute.receiver_id or BEFORE),
        at=row.minute.handed_at,
        recorded_at=row.recorded_at,
        corrects=row.corrects_id,
        void=row.void,
    )


def meetings_of(operation: Operation, *, user: User) -> list[Meeting]:
    """Which families met their children on the way, the first first."""
    return list(rows_of(Meeting, operation, user).select_related("recorded_by"))


def custody_in(children: list[UUID], lines: Mapping[UUID, Handover]) -> dict[UUID, Custody]:
    """Return who held each of these children, by the lines of minutes."""
    passed: defaultdict[UUID, list[Passed]] = defaultdict(list)
    for line in lines.values():
        passed[line.child_id].append(as_passed(line))
    return {child: custody_of(child, BEFORE, passed[child]) for child in children}


def kept_before(
    chain: Custody, lines: Mapping[UUID, Handover], leavings: Iterable[Leaving] = ()
) -> str:
    """Which house kept a child before the operation, as the first minute says; "" where none.

    Where no minute says it, whoever wrote down that the child did not go on may have.
    """
    said = (
        lines[record].minute.kept_by
        for link in chain.links
        for record in link.records
        if link.giver == BEFORE
    )
    stays = (each.kept_by for each in leavings if each.child_id == chain.child)
    return next(filter(None, chain_of(said, stays)), "")


def authorised(operation: Operation, *, user: User) -> list[Receiver]:
    """Who may receive children of an operation: named by one person, agreed to by another."""
    notes = rows_of(ReceiverNote, operation, user)
    said = defaultdict(set)
    for receiver, words in notes.values_list("receiver", "said"):
        said[receiver].add(words)
    listed = (
        rows_of(Receiver, operation, user).select_related("place").order_by("recorded_at", "id")
    )
    return [each for each in listed if said[each.pk] == {Agreed.AGREED}]
