"""Interviewing both sides of a match, apart: answers captured first, photographs after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.tracing.actions.verifying import held
from kinward.tracing.models import Answers, Interview, LineUp, Pick, Side
from kinward.tracing.queries import (
    interviews_of,
    interviews_to_do,
    is_captured,
    is_replaced,
    shown_at,
)
from kinward.tracing.rules import lacks_photographs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.tracing.models import Candidate, Wish


class OutOfOrder(RuleBroken):
    """A step of an interview came before what has to come first, or a second time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one side answered, before it is stored; see models.Answers."""

    said: Mapping[str, Any]  # by the names of the questions
    held_on: date
    apart: bool
    wish: Wish | str = ""


@transaction.atomic
def capture_answers(*, interview: Interview, heard: Heard, by: User, at: datetime) -> Answers:
    """Capture what one side answered, once, before anything of the other side is shown.

    Raises:
        NotAllowed: `by` does not interview.
        NotFound: `by` was not asked for this interview.
        OutOfOrder: it was captured before, somebody else was asked for it meanwhile, the day is to
            come, the child's come before the claimant's, or `by` was shown something of the child
            before they asked the claimant.
        WordsRefused: the answers label a person, or hold what is never kept.
    """
    interview = _own(interview, by=by)
    if is_captured(interview, Side(interview.side)):
        raise OutOfOrder(_("These answers have been captured already."))
    if is_replaced(interview):
        raise OutOfOrder(_("Somebody else was asked for this interview."))
    if heard.held_on > localdate(at):
        raise OutOfOrder(_("This day is still to come. Record what was done."))
    if interview.side == Side.CHILD and not is_captured(interview, Side.ADULT):
        raise OutOfOrder(_("The claimant is asked first: their answers are not captured yet."))
    if interview.kept_from_id and shown_at(interview.kept_from_id, by.username):
        raise OutOfOrder(
            _("You have been shown something of the child. Somebody else asks the claimant.")
        )
    for question, answer in heard.said.items():
        if isinstance(answer, str):
            refuse_words(answer, field=question)
    answers = Answers.objects.create(
        interview=interview,
        person_id=interview.person_id,
        said=dict(heard.said),
        held_on=heard.held_on,
        apart=heard.apart,
        wish=heard.wish,
        captured_at=at,
    )
    record("tracing.captured_answers", interview, by=by, at=at, side=interview.side)
    return answers


@transaction.atomic
def prepare_line_up(
    *, candidate: Candidate, side: Side, order: Sequence[int], by: User, at: datetime
) -> LineUp:
    """Lay out photographs for one side, in an order that chance made; `order` comes from outside.

    Raises:
        NotAllowed, NotFound: as `open_verification`.
        OutOfOrder: that side's answers are not captured yet, photographs were laid out before, or
            `by` does that interview and would know.
        RuleBroken: the order is none, or of too few photographs.
    """
    verification = held(candidate, Permission.VERIFY, by=by)
    interview = interviews_of(verification).get(side)
    if interview is None or not hasattr(interview, "answers"):
        raise OutOfOrder(_("Photographs are shown once the answers are captured."))
    if hasattr(interview, "line_up"):
        raise OutOfOrder(_("Photographs have been laid out for this interview."))
    if interview.interviewer_id == by.pk:
        raise OutOfOrder(_("Whoever asks must not know which it is. Somebody else lays them out."))
    if lacks_photographs(order):
        raise RuleBroken(_("Take at least six photographs, and not more than twelve."))
    line_up = LineUp.objects.create(
        interview=interview, order=list(order), prepared_by=by, prepared_at=at
    )
    record("tracing.prepared_line_up", candidate, by=by, at=at, interview=str(interview.pk))
    return line_up


@transaction.atomic
def record_pick(*, interview: Interview, place: int | None, by: User, at: datetime) -> Pick:
    """Record which photograph was pointed at, by its place; None is unsure, which is no.

    Raises:
        NotAllowed: `by` does not interview.
        NotFound: `by` was not asked for this interview.
        OutOfOrder: no photographs are laid out, or this was recorded before.
        RuleBroken: there is no such place.
    """
    interview = _own(interview, by=by)
    line_up = LineUp.objects.filter(interview=interview).select_for_update().first()
    if line_up is None:
        raise OutOfOrder(_("No photographs have been laid out yet."))
    if Pick.objects.filter(line_up=line_up).exists():
        raise OutOfOrder(_("This has been recorded already."))
    if place is not None and not 1 <= place <= len(line_up.order):
        raise RuleBroken(_("There is no photograph at this place."))
    pick = Pick.objects.create(line_up=line_up, said={"place": place}, picked_at=at)
    record("tracing.recorded_pick", interview, by=by, at=at, side=interview.side)
    return pick


def _own(interview: Interview, *, by: User) -> Interview:
    """Lock and return an interview that `by` was asked for.

    Raises:
        NotAllowed: they do not interview.
        NotFound: they were not asked for it, or there is none.
    """
    if not may(by, Permission.INTERVIEW):
        raise NotAllowed(_("You may not do interviews."))
    asked = interviews_to_do(user=by).select_related(None).order_by()
    found = asked.select_for_update().filter(pk=interview.pk).first()
    if found is None:
        raise NotFound(_("There is no such interview."))
    return found
