"""A child whom several requests claim: locked, decided upon by two people, and locked again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from kinward.access import actions as access
from kinward.access.models import Approval, Role
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.guarding import WordsRefused
from kinward.people.actions import ask_to_erase, erase_person
from kinward.people.models import Ground
from kinward.tracing import actions, queries
from kinward.tracing.actions import ClaimsChanged, Hindered, UnfitResolution
from kinward.tracing.models import Candidate, Opinion, Resolution, Verdict
from kinward.tracing.rules import (
    Claim,
    Consequence,
    Decided,
    Hindrance,
    by_request,
    consequences,
    hindrance,
    is_locked,
    stage,
    standing,
)

DECIDING = {Role.TRACING_OFFICER, Role.SECOND_REVIEWER, Role.CLOCK}  # the clock has no account
IDS = st.integers(1, 4).map(lambda number: UUID(int=number))
SETS = st.frozensets(IDS)
CLAIMS = st.lists(
    st.builds(
        lambda sought, confirmed: Claim(sought, UUID(int=sought.int % 3 + 100), confirmed),
        IDS,
        st.booleans(),
    ),
    max_size=4,
    unique_by=lambda claim: claim.sought,
)
NEW = st.builds(
    lambda number, compared, named, agreed: Decided(
        UUID(int=number), compared | named, named, None, agreed
    ),
    st.integers(1000, 9999),
    SETS,
    SETS,
    st.booleans(),
)


@st.composite
def ledgers(draw):
    """Decisions in order, some of them taken back by a later one, agreed to or not."""
    decisions = []
    for one in draw(st.lists(NEW, max_size=5, unique_by=lambda one: one.id)):
        decisions.append(one)
        if draw(st.booleans()):
            back = UUID(int=one.id.int + 10_000)
            empty = frozenset()
            decisions.append(Decided(back, empty, empty, one.id, draw(st.booleans())))
    return decisions


@given(CLAIMS)
def test_child_is_locked_by_two_requests_and_by_nothing_less(claims):
    assert is_locked(claims, None) == (len({claim.request for claim in claims}) > 1)


@given(CLAIMS, ledgers())
def test_only_what_two_people_agreed_to_unlocks(claims, ledger):
    unanswered = [one._replace(agreed=False) for one in ledger]

    assert standing(unanswered) is None
    assert is_locked(claims, standing(unanswered)) == is_locked(claims, None)


@given(CLAIMS, NEW)
def test_decision_unlocks_the_claims_it_compared_and_no_other(claims, decision):
    stands = standing([decision._replace(agreed=True)])
    claimed = {claim.sought for claim in claims}

    assert is_locked(claims, stands) == (
        len(by_request(claims)) > 1 and bool(claimed - decision.compared)
    )


@given(ledgers(), NEW)
def test_taking_back_leaves_no_decision(ledger, decision):
    decision = decision._replace(id=UUID(int=2), agreed=True)
    back = Decided(UUID(int=1), frozenset(), frozenset(), decision.id, agreed=True)

    assert standing([*ledger, decision]) == decision
    assert standing([*ledger, decision, back]) is None
    assert standing([*ledger, decision, back._replace(agreed=False)]) == decision


@given(IDS, CLAIMS, st.none() | NEW)
def test_nobody_is_hindered_but_by_a_lock_or_a_decision_for_others(sought, claims, stands):
    expected = None
    if is_locked(claims, stands):
        expected = Hindrance.LOCKED
    elif stands and sought in stands.compared and sought not in stands.named:
        expected = Hindrance.NOT_NAMED

    assert hindrance(sought, claims, stands) == expected


@given(CLAIMS, NEW)
def test_taking_back_tells_whether_the_child_is_locked_and_that_searches_go_on(claims, stands):
    told = consequences(claims, stands)

    assert (Consequence.LOCKED_AGAIN in told) == is_locked(claims, None)
    assert (Consequence.NOT_LOCKED in told) != is_locked(claims, None)
    assert (Consequence.OTHERS_OPEN in told) == (stands.compared != stands.named)
    assert (Consequence.NAMED_STANDS_STILL in told) == (
        bool(stands.named) and is_locked(claims, None)
    )
    assert told[-1] == Consequence.SEARCHES_GO_ON
    assert len(told) == len(set(told))


@pytest.fixture
def officers(make_user):
    return [make_user(name, role=Role.TRACING_OFFICER) for name in ("anna", "boris", "clara")]


@pytest.fixture
def claims(make_child, make_request, make_candidate):
    """The candidates of two requests, each likely to look for the same child."""
    child = make_child()
    asked = [make_request(enquirer=enquirer) for enquirer in ("Патимат", "Хадижат")]
    Candidate.objects.all().delete()
    return [make_candidate(child=child, request=request) for request in asked]


@pytest.fixture
def decide(officers, at):
    """Ask as the first officer and agree as the second."""

    def decided(child, *named, reason="the scar is known to her alone"):
        asked = actions.ask_to_resolve(
            child=child, named=named, reason=reason, by=officers[0], at=at
        )
        actions.answer_resolution(child=child, agree=True, by=officers[1], at=at)
        return asked

    return decided


@pytest.fixture
def think_same(at):
    def think(candidate, by, opinion=Opinion.SAME):
        return actions.review_candidate(
            candidate=candidate, opinion=opinion, reason="same village", by=by, at=at
        )

    return think


def stages_of(persons):
    return {key: stage(found) for key, found in queries.searches_for(persons).items()}


@pytest.mark.django_db
class TestAChildWithSeveralClaimants:
    def test_is_confirmed_as_nobody(self, claims, officers, think_same):
        with pytest.raises(Hindered, match="Two or more requests claim this child"):
            think_same(claims[0], officers[0])

        assert claims[0].reviews.count() == 0

    def test_may_still_be_told_apart(self, claims, officers, think_same):
        think_same(claims[0], officers[0], Opinion.NOT_SAME)
        think_same(claims[0], officers[1], Opinion.NOT_SAME)

        think_same(claims[1], officers[0])

        assert claims[1].reviews.count() == 1

    def test_is_confirmed_as_who_was_named(self, claims, officers, think_same, decide):
        decide(claims[0].child, claims[0].sought_id)

        think_same(claims[0], officers[0])
        think_same(claims[0], officers[1])

        claims[0].refresh_from_db()
        assert claims[0].verdict == Verdict.CONFIRMED

    def test_is_not_confirmed_as_who_was_not_named(self, claims, officers, think_same, decide):
        decide(claims[0].child, claims[0].sought_id)

        with pytest.raises(Hindered, match="not of this family"):
            think_same(claims[1], officers[0])

    def test_may_be_of_one_family_that_asks_twice(self, claims, officers, think_same, decide):
        decide(claims[0].child, *(claim.sought_id for claim in claims))

        for claim in claims:
            think_same(claim, officers[0])

        assert [claim.reviews.count() for claim in claims] == [1, 1]

    def test_may_be_of_none_of_the_families(self, claims, officers, think_same, decide):
        decide(claims[0].child)

        for claim in claims:
            with pytest.raises(Hindered):
                think_same(claim, officers[0])

    def test_is_locked_again_by_a_later_claim(
        self, claims, officers, think_same, decide, make_candidate, make_request
    ):
        decide(claims[0].child, claims[0].sought_id)
        request = make_request(enquirer="Аминат")
        Candidate.objects.filter(sought__request=request).delete()
        make_candidate(child=claims[0].child, request=request)

        with pytest.raises(Hindered, match="Two or more requests claim this child"):
            think_same(claims[0], officers[0])
        assert list(queries.claimed_children(user=officers[0])) == [claims[0].child_id]

    def test_waits_in_the_queue_until_two_people_decided(self, claims, officers, at):
        child = claims[0].child
        assert list(queries.claimed_children(user=officers[0])) == [child.pk]

        actions.ask_to_resolve(child=child, named=[], reason="neither", by=officers[0], at=at)
        waiting = list(queries.claimed_children(user=officers[0]))
        actions.answer_resolution(child=child, agree=True, by=officers[1], at=at)

        assert waiting == [child.pk]
        assert list(queries.claimed_children(user=officers[0])) == []

    def test_is_decided_without_changing_any_search(self, claims, decide):
        sought = [claim.sought.person for claim in claims]
        before = stages_of(sought), list(Candidate.objects.order_by("pk").values())

        decide(claims[0].child, claims[0].sought_id)

        assert (stages_of(sought), list(Candidate.objects.order_by("pk").values())) == before
        assert all(not found.ended for found in queries.searches_for(sought).values())

    def test_is_decided_by_nobody_alone(self, claims, officers, at):
        child = claims[0].child
        actions.ask_to_resolve(child=child, named=[], reason="neither", by=officers[0], at=at)

        with pytest.raises(access.SamePerson):
            actions.answer_resolution(child=child, agree=True, by=officers[0], at=at)

        assert queries.claims_and_decision(child.pk)[1] is None

    def test_stays_locked_where_the_second_person_refuses(self, claims, officers, at):
        child = claims[0].child
        actions.ask_to_resolve(child=child, named=[], reason="neither", by=officers[0], at=at)

        actions.answer_resolution(
            child=child, agree=False, reason="the uncle was not asked", by=officers[1], at=at
        )

        assert queries.claims_and_decision(child.pk)[1] is None
        assert list(queries.claimed_children(user=officers[0])) == [child.pk]

    def test_stays_locked_where_nobody_answers_in_time(self, claims, officers, at):
        child = claims[0].child
        actions.ask_to_resolve(child=child, named=[], reason="neither", by=officers[0], at=at)
        late = at + timedelta(days=14)

        with pytest.raises(NotFound, match="No decision waits"):
            actions.answer_resolution(child=child, agree=True, by=officers[1], at=late)

        again = actions.ask_to_resolve(
            child=child, named=[], reason="neither", by=officers[1], at=late
        )
        assert queries.waiting_resolution(child, at=late) == again

    def test_is_decided_upon_one_at_a_time(self, claims, officers, at):
        child = claims[0].child
        actions.ask_to_resolve(child=child, named=[], reason="neither", by=officers[0], at=at)

        with pytest.raises(UnfitResolution, match="waits for its answer"):
            actions.ask_to_resolve(child=child, named=[], reason="none", by=officers[1], at=at)

    def test_is_locked_again_once_two_people_take_the_decision_back(
        self, claims, officers, think_same, decide, at
    ):
        child = claims[0].child
        decide(child, claims[0].sought_id)
        actions.ask_to_take_back(child=child, reason="a letter came", by=officers[1], at=at)
        assert queries.claims_and_decision(child.pk)[1] is not None

        actions.answer_resolution(child=child, agree=True, by=officers[2], at=at)

        with pytest.raises(Hindered):
            think_same(claims[0], officers[0])
        assert Resolution.objects.filter(child=child).count() == 2

    def test_has_its_decision_in_the_log_without_what_it_says(self, claims, decide):
        decide(claims[0].child, claims[0].sought_id)

        done = Event.objects.filter(object_id=str(claims[0].child_id), action__contains="resolve")

        assert set(done.values_list("action", "actor")) == {
            ("tracing.asked_to_resolve", "anna"),
            ("tracing.resolved", "boris"),
        }
        assert not any(str(claims[0].sought_id) in str(event.details) for event in done)

    def test_is_decided_on_what_was_seen(self, claims, officers, at, make_candidate, make_request):
        child = claims[0].child
        seen = queries.version_of_claims(child)
        request = make_request(enquirer="Аминат")
        Candidate.objects.filter(sought__request=request).delete()
        make_candidate(child=child, request=request)

        with pytest.raises(ClaimsChanged):
            actions.ask_to_resolve(
                child=child, named=[], reason="neither", seen=seen, by=officers[0], at=at
            )

    def test_is_not_given_to_who_does_not_claim(self, claims, officers, at, make_request):
        stranger = make_request("Заира").sought.get()

        with pytest.raises(UnfitResolution, match="Choose among those"):
            actions.ask_to_resolve(
                child=claims[0].child,
                named=[stranger.pk],
                reason="hers",
                by=officers[0],
                at=at,
            )

    def test_has_its_reason_in_words_that_label_nobody(self, claims, officers, at):
        with pytest.raises(WordsRefused):
            actions.ask_to_resolve(
                child=claims[0].child,
                named=[],
                reason="the father is a terrorist",
                by=officers[0],
                at=at,
            )


@pytest.mark.django_db
def test_child_with_one_claimant_needs_no_decision(make_candidate, officers, at):
    candidate = make_candidate()

    with pytest.raises(UnfitResolution, match="Fewer than two"):
        actions.ask_to_resolve(
            child=candidate.child, named=[], reason="none", by=officers[0], at=at
        )
    with pytest.raises(UnfitResolution, match="no decision to take back"):
        actions.ask_to_take_back(child=candidate.child, reason="none", by=officers[0], at=at)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role not in DECIDING])
def test_claims_are_decided_by_those_who_compare_only(claims, make_user, role, at):
    other = make_user("other", role=role, region="IQ-BG")
    child = claims[0].child

    with pytest.raises(NotAllowed):
        actions.ask_to_resolve(child=child, named=[], reason="none", by=other, at=at)
    with pytest.raises(NotAllowed):
        actions.answer_resolution(child=child, agree=True, by=other, at=at)
    assert list(queries.claims_of(child, user=other)) == []
    assert list(queries.resolutions_of(child, user=other)) == []


@pytest.mark.django_db
def test_erasing_a_claimant_erases_the_reason_of_the_decision(claims, decide, make_user, at):
    asked = decide(claims[0].child, claims[0].sought_id)
    gone = claims[1].sought.person
    dina, malik = (
        make_user("dina", role=Role.DATA_PROTECTION_OFFICER),
        make_user("malik", role=Role.PROGRAMME_MANAGER),
    )
    approval = ask_to_erase(person=gone, ground=Ground.ASKED, reason="asked", by=dina, at=at)
    access.approve(approval=approval, by=malik, at=at)

    with transaction.atomic():
        erase_person(
            person=gone, ground=Ground.ASKED, approval=approval, by=dina, at=at + timedelta(days=31)
        )

    assert Approval.objects.get(pk=asked.approval_id).reason == "erased"
