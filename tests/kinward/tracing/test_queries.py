from __future__ import annotations

import pytest

from kinward.access.models import Role
from kinward.audit.actions import record
from kinward.tracing import actions, queries
from kinward.tracing.models import Judgement, Opinion, Verdict

SEE_ALL_REQUESTS = {Role.TRACING_OFFICER, Role.SECOND_REVIEWER, Role.PROGRAMME_MANAGER}
REVIEWERS = {Role.TRACING_OFFICER, Role.SECOND_REVIEWER}
ROLES = [role for role in Role if role != Role.CLOCK]


@pytest.fixture
def reviewers(make_user):
    return [make_user(f"reviewer-{number}", role=Role.TRACING_OFFICER) for number in range(3)]


@pytest.fixture
def review(at):
    def give(candidate, by, opinion=Opinion.SAME):
        return actions.review_candidate(
            candidate=candidate, opinion=opinion, reason="same village", by=by, at=at
        )

    return give


@pytest.mark.parametrize("role", ROLES)
def test_requests_of_any_region_are_seen_by_few(make_request, make_user, role):
    request = make_request(region="RU-DA")

    user = make_user(role=role, region="RU-CE")

    assert list(queries.requests(user=user)) == ([request] if role in SEE_ALL_REQUESTS else [])
    assert queries.sought_people(user=user).count() == (1 if role in SEE_ALL_REQUESTS else 0)


def test_enquiry_worker_sees_the_requests_of_the_own_region(make_request, make_user):
    here, _ = make_request(region="RU-DA"), make_request(region="RU-CE")

    worker = make_user(role=Role.ENQUIRY_WORKER, region="RU-DA")

    assert list(queries.requests(user=worker)) == [here]


def test_enquiry_worker_without_a_region_sees_the_own_requests(make_request, make_user):
    worker = make_user(role=Role.ENQUIRY_WORKER, region="")
    own, _ = make_request(by=worker), make_request(region="")

    assert list(queries.requests(user=worker)) == [own]


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.TRACING_OFFICER, ""),
        (Role.ENQUIRY_WORKER, "Ищу Руслана."),
        (Role.PROGRAMME_MANAGER, ""),
    ],
)
def test_words_of_the_enquirer_are_for_those_who_may_read_names(
    make_request, make_user, role, words
):
    request = make_request(told="Ищу Руслана.")

    assert queries.told(request, user=make_user(role=role)) == words


@pytest.mark.parametrize("role", ROLES)
def test_candidates_are_seen_by_reviewers_only(make_candidate, make_user, role):
    candidate = make_candidate()
    user = make_user(role=role, region="IQ-BG")
    expected = [candidate] if role in REVIEWERS else []

    assert list(queries.candidates(user=user)) == expected
    assert list(queries.candidates_to_review(user=user)) == expected
    assert list(queries.candidates_of_child(candidate.child, user=user)) == expected
    assert list(queries.candidates_of_request(candidate.sought.request, user=user)) == expected


def test_candidates_come_strongest_first(make_candidate, make_user):
    weak, strong = make_candidate(weight=3.0), make_candidate(weight=9.0)

    assert list(queries.candidates(user=make_user())) == [strong, weak]


def test_weak_candidates_are_counted_and_not_shown(make_candidate, make_child, make_user):
    child, officer = make_child(), make_user()
    make_candidate(child=child, probability=0.29)
    shown = make_candidate(child=child, probability=0.3)

    assert list(queries.candidates_of_child(child, user=officer)) == [shown]
    assert queries.too_weak(child, user=officer) == 1


def test_weak_candidate_that_was_reviewed_stays_in_sight(make_candidate, reviewers, review):
    candidate = make_candidate(probability=0.5)
    review(candidate, reviewers[0])
    type(candidate).objects.update(probability=0.1)

    assert list(queries.candidates(user=reviewers[1])) == [candidate]
    assert queries.too_weak(candidate.child, user=reviewers[1]) == 0


def test_how_many_match_is_told_without_saying_who(make_candidate, make_child):
    child = make_child()
    first = make_candidate(child=child)
    make_candidate(child=child, probability=0.1)
    make_candidate(child=child, verdict=Verdict.REJECTED)

    assert queries.how_many_match(child) == 1
    assert queries.how_many_match(first.sought.person) == 1


def test_candidate_leaves_the_queue_of_who_reviewed_it(make_candidate, reviewers, review):
    candidate = make_candidate()

    review(candidate, reviewers[0])

    assert list(queries.candidates_to_review(user=reviewers[0])) == []
    assert list(queries.candidates_to_review(user=reviewers[1])) == [candidate]


def test_settled_candidate_leaves_every_queue_and_comes_back_when_undone(
    make_candidate, reviewers, review, at
):
    candidate = make_candidate()
    for reviewer in reviewers[:2]:
        review(candidate, reviewer)
    assert list(queries.candidates_to_review(user=reviewers[2])) == []
    judgement = queries.standing_judgements(user=reviewers[2]).get()

    actions.undo_judgement(judgement=judgement, reason="early", by=reviewers[2], at=at)

    for reviewer in reviewers:
        assert list(queries.candidates_to_review(user=reviewer)) == [candidate]
    assert list(queries.standing_judgements(user=reviewers[2])) == []


def test_opinion_is_hidden_from_who_has_yet_to_give_one(make_candidate, reviewers, review):
    candidate = make_candidate()
    first = review(candidate, reviewers[0])
    candidate.refresh_from_db()

    assert list(queries.reviews_of(candidate, user=reviewers[0])) == [first]
    assert list(queries.reviews_of(candidate, user=reviewers[1])) == []
    assert queries.opinion_count(candidate) == 1


