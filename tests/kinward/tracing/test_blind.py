"""Whoever compares learns no more than it takes; once a match is confirmed, step by step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed, NotFound
from kinward.people.actions import register_child
from kinward.people.actions.describing import store
from kinward.people.models import SearchPurpose
from kinward.people.rules import region_only
from kinward.tracing import actions, matching
from kinward.tracing.models import Candidate, Done, Ground, Opinion, Outcome, Step, Verdict
from kinward.tracing.rules import End, Tried

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PLACE = {"comparison": "place", "level": "?", "bits": 3.0, "found": "الموصل", "sought": "Мосул"}
WITHHELD = (
    "Махачкала, улица",
    "Патимат",
    "+7 900",
    "Ищу внука.",
    "hospital 7",
    "by the mill",
    "at the ferry",
)


@pytest.fixture
def pair(make_child, make_request, make_candidate, say, at):
    """A candidate of whom much is known that is not needed to compare."""
    child = make_child(
        "رسلان",
        statements=[
            say("found_at", text="hospital 7"),
            say("last_residence", text="by the mill"),
            say("separated_at", text="at the ferry"),
            say("relatives_region", text="Махачкала, улица", code="RU-DA:makhachkala"),
        ],
    )
    request = make_request("Руслан", told="Ищу внука.", enquirer="Патимат")
    store(request.enquirer, [say("contact", text="+7 900")], by=request.taken_by, at=at)
    Candidate.objects.all().delete()
    found = make_candidate(child=child, request=request)
    found.reasons = [PLACE, PLACE | {"comparison": "parting"}, *found.reasons]
    found.save(update_fields=["reasons"])
    found.refresh_from_db()
    return found


@pytest.fixture
def confirmed(pair, make_user, at):
    for _ in range(2):
        actions.review_candidate(
            candidate=pair, opinion=Opinion.SAME, reason="same", by=make_user(), at=at
        )
    pair.refresh_from_db()
    return pair


def everywhere(candidate):
    """Every page and answer that one who compares can open about the two."""
    child, request = candidate.child_id, candidate.sought.request_id
    return [
        "/matches/",
        "/requests/",
        reverse("tracing:candidate", args=[candidate.pk]),
        reverse("tracing:child_candidates", args=[child]),
        reverse("tracing:request", args=[request]),
        reverse("people:child", args=[child]),
        reverse("people:facts", args=[child]),
        reverse("people:timeline", args=[child]),
        f"/api/children/{child}/candidates",
    ]


def test_who_compares_reads_no_words_of_others_about_a_search(client, officer, pair, at):
    sought, taken_by = pair.sought.person, pair.sought.request.taken_by
    tried = Tried(done=Done.LIST, done_on=at.date(), outcome=Outcome.NOTHING)
    for by, words in ((taken_by, "Her uncle in Lenina 5 says no."), (officer, "My own note.")):
        actions.record_tracing(person=sought, tried=replace(tried, words=words), by=by, at=at)
    end = End(ground=Ground.UNREACHABLE, reason="The uncle moved to Lenina 7.")
    actions.end_search(person=sought, end=end, by=taken_by, at=at)

    page = client.get(f"/tracing/{sought.pk}/").content.decode()
    client.force_login(taken_by)
    own = client.get(f"/tracing/{sought.pk}/").content.decode()

    assert ("Lenina" in page, "My own note." in page) == (False, True)
    assert page.count("is not shown to who compares") == 2
    assert all(words in own for words in ("Lenina 5", "Lenina 7", "My own note."))


def test_who_compares_sees_names_and_regions_and_no_more(client, officer, pair):
    pages = {address: client.get(address).content.decode() for address in everywhere(pair)}

    for address, page in pages.items():
        assert [text for text in (*WITHHELD, "الموصل", "Мосул") if text in page] == [], address
    comparing = pages[reverse("tracing:candidate", args=[pair.pk])]
    for shown in ("رسلان", "Руслан", "Dagestan"):
        assert shown in comparing
    assert "written down; shown once a match is confirmed" in comparing


def test_who_takes_part_in_no_comparing_reads_what_they_wrote_down(client, make_user, pair):
    client.force_login(make_user(role=Role.REGISTRAR, region="IQ-BG"))
    facts = client.get(reverse("people:facts", args=[pair.child_id])).content.decode()
    client.force_login(make_user(role=Role.ENQUIRY_WORKER, region="RU-DA"))
    asked = client.get(reverse("tracing:request", args=[pair.sought.request_id])).content.decode()

    assert "hospital 7" in facts
    assert "Махачкала, улица" in facts
    assert "Патимат" in asked
    assert "+7 900" in asked


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"text": "Махачкала", "code": "RU-DA:makhachkala"}, {"text": "", "code": "RU-DA"}),
        ({"text": "Дагестан", "code": "RU-DA"}, {"text": "", "code": "RU-DA"}),
        ({"text": "by the mill"}, {"text": "", "withheld": "yes"}),
    ],
)
def test_place_is_read_by_its_region(value, shown):
    assert region_only(value) == shown


@pytest.mark.parametrize(
    ("comparison", "level"), [("place", "?"), ("place", "same_large"), ("parting", "same_large")]
)
def test_reason_of_places_names_none(comparison, level):
    reason = PLACE | {"comparison": comparison, "level": level}

    words = [matching.say(reason, language) for language in ("en", "ru", "ar")]

    assert [each for each in words if "Мосул" in each or "الموصل" in each] == []
    assert matching.blind(reason) == reason | {"found": "", "sought": ""}


def reveal(client, candidate, step, **options):
    address = reverse("tracing:reveal", args=[candidate.pk])
    return client.post(address, {"reveal-step": step, "reveal-purpose": "verification"}, **options)


@pytest.mark.parametrize("step", list(Step))
def test_nothing_is_revealed_before_the_match_is_confirmed(client, officer, pair, step):
    page = client.get(reverse("tracing:candidate", args=[pair.pk])).content.decode()

    response = reveal(client, pair, step)

    assert "The next step" not in page
    assert response.status_code == 409
    assert not Event.objects.filter(action="tracing.revealed").exists()


REVEALED = {
    Step.PLACES: {"Махачкала, улица", "by the mill", "at the ferry"},
    Step.WHEREABOUTS: {"hospital 7"},
    Step.ENQUIRER: {"Патимат", "Ищу внука."},
    Step.CONTACT: {"+7 900"},
}


@pytest.mark.parametrize("step", list(Step))
def test_one_step_reveals_what_it_says_and_is_written_down(client, officer, confirmed, step):
    before = client.get(reverse("tracing:candidate", args=[confirmed.pk])).content.decode()

    page = reveal(client, confirmed, step, headers=HTMX).content.decode()
    after = client.get(reverse("tracing:candidate", args=[confirmed.pk])).content.decode()

    assert {text for text in WITHHELD if text in page} == REVEALED[step]
    assert [text for text in WITHHELD if text in before + after] == []
    event = Event.objects.get(action="tracing.revealed")
    assert event.details == {"step": step, "purpose": "verification"}
    read = Event.objects.filter(action="people.revealed", purpose="verification")
    about = {
        Step.PLACES: {confirmed.child_id, confirmed.sought.person_id},
        Step.WHEREABOUTS: {confirmed.child_id},
    }.get(step, {confirmed.sought.request.enquirer_id})
    assert set(read.values_list("object_id", flat=True)) == set(map(str, about))


@pytest.mark.parametrize("wrong", [{"reveal-purpose": ""}, {"reveal-step": "all"}])
def test_reveal_without_a_purpose_or_a_step_is_sent_back(client, officer, confirmed, wrong):
    typed = {"reveal-step": "contact", "reveal-purpose": "verification"} | wrong

    response = client.post(reverse("tracing:reveal", args=[confirmed.pk]), typed)

    assert response.status_code == 422
    assert not Event.objects.filter(action="tracing.revealed").exists()


def test_reveal_is_for_those_who_take_the_next_step(confirmed, make_user, at):
    for by, refusal in (
        (make_user(role=Role.SECOND_REVIEWER), NotAllowed),
        (make_user(role=Role.REGISTRAR, region="IQ-BG"), NotAllowed),
    ):
        with pytest.raises(refusal):
            actions.reveal(
                candidate=confirmed,
                step=Step.CONTACT,
                purpose=SearchPurpose.VERIFICATION,
                by=by,
                at=at,
            )


def test_undone_match_reveals_no_more(client, officer, confirmed, at):
    actions.undo_judgement(
        judgement=confirmed.judgements.get(), reason="too early", by=officer, at=at
    )

    assert reveal(client, confirmed, Step.CONTACT).status_code == 409


def test_candidate_that_is_gone_reveals_nothing(confirmed, officer, at):
    Candidate.objects.filter(pk=confirmed.pk).update(verdict=Verdict.CONFIRMED)
    gone = Candidate(pk=confirmed.child_id, child_id=confirmed.child_id)

    with pytest.raises(NotFound):
        actions.reveal(
            candidate=gone,
            step=Step.CONTACT,
            purpose=SearchPurpose.VERIFICATION,
            by=officer,
            at=at,
        )


def test_places_corrected_by_who_compares_stay_withheld(client, officer, make_user, say, at, pair):
    child = register_child(
        statements=[say("last_residence", text="by the mill")],
        by=make_user(role=Role.REGISTRAR, region="IQ-BG"),
        at=at,
    )
    address = reverse("people:add_statement", args=[child.pk, "last_residence"])

    page = client.get(f"{address}?corrects={child.assertions.get().pk}").content.decode()

    assert "This stays on record" in page
    assert "by the mill" not in page
