"""Verifying a match: two interviews apart, in order, and gates that tell every reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.audit.models import Event
from kinward.casework.models import Evidence, Unmet, VerifiedKin
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import WordsRefused
from kinward.people import queries as people
from kinward.people.relations import RELATIONS
from kinward.tracing import actions, queries
from kinward.tracing.actions import (
    GateClosed,
    Heard,
    Hindered,
    NotToVerify,
    OutOfOrder,
    Report,
    SettledMeanwhile,
    UnfitInterviewer,
    UnfitProof,
)
from kinward.tracing.models import (
    Answers,
    Candidate,
    DnaReport,
    DnaResult,
    Point,
    RelationTested,
    Settled,
    Side,
    Verdict,
    VerificationStep,
    Wish,
)
from kinward.tracing.rules import Stage, Status, stage

pytestmark = pytest.mark.django_db
KNOWN = {"family": "Зайнаб, Руслан", "siblings": 2, "school": "yes", "separated_in": 2016}


@pytest.fixture
def team(make_user):
    return {
        "huda": make_user("huda", role=Role.REGISTRAR, region="IQ-BG"),
        "madina": make_user("madina", role=Role.ENQUIRY_WORKER, region="RU-DA"),
        "anna": make_user("anna", role=Role.TRACING_OFFICER),
        "karim": make_user("karim", role=Role.SECOND_REVIEWER),
    }


@pytest.fixture
def match(make_candidate):
    return make_candidate(verdict=Verdict.CONFIRMED)


@pytest.fixture
def opened(match, team, at):
    return actions.open_verification(
        candidate=match,
        interviewers={Side.ADULT: team["madina"], Side.CHILD: team["huda"]},
        by=team["anna"],
        at=at,
    )


@pytest.fixture
def hear(opened, team, at):
    """Capture the answers of a side, by whoever was asked for it."""

    def heard(side, minutes=0, **answers):
        wish = answers.pop("wish", Wish.REUNIFICATION if side == Side.CHILD else "")
        apart = answers.pop("apart", True)
        interview = queries.interviews_of(opened)[side]
        return actions.capture_answers(
            interview=interview,
            heard=Heard(said=KNOWN | answers, held_on=at.date(), apart=apart, wish=wish),
            by=interview.interviewer,
            at=at + timedelta(minutes=minutes),
        )

    return heard


@pytest.fixture
def heard(hear):
    hear(Side.ADULT, minutes=1, brought=["documents"])
    hear(Side.CHILD, minutes=2)


def state(verification):
    return queries.state_of(verification)


def settle(match, team, at, outcome=Settled.VERIFIED):
    said = {"candidate": match, "outcome": outcome, "at": at}
    actions.recommend(**said, reason="both tell of the same yard", by=team["anna"])
    return actions.decide_verification(**said, reason="I read both forms", by=team["karim"])


def test_verification_opens_pending_with_two_interviews_to_do(opened, team):
    found = state(opened)

    assert found.status == Status.PENDING
    assert {side: one.interviewer.username for side, one in found.interviews.items()} == {
        Side.ADULT: "madina",
        Side.CHILD: "huda",
    }
    assert [one.side for one in queries.open_interviews(user=team["huda"])] == [Side.CHILD]
    assert [one.side for one in queries.open_interviews(user=team["madina"])] == [Side.ADULT]


def test_verification_is_of_a_confirmed_match_once(make_candidate, match, opened, team, at):
    both = {Side.ADULT: team["madina"], Side.CHILD: team["huda"]}
    undecided = make_candidate()

    with pytest.raises(NotToVerify, match="have to agree first"):
        actions.open_verification(candidate=undecided, interviewers=both, by=team["anna"], at=at)
    with pytest.raises(NotToVerify, match="being verified already"):
        actions.open_verification(candidate=match, interviewers=both, by=team["anna"], at=at)


def test_verification_waits_for_the_decision_between_claimants(
    match, make_candidate, make_request, team, at
):
    request = make_request(enquirer="Хадижат")
    Candidate.objects.filter(sought__request=request).delete()
    make_candidate(child=match.child, request=request)
    both = {Side.ADULT: team["madina"], Side.CHILD: team["huda"]}

    with pytest.raises(Hindered):
        actions.open_verification(candidate=match, interviewers=both, by=team["anna"], at=at)


@pytest.mark.parametrize("name", ["huda", "madina", "karim"])
def test_verification_is_opened_by_tracing_officers(match, team, name, at):
    both = {Side.ADULT: team["madina"], Side.CHILD: team["huda"]}

    with pytest.raises(NotAllowed):
        actions.open_verification(candidate=match, interviewers=both, by=team[name], at=at)


def test_two_sides_are_asked_by_two_people(match, team, at):
    alone = {Side.ADULT: team["karim"], Side.CHILD: team["karim"]}

    with pytest.raises(UnfitInterviewer, match="Two different people"):
        actions.open_verification(candidate=match, interviewers=alone, by=team["anna"], at=at)


def test_interviewers_reach_who_they_ask_and_were_shown_nothing_of_the_child(match, team, at):
    with acting(team["karim"]):
        Event.objects.all()
    people_asked = {side: queries.interviewers(match, side) for side in Side}

    names = {side: {user.username for user in found} for side, found in people_asked.items()}
    assert "madina" in names[Side.ADULT]
    assert "huda" not in names[Side.ADULT]
    assert "huda" in names[Side.CHILD]
    assert "madina" not in names[Side.CHILD]


def test_who_was_shown_the_child_may_not_ask_the_claimant(client, match, team, at):
    client.force_login(team["karim"])
    client.get(f"/matches/{match.pk}/")
    both = {Side.ADULT: team["karim"], Side.CHILD: team["huda"]}

    with pytest.raises(UnfitInterviewer, match="shown the child before"):
        actions.open_verification(candidate=match, interviewers=both, by=team["anna"], at=at)
    assert team["karim"] not in queries.interviewers(match, Side.ADULT)


def test_who_is_shown_the_child_after_being_asked_may_not_capture(client, match, team, at):
    both = {Side.ADULT: team["karim"], Side.CHILD: team["huda"]}
    opened = actions.open_verification(candidate=match, interviewers=both, by=team["anna"], at=at)
    client.force_login(team["karim"])
    client.get(f"/children/{match.child_id}/")

    with pytest.raises(OutOfOrder, match="You have been shown something of the child"):
        actions.capture_answers(
            interview=queries.interviews_of(opened)[Side.ADULT],
            heard=Heard(said=KNOWN, held_on=at.date(), apart=True),
            by=team["karim"],
            at=at,
        )


def test_child_is_asked_after_the_claimant(hear):
    with pytest.raises(OutOfOrder, match="The claimant is asked first"):
        hear(Side.CHILD)

    assert Answers.objects.count() == 0


def test_answers_are_captured_once(heard, hear):
    with pytest.raises(OutOfOrder, match="captured already"):
        hear(Side.ADULT, minutes=3)


def test_answers_are_captured_by_who_was_asked(opened, team, at):
    interview = queries.interviews_of(opened)[Side.ADULT]
    told = Heard(said=KNOWN, held_on=at.date(), apart=True)

    with pytest.raises(NotFound):
        actions.capture_answers(interview=interview, heard=told, by=team["huda"], at=at)
    tomorrow = Heard(said=KNOWN, held_on=at.date() + timedelta(days=1), apart=True)
    with pytest.raises(OutOfOrder, match="still to come"):
        actions.capture_answers(interview=interview, heard=tomorrow, by=team["madina"], at=at)


def test_who_was_replaced_captures_nothing(match, opened, team, make_user, at):
    first = queries.interviews_of(opened)[Side.ADULT]
    another = make_user("asya", role=Role.ENQUIRY_WORKER, region="RU-DA")

    actions.ask_interviewer(
        candidate=match,
        side=Side.ADULT,
        interviewer=another,
        by=team["anna"],
        at=at + timedelta(minutes=1),
    )

    with pytest.raises(OutOfOrder, match="Somebody else was asked"):
        actions.capture_answers(
            interview=first,
            heard=Heard(said=KNOWN, held_on=at.date(), apart=True),
            by=team["madina"],
            at=at + timedelta(minutes=2),
        )


def test_held_interview_is_asked_of_nobody_else(match, heard, team, make_user, at):
    another = make_user("asya", role=Role.ENQUIRY_WORKER, region="RU-DA")

    with pytest.raises(UnfitInterviewer, match="held already"):
        actions.ask_interviewer(
            candidate=match, side=Side.ADULT, interviewer=another, by=team["anna"], at=at
        )


def test_answers_hold_no_label_and_no_profile(hear):
    for words in ("his father is a terrorist", "vWA 16,17 FGA 21,24 TH01 6,9.3"):
        with pytest.raises(WordsRefused):
            hear(Side.ADULT, friends=words)


def test_answers_of_one_side_are_not_reached_by_the_other(heard, opened, team):
    assert {one.side for one in queries.interviews_to_do(user=team["huda"])} == {Side.CHILD}
    assert {one.side for one in queries.interviews_to_do(user=team["madina"])} == {Side.ADULT}
    assert queries.verification_of(opened.candidate, user=team["huda"]) is None


def test_answers_stand_in_no_profile_and_beside_no_candidate(client, match, hear, team):
    hear(Side.ADULT, friends="Canary the goat")
    client.force_login(team["anna"])

    page = client.get(f"/matches/{match.pk}/").content.decode()

    assert "Canary" not in page
    told = people.profiles([match.child, match.sought.person], user=team["anna"])
    assert "Canary" not in str(told)


def test_gate_refuses_with_every_reason_at_once(match, opened, team, at):
    with pytest.raises(GateClosed) as closed:
        actions.recommend(
            candidate=match, outcome=Settled.VERIFIED, reason="it fits", by=team["anna"], at=at
        )

    assert closed.value.reasons == (
        Unmet.NO_ADULT_FORM,
        Unmet.NO_CHILD_FORM,
        Unmet.NO_EVIDENCE,
    )
    assert VerificationStep.objects.count() == 0


def test_family_is_verified_once_nothing_is_missing(match, heard, opened, team, at):
    assert state(opened).refuses == ()

    settle(match, team, at)

    assert state(opened).status == Status.VERIFIED
    assert state(opened).evidence == {Evidence.DOCUMENT, Evidence.ANSWERS}


def test_case_is_told_whose_child_it_is_and_that_it_is_so_no_more(match, heard, opened, team, at):
    settle(match, team, at)

    told = VerifiedKin.objects.get()
    assert (told.child, told.relative) == (match.child, match.sought.request.enquirer)
    assert told.family == match.sought.request.pk
    assert str(told.relation) in RELATIONS
    later = at + timedelta(hours=1)
    actions.take_back_decision(candidate=match, reason="a mistake", by=team["karim"], at=later)
    assert [each.stands for each in VerifiedKin.objects.all()] == [True, False]


def test_who_recommends_does_not_decide(match, heard, team, at):
    said = {"candidate": match, "outcome": Settled.VERIFIED, "reason": "it fits", "at": at}
    actions.recommend(**said, by=team["anna"])

    with pytest.raises(UnfitProof, match="Another person has to decide"):
        actions.decide_verification(**said, by=team["anna"])
    with pytest.raises(UnfitProof, match="waits for its decision"):
        actions.recommend(**said, by=team["anna"])
    assert queries.candidates_to_decide(user=team["karim"]).get() == match
    assert not queries.candidates_to_decide(user=team["anna"]).exists()


def test_nothing_is_decided_without_a_recommendation(match, heard, team, at):
    with pytest.raises(UnfitProof, match="No recommendation waits"):
        actions.decide_verification(
            candidate=match, outcome=Settled.REJECTED, reason="no", by=team["karim"], at=at
        )
    with pytest.raises(UnfitProof, match="no decision to take back"):
        actions.take_back_decision(candidate=match, reason="no", by=team["karim"], at=at)


def test_what_disagrees_is_explained_before(match, hear, opened, team, at):
    hear(Side.ADULT, minutes=1, brought=["documents"])
    hear(Side.CHILD, minutes=2, siblings=5, school="no")
    assert state(opened).to_explain == (Point.SIBLINGS, Point.SCHOOL)
    assert Unmet.UNEXPLAINED in state(opened).refuses

    for point in (Point.SIBLINGS, Point.SCHOOL):
        actions.explain(
            candidate=match, about=point, words="cousins lived there", by=team["karim"], at=at
        )

    assert state(opened).refuses == ()
    with pytest.raises(UnfitProof, match="Nothing has to be explained"):
        actions.explain(
            candidate=match, about=Point.ANIMAL, words="no goat", by=team["karim"], at=at
        )


def test_test_alone_verifies_nobody(match, hear, opened, team, at):
    for minutes, side in enumerate(Side, 1):
        hear(side, minutes=minutes, family="", siblings="", school="", separated_in="")
    request = actions.request_dna(
        candidate=match,
        relation=RelationTested.MATERNAL,
        offered_first="a visit, which the court did not accept",
        consents="both, on form 3",
        by=team["anna"],
        at=at,
    )
    printed = Report(
        result=DnaResult.SUPPORTS,
        likelihood_ratio="2.4 × 10^6",
        prior="1:1",
        laboratory="Forensic institute, Baghdad",
        sha256="a" * 64,
    )
    actions.report_dna(candidate=match, test=request.pk, report=printed, by=team["anna"], at=at)

    with pytest.raises(GateClosed) as closed:
        settle(match, team, at)

    assert closed.value.reasons == (Unmet.DNA_ALONE,)
    assert state(opened).refuses_reunion == (
        Unmet.DNA_ALONE,
        Unmet.NO_ASSESSMENT,
        Unmet.NO_DETERMINATION,
    )
    assert DnaReport.objects.get().said["likelihood_ratio"] == "2.4 × 10^6"
    with pytest.raises(UnfitProof, match="report already"):
        actions.report_dna(candidate=match, test=request.pk, report=printed, by=team["anna"], at=at)


def test_profile_is_never_kept(match, opened, team, at):
    with pytest.raises(WordsRefused):
        actions.request_dna(
            candidate=match,
            relation=RelationTested.MOTHER,
            offered_first="D3S1358 15,16 vWA 16,17 FGA 21,24",
            consents="both",
            by=team["anna"],
            at=at,
        )


def test_photographs_come_after_the_answers_and_not_from_who_asks(
    match, hear, opened, team, at, make_user
):
    laid = {"candidate": match, "side": Side.ADULT, "order": [4, 2, 1, 3, 6, 5], "at": at}
    with pytest.raises(OutOfOrder, match="once the answers are captured"):
        actions.prepare_line_up(**laid, by=team["anna"])
    hear(Side.ADULT)

    with pytest.raises(RuleBroken, match="at least six"):
        actions.prepare_line_up(**laid | {"order": [1, 2, 3]}, by=team["anna"])
    line_up = actions.prepare_line_up(**laid, by=team["anna"])

    assert line_up.order == [4, 2, 1, 3, 6, 5]
    with pytest.raises(OutOfOrder, match="have been laid out"):
        actions.prepare_line_up(**laid, by=team["karim"])


@pytest.mark.parametrize(
    ("place", "explain", "recognised"), [(3, False, True), (1, True, False), (None, True, False)]
)
def test_unsure_before_photographs_is_no(
    match, heard, opened, team, at, place, explain, recognised
):
    actions.prepare_line_up(
        candidate=match, side=Side.ADULT, order=[4, 2, 1, 3, 6, 5], by=team["anna"], at=at
    )

    interview = queries.interviews_of(opened)[Side.ADULT]
    actions.record_pick(interview=interview, place=place, by=team["madina"], at=at)

    assert (Point.ADULT_LINE_UP in state(opened).to_explain) == explain
    assert (Evidence.RECOGNITION in state(opened).evidence) == recognised
    with pytest.raises(OutOfOrder, match="recorded already"):
        actions.record_pick(interview=interview, place=2, by=team["madina"], at=at)


def test_place_before_photographs_is_one_of_theirs(match, heard, opened, team, at):
    interview = queries.interviews_of(opened)[Side.CHILD]
    with pytest.raises(OutOfOrder, match="No photographs"):
        actions.record_pick(interview=interview, place=1, by=team["huda"], at=at)
    actions.prepare_line_up(
        candidate=match, side=Side.CHILD, order=[1, 2, 3, 4, 5, 6], by=team["anna"], at=at
    )

    with pytest.raises(RuleBroken, match="no photograph at this place"):
        actions.record_pick(interview=interview, place=7, by=team["huda"], at=at)


def test_decision_is_taken_back_and_both_stay(match, heard, opened, team, at):
    settle(match, team, at)

    actions.take_back_decision(candidate=match, reason="a mistake", by=team["karim"], at=at)

    assert state(opened).status == Status.PENDING
    assert [step.step for step in state(opened).steps] == ["recommended", "decided", "taken_back"]
    settle(match, team, at, Settled.UNVERIFIED)
    assert state(opened).status == Status.UNVERIFIED


def test_decision_is_made_on_what_was_seen(match, heard, opened, team, at):
    seen = state(opened).version
    said = {"candidate": match, "outcome": Settled.REJECTED, "reason": "no", "at": at}
    actions.recommend(**said, by=team["anna"])

    with pytest.raises(SettledMeanwhile):
        actions.decide_verification(**said, seen=seen, by=team["karim"])


def test_verified_match_that_is_undone_is_verified_no_more(match, heard, opened, team, at):
    settle(match, team, at)

    Candidate.objects.filter(pk=match.pk).update(verdict=Verdict.OPEN, round=2)

    opened.candidate.refresh_from_db()
    assert state(opened).status == Status.PENDING
    assert Unmet.NOT_CONFIRMED in state(opened).refuses


def test_later_claim_suspends_what_was_verified(
    match, heard, opened, team, at, make_candidate, make_request
):
    settle(match, team, at)
    request = make_request(enquirer="Хадижат")
    Candidate.objects.filter(sought__request=request).delete()
    make_candidate(child=match.child, request=request)

    assert state(opened).status == Status.PENDING
    assert state(opened).refuses == (Unmet.CLAIMED,)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Settled.VERIFIED, Stage.VERIFIED),
        (Settled.UNVERIFIED, Stage.UNVERIFIED),
        (Settled.FALSELY_ATTRIBUTED, Stage.FALSELY_ATTRIBUTED),
        (Settled.REJECTED, Stage.REJECTED),
    ],
)
def test_verification_flows_into_the_search_of_both(match, heard, team, at, outcome, expected):
    both = [match.child, match.sought.person]
    before = {stage(found) for found in queries.searches_for(both).values()}

    settle(match, team, at, outcome)

    assert before == {Stage.PENDING}
    assert {stage(found) for found in queries.searches_for(both).values()} == {expected}


def test_everything_done_is_in_the_log_without_what_was_said(match, heard, team, at):
    settle(match, team, at)

    done = set(Event.objects.filter(object_id=str(match.pk)).values_list("action", flat=True))

    assert done >= {
        "tracing.opened_verification",
        "tracing.asked_interviewer",
        "tracing.recommended",
        "tracing.decided",
    }
    assert Event.objects.filter(action="tracing.captured_answers").count() == 2
    assert not Event.objects.filter(details__icontains="Зайнаб").exists()
