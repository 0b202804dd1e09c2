"""Assessing what is best for a child, laying it before a panel, giving opinions, deciding."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.actions import follow
from kinward.casework.models import Track
from kinward.casework.queries import case_of
from kinward.casework.tracks import Best
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict
from kinward.legal.actions.opening import UnfitPaper, open_papers
from kinward.legal.models import Assessment, Opinion, PanelDecision, PanelOpinion, Report
from kinward.legal.panels import digest_of, digest_of_decision
from kinward.legal.rules import may_decide

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.people.models import Person

OPTIONS: Final = 2  # a report weighs as many or more
STEP_OF: Final = {
    Opinion.APPROVES: Best.APPROVED,
    Opinion.DEFERS: Best.DEFERRED,
    Opinion.REJECTS: Best.NOT_APPROVED,
}


class DecidedMeanwhile(Conflict):
    """The report was decided on, replaced, or given an opinion by the same member, meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """An assessment before it is stored."""

    heard: str
    view: str
    analysis: str
    recommends: str
    to_determine: bool
    why: str
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that could be done, with what speaks for it and against it."""

    option: str
    speaks_for: str
    speaks_against: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A report before it is stored."""

    heard: str
    view: str
    participants: str
    options: Sequence[Option]
    recommends: str


@transaction.atomic
def assess(*, child: Person, assessed: Assessed, by: User, at: datetime) -> Assessment:
    """Assess what is best for a child; whether a panel determines it follows from that.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        UnfitPaper: something is not said, the review is not to come, or no panel would determine
            it though the mother does not agree.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(child, to=Permission.ASSESS, by=by, at=at)
    if assessed.review_on <= localdate(at):
        raise UnfitPaper(_("The day of the review has to be still to come."))
    if case_of(held).against and not assessed.to_determine:
        raise UnfitPaper(_("The mother does not agree: a panel has to determine it."))
    refuse_gaps(assessed.view, assessed.analysis, assessed.recommends, assessed.why)
    made = Assessment.objects.create(child=held, **asdict(assessed), recorded_by=by, recorded_at=at)
    record("legal.assessed", held, by=by, at=at, assessment=str(made.pk))
    shown = _("assessment of %(day)s") % {"day": localdate(at).isoformat()}
    follow(held, Track.BEST_INTERESTS, Best.DONE, evidence=shown, by=by, at=at)
    after = Best.REQUIRED if made.to_determine else Best.NOT_REQUIRED
    follow(held, Track.BEST_INTERESTS, after, reason=made.why, by=by, at=at)
    look_again(held, made.review_on, by=by, at=at)
    return made


@transaction.atomic
def lay_before_panel(*, child: Person, reported: Reported, by: User, at: datetime) -> Report:
    """Lay a report before the panel; it is sealed, and stands in place of one before it.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        UnfitPaper: something is not said, or fewer than two options are weighed.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(child, to=Permission.ASSESS, by=by, at=at)
    if len(reported.options) < OPTIONS:
        raise UnfitPaper(_("Weigh two options or more."))
    weighed = [words for each in reported.options for words in asdict(each).values()]
    refuse_gaps(reported.view, reported.participants, reported.recommends, *weighed)
    number = Report.objects.filter(child=held).count() + 1
    said = asdict(reported) | {"options": [asdict(each) for each in reported.options]}
    report = Report(child=held, number=number, **said, recorded_by=by, recorded_at=at)
    report.digest = digest_of(report)
    report.save()
    told = {"report": str(report.pk), "digest": report.digest}
    record("legal.laid_before_panel", held, by=by, at=at, **told)
    shown = _("report %(number)s, %(digest)s") % {"number": number, "digest": report.digest[:12]}
    follow(held, Track.BEST_INTERESTS, Best.REPORT, evidence=shown, by=by, at=at)
    return report


