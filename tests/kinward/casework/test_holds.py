"""Holds: what somebody says against a child's going, what is said to it, how it ends, how old."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from kinward.access.models import Role
from kinward.audit.models import Event
from kinward.casework import actions, queries
from kinward.casework.models import Added, Hold, HoldEntry, HoldKind, Party, Track, Unmet
from kinward.casework.rules import NO_WORDS, TRACK_OF, hold_stands
from kinward.casework.tracks import Movement
from kinward.core.errors import NotAllowed, NotFound
from kinward.core.guarding import WordsRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(at):
    """What a court is said to say."""
    return actions.Claim(
        kind=HoldKind.COURT,
        party=Party.HOST_COURT,
        owner="court of first instance",
        told_by="the clerk, by telephone",
        since=at.date() - timedelta(days=10),
        claim="a hearing has to be held first",
        next_action="ask for the day of the hearing",
        next_by=Role.LEGAL_OFFICER,
        next_on=at.date() + timedelta(days=2),
    )


@pytest.fixture
def hold(child, claim, salma, at):
    return actions.record_hold(child=child, said=claim, by=salma, at=at)


@pytest.fixture
def add(hold, salma, at):
    """Add to the hold: add(Added.CONTESTED, "the lawyer says …")."""

    def added(what, words="as the lawyer says", **said):
        addition = actions.Addition(what=what, words=words, **said)
        return actions.add_to_hold(hold=hold, said=addition, by=salma, at=at)

    return added


def standing(hold):
    return hold_stands(hold, hold.entries.order_by("recorded_at", "id"))


def test_every_kind_of_hold_stands_on_a_track():
    assert set(TRACK_OF) == set(HoldKind)
    assert set(NO_WORDS) < set(HoldKind)


def test_hold_is_kept_as_a_claim_of_its_owner(hold, salma, at):
    kept = Hold.objects.get()

    assert (kept.owner, kept.told_by) == ("court of first instance", "the clerk, by telephone")
    assert (kept.compartment, kept.recorded_by, kept.recorded_at) == ("legal", salma, at)
    assert standing(hold).days(at.date()) == 10
    assert Event.objects.filter(action="casework.recorded_hold").count() == 1


def test_open_hold_keeps_a_child_on_the_ground_until_it_ended(almost, take, add, hold, at):
    almost()
    take(Track.MOVEMENT, Movement.ESCORT, evidence="two escorts")

    with pytest.raises(actions.GateClosed) as refused:
        take(Track.MOVEMENT, Movement.MANIFESTED)
    add(Added.ENDED, "decision 12 of that day", how="lifted")

    assert refused.value.reasons == (Unmet.HELD,)
    assert take(Track.MOVEMENT, Movement.MANIFESTED).despite == []


@pytest.mark.parametrize(
    "unfit",
    [
        {"owner": " "},
        {"told_by": ""},
        {"claim": ""},
        {"next_action": ""},
        {"kind": HoldKind.CLEARANCE},
    ],
)
def test_hold_of_nobody_or_without_a_next_step_is_refused(child, claim, salma, at, unfit):
    with pytest.raises(actions.UnfitHold):
        actions.record_hold(child=child, said=replace(claim, **unfit), by=salma, at=at)

    assert Hold.objects.count() == 0


@pytest.mark.parametrize(("since", "next_on"), [(1, 2), (0, -1)])
def test_hold_begins_today_at_last_and_goes_on_from_today(child, claim, salma, at, since, next_on):
    days = {"since": since, "next_on": next_on}
    said = replace(claim, **{key: at.date() + timedelta(days=n) for key, n in days.items()})

    with pytest.raises(actions.UnfitHold):
        actions.record_hold(child=child, said=said, by=salma, at=at)


def test_of_a_clearance_no_words_are_kept(child, claim, salma, at):
    said = replace(claim, kind=HoldKind.CLEARANCE, claim="")

    hold = actions.record_hold(child=child, said=said, by=salma, at=at)

    addition = actions.Addition(what=Added.REPLY, words="they say why")

    with pytest.raises(actions.UnfitHold):
        actions.add_to_hold(hold=hold, said=addition, by=salma, at=at)


def test_words_that_label_are_refused(child, claim, salma, at):
    said = replace(claim, claim="the father is a terrorist")

    with pytest.raises(WordsRefused):
        actions.record_hold(child=child, said=said, by=salma, at=at)


def test_what_is_added_tells_where_a_hold_stands(hold, add, at):
    later = at.date() + timedelta(days=9)

    add(Added.CONTESTED)
    add(Added.NEXT, "write to the court", next_by=Role.CASE_WORKER, next_on=later)
    stands = standing(hold)

    assert (stands.contested, stands.next_by, stands.next_on) == (True, "case_worker", later)
    (shown,) = queries.holds_of(hold.child, user=hold.recorded_by, today=later)
    assert (shown.next_action, shown.overdue, shown.days) == ("write to the court", False, 19)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (Added.REPLY, {"words": " "}),
        (Added.NEXT, {}),
        (Added.NEXT, {"next_by": Role.CASE_WORKER}),
        (Added.ENDED, {}),
    ],
)
def test_addition_that_lacks_something_is_refused(add, what, said):
    with pytest.raises(actions.UnfitHold):
        add(what, **said)

    assert HoldEntry.objects.count() == 0


def test_hold_ends_once(add, hold, salma, at):
    add(Added.ENDED, how="overcome")

    with pytest.raises(actions.UnfitHold):
        add(Added.CONTESTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        HoldEntry.objects.create(
            hold=hold,
            what=Added.ENDED,
            how="lifted",
            words="again",
            compartment=hold.compartment,
            recorded_by=salma,
            recorded_at=at,
        )
    assert standing(hold) is None


def test_hold_is_nothing_to_who_works_elsewhere_or_on_no_case(child, claim, make_user, at):
    elsewhere = make_user("elsewhere", role=Role.CASE_WORKER, region="SY-HA")
    registrar = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")

    with pytest.raises(NotFound):
        actions.record_hold(child=child, said=claim, by=elsewhere, at=at)
    with pytest.raises(NotAllowed):
        actions.record_hold(child=child, said=claim, by=registrar, at=at)
    assert Hold.objects.visible_to(registrar).count() == 0


def test_page_records_a_hold_and_ends_it(client, child, salma, claim, at):
    client.force_login(salma)
    page = reverse("casework:holds", args=[child.pk])
    today = at.date().isoformat()
    typed = {
        "kind": "court",
        "party": "host_court",
        "owner": "court of first instance",
        "told_by": "the clerk",
        "since": today,
        "claim": "a hearing first",
        "next_action": "ask",
        "next_by": "legal_officer",
        "next_on": "2126-01-01",
    }

    lacking = client.post(page, typed | {"claim": ""})
    recorded = client.post(page, typed, follow=True)
    hold = Hold.objects.get()
    entry = {"hold": str(hold.pk), "what": "ended", "words": "as they wrote"}
    seen = {"seen": recorded.context["rows"][0]["shown"].seen}
    add_at = reverse("casework:add_to_hold", args=[child.pk])
    unsaid = client.post(add_at, entry | seen)
    old = client.post(add_at, entry | {"how": "lifted", "seen": "an old page"})
    ended = client.post(add_at, entry | seen | {"how": "lifted"}, follow=True)

    assert [each.status_code for each in (lacking, unsaid, old)] == [422, 422, 409]
    assert "is said to hold the child back" in recorded.content.decode()
    assert "its owner lets the child go" in ended.content.decode()
    assert queries.ageing(user=salma, today=at.date()) == []


def test_report_tells_a_manager_ages_and_no_words(client, hold, nadia, at):
    client.force_login(nadia)
    today = at.date()

    page = client.get(reverse("casework:ageing")).content.decode()
    (aged,) = queries.ageing(user=nadia, today=today + timedelta(days=30))

    assert hold.child.reference in page
    assert "a court there" in page
    assert "hearing" not in page
    assert "first instance" not in page
    assert (aged.days, aged.overdue) == (40, True)
    assert queries.banded([aged]) == [0, 0, 1, 0]


def test_summary_leads_to_the_hold(client, hold, child, salma):
    client.force_login(salma)

    page = client.get(reverse("people:child", args=[child.pk])).content.decode()

    assert "Somebody says that the child may not go yet" in page
    assert reverse("casework:holds", args=[child.pk]) in page
