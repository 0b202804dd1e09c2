from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from kinward.access.models import Role, clock
from kinward.audit.context import acting
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.jobs import drain, enqueue
from kinward.core.models import Job
from kinward.people.actions import UnfitStatement, add_statement, register_group
from kinward.people.models import Person
from kinward.tracing import actions, matching, queries
from kinward.tracing.actions.finding import offer_again
from kinward.tracing.models import (
    Candidate,
    Judgement,
    Opinion,
    Relation,
    Request,
    Review,
    Says,
    Verdict,
)
from kinward.tracing.rules import MATCH_FAMILY

NOT_REVIEWERS = [
    role for role in Role if role not in {Role.TRACING_OFFICER, Role.SECOND_REVIEWER, Role.CLOCK}
]


@pytest.fixture
def worker(make_user):
    return make_user("patimat", role=Role.ENQUIRY_WORKER, region="RU-DA")


@pytest.fixture
def reviewers(make_user):
    return [make_user(f"reviewer-{number}", role=Role.TRACING_OFFICER) for number in range(3)]


@pytest.fixture
def review(at):
    def give(candidate, by, opinion=Opinion.SAME, reason="same father, same village"):
        return actions.review_candidate(
            candidate=candidate, opinion=opinion, reason=reason, by=by, at=at
        )

    return give


@pytest.fixture
def confirmed(make_candidate, reviewers, review):
    candidate = make_candidate()
    for reviewer in reviewers[:2]:
        review(candidate, reviewer)
    candidate.refresh_from_db()
    return candidate


def test_request_is_taken_for_several_children(worker, say, at):
    request = actions.take_request(
        enquirer=[say("name", text="Патимат"), say("contact", text="через школу")],
        told="Двое детей моей сестры.",
        language="ru",
        sought=[
            (Relation.NIBLING, [say("name", text="Руслан")]),
            (Relation.NIBLING, [say("name", text="Заира"), say("sex", code="female")]),
        ],
        by=worker,
        at=at,
    )

    assert request.reference.startswith("R-")
    assert (request.region, request.told) == ("RU-DA", "Двое детей моей сестры.")
    assert request.enquirer.kind == "enquirer"
    assert [(each.relation, each.person.kind) for each in request.sought.all()] == [
        ("nibling", "sought"),
        ("nibling", "sought"),
    ]
    assert {each.person.region for each in request.sought.all()} == {"RU-DA"}
    event = Event.objects.get(action="tracing.took_request")
    assert (event.actor, event.details) == ("patimat", {"sought": 2})


def test_request_may_be_for_another_region(worker, say, at):
    request = actions.take_request(
        enquirer=[],
        region="RU-CE",
        sought=[(Relation.CHILD, [say("name", text="Руслан")])],
        by=worker,
        at=at,
    )

    assert request.region == "RU-CE"


def test_request_asks_for_somebody(worker, at):
    with pytest.raises(RuleBroken, match="at least one person"):
        actions.take_request(enquirer=[], sought=[], by=worker, at=at)

    assert not Request.objects.exists()


def test_request_is_taken_by_enquiry_workers_only(make_user, say, at):
    for role in set(Role) - {Role.ENQUIRY_WORKER, Role.CLOCK}:
        with pytest.raises(NotAllowed):
            actions.take_request(
                enquirer=[],
                sought=[(Relation.CHILD, [say("name", text="Руслан")])],
                by=make_user(role=role),
                at=at,
            )

    assert not Request.objects.exists()


def test_request_with_an_unfit_statement_is_not_taken_at_all(worker, say, at):
    with pytest.raises(UnfitStatement):
        actions.take_request(
            enquirer=[say("name", text="Патимат")],
            sought=[(Relation.CHILD, [say("born", edtf="lately")])],
            by=worker,
            at=at,
        )

    assert not Person.objects.exists()
    assert not Request.objects.exists()


def test_first_opinion_settles_nothing(make_candidate, reviewers, review):
    candidate = make_candidate()

    given = review(candidate, reviewers[0])

    candidate.refresh_from_db()
    assert (candidate.verdict, given.round, given.opinion) == ("open", 1, "same")
    assert not Judgement.objects.exists()