@transaction.atomic
def give_opinion(
    *, report: Report, opinion: Opinion, words: str, by: User, at: datetime
) -> PanelOpinion:
    """Say, as a member of the panel, what one thinks of a report.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        UnfitPaper: `by` wrote the report, or there is no reason.
        DecidedMeanwhile: `by` said so before, or the report is decided on or replaced.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(report.child, to=Permission.SIT_ON_PANEL, by=by, at=at)
    if report.recorded_by_id == by.pk:
        raise UnfitPaper(_("You wrote the report. Another person decides."))
    refuse_gaps(words)
    refuse_settled(report)
    if report.opinions.filter(recorded_by=by).exists():
        raise DecidedMeanwhile(_("You gave your opinion of this report already."))
    given = PanelOpinion.objects.create(
        child=held,
        report=report,
        opinion=opinion,
        words=words.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    told = {"report": str(report.pk), "opinion": str(opinion)}
    record("legal.gave_panel_opinion", held, by=by, at=at, **told)
    return given


@transaction.atomic
def decide(  # noqa: PLR0913 (a decision, why, and until when)
    *,
    report: Report,
    decision: Opinion,
    words: str,
    review_on: date,
    by: User,
    at: datetime,
) -> PanelDecision:
    """Put down what the panel decided, as most of its members say; who disagreed stays on record.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        UnfitPaper: three have not given their opinion, `by` is none of them or wrote the report,
            most do not say so, there is no reason, or the review is not to come.
        DecidedMeanwhile: the report is decided on or replaced.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(report.child, to=Permission.SIT_ON_PANEL, by=by, at=at)
    refuse_settled(report)
    opinions = list(report.opinions.order_by("recorded_at", "id"))
    given = {each.recorded_by_id: each.opinion for each in opinions}
    if unready := may_decide(report.recorded_by_id, given, decision, by.pk):
        raise UnfitPaper(" ".join(str(each.label) for each in unready))
    if review_on <= localdate(at):
        raise UnfitPaper(_("The day of the review has to be still to come."))
    refuse_gaps(words)
    decided = PanelDecision(
        child=held,
        report=report,
        decision=decision,
        words=words.strip(),
        review_on=review_on,
        recorded_by=by,
        recorded_at=at,
    )
    decided.digest = digest_of_decision(decided, opinions)
    decided.save()
    told = {"report": str(report.pk), "decision": str(decision), "digest": decided.digest}
    record("legal.panel_decided", held, by=by, at=at, **told)
    shown = _("decision on report %(number)s, %(digest)s") % {
        "number": report.number,
        "digest": decided.digest[:12],
    }
    said = {"evidence": shown, "reason": decided.words}
    follow(held, Track.BEST_INTERESTS, STEP_OF[decision], **said, by=by, at=at)
    look_again(held, review_on, by=by, at=at)
    return decided


def look_again(child: Person, review_on: date, *, by: User, at: datetime) -> None:
    """Have the case say by which day somebody looks again at what is best for a child."""
    span = {"holds_from": localdate(at), "holds_until": review_on}
    follow(child, Track.BEST_INTERESTS, Best.AGAIN, **span, by=by, at=at)


def refuse_gaps(*texts: str) -> None:
    """Refuse that something is not said, or labels somebody.

    Raises:
        UnfitPaper: a text is blank.
        WordsRefused: one labels a person, or holds what is never kept.
    """
    if not all(text.strip() for text in texts):
        raise UnfitPaper(_("Write something in every field."))
    for text in texts:
        refuse_words(text, field="words")


def refuse_settled(report: Report) -> None:
    """Refuse to go on with a report that is decided on, or in whose place another stands.

    Raises:
        DecidedMeanwhile: always, when it is.
    """
    if PanelDecision.objects.filter(report=report).exists():
        raise DecidedMeanwhile(_("The panel has decided on this report already."))
    if Report.objects.filter(child=report.child_id, number__gt=report.number).exists():
        raise DecidedMeanwhile(_("A later report stands in place of this one."))
