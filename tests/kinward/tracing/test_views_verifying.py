"""The pages of a verification: who sees which side, and how a gate says no."""

from __future__ import annotations

import pytest

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.tracing import queries
from kinward.tracing.models import Candidate, DnaReport, Pick, Side, Verdict, Verification

pytestmark = pytest.mark.django_db
ASKED = {
    "held_on": "2019-01-02",
    "apart": "yes",
    "family": "Зайнаб, Руслан",
    "siblings": "2",
    "school": "yes",
    "friends": "Canary the goat",
}
OF_THE_ADULT = {"identity": "a passport was seen", "brought": ["documents"], "wants": "yes"}
OF_THE_CHILD = {
    "told_before": "nothing",
    "recognises": "unsure",
    "recognises_self": "none",
    "wish": "contact",
}


@pytest.fixture
def team(make_user):
    return {
        "huda": make_user("huda", role=Role.REGISTRAR, region="IQ-BG", full_name="Huda"),
        "madina": make_user("madina", role=Role.ENQUIRY_WORKER, region="RU-DA", full_name="Madina"),
        "anna": make_user("anna", role=Role.TRACING_OFFICER, full_name="Anna"),
        "karim": make_user("karim", role=Role.SECOND_REVIEWER, full_name="Karim"),
    }


@pytest.fixture
def match(make_candidate):
    return make_candidate(verdict=Verdict.CONFIRMED)


@pytest.fixture
def as_(client, team):
    def signed_in(name):
        client.force_login(team[name])
        return client

    return signed_in


@pytest.fixture
def page_of_match(match):
    return f"/matches/{match.pk}/verify/"


@pytest.fixture
def opened(as_, team, page_of_match):
    typed = {"adult": str(team["madina"].pk), "child": str(team["huda"].pk)}
    as_("anna").post(page_of_match, typed)
    return Verification.objects.get()


@pytest.fixture
def interview(opened):
    return {side: f"/interviews/{one.pk}/" for side, one in queries.interviews_of(opened).items()}


@pytest.fixture
def heard(as_, interview):
    as_("madina").post(interview[Side.ADULT], ASKED | OF_THE_ADULT)
    as_("huda").post(interview[Side.CHILD], ASKED | OF_THE_CHILD)


def settle(client, address, outcome="verified", reason="both tell of one yard"):
    seen = client.get(address).context["state"].version
    typed = {"settle-outcome": outcome, "settle-reason": reason, "seen": seen}
    return client.post(f"{address}settle/", typed)


def test_confirmed_match_leads_to_its_verification(as_, match, page_of_match):
    assert f'href="{page_of_match}"' in as_("anna").get(f"/matches/{match.pk}/").content.decode()


def test_officer_asks_two_people_of_those_who_may(as_, team, opened):
    assert {side: one.interviewer for side, one in queries.interviews_of(opened).items()} == {
        Side.ADULT: team["madina"],
        Side.CHILD: team["huda"],
    }


def test_one_person_for_both_sides_is_not_accepted(as_, match, page_of_match, make_user):
    fresh = make_user("fresh", role=Role.SECOND_REVIEWER)

    typed = {"adult": str(fresh.pk), "child": str(fresh.pk)}
    response = as_("anna").post(page_of_match, typed)

    assert response.status_code == 422
    assert "Two different people interview the two sides." in response.content.decode()


def test_page_says_who_opens_it_and_what_comes_first(as_, match, page_of_match):
    for_reviewer = as_("karim").get(page_of_match).content.decode()
    Candidate.objects.filter(pk=match.pk).update(verdict=Verdict.OPEN)
    for_officer = as_("anna").get(page_of_match).content.decode()

    assert "A tracing officer opens the verification" in for_reviewer
    assert "Two reviewers have to agree first" in for_officer


def test_interviewers_find_their_interview_among_their_work(as_, interview):
    page = as_("huda").get("/interviews/").content.decode()

    assert "interview waits for you" in as_("huda").get("/").content.decode()
    assert f'href="{interview[Side.CHILD]}"' in page
    assert interview[Side.ADULT] not in page


