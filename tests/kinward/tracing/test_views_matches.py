from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from kinward.access.models import Role, clock
from kinward.audit.models import Event
from kinward.people import actions as people
from kinward.people.models import SaidBy
from kinward.tracing import actions as tracing
from kinward.tracing.actions.finding import offer_again
from kinward.tracing.models import Candidate, Opinion, Verdict

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
SAME = {"opinion": "same", "reason": "Both name the same song."}
BIRTH = {"comparison": "birth", "level": "?", "bits": -2.5, "found": "2009", "sought": "2012"}
GIVEN = {"comparison": "given", "level": "?", "bits": 6.5, "found": "رسلان", "sought": "Руслан"}
SEX = {"comparison": "sex", "level": "?", "bits": 0.0, "found": "", "sought": "male"}


def as_seen(candidate, **typed):
    """What is sent by who opened the candidate as it stands."""
    return SAME | {"seen": candidate.version} | typed


@pytest.fixture
def second(make_user):
    return make_user("karim", role=Role.SECOND_REVIEWER)


@pytest.fixture
def candidate(make_candidate, make_child, make_request, say):
    child = make_child(statements=[say("born", edtf="2009")])
    request = make_request()
    born = say("born", edtf="2012", said_by=SaidBy.RELATIVE)
    officer = request.taken_by
    people.add_statement(
        person=request.sought.get().person, statement=born, by=officer, at=request.taken_at
    )
    Candidate.objects.all().delete()
    found = make_candidate(child=child, request=request, weight=-2.0)
    found.reasons = [GIVEN, BIRTH, SEX]
    found.save()
    return found


@pytest.fixture
def opine(at):
    def give(candidate, user, opinion=Opinion.SAME):
        return tracing.review_candidate(
            candidate=candidate, opinion=opinion, reason="Seen by both.", by=user, at=at
        )

    return give


def page_of(candidate) -> str:
    return reverse("tracing:candidate", args=[candidate.pk])


def reads(action: str, user) -> set[str]:
    events = Event.objects.filter(action=action, actor=user.username)
    return set(events.values_list("object_id", flat=True))


# The list


def test_list_shows_both_sides_the_words_and_the_reasons(client, officer, candidate):
    page = client.get("/matches/").content.decode()

    for shown in ("رسلان", "Руслан", "very likely the same", "97%"):
        assert shown in page
    assert "kw-why__for" in page
    assert "kw-why__against" in page
    assert page_of(candidate) in page


def test_list_writes_down_whom_it_showed(client, officer, candidate):
    client.get("/matches/")

    both = {str(candidate.child_id), str(candidate.sought.person_id)}
    assert reads("tracing.listed", officer) == {str(candidate.pk)}
    assert reads("people.listed", officer) == both


@pytest.mark.parametrize(
    ("which", "verdict"),
    [("disputed", Verdict.DISPUTED), ("confirmed", Verdict.CONFIRMED), ("all", Verdict.REJECTED)],
)
def test_list_shows_what_was_chosen(client, officer, candidate, which, verdict):
    Candidate.objects.update(verdict=verdict)

    shown = client.get("/matches/", {"show": which}).content.decode()
    waiting = client.get("/matches/", {"show": "rejected"}).content.decode()

    assert page_of(candidate) in shown
    assert (page_of(candidate) in waiting) is (verdict == Verdict.REJECTED)


def test_list_falls_back_to_what_waits(client, officer, candidate):
    assert client.get("/matches/", {"show": "everything"}).context["which"] == "to_review"


def test_list_says_when_nothing_waits(client, officer):
    page = client.get("/matches/").content.decode()

    assert "No candidate waits for your opinion." in page
    disputed = client.get("/matches/", {"show": "disputed"}).content.decode()
    assert "There is no such candidate now." in disputed


def test_list_costs_the_same_for_one_candidate_and_for_ten(
    client,
    officer,
    candidate,
    make_candidate,
    make_child,
    make_request,
    django_assert_max_num_queries,
):
    client.get("/matches/")
    with django_assert_max_num_queries(40) as one:
        client.get("/matches/")
    cost = len(one)
    for _ in range(9):
        child, request = make_child("عمر"), make_request("Омар")
        Candidate.objects.filter(child=child).delete()
        make_candidate(child=child, request=request)

    with django_assert_max_num_queries(cost):
        shown = client.get("/matches/")

    assert len(shown.context["candidates"]) == 10


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.ENQUIRY_WORKER, Role.AUDITOR])
def test_list_is_refused_to_who_may_not_see_candidates(client, make_user, role):
    client.force_login(make_user(role=role, region="IQ-BG"))

    assert client.get("/matches/").status_code == 403


