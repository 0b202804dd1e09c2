"""The eight tracks on a child's summary, and the page of one."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from kinward.access import actions as access
from kinward.access.models import Approval
from kinward.casework.actions import follow_step, push_step, withdraw_step
from kinward.casework.models import Step, Track
from kinward.casework.tracks import Locate, Movement, Next, Tracing

pytestmark = pytest.mark.django_db
TRACK = '<th scope="row" class="govuk-table__header"><a class="govuk-link"'  # a line a track


def page_of(child, track, name="track"):
    return reverse(f"casework:{name}", args=[child.pk, track])


def typed(to, at, **said):
    return {"to": to, "on": at.date().isoformat()} | said


def seen_on(client, page):
    return client.get(page).context["seen"]


def test_summary_says_where_each_track_stands_and_what_blocks(client, child, take, salma):
    take(Track.LOCATE, Locate.HYPOTHESIS, reason="the mother says so")
    client.force_login(salma)

    page = client.get(reverse("people:child", args=[child.pk])).content.decode()

    assert page.count(TRACK) == len(Track)
    assert "What stands between this child and home" in page
    assert "9 things are still open." in page
    assert "an identity is supposed" in page
    assert "No escort is named." in page


def test_summary_hides_tracks_that_are_not_open(client, child, make_user):
    client.force_login(make_user("olga", role="registrar", region="IQ-BG"))

    page = client.get(reverse("people:child", args=[child.pk])).content.decode()

    assert page.count(TRACK) == 4
    assert "No escort is named." not in page
    assert client.get(page_of(child, Track.MOVEMENT)).status_code == 404


def test_step_is_taken_on_the_page_of_its_track(client, child, salma, at):
    client.force_login(salma)
    page = page_of(child, Track.LOCATE)
    said = typed(Locate.HYPOTHESIS, at, reason="the mother says so", seen=seen_on(client, page))

    response = client.post(page, said, follow=True)

    assert response.redirect_chain == [(page, 302)]
    assert Step.objects.get().to == Locate.HYPOTHESIS
    assert "the mother says so" in response.content.decode()


def test_what_a_step_lacks_is_said_at_its_field(client, child, salma, at):
    client.force_login(salma)
    page = page_of(child, Track.LOCATE)

    response = client.post(page, typed(Locate.CORROBORATED, at, seen=seen_on(client, page)))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["evidence"]
    assert Step.objects.count() == 0


def test_step_on_an_old_page_is_a_conflict_and_keeps_what_was_typed(client, child, take, salma, at):
    client.force_login(salma)
    page = page_of(child, Track.LOCATE)
    seen = seen_on(client, page)
    take(Track.LOCATE, Locate.DISPROVED, reason="a mistake of the list", evidence="the list")
    withdraw_step(child=child, track=Track.LOCATE, reason="no mistake", by=salma, at=at)

    response = client.post(page, typed(Locate.HYPOTHESIS, at, reason="she says so", seen=seen))

    assert response.status_code == 409
    assert "she says so" in response.content.decode()
    assert Step.objects.count() == 2


def test_gate_says_every_reason_and_a_second_person_lets_it_pass(
    client, child, take, almost, salma, nadia, at
):
    almost()
    client.force_login(salma)
    page = page_of(child, Track.MOVEMENT)

    refused = client.post(page, typed(Movement.MANIFESTED, at, seen=seen_on(client, page)))

    assert refused.status_code == 409
    assert "No escort is named." in refused.content.decode()
    said = {"go_on-to": "manifested", "go_on-on": at.date().isoformat(), "go_on-reason": "last one"}
    said["seen"] = seen_on(client, page)
    asked = client.post(page_of(child, Track.MOVEMENT, "go_on"), said, follow=True)
    assert "waits for an answer" in asked.content.decode()
    client.force_login(nadia)
    approvals = client.get(reverse("access:approvals")).content.decode()
    client.force_login(salma)
    access.approve(approval=Approval.objects.get(), by=nadia, at=at)
    passed = client.post(
        page, typed(Movement.MANIFESTED, at, seen=seen_on(client, page)), follow=True
    )
    assert "A gate refuses it, as long as this stands:" in approvals
    assert "No escort is named." in approvals
    assert "taken though a gate refused" in passed.content.decode()


def test_going_on_needs_a_reason(client, child, take, almost, salma, at):
    almost()
    client.force_login(salma)
    said = {"go_on-to": "manifested", "go_on-on": at.date().isoformat(), "go_on-reason": ""}

    response = client.post(page_of(child, Track.MOVEMENT, "go_on"), said)

    assert response.status_code == 422
    assert Approval.objects.count() == 0


def test_last_step_is_withdrawn_and_shown_struck_through(client, child, take, salma):
    take(Track.LOCATE, Locate.HYPOTHESIS, reason="the mother says so")
    client.force_login(salma)
    page = page_of(child, Track.LOCATE, "withdraw_step")
    assert client.post(page, {"reason": ""}).status_code == 422

    said = {"reason": "it was another child", "seen": seen_on(client, page)}
    shown = client.post(page, said, follow=True).content.decode()

    assert "<del>an identity is supposed</del>" in shown
    assert "it was another child" in shown


def test_consent_is_shown_and_not_typed_here(client, child, salma):
    client.force_login(salma)

    response = client.get(page_of(child, Track.CONSENT))

    assert response.context["form"] is None
    assert response.context["line"].position == "agrees"


def test_verification_is_shown_and_not_withdrawn_here(client, child, salma, at):
    push_step(child=child, track=Track.TRACING, to=Tracing.PENDING, by=salma, at=at)
    client.force_login(salma)

    response = client.get(page_of(child, Track.TRACING))

    assert "a family is being verified" in response.content.decode()
    assert [value for value, _label in response.context["form"].fields["to"].choices] == [
        Tracing.NOT_NEEDED
    ]


def test_form_offers_the_steps_of_the_role_and_of_those_it_stands_in_for(
    client, child, salma, make_user, at
):
    page, offered = page_of(child, Track.MOVEMENT), {}
    for user in (salma, make_user("leyla", role="operation_lead")):
        client.force_login(user)
        offered[user] = [
            each for each, _words in client.get(page).context["form"]["to"].field.choices
        ]
        answer = client.post(page, typed(Movement.FIT, at, holds_until=at.date().isoformat()))
        assert answer.status_code == 422

    assert list(offered.values()) == [[Movement.ESCORT], [Movement.ESCORT]]
    assert Step.objects.count() == 0


def test_every_reason_leads_to_where_it_is_resolved(client, child, salma):
    client.force_login(salma)
    address = reverse("people:child", args=[child.pk])

    page = client.get(address).content.decode()

    section = page[page.index('id="way-home"') : page.index("</section>", page.index("way-home"))]
    links = re.findall(r'<li><a class="govuk-link" href="([^"]+)">([^<]+)</a>', section)
    led = {words: where.removeprefix(address) for where, words in links}
    assert len(led) == 9
    assert led["There is no travel document that is valid on that day."] == "papers/"
    assert led["The best interests of the child have not been assessed."] == "best-interests/"
    assert led["No escort is named."] == "tracks/movement/"
    assert {client.get(where).status_code for where, _words in links} == {200}


def test_reason_of_a_closed_track_is_told_and_leads_nowhere(client, child, make_user, take, at):
    take(Track.LOCATE, Locate.CORROBORATED, evidence="a birth certificate")
    medic = make_user("medic", role="medic", region="IQ-BG")
    wanted = Next(to=Movement.FIT, on=at.date(), holds_until=at.date())
    follow_step(child=child, track=Track.MOVEMENT, wanted=wanted, by=medic, at=at)
    client.force_login(make_user("lead", role="operation_lead"))
    page = page_of(child, Track.MOVEMENT)
    said = typed(Movement.MANIFESTED, at, seen=seen_on(client, page))

    refused = client.post(page, said).content.decode()

    assert "No decision that lets the child go is in force." in refused
    assert "/tracks/host_release/" not in refused