@pytest.mark.parametrize(
    ("opinion", "verdict", "says"),
    [
        (Opinion.SAME, Verdict.CONFIRMED, Says.SAME),
        (Opinion.NOT_SAME, Verdict.REJECTED, Says.NOT_SAME),
    ],
)
def test_two_who_agree_make_a_judgement(
    make_candidate, reviewers, review, at, opinion, verdict, says
):
    candidate = make_candidate()

    for reviewer in reviewers[:2]:
        review(candidate, reviewer, opinion)

    candidate.refresh_from_db()
    judgement = Judgement.objects.get()
    assert candidate.verdict == verdict
    assert (judgement.candidate, judgement.says) == (candidate, says)
    assert (judgement.judged_by, judgement.judged_at) == (reviewers[1], at)


def test_two_who_disagree_make_a_dispute_that_a_third_settles(make_candidate, reviewers, review):
    candidate = make_candidate()

    review(candidate, reviewers[0], Opinion.SAME)
    review(candidate, reviewers[1], Opinion.NOT_SAME)
    candidate.refresh_from_db()
    disputed = candidate.verdict
    review(candidate, reviewers[2], Opinion.NOT_SAME)

    candidate.refresh_from_db()
    assert (disputed, candidate.verdict) == ("disputed", "rejected")
    written = Event.objects.filter(
        object_id=candidate.pk, action__in=["tracing.disputed", "tracing.judged"]
    )
    assert list(written.order_by("id").values_list("action", flat=True)) == [
        "tracing.disputed",
        "tracing.judged",
    ]
    assert Judgement.objects.get().says == Says.NOT_SAME


def test_second_opinion_of_one_person_is_refused(make_candidate, reviewers, review):
    candidate = make_candidate()
    review(candidate, reviewers[0])

    with pytest.raises(actions.AlreadyReviewed):
        review(candidate, reviewers[0])

    assert candidate.reviews.count() == 1