# One child's candidates


def test_child_tab_shows_who_may_be_looking(client, officer, candidate):
    address = reverse("tracing:child_candidates", args=[candidate.child_id])

    page = client.get(address).content.decode()

    assert candidate.sought.request.reference in page
    assert "two or more claimants" not in page


def test_child_tab_warns_of_two_claimants_and_counts_what_is_too_weak(
    client, officer, candidate, make_candidate, make_request
):
    for probability in (0.9, 0.1):
        request = make_request("Марк")
        Candidate.objects.filter(sought__request=request).delete()
        make_candidate(child=candidate.child, request=request, probability=probability)

    address = reverse("tracing:child_candidates", args=[candidate.child_id])
    page = client.get(address).content.decode()

    assert "two or more claimants" in page
    assert "1 more was compared and is too weak to be shown." in page


def test_child_tab_tells_a_registrar_how_many_and_never_who(client, make_user, candidate):
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-BG"))

    address = reverse("tracing:child_candidates", args=[candidate.child_id])
    page = client.get(address).content.decode()

    assert "1 request looks for a child like this." in page
    assert candidate.sought.request.reference not in page
    assert "Руслан" not in page


def test_child_tab_says_when_nobody_is_likely_to_look(client, officer, make_child):
    child = make_child("عمر")

    page = client.get(reverse("tracing:child_candidates", args=[child.pk])).content.decode()

    assert "No request is likely to look for this child." in page


# Side by side


def test_candidate_aligns_the_facts_and_marks_how_they_meet(client, officer, candidate):
    page = client.get(page_of(candidate)).content.decode()

    assert page.count("kw-compare--agrees") == 1
    assert page.count("kw-compare--contradicts") == 1
    assert page.count("kw-compare--unknown") == 6
    assert "Agrees:" in page
    assert "Contradicts:" in page


def test_candidate_shows_how_the_weight_adds_up_as_picture_and_as_table(client, officer, candidate):
    page = client.get(page_of(candidate)).content.decode()

    assert page.count('role="img"') == 2
    assert "The same in numbers" in page
    for bits in ("\u22126.0", "+6.5", "\u22122.5", "+7.0", "+5.0"):
        assert f"\u2066{bits}\u2069" in page


@pytest.fixture
def of_families(candidate):
    """The candidate with what a brother says, and who is who beside him."""
    sought = str(candidate.sought.person_id)
    brother = {"found": "زائرة / زايرة", "sought": "Заира", "found_id": "f2", "sought_id": "s2"}
    pairs = [
        {"found": "رسلان", "sought": "Руслан", "found_id": str(candidate.child_id)}
        | {"sought_id": sought, "probability": 0.97},
        brother | {"probability": 0.2},
        {"found": "", "sought": "", "found_id": "f3", "sought_id": "", "probability": 0.0},
    ]
    relatives = {"comparison": "relatives", "level": "met", "bits": 3.5} | brother
    rest = {"comparison": "families", "level": "rest", "bits": -1.0, "found": "", "sought": ""}
    reasons = [*candidate.reasons, relatives, rest]
    candidate.reasons, candidate.alignment = reasons, pairs
    candidate.save()
    return candidate


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Found together", "may be", "The families as wholes", "nothing is counted twice"]),
        ("ru", ["Найдены вместе", "возможно", "Семьи в целом", "ничто не считается дважды"]),
        ("ar", ["عُثر عليهم معًا", "ربما شخص واحد", "العائلتان ككل", "لا يُحسب شيء مرتين"]),
    ],
)
def test_candidate_says_what_families_bring(client, officer, of_families, language, words):
    page = client.get(page_of(of_families), headers={"accept-language": language}).content.decode()

    assert all(word in page for word in words)
    assert f"{words[0]}: \u2068زائرة\u2069" in page  # in the picture, by the first form of a name
    assert "\u2066+3.5\u2069" in page.replace(",", ".")


