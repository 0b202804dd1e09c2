"""Reviewing candidates, taking a judgement back, revealing what was withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record, record_reads
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict, overtaken
from kinward.people.models import Person
from kinward.people.queries import records_among
from kinward.tracing.actions.claiming import refuse_if_hindered
from kinward.tracing.actions.verifying import follow_case
from kinward.tracing.models import (
    SETTLED,
    Candidate,
    Judgement,
    Opinion,
    Review,
    Says,
    Verdict,
    Verification,
)
from kinward.tracing.queries import revealed
from kinward.tracing.rules import verdict

if TYPE_CHECKING:
    from datetime import datetime

    from kinward.access.models import User
    from kinward.people.models import SearchPurpose
    from kinward.tracing.models import Step
    from kinward.tracing.queries import Revealed

FIGURES: Final = ("weight", "probability", "reasons", "model_version", "computed_at")
SAYS: Final = {Verdict.CONFIRMED: Says.SAME, Verdict.REJECTED: Says.NOT_SAME}


class AlreadyReviewed(RuleBroken):
    """The same person tried to review a candidate twice."""


class AlreadySettled(RuleBroken):
    """The candidate is confirmed or rejected; it takes an undo to open it again."""


class JudgedMeanwhile(Conflict):
    """The candidate was settled, or opened again, after the page was made that this answers."""


class NotConfirmed(RuleBroken):
    """What is withheld while a match is compared is revealed when it is confirmed, no sooner."""


class NothingToUndo(RuleBroken):
    """The judgement was taken back before, or is itself a taking back."""


class NoReason(RuleBroken):
    """An opinion, or taking back a judgement, needs a reason in words."""


@transaction.atomic
def review_candidate(  # noqa: PLR0913 (an opinion, and what it was given on)
    *,
    candidate: Candidate,
    opinion: Opinion,
    reason: str,
    seen: str | None = None,
    by: User,
    at: datetime,
) -> Review:
    """Record one reviewer's opinion, and settle the candidate if it decides it.

    `seen` is the version of the candidate that the opinion is of.

    Raises:
        NotAllowed: `by` does not review candidates.
        NotFound: `by` may not know of this candidate.
        NoReason: the reason is blank.
        WordsRefused: it labels a person, or holds what is never kept.
        JudgedMeanwhile: what was seen is not what stands.
        AlreadySettled: it is confirmed or rejected.
        AlreadyReviewed: on a second opinion from one person in the same round.
        Hindered: it says the same, and the child has several claimants.
    """
    if not may(by, Permission.REVIEW_CANDIDATE):
        raise NotAllowed(_("You may not review matches."))
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    # Two reviews at once must each see the other, or neither settles the candidate; and of two
    # claims on one child the second must see the first.
    records = records_among([candidate.child_id])[candidate.child_id]
    list(Person.objects.filter(pk__in=records).order_by("pk").select_for_update())
    candidate = _locked(candidate, seen=seen, by=by)
    if candidate.verdict in SETTLED:
        raise AlreadySettled(
            _("This candidate is settled. It can be opened again by undoing that.")
        )
    given = candidate.reviews.filter(round=candidate.round)
    if given.filter(reviewer=by).exists():
        raise AlreadyReviewed(_("You have already reviewed this candidate."))
    if opinion == Opinion.SAME:
        refuse_if_hindered(candidate.child_id, candidate.sought_id)

    review = Review.objects.create(
        candidate=candidate,
        round=candidate.round,
        reviewer=by,
        opinion=opinion,
        reason=reason.strip(),
        reviewed_at=at,
        **{figure: getattr(candidate, figure) for figure in FIGURES},
    )
    # The opinion is not written into the log: who has yet to give theirs may read it there.
    record("tracing.reviewed", candidate, by=by, at=at, review=str(review.pk))
    opinions = given.values_list("opinion", flat=True)
    _settle(candidate, verdict(Opinion(each) for each in opinions), by=by, at=at)
    return review


def _settle(candidate: Candidate, outcome: Verdict, *, by: User, at: datetime) -> None:
    """Store what the opinions add up to; if they agree, as a judgement."""
    if outcome == candidate.verdict:
        return
    candidate.verdict = outcome
    candidate.save(update_fields=["verdict"])
    if outcome in SETTLED:
        judgement = Judgement.objects.create(
            candidate=candidate, says=SAYS[outcome], judged_by=by, judged_at=at
        )
        record("tracing.judged", candidate, by=by, at=at, judgement=str(judgement.pk))
    elif outcome == Verdict.DISPUTED:
        record("tracing.disputed", candidate, by=by, at=at)


@transaction.atomic
def undo_judgement(
    *, judgement: Judgement, reason: str, seen: str | None = None, by: User, at: datetime
) -> Judgement:
    """Take a judgement back: both stay on record, and the candidate is reviewed in a new round.

    `seen` is the version of the candidate it is taken back on.

    Raises:
        NotAllowed: `by` does not take judgements back.
        NotFound: `by` may not know of the candidate.
        NoReason: the reason is blank.
        WordsRefused: it labels a person, or holds what is never kept.
        JudgedMeanwhile: what was seen is not what stands.
        NothingToUndo: it was taken back before.
    """
    if not may(by, Permission.UNDO_JUDGEMENT):
        raise NotAllowed(_("You may not take judgements back."))
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    candidate = _locked(judgement.candidate, seen=seen, by=by)
    retracted = Judgement.objects.filter(retracts=judgement).exists()
    if judgement.says not in SAYS.values() or retracted:
        raise NothingToUndo(_("This judgement has been taken back already."))
    back = Judgement.objects.create(
        candidate=candidate,
        says=Says.TAKEN_BACK,
        retracts=judgement,
        reason=reason.strip(),
        judged_by=by,
        judged_at=at,
    )
    candidate.verdict = Verdict.OPEN
    candidate.round += 1
    candidate.save(update_fields=["verdict", "round"])
    if Verification.objects.filter(candidate=candidate).exists():
        follow_case(candidate.child, by=by, at=at)
    record("tracing.undid_judgement", candidate, by=by, at=at, judgement=str(judgement.pk))
    return back


@transaction.atomic
def reveal(
    *, candidate: Candidate, step: Step, purpose: SearchPurpose, by: User, at: datetime
) -> Revealed:
    """Reveal one step of what was withheld while a match was compared; each time is written down.

    Raises:
        NotAllowed: `by` does not take the next step with a match.
        NotFound: `by` may not know of this candidate.
        NotConfirmed: two reviewers have not agreed that the two are the same.
    """
    if not may(by, Permission.REVEAL):
        raise NotAllowed(_("You may not see this."))
    candidate = _locked(candidate, by=by)
    if candidate.verdict != Verdict.CONFIRMED:
        raise NotConfirmed(_("This is shown once two reviewers agree that it is the same person."))
    shown = revealed(candidate, step)
    record("tracing.revealed", candidate, by=by, at=at, step=step, purpose=purpose)
    record_reads("people.revealed", shown.persons, by=by, at=at, purpose=purpose)
    return shown


def _locked(candidate: Candidate, *, seen: str | None = None, by: User) -> Candidate:
    """Lock and return the candidate, if `by` may know of it and it is as it was seen.

    Raises:
        NotFound: they may not, or there is none.
        JudgedMeanwhile: it is not.
    """
    visible = Candidate.objects.visible_to(by).filter(pk=candidate.pk)
    found = visible.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound(_("There is no such candidate."))
    if overtaken(seen, found.version):
        last = found.judgements.select_related("judged_by").last()
        raise JudgedMeanwhile(
            _("This candidate was judged, or opened again, since you opened it. Read it anew."),
            had=seen or "",
            stands=found.version,
            now={"round": found.round, "verdict": found.verdict},
            by=last.judged_by.get_full_name() if last and last.judged_by else "",
            at=last.judged_at if last else None,
        )
    return found