def test_disputed_opinions_are_hidden_from_the_third(make_candidate, reviewers, review):
    candidate = make_candidate()
    review(candidate, reviewers[0], Opinion.SAME)
    review(candidate, reviewers[1], Opinion.NOT_SAME)
    candidate.refresh_from_db()

    assert queries.reviews_of(candidate, user=reviewers[0]).count() == 2
    assert list(queries.reviews_of(candidate, user=reviewers[2])) == []


def test_opinions_and_judgements_are_open_once_settled(make_candidate, reviewers, review):
    candidate = make_candidate()
    for reviewer in reviewers[:2]:
        review(candidate, reviewer)
    candidate.refresh_from_db()

    assert queries.reviews_of(candidate, user=reviewers[2]).count() == 2
    assert queries.judgements_of(candidate, user=reviewers[2]).get().says == "same"


def test_earlier_rounds_are_hidden_until_the_own_opinion_in_the_new_one(
    make_candidate, reviewers, review, at
):
    candidate = make_candidate()
    for reviewer in reviewers[:2]:
        review(candidate, reviewer)
    actions.undo_judgement(
        judgement=Judgement.objects.get(), reason="early", by=reviewers[2], at=at
    )
    candidate.refresh_from_db()

    before = [queries.reviews_of(candidate, user=each).count() for each in reviewers]
    hidden = queries.judgements_of(candidate, user=reviewers[2]).count()
    review(candidate, reviewers[2], Opinion.NOT_SAME)

    assert (before, hidden) == ([1, 1, 0], 0)
    assert queries.reviews_of(candidate, user=reviewers[2]).count() == 3
    assert queries.judgements_of(candidate, user=reviewers[2]).count() == 2


@pytest.mark.parametrize("role", [role for role in ROLES if role not in REVIEWERS])
def test_opinions_and_judgements_are_for_reviewers_only(
    make_candidate, make_user, reviewers, review, role
):
    candidate = make_candidate()
    for reviewer in reviewers[:2]:
        review(candidate, reviewer)
    candidate.refresh_from_db()
    user = make_user(role=role, region="IQ-BG")

    assert list(queries.reviews_of(candidate, user=user)) == []
    assert list(queries.judgements_of(candidate, user=user)) == []
    assert list(queries.standing_judgements(user=user)) == []


def test_child_with_two_claimants_is_told_apart_from_one_asked_for_twice(
    make_candidate, make_child, make_request, make_user
):
    claimed, single = make_child(), make_child()
    make_candidate(child=claimed)
    make_candidate(child=claimed, probability=0.8)
    make_candidate(child=single)
    make_candidate(child=single, probability=0.79)
    make_candidate(child=single, verdict=Verdict.REJECTED)

    assert list(queries.claimed_children(user=make_user())) == [claimed.pk]


def test_work_queue_of_a_reviewer(make_candidate, make_child, make_user, reviewers, review, at):
    child = make_child()
    disputed = make_candidate(child=child)
    make_candidate(probability=0.1)
    review(disputed, reviewers[0], Opinion.SAME)
    review(disputed, reviewers[1], Opinion.NOT_SAME)
    make_candidate(child=child)

    waiting = {each.key: each for each in queries.work_queue(user=reviewers[2], at=at)}

    assert {key: each.count for key, each in waiting.items()} == {
        "to_review": 1,
        "disputed": 1,
        "claimed": 1,
        "to_decide": 0,
        "tracing_due": 0,
        "unmatched_children": 1,
        "requests": 3,
    }
    assert waiting["to_review"].oldest_at == at


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        (Role.REGISTRAR, ["tracing_due", "unmatched_children"]),
        (Role.ENQUIRY_WORKER, ["tracing_due", "requests"]),
        (Role.PROGRAMME_MANAGER, ["unmatched_children", "requests"]),
        (Role.DATA_PROTECTION_OFFICER, ["emergencies"]),
        (Role.ADMINISTRATOR, ["jobs"]),
        (Role.AUDITOR, []),
        (Role.MEDIC, []),
    ],
)
def test_work_queue_holds_what_the_role_works_on(make_user, role, keys, at):
    waiting = queries.work_queue(user=make_user(role=role), at=at)

    assert [each.key for each in waiting] == keys
    assert {(each.count, each.oldest_at) for each in waiting} <= {(0, None)}


def test_lists_cost_the_same_however_long(
    make_candidate, make_request, make_user, django_assert_num_queries, of_passage
):
    officer = make_user()
    for more in (1, 29):
        for _ in range(more):
            make_candidate()
        with django_assert_num_queries(2 + 2 * of_passage):
            shown = [
                (each.child.reference, each.sought.person.reference, each.sought.request.enquirer)
                for each in queries.candidates_to_review(user=officer)
            ]
        with django_assert_num_queries(3):
            asked = [
                (each.enquirer.reference, [sought.person.reference for sought in each.sought.all()])
                for each in queries.requests(user=officer)
            ]
    assert (len(shown), len(asked)) == (30, 30)


@pytest.mark.parametrize(
    ("role", "count"),
    [(Role.TRACING_OFFICER, 1), (Role.AUDITOR, 1), (Role.PROGRAMME_MANAGER, 0)],
)
def test_history_of_a_candidate(make_candidate, make_user, at, role, count):
    candidate = make_candidate()
    record("tracing.tested", candidate, by=make_user("zaur"), at=at)

    assert queries.history(candidate, user=make_user(role=role)).count() == count
