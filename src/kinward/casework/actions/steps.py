"""Taking a step of a case and withdrawing it; going on all the same takes two people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.access.actions import request_approval
from kinward.access.actions.approvals import hash_of
from kinward.access.models import Approval, ApprovalKind
from kinward.access.models import Step as Answered
from kinward.access.policy import decide
from kinward.access.queries import may
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.actions.agreements import agreed, allowed
from kinward.casework.models import Lack, Step, Track
from kinward.casework.queries import case_of, rows_of, version_of_track
from kinward.casework.rules import refused_by, refused_on_any, rests_on
from kinward.casework.tracks import TABLES, Next, Standing, lacks, last_to_withdraw
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict, overtaken
from kinward.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.casework.models import Gate, Unmet
    from kinward.casework.rules import Case
    from kinward.casework.tracks import Move


class UnfitStep(RuleBroken):
    """A step does not follow from where the track stands, or lacks something: all that it lacks."""

    def __init__(self, *missing: Lack) -> None:
        super().__init__(" ".join(str(each.label) for each in missing))
        self.missing = missing


class StepMeanwhile(Conflict):
    """Somebody took or withdrew a step after the page was made that this answers."""


class _Held(NamedTuple):
    """A child whose row is locked, the rows of one track, and where all tracks stand."""

    child: Person
    rows: list[Step]
    standing: Standing
    case: Case


@transaction.atomic
def take_step(  # noqa: PLR0913 (a step, and what it was taken on)
    *,
    child: Person,
    track: Track,
    wanted: Next,
    seen: str | None = None,
    by: User,
    at: datetime,
) -> Step:
    """Take the next step on a track of a child's case.

    Where a gate refuses and a second person agreed that `by` goes on all the same, that is used up
    and stays on record with the step.

    Raises:
        NotAllowed: `by` does not work on cases, or the step is another role's.
        NotFound: `by` may not know of this child, or the track is not open to them.
        StepMeanwhile: what was seen is not what stands.
        UnfitStep: it does not follow from where the track stands, or lacks something.
        WordsRefused: the words label a person, or hold what is never kept.
        GateClosed: a gate refuses, with all its reasons.
    """
    held = _held(child, track, seen=seen, by=by, at=at)
    _refuse_others(track, wanted.to, by=by)
    return _take(held, track, wanted, by=by, at=at)


@transaction.atomic
@passage(Passage.GATES)
def follow_step(  # noqa: PLR0913 (a step, and the day its gates are asked about)
    *,
    child: Person,
    track: Track,
    wanted: Next,
    asked_for: date | None = None,
    by: User,
    at: datetime,
) -> Step:
    """Take the step that follows from what a room above recorded, on a track `by` need not read.

    Steps that only follow are taken in no other way. That room asked whether `by` may. Gates are
    asked about the day `asked_for`, if it is another than that of the step: who is put on a
    passenger list today has to be clear on the day it flies.

    Raises:
        UnfitStep, WordsRefused, GateClosed: as `take_step`.
    """
    held = _rows(child, track)
    return _take(held, track, wanted, asked_for=asked_for, pushed=True, by=by, at=at)


def follow(
    child: Person, track: Track, to: str, *, by: User, at: datetime, **said: Any
) -> Step | None:
    """Take the step on a track that follows from what a room above recorded, where it can.

    Returns None where it does not follow: what was recorded stands all the same. `said` are its
    reason, evidence, dates; what happened before the day of the step it follows is of that day.

    Raises:
        WordsRefused, GateClosed: as `follow_step`.
    """
    wanted = Next(to=to, **{"on": localdate(at)} | said)
    try:
        return follow_step(child=child, track=track, wanted=wanted, by=by, at=at)
    except UnfitStep as unfit:
        before = case_of(child).on(track).since
        if unfit.missing != (Lack.BEFORE,) or before is None:
            return None
        return follow(child, track, to, by=by, at=at, **said | {"on": before.on})


def _take(  # noqa: PLR0913 (a step, how, and the day its gates are asked about)
    held: _Held,
    track: Track,
    wanted: Next,
    *,
    asked_for: date | None = None,
    pushed: bool = False,
    by: User,
    at: datetime,
) -> Step:
    """Take a step of a child that is locked."""
    if missing := lacks(
        TABLES[track], held.standing, wanted, by=by.pk, today=localdate(at), pushed=pushed
    ):
        raise UnfitStep(*missing)
    refuse_words(wanted.reason, field="reason")
    refuse_words(wanted.evidence, field="evidence")
    gates = _move(track, wanted.to, held.standing).gates
    days = {asked_for or wanted.on} if pushed else _days_of(wanted.on, at=at)
    reasons = _refused(gates, held.case, days, pushed=pushed)
    approval = None
    if reasons:
        upon = rests_on(reasons, held.case, days)
        payload = allowed(held.child, track, wanted.to, reasons, upon)
        approval = agreed(payload, reasons, by=by, at=at)
    step = _append(
        held,
        track,
        to=wanted.to,
        happened_on=wanted.on,
        holds_from=wanted.holds_from,
        holds_until=wanted.holds_until,
        reason=wanted.reason.strip(),
        evidence=wanted.evidence.strip(),
        despite=[str(reason) for reason in reasons],
        approval=approval,
        taken_by=by,
        taken_at=at,
    )
    told = {"track": track, "to": step.to, "despite": step.despite}
    record("casework.took_step", held.child, by=by, at=at, step=str(step.pk), **told)
    return step


@transaction.atomic
def withdraw_step(  # noqa: PLR0913 (a reason, and what was seen)
    *,
    child: Person,
    track: Track,
    reason: str,
    seen: str | None = None,
    pushed: bool = False,
    by: User,
    at: datetime,
) -> Step:
    """Withdraw the last step of a track that stands. Both stay on record.

    What follows from another room is withdrawn by that room (`pushed`), and what it only has
    remembered beside the position stays.

    Raises:
        NotAllowed, NotFound, StepMeanwhile: as `take_step`.
        UnfitStep: no step stands, another room took it, or there is no reason.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    held = _held(child, track, seen=seen, by=by, at=at)
    last = last_to_withdraw(TABLES[track], held.standing)
    if last is None:
        raise UnfitStep(Lack.NOTHING)
    if TABLES[track].is_pushed(last.to) and not pushed:
        raise UnfitStep(Lack.PUSHED)
    if not pushed:
        _refuse_others(track, last.to, by=by)
    if not reason.strip():
        raise UnfitStep(Lack.REASON)
    refuse_words(reason, field="reason")
    step = _append(
        held,
        track,
        withdraws_id=last.id,
        happened_on=localdate(at),
        reason=reason.strip(),
        taken_by=by,
        taken_at=at,
    )
    told = {"track": track, "to": last.to}
    record("casework.withdrew_step", held.child, by=by, at=at, step=str(last.id), **told)
    return step


