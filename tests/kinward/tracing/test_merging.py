"""Two records of one child: judged by two people, derived everywhere, and taken back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.access.actions import SamePerson
from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, NotFound
from kinward.people import queries as people
from kinward.people.mergings import (
    Judged,
    Misfit,
    misfit,
    parted,
    records_of_one_child,
    records_with,
    standing_mergings,
)
from kinward.people.models import Found, Merging
from kinward.tracing import actions, queries
from kinward.tracing.actions import MergedMeanwhile, UnfitMerging
from kinward.tracing.models import Candidate, Ground, Opinion, Verdict
from kinward.tracing.rules import Beside, Effect, End, in_front

IDS = st.integers(1, 6).map(lambda number: UUID(int=number))


@st.composite
def ledgers(draw):
    """Judgements as actions store them: none is made that does not fit what stands."""
    said = []
    for number in range(draw(st.integers(0, 8))):
        one, other = draw(st.lists(IDS, min_size=2, max_size=2, unique=True))
        found = draw(st.sampled_from(Found))
        if misfit(found, one, other, said) is None:
            back = next(
                (
                    each.id
                    for each in standing_mergings(said)
                    if {each.first, each.second} == {one, other}
                ),
                None,
            )
            first, second = sorted([one, other])
            said.append(Judged(UUID(int=100 + number), first, second, found, back))
    return said


@given(ledgers())
def test_records_of_children_never_overlap_and_hold_what_was_judged_one(said):
    together = records_of_one_child(said)

    listed = [each for records in together for each in records]
    assert len(listed) == len(set(listed))
    assert all(len(records) > 1 and list(records) == sorted(records) for records in together)
    for each in standing_mergings(said):
        assert (each.second in records_with(each.first, said)) == (each.found == Found.ONE_CHILD)


@given(ledgers())
def test_taking_back_parts_the_records_of_a_child_in_exactly_two(said):
    for each in standing_mergings(said):
        if each.found == Found.ONE_CHILD:
            one, other = parted(each, said)

            assert set(one).isdisjoint(other)
            assert tuple(sorted(one + other)) == records_with(each.first, said)


@given(ledgers())
def test_taking_everything_back_leaves_every_record_alone(said):
    back = [
        Judged(UUID(int=1000 + number), each.first, each.second, Found.TAKEN_BACK, each.id)
        for number, each in enumerate(standing_mergings(said))
    ]

    assert records_of_one_child([*said, *back]) == []


def test_misfit_says_what_stands_against_it():
    a, b, c = (UUID(int=number) for number in (1, 2, 3))
    said = [
        Judged(UUID(int=9), a, b, Found.ONE_CHILD),
        Judged(UUID(int=8), b, c, Found.TWO_CHILDREN),
    ]

    assert misfit(Found.ONE_CHILD, b, a, said) == Misfit.ONE_ALREADY
    assert misfit(Found.TWO_CHILDREN, a, b, said) == Misfit.ONE_ALREADY
    assert misfit(Found.ONE_CHILD, a, c, said) == Misfit.TWO_ALREADY
    assert misfit(Found.TAKEN_BACK, a, c, said) == Misfit.NOTHING
    assert misfit(Found.TAKEN_BACK, c, b, said) is None


@pytest.mark.parametrize(
    ("verdicts", "front"),
    [
        ([("open", False), ("open", False)], [1]),
        ([("open", False), ("open", True)], [2]),
        ([("open", True), ("confirmed", True)], [2]),
        ([("rejected", True), ("rejected", True)], [1]),
        ([("rejected", True), ("confirmed", True), ("open", True)], [2, 1]),
    ],
)
def test_candidates_of_one_child_stand_behind_what_was_judged(verdicts, front):
    rows = [
        Beside(UUID(int=number), UUID(int=number), Verdict(verdict), looked_at=looked)
        for number, (verdict, looked) in enumerate(verdicts, 1)
    ]

    assert [each.id.int for each in in_front(rows)] == front


@pytest.fixture
def officers(make_user):
    return [make_user(name, role=Role.TRACING_OFFICER) for name in ("anna", "boris", "clara")]


@pytest.fixture
def both(make_child):
    """Two records of one child, made by two offices."""
    return make_child("رسلان", region="IQ-BG"), make_child("Руслан", region="SY-HA")


@pytest.fixture
def judge(officers, at):
    """Have two people judge two records."""

    def done(one, other, found=Found.ONE_CHILD):
        actions.ask_to_merge(
            one=one, other=other, found=found, reason="made up", by=officers[0], at=at
        )
        return actions.answer_merging(one=one, other=other, agree=True, by=officers[1], at=at)

    return done


def test_nothing_changes_before_a_second_person_agrees(officers, both, at):
    one, other = both

    actions.ask_to_merge(
        one=other, other=one, found=Found.ONE_CHILD, reason="one scar", by=officers[0], at=at
    )

    assert Merging.objects.count() == 0
    assert people.children_once(user=officers[0]).count() == 2
    waits = people.waiting_merging(one, other, at=at)
    assert waits.payload["references"] == [one.reference, other.reference]
    with pytest.raises(UnfitMerging):
        actions.ask_to_merge(
            one=one, other=other, found=Found.TWO_CHILDREN, reason="no", by=officers[1], at=at
        )
    with pytest.raises(SamePerson):
        actions.answer_merging(one=one, other=other, agree=True, by=officers[0], at=at)
    assert Merging.objects.count() == 0


def test_lists_and_searches_show_a_child_once_and_keep_both_records(officers, both, judge):
    one, other = both
    before = [each.assertions.count() for each in both]

    judge(one, other)

    anna = officers[0]
    assert [each.pk for each in people.children_once(user=anna)] == [one.pk]
    assert {each.pk for each in people.children(user=anna)} == {one.pk, other.pk}
    assert people.records_beside(one, user=anna) == [other]
    assert people.records_beside(other, user=anna) == [one]
    assert [each.assertions.count() for each in both] == before
    assert [each.value["text"] for each in people.facts_of_child(one, user=anna)["name"].known] == [
        "رسلان",
        "Руслан",
    ]


def test_record_of_another_office_is_neither_hidden_nor_told_of(make_user, both, judge):
    one, other = both
    judge(one, other)
    registrar = make_user("registrar", role=Role.REGISTRAR, region="SY-HA")

    assert [each.pk for each in people.children_once(user=registrar)] == [other.pk]
    assert people.records_beside(other, user=registrar) == []


def test_refusing_leaves_two_records_and_needs_a_reason(officers, both, at):
    one, other = both
    actions.ask_to_merge(
        one=one, other=other, found=Found.ONE_CHILD, reason="one scar", by=officers[0], at=at
    )

    answer = actions.answer_merging(
        one=one, other=other, agree=False, reason="two scars", by=officers[1], at=at
    )

    assert answer is None
    assert people.waiting_merging(one, other, at=at) is None
    assert people.children_once(user=officers[0]).count() == 2


def test_judgement_is_refused_to_who_may_not_and_of_what_is_not_there(
    officers, make_user, both, make_request, at
):
    one, other = both
    wanted = {"found": Found.ONE_CHILD, "reason": "made up", "at": at}
    registrar = make_user("registrar", role=Role.REGISTRAR, region="IQ-BG")
    sought = make_request().sought.get().person

    with pytest.raises(NotAllowed):
        actions.ask_to_merge(one=one, other=other, by=registrar, **wanted)
    with pytest.raises(NotFound):
        actions.ask_to_merge(one=one, other=sought, by=officers[0], **wanted)
    with pytest.raises(UnfitMerging):
        actions.ask_to_merge(one=one, other=one, by=officers[0], **wanted)
    with pytest.raises(NotFound):
        actions.answer_merging(one=one, other=other, agree=True, by=officers[0], at=at)
    with pytest.raises(MergedMeanwhile):
        actions.ask_to_merge(one=one, other=other, seen="0" * 16, by=officers[0], **wanted)


def test_pair_told_apart_is_not_judged_one_before_that_is_taken_back(officers, both, judge, at):
    one, other = both
    judge(one, other, Found.TWO_CHILDREN)

    with pytest.raises(UnfitMerging):
        actions.ask_to_merge(
            one=one, other=other, found=Found.ONE_CHILD, reason="no", by=officers[0], at=at
        )
    assert queries.between(one, other).effects == [Effect.OFFERED_AGAIN, Effect.SEARCHES_GO_ON]

    judge(one, other, Found.TAKEN_BACK)
    judge(one, other)

    assert queries.between(one, other).is_one
    assert Merging.objects.count() == 3


def test_likeness_is_offered_until_it_is_judged(officers, make_child, judge):
    one, other = make_child("Магомед Гаджиев"), make_child("Магомед Гаджиев")
    anna = officers[0]
    offered = lambda: people.possible_duplicates([one, other], user=anna, language="en")  # noqa: E731

    found = offered()

    assert [hit.person for hit in found[one.pk]] == [other]
    assert [hit.person for hit in found[other.pk]] == [one]
    assert all(sentence for _bits, sentence in found[one.pk][0].reasons)
    judge(one, other, Found.TWO_CHILDREN)
    assert offered() == {one.pk: [], other.pk: []}


@pytest.fixture
def sought(make_request, make_candidate, both, work):
    """One person asked for, who is like both records; compared."""
    request = make_request("Руслан")
    work()
    return request.sought.get()


def opinions(officers, candidate, opinion, at):
    for officer in officers[:2]:
        actions.review_candidate(
            candidate=candidate, opinion=opinion, reason="made up", by=officer, at=at
        )
    candidate.refresh_from_db()


def test_records_of_one_child_are_compared_as_one_and_apart_again(
    officers, both, judge, sought, work
):
    one, other = both
    apart = {each.child_id: each.weight for each in Candidate.objects.filter(sought=sought)}

    judge(one, other)
    work()

    assert [each.child_id for each in Candidate.objects.filter(sought=sought)] == [one.pk]
    (shown,) = queries.candidates_of_child(other, user=officers[0])
    assert shown.child_id == one.pk
    assert queries.how_many_match(other) == queries.how_many_match(one) == 1
    judge(one, other, Found.TAKEN_BACK)
    work()
    again = {each.child_id: each.weight for each in Candidate.objects.filter(sought=sought)}
    assert again == pytest.approx(apart)


def test_verdict_on_one_record_is_remembered_for_the_child(officers, both, judge, sought, work, at):
    one, other = both
    judged = Candidate.objects.get(sought=sought, child=other)
    opinions(officers, judged, Opinion.NOT_SAME, at)

    judge(one, other)
    work()

    (left,) = Candidate.objects.filter(sought=sought)
    assert (left.pk, left.verdict, left.reviews.count()) == (judged.pk, Verdict.REJECTED, 2)
    assert list(queries.candidates_to_review(user=officers[2])) == []
    assert list(queries.candidates_of_child(one, user=officers[2])) == [left]


def test_records_claimed_by_two_requests_lock_the_child(
    officers, both, judge, make_request, make_candidate, at
):
    one, other = both
    asked = [make_request(enquirer=name) for name in ("Патимат", "Хадижат")]
    Candidate.objects.all().delete()
    for child, request in zip(both, asked, strict=True):
        opinions(officers, make_candidate(child=child, request=request), Opinion.SAME, at)
    assert Effect.LOCKED in queries.between(one, other).effects

    judge(one, other)

    claims, stands = queries.claims_and_decision(other.pk)
    assert {claim.request for claim in claims} == {request.pk for request in asked}
    assert stands is None
    assert list(queries.claimed_children(user=officers[0])) == [one.pk]
    assert Effect.UNLOCKED in queries.between(one, other).effects
    judge(one, other, Found.TAKEN_BACK)
    assert list(queries.claimed_children(user=officers[0])) == []


def test_records_judged_differently_are_said_before_and_both_stay_in_sight(
    officers, both, judge, make_request, make_candidate, at
):
    one, other = both
    request = make_request()
    Candidate.objects.all().delete()
    opinions(officers, make_candidate(child=one, request=request), Opinion.SAME, at)
    opinions(officers, make_candidate(child=other, request=request), Opinion.NOT_SAME, at)
    assert queries.between(one, other).effects[0] == Effect.JUDGED_DIFFERENTLY

    judge(one, other)

    assert queries.candidates_of_child(one, user=officers[0]).count() == 2
    assert Effect.OPINIONS_STAY in queries.between(one, other).effects


@pytest.mark.parametrize("merged", [False, True])
def test_closing_one_record_never_changes_the_search_of_another(
    officers, both, judge, make_request, work, at, merged
):
    one, other = both
    mine, theirs = make_request("Руслан"), make_request("Руслан", enquirer="Хадижат")
    if merged:
        judge(one, other)
    work()
    anna = officers[0]
    others = (other, theirs.sought.get().person)
    stands = lambda: [  # noqa: E731
        (
            queries.how_many_match(each),
            queries.searches_for([each])[each.pk],
            people.may_be_traced(each),
        )
        for each in others
    ]
    before = stands()
    end = End(ground=Ground.WITHDRAWN, reason="the family was found")

    actions.end_search(person=mine.sought.get().person, end=end, by=anna, at=at)
    actions.end_search(person=one, end=end, by=anna, at=at + timedelta(minutes=1))
    work()

    assert stands() == before


def test_each_step_of_a_judgement_stands_in_the_log_of_both_records(both, judge):
    one, other = both

    judge(one, other)

    for child in both:
        done = Event.objects.filter(object_id=str(child.pk), action__contains="merg")
        assert list(done.order_by("pk").values_list("action", flat=True)) == [
            "tracing.asked_to_merge",
            "tracing.answered_merging",
        ]
