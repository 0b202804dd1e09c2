"""Taking requests, finding candidates, reviewing them, and taking a judgement back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kinward.access.models import clock
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record, record_reads
from kinward.audit.context import acting
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.jobs import handles
from kinward.people.actions import describe_new, guard_words, record_consent
from kinward.people.models import Kind, Person
from kinward.tracing import matching
from kinward.tracing.models import (
    SETTLED,
    Candidate,
    Judgement,
    Opinion,
    Relation,
    Request,
    Review,
    Says,
    Sought,
    Verdict,
)
from kinward.tracing.queries import revealed
from kinward.tracing.rules import verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.core.models import Job
    from kinward.people.consents import Consent
    from kinward.people.models import SearchPurpose
    from kinward.people.rules import ConsentAnswer, Statement
    from kinward.tracing.models import Step
    from kinward.tracing.queries import Revealed

MATCH: Final = "tracing.match"  # the job
SAYS: Final = {Verdict.CONFIRMED: Says.SAME, Verdict.REJECTED: Says.NOT_SAME}
FIGURES: Final = [
    "weight",
    "probability",
    "reasons",
    "alignment",
    "model_version",
    "computed_at",
]


class SoughtPerson(NamedTuple):
    """A person asked for: what they are to the enquirer, and what is said about them."""

    relation: Relation
    statements: Sequence[Statement]


class AlreadyReviewed(RuleBroken):
    """The same person tried to review a candidate twice."""


class AlreadySettled(RuleBroken):
    """The candidate is confirmed or rejected; it takes an undo to open it again."""


class NotConfirmed(RuleBroken):
    """What is withheld while a match is compared is revealed when it is confirmed, no sooner."""


class NothingToUndo(RuleBroken):
    """The judgement was taken back before, or is itself a taking back."""


class NoReason(RuleBroken):
    """An opinion, or taking back a judgement, needs a reason in words."""


@transaction.atomic
def take_request(  # noqa: PLR0913 (what a request holds)
    *,
    enquirer: Iterable[Statement],
    told: str = "",
    language: str = "",
    region: str = "",
    keeping: str = "",
    sought: Sequence[tuple[Relation, Sequence[Statement]]],
    consents: Sequence[ConsentAnswer] = (),
    by: User,
    at: datetime,
) -> Request:
    """Take a tracing request for one or several people; `region` is the taker's if not given.

    `consents` are what the relative answered: they hold for all that the request is about. Without
    one that agrees to tracing the request is on record and is compared with nobody.

    Raises:
        NotAllowed: `by` does not take requests.
        RuleBroken: nobody is asked for.
        UnfitConsent, UnfitStatement: an answer or a statement cannot be stored as it is.
        WordsRefused: what is told holds what is never kept, or a label without a reason for
            `keeping` it.
    """
    if not may(by, Permission.TAKE_REQUEST):
        raise NotAllowed(_("You may not take requests."))
    if not sought:
        raise RuleBroken(_("A request asks for at least one person."))
    region = region or by.region
    asking = describe_new(
        Kind.ENQUIRER, enquirer, consents=consents, region=region, keeping=keeping, by=by, at=at
    )
    request = Request(
        enquirer=asking,
        told=told,
        language=language,
        region=region,
        taken_by=by,
        taken_at=at,
    )
    guard_words(request, {told: False}, field="told", keeping=keeping, by=by, at=at)
    request.save()
    with matching.held_back():
        for relation, statements in sought:
            person = describe_new(
                Kind.SOUGHT,
                statements,
                consents=consents,
                region=region,
                keeping=keeping,
                by=by,
                at=at,
            )
            Sought.objects.create(request=request, person=person, relation=relation)
    _look_later([each.person for each in request.sought.select_related("person")], at)
    record("tracing.took_request", request, by=by, at=at, sought=len(sought))
    return request


@transaction.atomic
def record_request_consent(
    *, request: Request, answer: ConsentAnswer, by: User, at: datetime
) -> list[Consent]:
    """Record what a relative answered about a request: for who asks and for all who are sought.

    Raises:
        NotAllowed: `by` does not record consent.
        NotFound: `by` may not know of the request.
        UnfitConsent: the answer cannot be stored as it is.
    """
    if not Request.objects.visible_to(by).filter(pk=request.pk).exists():
        raise NotFound(_("There is no such request."))
    asked = [one.person for one in request.sought.select_related("person").order_by("pk")]
    with matching.held_back():
        answered = [
            record_consent(person=person, answer=answer, by=by, at=at)
            for person in [request.enquirer, *asked]
        ]
    _look_later(asked, at)
    return answered


def look_again(*, person: Person, by: User, at: datetime, **_signal: object) -> None:  # noqa: ARG001
    """Have candidates looked for once it is stored that something was said about a person."""
    if not matching.HELD_BACK.get():
        _look_later(_concerned_by(person), at)


def _concerned_by(person: Person) -> list[Person]:
    """Return whose candidates change by what is said about a person, their families left out."""
    if person.kind == Kind.ENQUIRER:
        return list(Person.objects.filter(sought__request__enquirer=person))
    return [person] if person.kind in {Kind.CHILD, Kind.SOUGHT} else []


def _look_later(persons: list[Person], at: datetime) -> None:
    """Look for candidates of these people once what was said is stored, unless that is held back.

    A failure to match is logged and does not undo what was said; `manage.py match` catches up.
    """
    if persons and not matching.HELD_BACK.get():
        transaction.on_commit(partial(_look, persons, at), robust=True)


def _look(persons: list[Person], at: datetime) -> None:
    """Look for candidates of these people as the system itself, whoever said something of them."""
    with acting(clock()):
        find_candidates(persons=persons, by=clock(), at=at)


@handles(MATCH)
def _match(_job: Job, at: datetime) -> None:
    """Look for everyone's candidates; doing it twice changes nothing but the time."""
    find_candidates(by=clock(), at=at)


