"""Recording what courts were asked and decided, what has to be done by when, and that it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Min
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.audit.actions import record
from kinward.casework.actions import follow
from kinward.casework.models import Track
from kinward.casework.queries import case_of
from kinward.casework.rules import may_go
from kinward.casework.tracks import Civil, Host
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict, overtaken
from kinward.legal.actions.opening import UnfitPaper, open_papers
from kinward.legal.models import CourtStep, Duty, DutyDone, Heard, Proceeding, Ruled
from kinward.legal.rules import FOLLOWS, step_after

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from kinward.access.models import User
    from kinward.people.models import Person


class RuledMeanwhile(Conflict):
    """Somebody recorded what happened in the matter, or that the duty is done, meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What was filed or decided, before it is stored."""

    ruled: Ruled
    happened_on: date
    reference: str
    in_force_from: date | None = None
    in_force_until: date | None = None
    conditions: str = ""
    heard: str = Heard.NOT_HEARD
    view: str = ""  # the child’s own; or why it was not heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """What a court ordered somebody to do, before it is stored."""

    owner: str
    words: str
    due_on: date
    per_day: Decimal | None = None
    currency: str = ""
    at_most: Decimal | None = None


@transaction.atomic
def open_proceeding(  # noqa: PLR0913 (which matter, where, and what happened)
    *, child: Person, seat: str, matter: str, court: str, filed: Happened, by: User, at: datetime
) -> Proceeding:
    """Record that a matter was brought before a court.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        UnfitPaper: what happened first is not that it was filed, or has no number or a day to come.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(child, by=by, at=at)
    refuse_words(court, field="court")
    proceeding = Proceeding.objects.create(
        child=held, seat=seat, matter=matter, court=court.strip(), recorded_by=by, recorded_at=at
    )
    append(proceeding, filed, [], by=by, at=at)
    return proceeding