def test_list_names_a_brother_as_a_reason_and_never_the_evening_out(client, officer, of_families):
    (shown,) = client.get(reverse("tracing:matches") + "?show=all").context["candidates"]

    assert [reason.comparison for reason in shown.best_for] == ["given", "relatives"]
    assert [reason.comparison for reason in shown.best_against] == ["birth"]


def test_candidate_shows_who_is_who(client, officer, of_families):
    page = client.get(page_of(of_families)).content.decode()

    table = page[page.index("Who is who in the two families") :]
    rows = table[: table.index("</table>")].split("<tr")[2:]
    assert "(the child above)" in rows[0]
    assert "(the person above)" in rows[0]
    assert "very likely the same" in rows[0]
    assert "above" not in rows[1]
    assert "Заира" in rows[1]
    assert "20%" in rows[1]
    assert "no name known" in rows[2]
    assert "nobody" in rows[2]


def test_candidate_of_two_who_stand_alone_has_no_table_of_families(client, officer, candidate):
    both = {"found_id": str(candidate.child_id), "sought_id": str(candidate.sought.person_id)}
    pair = both | {"found": "رسلان", "sought": "Руслан", "probability": 0.97}
    candidate.alignment = [pair]
    candidate.save()

    assert "Who is who" not in client.get(page_of(candidate)).content.decode()


def test_candidate_draws_births_only_if_both_are_known(
    client, officer, make_candidate, make_child, make_request
):
    child, request = make_child(), make_request()
    Candidate.objects.all().delete()
    found = make_candidate(child=child, request=request)

    page = client.get(page_of(found)).content.decode()

    assert page.count('role="img"') == 1


def test_candidate_writes_down_that_both_were_read(client, officer, candidate):
    client.get(page_of(candidate))

    request = candidate.sought.request
    assert reads("tracing.read", officer) == {str(candidate.pk), str(request.pk)}
    assert reads("people.read", officer) == {
        str(candidate.child_id),
        str(candidate.sought.person_id),
    }


def test_candidate_keys_choose_the_opinions(client, officer, candidate):
    page = client.get(page_of(candidate)).content.decode()

    for key in ("s", "d", "u"):
        assert f'data-key="{key}"' in page
    assert "data-keys" in page


def test_candidate_leads_to_the_next_that_waits(
    client, officer, candidate, make_candidate, make_request, make_child
):
    child, request = make_child("عمر"), make_request("Омар")
    Candidate.objects.exclude(pk=candidate.pk).delete()
    weaker = make_candidate(child=child, request=request, weight=-5.0)

    first = client.get(page_of(candidate)).context
    last = client.get(page_of(weaker)).context

    assert (first["before"], first["after"]) == (None, weaker.pk)
    assert (last["before"], last["after"]) == (candidate.pk, None)


@pytest.mark.parametrize("name", ["tracing:candidate", "tracing:candidate_history"])
def test_unseen_candidate_and_absent_candidate_look_alike(client, make_user, candidate, name):
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-BG"))

    assert client.get(reverse(name, args=[candidate.pk])).status_code == 404
    assert client.get(reverse(name, args=[uuid4()])).status_code == 404


def test_candidate_history_shows_who_read_it(client, officer, candidate):
    client.get(page_of(candidate))

    address = reverse("tracing:candidate_history", args=[candidate.pk])
    page = client.get(address).content.decode()

    assert "anna" in page


# Opinions


def test_opinion_is_recorded_and_the_page_shown_again(client, officer, candidate):
    response = client.post(reverse("tracing:review", args=[candidate.pk]), as_seen(candidate))

    review = candidate.reviews.get()
    assert response["Location"] == page_of(candidate)
    assert (review.reviewer, review.opinion, review.reason) == (
        officer,
        "same",
        "Both name the same song.",
    )