@transaction.atomic
def find_candidates(
    *,
    persons: Collection[Person] | None = None,
    by: User,
    at: datetime,
    progress: matching.Progress | None = None,
) -> int:
    """Compare these children and sought people with everyone; without any named, compare all.

    With each go those registered with it or asked for with it: families are matched as wholes.
    Figures are computed anew. A verdict is remembered, and so is a candidate somebody has reviewed;
    others that no longer compare are dropped. Returns how many candidates there are now.

    Raises:
        NotAllowed: `by` does not have candidates looked for.
    """
    if not may(by, Permission.FIND_CANDIDATES):
        raise NotAllowed(_("You may not look for candidates."))
    persons = None if persons is None else _with_families(persons)
    matches = matching.find(persons, progress=progress)
    # Whoever stores candidates of a child holds the child: two runs never store one pair twice.
    children = {match.child_id for match in matches}
    list(Person.objects.filter(pk__in=children).order_by("pk").select_for_update())
    concerned = Candidate.objects.all()
    if persons is not None:
        concerned = concerned.filter(Q(child__in=persons) | Q(sought__person__in=persons))
    before = {
        (candidate.child_id, candidate.sought_id): candidate
        for candidate in concerned.order_by("pk").select_for_update(of=("self",))
    }
    found = {
        (match.child_id, match.sought_id): _as_candidate(match, before, at) for match in matches
    }
    new = [candidate for pair, candidate in found.items() if pair not in before]
    Candidate.objects.bulk_update(
        [candidate for pair, candidate in found.items() if pair in before], FIGURES, batch_size=200
    )
    Candidate.objects.bulk_create(new, batch_size=200)
    gone = concerned.filter(pk__in=[before[pair].pk for pair in before.keys() - found.keys()])
    dropped = gone.filter(verdict=Verdict.OPEN, reviews__isnull=True, judgements__isnull=True)
    record_reads("tracing.dropped_candidate", dropped, by=by, at=at)
    dropped.delete()
    record_reads("tracing.found_candidate", new, by=by, at=at)
    for person in [None] if persons is None else persons:
        record("tracing.matched", person, by=by, at=at, candidates=len(found), new=len(new))
    return len(found)