@transaction.atomic
def record_ruling(
    *, proceeding: Proceeding, happened: Happened, seen: str | None = None, by: User, at: datetime
) -> CourtStep:
    """Record what happened next in a matter; `seen` is the number of the step that was seen last.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        RuledMeanwhile: another step was recorded meanwhile.
        UnfitPaper: it cannot follow, or lacks a number, a day, or from when on it is in force.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    open_papers(proceeding.child, by=by, at=at)
    before = list(CourtStep.objects.filter(proceeding=proceeding).order_by("number"))
    if overtaken(seen, str(len(before))):
        last = before[-1]  # the first is stored with the matter
        said = _("Somebody recorded what happened in this matter since you opened the page.")
        raise RuledMeanwhile(said, by=last.recorded_by.get_full_name(), at=last.recorded_at)
    return append(proceeding, happened, before, by=by, at=at)


def append(
    proceeding: Proceeding, happened: Happened, before: list[CourtStep], *, by: User, at: datetime
) -> CourtStep:
    """Append what happened to a matter whose child is locked, and let its case follow."""
    refuse_unfit(happened, before, today=localdate(at))
    refuse_words(happened.conditions, field="conditions")
    refuse_words(happened.reference, field="reference")
    refuse_words(happened.view, field="view")
    child = proceeding.child
    step = CourtStep.objects.create(
        child=child,
        proceeding=proceeding,
        number=len(before) + 1,
        ruled=happened.ruled,
        happened_on=happened.happened_on,
        in_force_from=happened.in_force_from,
        in_force_until=happened.in_force_until,
        reference=happened.reference.strip(),
        conditions=happened.conditions.strip(),
        heard=happened.heard,
        view=happened.view.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    told = {"proceeding": str(proceeding.pk), "ruled": str(step.ruled)}
    record("legal.recorded_ruling", child, by=by, at=at, **told)
    if after := step_after(proceeding.seat, proceeding.matter, step.ruled):
        follow_ruling(step, *after, by=by, at=at)
    return step


def follow_ruling(step: CourtStep, track: Track, to: str, *, by: User, at: datetime) -> None:
    """Let a track follow what happened before a court.

    It follows also what became known later than what was recorded on that track meanwhile: a
    refusal that is typed in late still ends a leave. To ask a court once more, as long as an
    earlier leave holds, ends nothing.
    """
    case = case_of(step.child)
    if to == Host.PENDING and step.ruled == Ruled.FILED and may_go(case, localdate(at)):
        return
    since = case.on(track).since
    follow(
        step.child,
        track,
        to,
        on=max(step.happened_on, since.on) if since else step.happened_on,
        evidence=f"{step.proceeding.court} {step.reference}",
        reason=step.conditions,
        holds_from=step.in_force_from,
        holds_until=step.in_force_until,
        by=by,
        at=at,
    )


def refuse_unfit(happened: Happened, before: list[CourtStep], *, today: date) -> None:
    """Refuse what cannot follow, or lacks something.

    Raises:
        UnfitPaper: always, when it is unfit.
    """
    last = before[-1] if before else None
    if happened.ruled not in FOLLOWS[last.ruled if last else ""]:
        raise UnfitPaper(_("This cannot follow what happened in the matter before."))
    if not happened.reference.strip():
        raise UnfitPaper(_("Write under which number it is filed."))
    if happened.happened_on > today or (last and happened.happened_on < last.happened_on):
        raise UnfitPaper(_("The day is before the step before, or still to come."))
    if not happened.view.strip():
        raise UnfitPaper(_("Say what the child wants, or why it was not heard."))
    if happened.ruled == Ruled.GRANTED and happened.in_force_from is None:
        raise UnfitPaper(_("Say from which day on it is in force."))
    start, end = happened.in_force_from, happened.in_force_until
    if start and end and end < start:
        raise UnfitPaper(_("It would end before it begins."))


@transaction.atomic
def order_duty(*, step: CourtStep, ordered: Ordered, by: User, at: datetime) -> Duty:
    """Record what a court ordered somebody to do by a day, and what each day after it costs.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        UnfitPaper: there are no words, the day is before the decision, or the penalty is not whole.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(step.child, by=by, at=at)
    if not ordered.words.strip():
        raise UnfitPaper(_("Write what has to be done."))
    if ordered.due_on < step.happened_on:
        raise UnfitPaper(_("The day is before the decision."))
    penalty = ordered.per_day is not None and ordered.per_day > 0
    if penalty != bool(ordered.currency) or (ordered.at_most is not None and not penalty):
        raise UnfitPaper(_("A penalty needs an amount for each day, and a currency."))
    refuse_words(ordered.words, field="words")
    duty = Duty.objects.create(
        child=held,
        ordered=step,
        owner=ordered.owner,
        words=ordered.words.strip(),
        due_on=ordered.due_on,
        per_day=ordered.per_day,
        currency=ordered.currency,
        at_most=ordered.at_most,
        recorded_by=by,
        recorded_at=at,
    )
    record("legal.ordered_duty", held, by=by, at=at, duty=str(duty.pk))
    tell_ordered(held, by=by, at=at)
    return duty


@transaction.atomic
def finish_duty(*, duty: Duty, done_on: date, evidence: str, by: User, at: datetime) -> DutyDone:
    """Record that what a court ordered was done, or need not be done any more.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        RuledMeanwhile: somebody recorded that before.
        UnfitPaper: nothing shows it, or the day is still to come or before it was ordered.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(duty.child, by=by, at=at)
    if over := DutyDone.objects.filter(duty=duty).select_related("recorded_by").first():
        said = _("It is recorded already that this was done.")
        raise RuledMeanwhile(said, by=over.recorded_by.get_full_name(), at=over.recorded_at)
    if not evidence.strip():
        raise UnfitPaper(_("Say what shows it: a document, a decision, who saw it."))
    if not duty.ordered.happened_on <= done_on <= localdate(at):
        raise UnfitPaper(_("The day is before the step before, or still to come."))
    refuse_words(evidence, field="evidence")
    done = DutyDone.objects.create(
        child=held,
        duty=duty,
        done_on=done_on,
        evidence=evidence.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    record("legal.finished_duty", held, by=by, at=at, duty=str(duty.pk))
    tell_ordered(held, by=by, at=at)
    return done


def tell_ordered(child: Person, *, by: User, at: datetime) -> None:
    """Have the case say by which day the next thing is due that a court ordered, or that none is.

    Whatever it costs, and whoever owes it: nobody may miss the day because it is another's.
    """
    due = Duty.objects.filter(child=child, done=None).aggregate(first=Min("due_on"))["first"]
    if due is None:
        follow(child, Track.CIVIL_STATUS, Civil.ORDERS_DONE, by=by, at=at)
        return
    span = {"holds_from": min(due, localdate(at)), "holds_until": due}
    follow(child, Track.CIVIL_STATUS, Civil.ORDERED, **span, by=by, at=at)