def test_database_itself_refuses_a_second_opinion(make_candidate, reviewers, review, at):
    candidate = make_candidate()
    review(candidate, reviewers[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(
            candidate=candidate,
            round=1,
            reviewer=reviewers[0],
            opinion=Opinion.SAME,
            reason="again",
            reviewed_at=at,
            weight=1.0,
            probability=0.5,
            computed_at=at,
        )


def test_settled_candidate_takes_no_more_opinions(confirmed, reviewers, review):
    with pytest.raises(actions.AlreadySettled):
        review(confirmed, reviewers[2])

    assert confirmed.reviews.count() == 2


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_opinion_needs_a_reason(make_candidate, reviewers, review, reason):
    candidate = make_candidate()

    with pytest.raises(actions.NoReason):
        review(candidate, reviewers[0], reason=reason)

    assert candidate.reviews.count() == 0


@pytest.mark.parametrize("role", NOT_REVIEWERS)
def test_opinion_is_given_by_reviewers_only(make_candidate, make_user, review, role):
    candidate = make_candidate()

    with pytest.raises(NotAllowed):
        review(candidate, make_user(role=role, region="IQ-BG"))

    assert candidate.reviews.count() == 0


def test_opinion_on_a_candidate_that_is_gone_finds_nothing(make_candidate, reviewers, review):
    candidate = make_candidate()
    Candidate.objects.filter(pk=candidate.pk).delete()

    with pytest.raises(NotFound):
        review(candidate, reviewers[0])


def test_log_of_a_candidate_does_not_tell_opinions(make_candidate, reviewers, review):
    candidate = make_candidate()

    review(candidate, reviewers[0], Opinion.NOT_SAME, reason="another mother")

    event = Event.objects.get(action="tracing.reviewed")
    assert (event.actor, event.object_id) == ("reviewer-0", str(candidate.pk))
    assert "not_same" not in str(event.details)
    assert "mother" not in str(event.details)


def test_undone_judgement_opens_a_new_round(confirmed, reviewers, review, at):
    judgement = Judgement.objects.get()

    back = actions.undo_judgement(
        judgement=judgement, reason="the aunt named another village", by=reviewers[2], at=at
    )

    confirmed.refresh_from_db()
    assert (confirmed.verdict, confirmed.round) == ("open", 2)
    assert (back.says, back.retracts, back.judged_by) == (
        Says.TAKEN_BACK,
        judgement,
        reviewers[2],
    )
    assert list(Judgement.objects.all()) == [judgement, back]
    assert Event.objects.filter(action="tracing.undid_judgement").count() == 1


def test_candidate_is_confirmed_again_after_an_undo(confirmed, reviewers, review, at):
    judgement = Judgement.objects.get()
    actions.undo_judgement(judgement=judgement, reason="too early", by=reviewers[0], at=at)

    for reviewer in reviewers[:2]:
        review(confirmed, reviewer)

    confirmed.refresh_from_db()
    assert confirmed.verdict == Verdict.CONFIRMED
    assert [each.says for each in Judgement.objects.all()] == ["same", "taken_back", "same"]
    assert confirmed.reviews.count() == 4


def test_judgement_is_taken_back_once(confirmed, reviewers, at):
    judgement = Judgement.objects.get()
    back = actions.undo_judgement(judgement=judgement, reason="early", by=reviewers[0], at=at)

    for each in (judgement, back):
        with pytest.raises(actions.NothingToUndo):
            actions.undo_judgement(judgement=each, reason="early", by=reviewers[0], at=at)

    assert Judgement.objects.count() == 2


def test_taking_back_needs_a_reason(confirmed, reviewers, at):
    with pytest.raises(actions.NoReason):
        actions.undo_judgement(
            judgement=Judgement.objects.get(), reason=" ", by=reviewers[0], at=at
        )

    assert Judgement.objects.count() == 1


@pytest.mark.parametrize("role", NOT_REVIEWERS)
def test_judgement_is_taken_back_by_reviewers_only(confirmed, make_user, at, role):
    with pytest.raises(NotAllowed):
        actions.undo_judgement(
            judgement=Judgement.objects.get(), reason="early", by=make_user(role=role), at=at
        )

    confirmed.refresh_from_db()
    assert confirmed.verdict == Verdict.CONFIRMED


def test_candidates_are_found_once_a_child_is_stored(make_child, make_request, make_user, work):
    make_request("Руслан Магомедов")
    work()

    child = make_child("رسلان محمدوف")
    before = Candidate.objects.count()
    work()

    candidate = Candidate.objects.get(child=child)
    event = Event.objects.filter(action="tracing.matched").latest("id")
    assert before == 0
    assert candidate.reasons
    assert (event.actor, event.actor_role, event.object_id) == ("kinward", "clock", str(child.pk))
    assert Event.objects.get(action="tracing.found_candidate").object_id == str(candidate.pk)


def test_candidates_are_found_once_a_request_is_stored(make_child, make_request, work):
    child = make_child("رسلان محمدوف")
    work()

    request = make_request("Руслан Магомедов", "Заира Магомедова")
    done = work()

    assert done == 1
    strongest = Candidate.objects.filter(child=child).strongest_first().first()
    assert strongest.sought == request.sought.first()


def figures():
    return {
        (each.child_id, each.sought_id): (each.weight, each.reasons, each.alignment)
        for each in Candidate.objects.all()
    }


def test_statement_about_an_enquirer_compares_those_asked_for(
    worker, make_request, make_child, say, at, work
):
    make_child("رسلان")
    request = make_request("Руслан", by=worker)
    work()

    add_statement(person=request.enquirer, statement=say("sex", code="female"), by=worker, at=at)
    done = work()

    assert done == 1
    after = figures()
    actions.find_candidates(by=clock(), at=at)
    assert figures() == after


def test_statement_about_one_of_a_group_compares_the_whole_group(
    make_user, worker, make_request, say, at, agrees, work
):
    registrar = make_user(role=Role.REGISTRAR, region="IQ-BG")
    named, nameless = register_group(
        children=[[say("name", text="رسلان")], [say("sex", code="female")]],
        consents=[[agrees]] * 2,
        by=registrar,
        at=at,
    )
    request = make_request("Руслан", by=worker)
    statement = say("sibling", text="Марьям")
    sought = request.sought.get().person
    add_statement(person=sought, statement=statement, by=worker, at=at)
    actions.find_candidates(by=clock(), at=at)
    before = figures()

    add_statement(person=nameless, statement=say("name", text="مريم"), by=registrar, at=at)
    work()

    after = figures()
    pair = (named.pk, request.sought.get().pk)
    assert after[pair][0] > before[pair][0]
    actions.find_candidates(by=clock(), at=at)
    assert figures() == after


@pytest.fixture
def two_families(make_user, make_request, say, at, agrees):
    """Two children registered together, two people asked for together, all compared."""
    said = [[say("name", text=name)] for name in ("رسلان محمدوف", "زائرة محمدوفا")]
    registrar = make_user(role=Role.REGISTRAR, region="IQ-BG")
    with matching.held_back():
        children = register_group(children=said, consents=[[agrees]] * 2, by=registrar, at=at)
        request = make_request("Руслан Магомедов", "Заира Магомедова")
        make_request("Заира Алиева")
    actions.find_candidates(by=clock(), at=at)
    return children, list(request.sought.order_by("pk"))


@pytest.mark.parametrize("side", ["found", "sought"])
def test_statement_about_one_is_stored_for_all_of_the_family(
    two_families, reviewers, say, at, side, work
):
    (boy, girl), (ruslan, zaira) = two_families
    before = figures()
    with matching.held_back():
        for each in (boy, ruslan.person):
            add_statement(person=each, statement=say("born", edtf="2011"), by=reviewers[0], at=at)

    person = boy if side == "found" else ruslan.person
    add_statement(person=person, statement=say("sex", code="male"), by=reviewers[0], at=at)
    done = work()

    after = figures()
    assert done == 1
    assert after[girl.pk, zaira.pk] != before[girl.pk, zaira.pk]
    actions.find_candidates(by=clock(), at=at)
    assert figures() == after


def test_looking_for_candidates_of_one_looks_for_the_whole_family(two_families, at):
    (boy, girl), (ruslan, zaira) = two_families

    for person, family in ((girl, [boy, girl]), (ruslan.person, [ruslan.person, zaira.person])):
        actions.find_candidates(persons=[person], by=clock(), at=at)

        last = Event.objects.filter(action="tracing.matched").order_by("-id")[: len(family)]
        assert {event.object_id for event in last} == {str(each.pk) for each in family}


def test_looking_for_candidates_reads_as_often_for_few_as_for_many(make_request, at):
    with matching.held_back():
        people = [make_request("Руслан").sought.get().person for _ in range(30)]
    matching.COMPARED.now()
    read = []

    for some in (people[:1], people):
        with CaptureQueriesContext(connection) as queries:
            actions.find_candidates(persons=some, by=clock(), at=at)
        asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
        read.append(len([sql for sql in asked if "audit_event" not in sql]))

    assert read[0] == read[1]


def test_comparing_can_be_held_back(make_child):
    with matching.held_back():
        make_child("رسلان")

    assert not Job.objects.exists()


def test_what_is_never_matched_asks_for_no_comparing(make_child, make_user, say, at, work):
    worker = make_user(role=Role.REGISTRAR, region="IQ-BG")
    child = make_child("رسلان")
    work()

    for each in (say("language", text="русский"), say("father", text="Магомед")):
        add_statement(person=child, statement=each, by=worker, at=at)
        asked = Job.objects.unfinished().count()
        assert asked == (each.property == "father")


def test_family_is_compared_once_for_all_that_was_said_meanwhile(
    two_families, reviewers, say, at, work
):
    (boy, girl), _ = two_families
    for child in (boy, girl):
        add_statement(person=child, statement=say("sex", code="male"), by=reviewers[0], at=at)

    done = work()

    assert done == 2
    assert Event.objects.filter(action="tracing.matched", object_id=str(boy.pk)).count() == 1


def test_job_of_a_killed_worker_does_not_stand_for_a_later_one(two_families, reviewers, say, at):
    (boy, _girl), _ = two_families
    add_statement(person=boy, statement=say("sex", code="male"), by=reviewers[0], at=at)
    later = enqueue(MATCH_FAMILY, at=at, family=str(boy.group_id))
    Job.objects.filter(pk=later.pk).update(leased_until=at + timedelta(minutes=1))

    with acting(clock()):
        drain(now=lambda: at)

    assert Event.objects.filter(action="tracing.matched", object_id=str(boy.pk)).exists()


def test_recomputing_gives_the_figures_of_comparing_alone(make_child, make_request, at, work):
    with matching.held_back():
        make_request("Руслан Магомедов", "Заира Магомедова")
        make_request("Ислам Алиев", region="RU-CE")
    make_child("رسلان محمدوف")
    work()
    alone = list(Candidate.objects.order_by("sought").values_list("sought", "weight"))

    found = actions.find_candidates(by=clock(), at=at)

    everybody = list(Candidate.objects.order_by("sought").values_list("sought", "weight"))
    assert found == len(everybody) >= 1
    assert [sought for sought, _ in everybody] == [sought for sought, _ in alone]
    for (_, once), (_, again) in zip(alone, everybody, strict=True):
        assert again == pytest.approx(once, abs=1e-6)


@pytest.mark.parametrize("opinion", [Opinion.SAME, Opinion.NOT_SAME])
def test_verdict_is_remembered_when_candidates_are_recomputed(
    make_child, make_request, reviewers, review, say, at, opinion
):
    child = make_child("رسلان محمدوف")
    make_request("Руслан Магомедов")
    actions.find_candidates(by=clock(), at=at)
    before = Candidate.objects.get()
    for reviewer in reviewers[:2]:
        review(before, reviewer, opinion)
    settled = Candidate.objects.get().verdict

    add_statement(person=child, statement=say("sex", code="male"), by=reviewers[0], at=at)
    later = at.replace(hour=23)
    actions.find_candidates(by=clock(), at=later)

    after = Candidate.objects.get()
    assert (after.pk, after.verdict) == (before.pk, settled)
    assert (after.first_found_at, after.computed_at) == (at, later)


@pytest.fixture
def told_apart(make_child, make_request, reviewers, review, at):
    """A child and somebody sought by another first name, whom two reviewers told apart."""
    child, request = make_child("رسلان محمدوف"), make_request("Магомед Магомедов")
    actions.find_candidates(by=clock(), at=at)
    candidate = Candidate.objects.get()
    for reviewer in reviewers[:2]:
        review(candidate, reviewer, Opinion.NOT_SAME, reason="another first name")
    return child, request, Candidate.objects.get()


def test_opinion_keeps_the_figures_it_was_given_on(told_apart, say, reviewers, at):
    child, _, before = told_apart
    add_statement(person=child, statement=say("mother", text="زينب"), by=reviewers[0], at=at)
    actions.find_candidates(by=clock(), at=at.replace(hour=23))

    kept = Review.objects.first()
    now = Candidate.objects.get()

    assert (kept.weight, kept.probability, kept.reasons) == (
        before.weight,
        before.probability,
        before.reasons,
    )
    assert (kept.model_version, kept.computed_at) == (before.model_version, at)
    assert kept.reasons != now.reasons


def test_pair_told_apart_is_offered_again_when_what_is_said_makes_it_likelier(
    told_apart, reviewers, say, at
):
    child, request, before = told_apart
    sought, later = request.sought.get().person, at.replace(hour=23)
    for said, on_child, on_sought in (
        ("name", "محمد محمدوف", "Магомед Магомедов"),
        ("mother", "زينب", "Зайнаб"),
        ("father", "سليمان", "Сулейман"),
        ("sibling", "خديجة", "Хадижат"),
    ):
        add_statement(person=child, statement=say(said, text=on_child), by=reviewers[0], at=later)
        add_statement(person=sought, statement=say(said, text=on_sought), by=reviewers[0], at=later)

    actions.find_candidates(by=clock(), at=later)
    actions.find_candidates(by=clock(), at=later)

    after = Candidate.objects.get()
    assert (after.pk, after.verdict, after.round) == (before.pk, Verdict.OPEN, 2)
    assert [each.says for each in Judgement.objects.all()] == [Says.NOT_SAME, Says.OFFERED_AGAIN]
    assert Review.objects.filter(candidate=before, round=1).count() == 2
    assert after in queries.candidates_to_review(user=reviewers[0])


def test_pair_told_apart_stays_so_where_nothing_was_said_since(told_apart, at):
    Candidate.objects.update(weight=F("weight") + 100)  # as if names had become rarer
    candidate = Candidate.objects.get()

    offer_again([candidate], by=clock(), at=at)

    assert Candidate.objects.get().verdict == Verdict.REJECTED


def test_candidate_that_no_longer_compares_is_dropped_unless_reviewed(
    make_candidate, make_child, make_request, reviewers, review, at
):
    looked_at = make_candidate(
        child=make_child("زبيدة"), request=make_request("Владислав", region="RU-CE")
    )
    make_candidate(child=make_child("خديجة"), request=make_request("Всеволод", region="RU-IN"))
    review(looked_at, reviewers[0], Opinion.CANNOT_TELL)

    actions.find_candidates(by=clock(), at=at)

    assert list(Candidate.objects.all()) == [looked_at]


def test_candidates_are_looked_for_by_those_who_review(make_child, make_user, at):
    child = make_child()

    assert actions.find_candidates(persons=[child], by=make_user(), at=at) == 0
    with pytest.raises(NotAllowed):
        actions.find_candidates(by=make_user(role=Role.REGISTRAR), at=at)


def test_group_is_stored_though_comparing_it_comes_later(make_user, say, at):
    children = register_group(
        children=[[say("name", text="رسلان")], [say("name", text="زائرة")]],
        by=make_user(role=Role.REGISTRAR),
        at=at,
    )

    assert len(children) == 2
    assert not Candidate.objects.exists()