@transaction.atomic
@passage(Passage.GATES)
def withdraw_followed(  # noqa: PLR0913 (what followed, and why it did not happen)
    *, child: Person, track: Track, evidence: Collection[str], reason: str, by: User, at: datetime
) -> None:
    """Withdraw all that followed on a track from one record of another room.

    `evidence` is what those steps name it, in each language. Whether `by` may was asked there.
    Steps that were taken after them stand.
    """
    held = _rows(child, track)
    standing = {each.id for each in held.standing.steps}
    found = [row for row in held.rows if row.pk in standing and row.evidence in evidence]
    for row in reversed(found):
        told = {
            "happened_on": localdate(at),
            "reason": reason.strip(),
            "taken_by": by,
            "taken_at": at,
        }
        held.rows.append(_append(held, track, withdraws_id=row.pk, **told))
        told = {"step": str(row.pk), "track": track, "to": row.to}
        record("casework.withdrew_step", held.child, by=by, at=at, **told)


@transaction.atomic
def ask_to_go_on(  # noqa: PLR0913 (a step, why all the same, and what it was asked on)
    *,
    child: Person,
    track: Track,
    to: str,
    on: date,
    reason: str,
    seen: str | None = None,
    by: User,
    at: datetime,
) -> Approval:
    """Ask a second person that a step be taken though a gate refuses it, for exactly its reasons.

    Raises:
        NotAllowed, NotFound, StepMeanwhile: as `take_step`.
        UnfitStep: the step does not follow from where the track stands, or no gate refuses it.
        RuleBroken: it was asked for, and waits or may be used.
        NoReason: the reason is blank.
        WordsRefused: it labels a person, or holds what is never kept.
    """
    held = _held(child, track, seen=seen, by=by, at=at)
    _refuse_others(track, to, by=by)
    gates = _move(track, to, held.standing).gates
    days = _days_of(on, at=at)
    reasons = refused_on_any(gates, held.case, days)
    if not reasons:
        raise UnfitStep(Lack.IMPOSSIBLE)
    payload = allowed(held.child, track, to, reasons, rests_on(reasons, held.case, days))
    standing = Approval.objects.filter(
        kind=ApprovalKind.GATE, requester=by, payload_hash=hash_of(payload), expires_at__gt=at
    ).exclude(steps__step__in=[Answered.REFUSED, Answered.USED])
    if standing.exists():
        raise RuleBroken(_("This is asked for already."))
    approval = request_approval(
        kind=ApprovalKind.GATE, payload=payload, reason=reason, by=by, at=at
    )
    record("casework.asked_to_go_on", held.child, by=by, at=at, track=track, to=to)
    return approval