def test_opinion_by_htmx_swaps_its_part_only(client, officer, candidate):
    response = client.post(
        reverse("tracing:review", args=[candidate.pk]), as_seen(candidate), headers=HTMX
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert page.lstrip().startswith('<div id="review">')
    assert "Your opinion is recorded." in page
    assert "One more opinion is needed." in page
    assert "Your opinion</h2>" not in page
    # The buttons of the languages belong to this form: it must outlive the opinion.
    assert f'<form id="opinion" method="post" action="{reverse("core:switch_language")}"' in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_opinion_without_a_reason_is_sent_back(client, officer, candidate, headers):
    response = client.post(
        reverse("tracing:review", args=[candidate.pk]),
        {"opinion": "same", "reason": " "},
        headers=headers,
    )

    assert response.status_code == 422
    assert 'href="#id_reason"' in response.content.decode()
    assert candidate.reviews.count() == 0


def test_opinion_of_others_is_hidden_before_ones_own(client, officer, second, candidate, opine):
    opine(candidate, second)

    before = client.get(page_of(candidate)).content.decode()
    client.post(reverse("tracing:review", args=[candidate.pk]), as_seen(candidate))
    after = client.get(page_of(candidate)).content.decode()

    assert "1 opinion has been given so far." in before
    assert "Seen by both." not in before
    assert "karim" not in before
    assert "Seen by both." in after
    assert "Two reviewers agree: this is the same person." in after


def test_second_opinion_of_one_reviewer_is_refused_in_words(client, officer, candidate, opine):
    opine(candidate, officer)

    response = client.post(reverse("tracing:review", args=[candidate.pk]), as_seen(candidate))

    assert response.status_code == 409
    assert "You have already reviewed this candidate." in response.content.decode()
    assert candidate.reviews.count() == 1


def test_opinion_on_an_unseen_candidate_is_not_taken(client, make_user, candidate):
    client.force_login(make_user(role=Role.ENQUIRY_WORKER, region="RU-DA"))

    response = client.post(reverse("tracing:review", args=[candidate.pk]), as_seen(candidate))

    assert response.status_code == 404
    assert candidate.reviews.count() == 0


def test_opinion_being_typed_is_kept_in_another_language(client, officer, candidate):
    typed = as_seen(candidate) | {"switch_language": "ar"}

    response = client.post(reverse("tracing:review", args=[candidate.pk]), typed)

    page = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="ar" dir="rtl"' in page
    assert "Both name the same song." in page
    assert candidate.reviews.count() == 0


def test_reloading_an_opinion_shows_the_candidate(client, officer, candidate):
    response = client.get(reverse("tracing:review", args=[candidate.pk]))

    assert response["Location"] == page_of(candidate)


@pytest.mark.parametrize(
    ("opinions", "words"),
    [
        ([Opinion.SAME, Opinion.NOT_SAME], "The reviewers disagree."),
        ([Opinion.NOT_SAME, Opinion.NOT_SAME], "Two reviewers agree: this is not the same person."),
    ],
)
def test_outcome_is_said_in_words(client, officer, second, candidate, opine, opinions, words):
    for reviewer, opinion in zip((officer, second), opinions, strict=True):
        opine(candidate, reviewer, opinion)

    assert words in client.get(page_of(candidate)).content.decode()


# Taking back


def test_judgement_is_taken_back_with_a_reason(client, officer, second, candidate, opine):
    opine(candidate, officer)
    opine(candidate, second)
    shown = client.get(page_of(candidate)).content.decode()
    candidate.refresh_from_db()

    response = client.post(
        reverse("tracing:undo", args=[candidate.pk]),
        {"undo-reason": "A second song was heard.", "seen": candidate.version},
    )

    candidate.refresh_from_db()
    assert "Take this judgement back" in shown
    assert response["Location"] == page_of(candidate)
    assert (candidate.verdict, candidate.round) == (Verdict.OPEN, 2)
    assert candidate.judgements.last().reason == "A second song was heard."


def test_taking_back_without_a_reason_is_sent_back(client, officer, second, candidate, opine):
    opine(candidate, officer)
    opine(candidate, second)

    response = client.post(
        reverse("tracing:undo", args=[candidate.pk]), {"undo-reason": ""}, headers=HTMX
    )

    candidate.refresh_from_db()
    assert response.status_code == 422
    assert 'href="#id_undo-reason"' in response.content.decode()
    assert candidate.verdict == Verdict.CONFIRMED


def test_nothing_is_taken_back_where_nothing_stands(client, officer, candidate):
    response = client.post(reverse("tracing:undo", args=[candidate.pk]), {"undo-reason": "x"})

    assert response.status_code == 404


# What was judged meanwhile


@pytest.fixture
def opened_again(candidate, officer, second, opine, at):
    """The version of a candidate that was settled, and opened again, since it was read."""
    version = candidate.version
    for reviewer in (officer, second):
        opine(candidate, reviewer)
    tracing.undo_judgement(
        judgement=candidate.judgements.get(), reason="Another song.", by=second, at=at
    )
    return version


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_opinion_on_an_older_round_comes_back_with_what_was_typed(
    client, officer, candidate, opened_again, headers
):
    address = reverse("tracing:review", args=[candidate.pk])

    response = client.post(address, SAME | {"seen": opened_again}, headers=headers)

    page = response.content.decode()
    candidate.refresh_from_db()
    assert response.status_code == 409
    assert 'id="main"' in page  # htmx takes it whole
    assert "It was \u2068" in page
    assert "Both name the same song.</textarea>" in page
    assert f'name="seen" value="{candidate.version}"' in page
    assert candidate.reviews.filter(round=2).count() == 0


def test_opinion_on_a_settled_candidate_is_shown_where_no_form_is_left(
    client, make_user, candidate, officer, second, opine
):
    version = candidate.version
    for reviewer in (officer, second):
        opine(candidate, reviewer)
    client.force_login(make_user("third", role=Role.SECOND_REVIEWER))

    response = client.post(
        reverse("tracing:review", args=[candidate.pk]), SAME | {"seen": version}, headers=HTMX
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "Both name the same song.</blockquote>" in page
    assert page.count("Nothing of yours was recorded.") == 1
    assert candidate.reviews.count() == 2


def test_opinion_of_another_in_the_same_round_is_no_conflict(
    client, officer, second, candidate, opine
):
    version = candidate.version
    opine(candidate, second, Opinion.NOT_SAME)

    response = client.post(reverse("tracing:review", args=[candidate.pk]), SAME | {"seen": version})

    assert response.status_code == 302
    assert candidate.reviews.count() == 2


def test_judgement_that_was_taken_back_meanwhile_is_not_taken_back_again(
    client, officer, candidate, opened_again
):
    response = client.post(
        reverse("tracing:undo", args=[candidate.pk]),
        {"undo-reason": "A second song was heard.", "seen": opened_again},
    )

    assert response.status_code == 409
    assert "A second song was heard.</blockquote>" in response.content.decode()
    assert candidate.judgements.count() == 2


def test_judgement_other_than_the_one_seen_is_not_taken_back(
    client, officer, second, candidate, opine, opened_again
):
    for reviewer in (officer, second):
        candidate.refresh_from_db()
        opine(candidate, reviewer)

    response = client.post(
        reverse("tracing:undo", args=[candidate.pk]),
        {"undo-reason": "A second song was heard.", "seen": opened_again},
    )

    candidate.refresh_from_db()
    assert response.status_code == 409
    assert "A second song was heard.</textarea>" in response.content.decode()
    assert candidate.verdict == Verdict.CONFIRMED


# Offered again


@pytest.fixture
def told_apart(candidate, officer, second, opine, say, at):
    """A pair two told apart, of whom so much was said later that it is open again."""
    for user in (officer, second):
        opine(candidate, user, Opinion.NOT_SAME)
    later = at + timedelta(days=1)
    mother = say("mother", text="زينب")
    people.add_statement(person=candidate.child, statement=mother, by=officer, at=later)
    found = Candidate.objects.get(pk=candidate.pk)
    found.weight += 20
    offer_again([found], by=clock(), at=later)
    return candidate


def test_page_says_why_a_pair_is_back(client, told_apart):
    content = client.get(page_of(told_apart)).content.decode()

    assert "These two were judged not to be the same person" in content
    assert "Said since about the child’s family: Mother’s name" in content
    assert "Said since about the family that is asking" not in content


def test_list_marks_a_pair_that_is_back(client, told_apart):
    assert "Back: more was said" in client.get(reverse("tracing:matches")).content.decode()


def test_pair_judged_again_is_back_no_more(client, officer, second, told_apart, opine):
    for user in (officer, second):
        opine(told_apart, user, Opinion.NOT_SAME)

    response = client.get(reverse("tracing:matches"), {"show": "rejected"})

    assert told_apart.child.reference in response.content.decode()
    assert "Back: more was said" not in response.content.decode()
