"""Verifications: who is asked, what stands of each, and what the gates say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, Min, OuterRef, QuerySet

from kinward.access.models import Role, User
from kinward.access.queries import may
from kinward.access.rows import Passage, passage
from kinward.access.rules import TABLE, Permission, grants
from kinward.audit.models import Act, Event
from kinward.audit.queries import actions_of
from kinward.casework.queries import case_of
from kinward.casework.rules import Captured, Verifying, best_interests, verifying
from kinward.core.versions import version_of
from kinward.people.models import Person
from kinward.tracing.models import (
    Answers,
    Candidate,
    CandidateQuerySet,
    DnaRequest,
    DnaResult,
    Explanation,
    Finding,
    Interview,
    Point,
    Request,
    Side,
    Verdict,
    Verification,
    VerificationStep,
)
from kinward.tracing.queries.candidates import candidates
from kinward.tracing.queries.claims import claims_and_decision, claims_on, decisions_on
from kinward.tracing.rules import (
    Proof,
    Status,
    Taken,
    discrepancies,
    evidence,
    hindrance,
    picked,
    standing,
    standing_decision,
    status,
    waiting_recommendation,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from kinward.casework.models import Evidence, Unmet

SHOWING: Final = [*actions_of(Act.READ), *actions_of(Act.LISTED), *actions_of(Act.REVEALED)]


def verification_of(candidate: Candidate, *, user: User) -> Verification | None:
    """The verification of a candidate in its present round, for who verifies; None without one."""
    if not may(user, Permission.VERIFY):
        return None
    opened = Verification.objects.filter(candidate=candidate, round=candidate.round)
    return opened.select_related("candidate__sought__request", "opened_by").first()


def interviews_of(verification: Verification) -> dict[Side, Interview]:
    """The interview of each side that was asked for last, with what it came to.

    The verification must come from a query that the account may see.
    """
    asked = Interview.objects.filter(verification=verification).order_by("asked_at", "id")
    found = asked.select_related("interviewer", "answers", "line_up__pick", "line_up__prepared_by")
    return {Side(one.side): one for one in found}


def interviews_to_do(*, user: User) -> QuerySet[Interview]:
    """Interviews this account was asked for, not yet replaced; those still to do come first."""
    if not may(user, Permission.INTERVIEW):
        return Interview.objects.none()
    asked = Interview.objects.filter(interviewer=user).order_by("answers__captured_at", "-asked_at")
    return asked.select_related("person", "answers", "line_up__pick")


def open_interviews(*, user: User) -> QuerySet[Interview]:
    """Interviews this account was asked for and has not held: nobody has, of that side."""
    return interviews_to_do(user=user).filter(answers__isnull=True).order_by("asked_at", "id")


@passage(Passage.COUNTING)
def is_captured(interview: Interview, side: Side) -> bool:
    """Whether the answers of a side are captured, whoever asks: that they are, not what they say.

    The interview must come from a query that the account may see.
    """
    of_the_same = Answers.objects.filter(interview__verification=interview.verification_id)
    return of_the_same.filter(interview__side=side).exists()


@passage(Passage.COUNTING)
def is_replaced(interview: Interview) -> bool:
    """Whether somebody else was asked for the same interview later, likewise."""
    same = Interview.objects.filter(verification=interview.verification_id, side=interview.side)
    return same.filter(asked_at__gt=interview.asked_at).exists()


def shown_at(person: UUID, username: str) -> datetime | None:
    """When an account was shown something of a person first, by the log; None for never."""
    shown = Event.objects.filter(object_id=str(person), actor=username, action__in=SHOWING)
    found: datetime | None = shown.aggregate(first=Min("at"))["first"]
    return found


def interviewers(candidate: Candidate, side: Side) -> list[User]:
    """Who may be asked for an interview: they reach who is interviewed, and interview.

    Of the claimant's, those who have been shown nothing of the child. The candidate must come from
    a query that the account may see.
    """
    roles = [role for role in TABLE if grants(role, Permission.INTERVIEW) and role != Role.CLOCK]
    accounts = User.objects.filter(is_active=True, role__in=roles).order_by("full_name", "username")
    return [user for user in accounts if may_interview(user, candidate, side)]


def may_interview(user: User, candidate: Candidate, side: Side) -> bool:
    """Tell whether an account may be asked for that interview."""
    if not may(user, Permission.INTERVIEW):
        return False
    if side == Side.CHILD:
        return Person.objects.visible_to(user).filter(pk=candidate.child_id).exists()
    asked_in = Request.objects.visible_to(user).filter(pk=candidate.sought.request_id)
    return asked_in.exists() and shown_at(candidate.child_id, user.username) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What stands of a verification."""

    interviews: Mapping[Side, Interview]
    proof: Proof
    evidence: frozenset[Evidence]
    to_explain: tuple[Point, ...]  # every point that has to be explained
    explanations: Mapping[Point, Explanation]  # the last of each point
    tests: tuple[DnaRequest, ...]
    steps: tuple[VerificationStep, ...]
    decided: Taken | None
    recommended: Taken | None
    status: Status
    refuses: tuple[Unmet, ...]  # why gate G2 refuses
    refuses_reunion: tuple[Unmet, ...]  # why gate G3 does
    version: str  # what whoever recommends, decides or takes back saw