@transaction.atomic
def push_step(*, child: Person, track: Track, to: str, by: User, at: datetime) -> Step | None:
    """Let a track follow what a room above has decided and recorded there, for its own reasons.

    Returns None where the track stands there already, or its table has no such step from where it
    stands. Whether `by` may do it was asked by that room.
    """
    held = _rows(child, track)
    if held.standing.position == to:
        return None
    found = TABLES[track].move_to(to, held.standing.position)
    if found is None or not found.pushed:
        return None
    step = _append(held, track, to=to, happened_on=localdate(at), taken_by=by, taken_at=at)
    record("casework.pushed_step", held.child, by=by, at=at, step=str(step.pk), track=track, to=to)
    return step


def _days_of(on: date, *, at: datetime) -> set[date]:
    """Return the days a gate is asked about: of a step that is typed late, today too."""
    return {on, max(on, localdate(at))}


def _refused(
    gates: tuple[Gate, ...], case: Case, days: Collection[date], *, pushed: bool
) -> tuple[Unmet, ...]:
    """Return every reason against a step on some days, each by what had happened until then.

    What follows from another room is asked about by all that is on record: phones bring in late.
    """
    if pushed:
        return tuple(dict.fromkeys(r for day in days for r in refused_by(gates, case, day)))
    return refused_on_any(gates, case, days)


def _refuse_others(track: Track, to: str, *, by: User) -> None:
    """Refuse a step that is another role's.

    Raises:
        NotAllowed: `by` neither has the role the table names, nor stands in for it.
    """
    table = TABLES[track]
    if not table.is_taken_by(by.role, to):
        words = _("This step is not yours to take. It is taken by: %(role)s.")
        raise NotAllowed(words % {"role": table.whose(to).label})


def _move(track: Track, to: str, standing: Standing) -> Move:
    """Return the step to that from where the track stands.

    Raises:
        UnfitStep: it does not follow from there.
    """
    found = TABLES[track].move_to(to, standing.position)
    if found is None:
        raise UnfitStep(Lack.IMPOSSIBLE)
    return found


def _held(child: Person, track: Track, *, seen: str | None, by: User, at: datetime) -> _Held:
    """Lock the child, if `by` may take steps on this track and saw what stands."""
    if not may(by, Permission.TAKE_STEP):
        raise NotAllowed(_("You may not take steps of a case."))
    visible = Person.objects.visible_to(by, to=Permission.TAKE_STEP, at=at).children()
    found = visible.filter(pk=child.pk).first()
    opened = decide(by, Permission.TAKE_STEP, found, at=at).compartments if found else ()
    if found is None or TABLES[track].compartment not in opened:
        raise NotFound(_("There is no such child."))
    held = _rows(found, track)
    stands = version_of_track(found, track, held.rows)
    if overtaken(seen, stands):
        last = held.rows[-1] if held.rows else None
        raise StepMeanwhile(
            _("Somebody took or withdrew a step since you opened the page."),
            had=seen or "",
            stands=stands,
            by=last.taken_by.get_full_name() if last else "",
            at=last.taken_at if last else None,
        )
    return held


@passage(Passage.GATES)
def _rows(child: Person, track: Track) -> _Held:
    """Lock a child, and return its track and its case as they stand."""
    locked = Person.objects.select_for_update().get(pk=child.pk)
    rows, case = rows_of(locked, track), case_of(locked)
    return _Held(locked, rows, case.on(track), case)


def _append(held: _Held, track: Track, **said: Any) -> Step:
    """Append a row to a track. The child is locked."""
    return Step.objects.create(
        child=held.child,
        track=track,
        number=len(held.rows) + 1,
        compartment=TABLES[track].compartment,
        **said,
    )