def test_child_waits_until_the_claimant_was_asked(as_, interview):
    waiting = as_("huda").get(interview[Side.CHILD]).content.decode()
    as_("madina").post(interview[Side.ADULT], ASKED | OF_THE_ADULT)

    assert "The claimant is asked first." in waiting
    assert "Capture the answers" not in waiting
    assert "Capture the answers" in as_("huda").get(interview[Side.CHILD]).content.decode()


def test_interviewer_sees_nothing_of_the_other_side(as_, match, interview, heard):
    page = as_("huda").get(interview[Side.CHILD]).content.decode()
    claimant = as_("madina").get(interview[Side.ADULT]).content.decode()

    assert as_("huda").get(interview[Side.ADULT]).status_code == 404
    assert as_("madina").get(interview[Side.CHILD]).status_code == 404
    assert match.sought.request.reference not in page
    assert match.child.reference not in claimant
    assert str(match.child_id) not in claimant
    for name in ("huda", "madina"):
        assert as_(name).get(f"/matches/{match.pk}/verify/").status_code == 404


@pytest.mark.parametrize(
    ("side", "name", "wrong", "said"),
    [
        (Side.ADULT, "madina", {"held_on": "2999-01-01"}, "This day is still to come"),
        (Side.ADULT, "madina", {"separated_in": "2999"}, "This year is still to come"),
        (Side.ADULT, "madina", {"identity": ""}, "This field is required"),
        (Side.ADULT, "madina", {"small": "his father is a terrorist"}, "labels a person"),
    ],
)
def test_answers_that_do_not_fit_come_back(as_, interview, side, name, wrong, said):
    response = as_(name).post(interview[side], ASKED | OF_THE_ADULT | wrong)

    assert response.status_code == 422
    assert said in response.content.decode()


def test_answers_are_captured_once_only(as_, interview, heard):
    again = as_("madina").post(interview[Side.ADULT], ASKED | OF_THE_ADULT)

    assert again.status_code == 409
    assert "You captured the answers" in as_("madina").get(interview[Side.ADULT]).content.decode()


def test_gate_refuses_with_every_reason_and_where_each_is_resolved(as_, opened, page_of_match):
    response = settle(as_("anna"), page_of_match)

    page = response.content.decode()
    assert response.status_code == 409
    assert "This cannot be called verified yet" in page
    assert "both tell of one yard" in page
    for reason, part in (
        ("The claimant’s answers have not been captured.", "#interviews"),
        ("The child’s answers have not been captured.", "#interviews"),
        ("No evidence is listed.", "#evidence"),
    ):
        assert f'<a href="{page_of_match}{part}">{reason}</a>' in page


def test_family_is_verified_by_two(as_, opened, heard, page_of_match):
    recommended = settle(as_("anna"), page_of_match)
    waits = as_("anna").get(page_of_match).content.decode()
    listed = as_("karim").get("/matches/?show=to_decide").content.decode()
    decided = settle(as_("karim"), page_of_match, reason="I read both forms")

    assert (recommended.status_code, decided.status_code) == (302, 302)
    assert "This waits for the decision of another person." in waits
    assert str(opened.candidate_id) in listed
    page = as_("karim").get(page_of_match)
    assert page.context["state"].status == "verified"
    assert "I read both forms" in page.content.decode()


def test_enquirer_may_be_told_what_the_child_wants_to_be_told(
    as_, match, opened, heard, page_of_match
):
    request = f"/requests/{match.sought.request_id}/"
    before = as_("madina").get(request).content.decode()
    settle(as_("anna"), page_of_match)
    settle(as_("karim"), page_of_match)

    after = as_("madina").get(request).content.decode()

    assert "We would like to ask you some more questions." in before
    assert "We have found the person you asked for" in after


def test_decision_is_taken_back(as_, opened, heard, page_of_match):
    settle(as_("anna"), page_of_match)
    settle(as_("karim"), page_of_match)
    page = as_("karim").get(page_of_match)
    typed = {"back-reason": "a mistake", "seen": page.context["state"].version}

    as_("karim").post(f"{page_of_match}back/", typed)

    assert "The verification is open again" in page.content.decode()
    assert as_("karim").get(page_of_match).context["state"].status == "pending"