def state_of(verification: Verification) -> State:
    """What stands of a verification that the account may see."""
    candidate = verification.candidate
    interviews = interviews_of(verification)
    said = {side: answers_of(interviews.get(side)) for side in Side}
    tests = tuple(verification.dna_requests.select_related("report", "requested_by"))
    proof = proof_of(interviews, tests)
    explained = verification.explanations.select_related("explained_by")
    explanations = {Point(one.about): one for one in explained}
    points = tuple(discrepancies(proof))
    steps = tuple(verification.steps.select_related("taken_by"))
    taken = [as_taken(step) for step in steps]
    hindered = hindrance(candidate.sought_id, *claims_and_decision(candidate.child_id)) is not None
    confirmed = is_confirmed(candidate, verification.round)
    adult = said[Side.ADULT]
    shown = shown_at(candidate.child_id, adult.interview.interviewer.username) if adult else None
    found = evidence(proof)
    return State(
        interviews=interviews,
        proof=proof,
        evidence=found,
        to_explain=points,
        explanations=explanations,
        tests=tests,
        steps=steps,
        decided=standing_decision(taken),
        recommended=waiting_recommendation(taken),
        status=status(taken, holds=confirmed and not hindered),
        refuses=verifying(
            Verifying(
                confirmed=confirmed,
                hindered=hindered,
                adult=captured(adult),
                child=captured(said[Side.CHILD]),
                child_shown_at=shown,
                evidence=found,
                unexplained=len(set(points) - set(explanations)),
            )
        ),
        refuses_reunion=best_interests(case_of(candidate.child), found),
        version=version_of(verification.pk, *(step.pk for step in steps)),
    )


def is_confirmed(candidate: Candidate, round_: int) -> bool:
    """Tell whether a match is confirmed, in the round in which it was opened for verification."""
    return candidate.verdict == Verdict.CONFIRMED and candidate.round == round_


def answers_of(interview: Interview | None) -> Answers | None:
    """Return what was answered in an interview; None before."""
    return getattr(interview, "answers", None)


def captured(answers: Answers | None) -> Captured | None:
    """Return a form as a gate needs it."""
    if answers is None:
        return None
    by = answers.interview.interviewer_id
    return Captured(by=by, at=answers.captured_at, apart=answers.apart)


def proof_of(interviews: Mapping[Side, Interview], tests: Collection[DnaRequest]) -> Proof:
    """Return what both sides and the laboratory said, for the rules."""
    said = {side: answers_of(interviews.get(side)) for side in Side}
    reports = [report for one in tests if (report := getattr(one, "report", None))]
    adult, child = said[Side.ADULT], said[Side.CHILD]
    return Proof(
        adult=adult.said if adult else {},
        child=child.said if child else {},
        adult_picked=recognised(interviews.get(Side.ADULT)),
        child_picked=recognised(interviews.get(Side.CHILD)),
        dna=tuple(DnaResult(report.said["result"]) for report in reports if report.said),
    )


def recognised(interview: Interview | None) -> bool | None:
    """Return whether the right photograph was pointed at; None where none were shown yet."""
    line_up = getattr(interview, "line_up", None)
    pick = getattr(line_up, "pick", None)
    if line_up is None or pick is None or not pick.said:
        return None
    return picked(line_up.order, pick.place)


def as_taken(step: VerificationStep) -> Taken:
    """Return a step as the rules need it."""
    return Taken(step.pk, Finding(step.step), step.outcome, step.follows_id, step.taken_by_id)


def statuses_of(candidates: Collection[Candidate]) -> dict[UUID, tuple[Status, str]]:
    """Where the verification of each candidate stands that has one, and what the child wants.

    Ask inside a passage: it is told to who may see neither side.
    """
    by_key = {candidate.pk: candidate for candidate in candidates}
    opened = Verification.objects.filter(candidate__in=by_key).prefetch_related("steps")
    present = [one for one in opened if one.round == by_key[one.candidate_id].round]
    if not present:
        return {}
    children = {by_key[one.candidate_id].child_id for one in present}
    claims, decisions = claims_on(children), decisions_on(children)
    wishes = dict(
        Answers.objects.filter(interview__verification__in=present)
        .exclude(wish="")
        .values_list("interview__verification", "wish")
    )
    found = {}
    for one in present:
        candidate = by_key[one.candidate_id]
        child = candidate.child_id
        stands = standing(decisions.get(child, []))
        free = hindrance(candidate.sought_id, claims.get(child, []), stands) is None
        holds = free and is_confirmed(candidate, one.round)
        where = status([as_taken(step) for step in one.steps.all()], holds=holds)
        found[candidate.pk] = where, wishes.get(one.pk, "")
    return found


def candidates_to_decide(*, user: User) -> CandidateQuerySet:
    """Matches whose verification waits for the decision of another person, such as this account."""
    if not may(user, Permission.VERIFY):
        return Candidate.objects.none()
    recommended = VerificationStep.objects.filter(
        verification__candidate=OuterRef("pk"),
        verification__round=OuterRef("round"),
        step=Finding.RECOMMENDED,
        followed_by=None,
    )
    waiting = Exists(recommended.exclude(taken_by=user))
    return candidates(user=user).filter(waiting)
