"""Opening a verification, explaining what disagrees, recommending and deciding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.actions import GateClosed, Kin, push_step, tell_kin
from kinward.casework.models import Track, VerifiedKin
from kinward.casework.queries import standing_kin
from kinward.casework.rules import not_enough_alone
from kinward.casework.tracks import Tracing
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict, overtaken
from kinward.people.models import Answer, Assertion, Person
from kinward.tracing.actions.claiming import refuse_if_hindered
from kinward.tracing.models import (
    Candidate,
    Explanation,
    Finding,
    Interview,
    Point,
    Relation,
    Settled,
    Side,
    Verdict,
    Verification,
    VerificationStep,
)
from kinward.tracing.queries import may_interview, state_of, statuses_of, verification_of
from kinward.tracing.rules import Status
from kinward.tracing.rules.families import asking_as

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.tracing.queries import State

# A child whose family is verified is not looked for less because another family was turned down.
BEST_FIRST: Final = (
    Status.VERIFIED,
    Status.PENDING,
    Status.UNVERIFIED,
    Status.FALSELY_ATTRIBUTED,
    Status.REJECTED,
)
WORDS_OF: Final = {
    Finding.RECOMMENDED: "tracing.recommended",
    Finding.DECIDED: "tracing.decided",
    Finding.TAKEN_BACK: "tracing.took_back_decision",
}


class NotToVerify(RuleBroken):
    """The match is not confirmed, is being verified already, or its verification is over."""


class UnfitInterviewer(RuleBroken):
    """Somebody may not do that interview: out of reach, shown the child, or the other side's."""


class SettledMeanwhile(Conflict):
    """Somebody recommended or decided after the page was made that this answers."""


class UnfitProof(RuleBroken):
    """An explanation, a test or a step does not fit what stands."""


@transaction.atomic
def open_verification(
    *, candidate: Candidate, interviewers: Mapping[Side, User], by: User, at: datetime
) -> Verification:
    """Open the verification of a confirmed match, and ask two people for the interviews.

    Raises:
        NotAllowed: `by` does not verify.
        NotFound: `by` may not know of this candidate.
        NotToVerify: two reviewers do not agree, or it is open already.
        Hindered: other claims on the child are not decided upon.
        UnfitInterviewer: one person is asked for both, or somebody may not do it.
    """
    if not may(by, Permission.RECOMMEND):
        raise NotAllowed(_("You may not open a verification."))
    list(Person.objects.filter(pk=candidate.child_id).select_for_update())
    candidate = _seen(candidate, by=by)
    if candidate.verdict != Verdict.CONFIRMED:
        raise NotToVerify(_("Two reviewers have to agree first that it is the same person."))
    refuse_if_hindered(candidate.child_id, candidate.sought_id)
    if verification_of(candidate, user=by):
        raise NotToVerify(_("This match is being verified already."))
    verification = Verification.objects.create(
        candidate=candidate, round=candidate.round, opened_by=by, opened_at=at
    )
    record("tracing.opened_verification", candidate, by=by, at=at)
    for side in Side:
        _ask(verification, side, interviewers[side], by=by, at=at)
    follow_case(candidate.child, by=by, at=at)
    return verification


@transaction.atomic
def ask_interviewer(
    *, candidate: Candidate, side: Side, interviewer: User, by: User, at: datetime
) -> Interview:
    """Ask somebody else for an interview that was not held yet.

    Raises:
        NotAllowed, NotFound: as `open_verification`.
        UnfitInterviewer: it was held, or they may not do it.
    """
    verification = held(candidate, Permission.RECOMMEND, by=by)
    return _ask(verification, side, interviewer, by=by, at=at)


def _ask(
    verification: Verification, side: Side, interviewer: User, *, by: User, at: datetime
) -> Interview:
    """Store who is asked for an interview."""
    candidate = verification.candidate
    asked = state_of(verification).interviews
    if side in asked and hasattr(asked[side], "answers"):
        raise UnfitInterviewer(_("This interview has been held already."))
    others = {one.interviewer_id for other, one in asked.items() if other != side}
    if interviewer.pk in others:
        raise UnfitInterviewer(_("Two different people interview the two sides."))
    if not may_interview(interviewer, candidate, side):
        raise UnfitInterviewer(
            _("This person may not do this interview: out of reach, or shown the child before.")
        )
    is_child = side == Side.CHILD
    interview = Interview.objects.create(
        verification=verification,
        side=side,
        person_id=candidate.child_id if is_child else candidate.sought.request.enquirer_id,
        kept_from_id=None if is_child else candidate.child_id,
        interviewer=interviewer,
        asked_by=by,
        asked_at=at,
    )
    record("tracing.asked_interviewer", candidate, by=by, at=at, interview=str(interview.pk))
    return interview