def test_decision_meanwhile_comes_back_with_what_was_typed(as_, opened, heard, page_of_match):
    client = as_("anna")
    seen = client.get(page_of_match).context["state"].version
    settle(client, page_of_match)
    typed = {"settle-outcome": "rejected", "settle-reason": "not so sure", "seen": seen}

    response = as_("karim").post(f"{page_of_match}settle/", typed)

    assert response.status_code == 409
    assert "not so sure" in response.content.decode()


def test_what_disagrees_is_shown_and_explained(as_, interview, opened, page_of_match):
    as_("madina").post(interview[Side.ADULT], ASKED | OF_THE_ADULT)
    as_("huda").post(interview[Side.CHILD], ASKED | OF_THE_CHILD | {"siblings": "5"})
    client = as_("anna")
    before = client.get(page_of_match).content.decode()

    said = {"siblings-words": "cousins lived there"}
    empty = client.post(f"{page_of_match}explain/", {"about": "siblings", "siblings-words": ""})
    client.post(f"{page_of_match}explain/", {"about": "siblings"} | said)

    assert "not explained" in before
    assert empty.status_code == 422
    assert client.post(f"{page_of_match}explain/", {"about": "x"}).status_code == 404
    assert "cousins lived there" in client.get(page_of_match).content.decode()


def test_photographs_are_numbers_to_who_asks(as_, interview, opened, heard, page_of_match):
    typed = {"line_up-side": "adult", "line_up-photographs": "7"}
    as_("anna").post(f"{page_of_match}photographs/", typed)
    shown = as_("madina").get(interview[Side.ADULT])
    order = queries.interviews_of(opened)[Side.ADULT].line_up.order

    none = as_("madina").post(f"{interview[Side.ADULT]}photographs/", {})
    as_("madina").post(f"{interview[Side.ADULT]}photographs/", {"place": str(order.index(1) + 1)})

    assert sorted(order) == list(range(1, 8))
    assert "7 photographs lie before them" in shown.content.decode()
    assert " · ".join(map(str, order)) not in shown.content.decode()
    assert none.status_code == 422
    assert Pick.objects.get().place == order.index(1) + 1
    assert as_("madina").post(f"{interview[Side.ADULT]}photographs/", {}).status_code == 404
    assert " · ".join(map(str, order)) in as_("anna").get(page_of_match).content.decode()


def test_genetic_test_holds_what_the_laboratory_concludes(as_, opened, page_of_match):
    client = as_("anna")
    typed = {"relation": "mother", "offered_first": "a visit", "consents": "both, form 3"}
    client.post(f"{page_of_match}test/", {f"dna-{name}": said for name, said in typed.items()})
    test = opened.dna_requests.get()
    report = {
        "result": "inconclusive",
        "likelihood_ratio": "1.2",
        "laboratory": "Baghdad",
        "sha256": "A" * 64,
    }
    address = f"{page_of_match}test/{test.pk}/"
    profile = client.post(
        address, as_typed(test, report | {"likelihood_ratio": "vWA 16,17 FGA 21,24 TH01 6,9"})
    )
    short = client.post(address, as_typed(test, report | {"sha256": "abc"}))
    client.post(address, as_typed(test, report))

    assert (profile.status_code, short.status_code) == (422, 422)
    assert DnaReport.objects.get().sha256 == "a" * 64
    page = client.get(page_of_match).content.decode()
    assert "It is inconclusive, which says nothing against it" in page
    assert "mother and child" in page


def as_typed(test, report):
    return {f"{test.pk}-{name}": said for name, said in report.items()}


def test_who_read_a_verification_is_in_the_log_with_the_purpose(as_, match, opened, page_of_match):
    as_("karim").get(page_of_match)

    read = Event.objects.filter(actor="karim", purpose="verification")
    assert {str(match.pk), str(match.child_id), str(match.sought.person_id)} <= set(
        read.values_list("object_id", flat=True)
    )


def test_nothing_is_done_to_a_match_that_is_not_verified(as_, page_of_match):
    for part in ("photographs/", "explain/", "test/", "settle/", "back/"):
        assert as_("anna").post(f"{page_of_match}{part}").status_code == 404