def _with_families(persons: Collection[Person]) -> list[Person]:
    """Return these people and everyone whose chances hang on theirs, in the order of their ids.

    Children registered together share names and speak for one another; so do people asked for
    together.
    """
    keys = [person.pk for person in persons]
    groups = {person.group_id for person in persons if person.group_id}
    asked_in = Sought.objects.filter(person__in=keys).values("request")
    concerned = Q(pk__in=keys) | Q(group__in=groups) | Q(sought__request__in=asked_in)
    return list(Person.objects.filter(concerned).order_by("pk"))


def _as_candidate(
    match: matching.Match, before: dict[tuple[UUID, UUID], Candidate], at: datetime
) -> Candidate:
    """Return the candidate of a match with its new figures: the one there was, or a new one."""
    candidate = before.get((match.child_id, match.sought_id)) or Candidate(
        child_id=match.child_id, sought_id=match.sought_id, first_found_at=at
    )
    candidate.weight = match.weight
    candidate.probability = match.probability
    candidate.reasons = match.reasons
    candidate.alignment = match.alignment
    candidate.model_version = match.model_version
    candidate.computed_at = at
    return candidate


@transaction.atomic
def review_candidate(
    *, candidate: Candidate, opinion: Opinion, reason: str, by: User, at: datetime
) -> Review:
    """Record one reviewer's opinion, and settle the candidate if it decides it.

    Raises:
        NotAllowed: `by` does not review candidates.
        NotFound: `by` may not know of this candidate.
        NoReason: the reason is blank.
        WordsRefused: it labels a person, or holds what is never kept.
        AlreadySettled: it is confirmed or rejected.
        AlreadyReviewed: on a second opinion from one person in the same round.
    """
    if not may(by, Permission.REVIEW_CANDIDATE):
        raise NotAllowed(_("You may not review matches."))
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    # Two reviews at once must each see the other, or neither settles the candidate.
    candidate = _locked(candidate, by=by)
    if candidate.verdict in SETTLED:
        raise AlreadySettled(
            _("This candidate is settled. It can be opened again by undoing that.")
        )
    given = candidate.reviews.filter(round=candidate.round)
    if given.filter(reviewer=by).exists():
        raise AlreadyReviewed(_("You have already reviewed this candidate."))

    review = Review.objects.create(
        candidate=candidate,
        round=candidate.round,
        reviewer=by,
        opinion=opinion,
        reason=reason.strip(),
        reviewed_at=at,
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
def undo_judgement(*, judgement: Judgement, reason: str, by: User, at: datetime) -> Judgement:
    """Take a judgement back: both stay on record, and the candidate is reviewed in a new round.

    Raises:
        NotAllowed: `by` does not take judgements back.
        NotFound: `by` may not know of the candidate.
        NoReason: the reason is blank.
        WordsRefused: it labels a person, or holds what is never kept.
        NothingToUndo: it was taken back before.
    """
    if not may(by, Permission.UNDO_JUDGEMENT):
        raise NotAllowed(_("You may not take judgements back."))
    if not reason.strip():
        raise NoReason(_("Give a reason in your own words."))
    refuse_words(reason, field="reason")
    candidate = _locked(judgement.candidate, by=by)
    retracted = Judgement.objects.filter(retracts=judgement).exists()
    if judgement.says == Says.TAKEN_BACK or retracted:
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


def _locked(candidate: Candidate, *, by: User) -> Candidate:
    """Lock and return the candidate, if `by` may know of it.

    Raises:
        NotFound: they may not, or there is none.
    """
    seen = Candidate.objects.visible_to(by).filter(pk=candidate.pk)
    found = seen.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound(_("There is no such candidate."))
    return found