@transaction.atomic
def explain(
    *, candidate: Candidate, about: Point, words: str, by: User, at: datetime
) -> Explanation:
    """Explain something the two sides, or a test, disagree on.

    Raises:
        NotAllowed, NotFound: as `open_verification`.
        UnfitProof: nothing is disagreed on there, or the words are blank.
        WordsRefused: they label a person, or hold what is never kept.
    """
    verification = held(candidate, Permission.VERIFY, by=by)
    if about not in state_of(verification).to_explain:
        raise UnfitProof(_("Nothing has to be explained there."))
    guard(words)
    explanation = Explanation.objects.create(
        verification=verification,
        about=about,
        words=words.strip(),
        explained_by=by,
        explained_at=at,
    )
    record("tracing.explained", candidate, by=by, at=at, explanation=str(explanation.pk))
    return explanation


@transaction.atomic
def recommend(  # noqa: PLR0913 (an outcome, and what it was found on)
    *,
    candidate: Candidate,
    outcome: Settled,
    reason: str,
    seen: str | None = None,
    by: User,
    at: datetime,
) -> VerificationStep:
    """Recommend what a verification comes to; another person decides upon it.

    Raises:
        NotAllowed, NotFound: as `open_verification`.
        SettledMeanwhile: what was seen is not what stands.
        UnfitProof: a decision stands, a recommendation waits, or the reason is blank.
        GateClosed: it is to be verified, and gate G2, or the first part of G3, refuses.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    verification = held(candidate, Permission.RECOMMEND, by=by)
    state = _unless_settled_meanwhile(verification, seen)
    if state.decided:
        raise UnfitProof(_("This has been decided. Take the decision back first."))
    if state.recommended:
        raise UnfitProof(_("A recommendation waits for its decision already."))
    _unless_refused(verification, outcome)
    return _step(verification, Finding.RECOMMENDED, outcome, None, reason, by=by, at=at)


@transaction.atomic
def decide_verification(  # noqa: PLR0913 (an outcome, and what it was found on)
    *,
    candidate: Candidate,
    outcome: Settled,
    reason: str,
    seen: str | None = None,
    by: User,
    at: datetime,
) -> VerificationStep:
    """Decide upon the recommendation that waits, as another person; it may be decided otherwise.

    Raises:
        NotAllowed, NotFound: as `open_verification`.
        SettledMeanwhile: what was seen is not what stands.
        UnfitProof: nothing waits, or `by` recommended it, or the reason is blank.
        GateClosed: it is to be verified, and gate G2, or the first part of G3, refuses.
        WordsRefused: the reason labels a person, or holds what is never kept.
    """
    verification = held(candidate, Permission.VERIFY, by=by)
    waits = _unless_settled_meanwhile(verification, seen).recommended
    if waits is None:
        raise UnfitProof(_("No recommendation waits for a decision."))
    if waits.by == by.pk:
        raise UnfitProof(_("You recommended this yourself. Another person has to decide."))
    _unless_refused(verification, outcome)
    return _step(verification, Finding.DECIDED, outcome, waits.id, reason, by=by, at=at)


@transaction.atomic
def take_back_decision(
    *, candidate: Candidate, reason: str, seen: str | None = None, by: User, at: datetime
) -> VerificationStep:
    """Take the decision on a verification back: both stay on record, and it is open again.

    Raises:
        NotAllowed, NotFound: as `open_verification`.
        SettledMeanwhile: what was seen is not what stands.
        UnfitProof: no decision stands, or the reason is blank.
        WordsRefused: it labels a person, or holds what is never kept.
    """
    verification = held(candidate, Permission.VERIFY, by=by)
    decided = _unless_settled_meanwhile(verification, seen).decided
    if decided is None:
        raise UnfitProof(_("There is no decision to take back."))
    return _step(verification, Finding.TAKEN_BACK, "", decided.id, reason, by=by, at=at)


def _unless_settled_meanwhile(verification: Verification, seen: str | None) -> State:
    """Return what stands of a verification. It is locked.

    Raises:
        SettledMeanwhile: it is not what was seen.
    """
    state = state_of(verification)
    if overtaken(seen, state.version):
        last = state.steps[-1] if state.steps else None
        raise SettledMeanwhile(
            _("Somebody recommended or decided since you opened the page. Read it anew."),
            had=seen or "",
            stands=state.version,
            by=last.taken_by.get_full_name() if last else "",
            at=last.taken_at if last else None,
        )
    return state


def _unless_refused(verification: Verification, outcome: Settled) -> None:
    """Refuse what a gate forbids, with all its reasons."""
    if outcome != Settled.VERIFIED:
        return
    state = state_of(verification)
    if reasons := state.refuses + not_enough_alone(state.evidence):
        raise GateClosed(reasons)


def _step(  # noqa: PLR0913 (all that a step says)
    verification: Verification,
    step: Finding,
    outcome: Settled | str,
    follows: UUID | None,
    reason: str,
    *,
    by: User,
    at: datetime,
) -> VerificationStep:
    """Append a step."""
    guard(reason)
    taken = VerificationStep.objects.create(
        verification=verification,
        step=step,
        outcome=outcome,
        follows_id=follows,
        reason=reason.strip(),
        taken_by=by,
        taken_at=at,
    )
    record(WORDS_OF[step], verification.candidate, by=by, at=at, step=str(taken.pk))
    follow_case(verification.candidate.child, by=by, at=at)
    return taken


def follow_case(child: Person, *, by: User, at: datetime) -> None:
    """Let the track of the child's case stand where its verifications do, the best of them first.

    The case is told that, and nothing of what was said.
    """
    with passage(Passage.COUNTING):
        candidates = list(Candidate.objects.filter(child=child))
        opened = statuses_of(candidates)
        verified = {key for key, (status, _wish) in opened.items() if status == Status.VERIFIED}
        tell_family(child, [each for each in candidates if each.pk in verified], by=by, at=at)
    found = {status for status, _wish in opened.values()}
    stands = next((each.value for each in BEST_FIRST if each in found), Tracing.OPEN)
    push_step(child=child, track=Track.TRACING, to=stands, by=by, at=at)


def tell_family(child: Person, verified: Collection[Candidate], *, by: User, at: datetime) -> None:
    """Tell the case which families the child is verified to be of, and which no more."""
    families = {kin.family: kin for each in verified if (kin := kin_of(each))}
    for kin in families.values():
        tell_kin(child=child, kin=kin, stands=True, by=by, at=at)
    told = VerifiedKin.objects.filter(child=child).select_related("relative")
    for last in standing_kin(told):
        if last.family not in families:
            gone = Kin(last.relative, last.family)
            tell_kin(child=child, kin=gone, stands=False, by=by, at=at)


def kin_of(candidate: Candidate) -> Kin | None:
    """Return of which family a candidate makes the child; None if who asks is no relative."""
    request = candidate.sought.request
    said = Assertion.objects.settled().filter(
        person=request.enquirer, answer=Answer.KNOWN, corrected_by__isnull=True
    )
    told = {one.property: one.value for one in said.filter(property__in=["name", "sex"])}
    relation = asking_as(Relation(candidate.sought.relation), told.get("sex", {}).get("code", ""))
    if relation is None:
        return None
    names = told.get("name", {}).get("text", "")
    return Kin(relative=request.enquirer, family=request.pk, relation=relation, names=names)


def guard(words: str) -> None:
    """Refuse what is blank, labels a person, or is never kept."""
    if not words.strip():
        raise UnfitProof(_("Write it in your own words."))
    refuse_words(words, field="words")


def _seen(candidate: Candidate, *, by: User) -> Candidate:
    """Lock and return the candidate, if `by` may know of it."""
    found = Candidate.objects.visible_to(by).filter(pk=candidate.pk).select_for_update(of=("self",))
    candidate_now = found.select_related("sought__request").first()
    if candidate_now is None:
        raise NotFound(_("There is no such candidate."))
    return candidate_now


def held(candidate: Candidate, permission: Permission, *, by: User) -> Verification:
    """Lock the candidate and return its verification, if `by` may do that.

    Raises:
        NotAllowed: they may not.
        NotFound: they may not know of the candidate, or it is not being verified.
    """
    if not may(by, permission):
        raise NotAllowed(_("You may not do this in a verification."))
    verification = verification_of(_seen(candidate, by=by), user=by)
    if verification is None:
        raise NotFound(_("This match is not being verified."))
    return verification
