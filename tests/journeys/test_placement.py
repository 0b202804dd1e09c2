"""A home that could not go on and another one; and who sees which part of one child's way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from operation import plan
from playwright.sync_api import expect
from reliability import made

from kinward.access.actions import assign
from kinward.access.models import Purpose, Role
from kinward.audit.context import acting
from kinward.casework.actions import follow_step
from kinward.casework.models import Track
from kinward.casework.tracks import Best, Next
from kinward.placement import actions
from kinward.placement.models import Act, CarerKind, Placed, Suits

pytestmark = pytest.mark.django_db(transaction=True)
HERE, THERE = "IQ-BG", "RU-DA"


@pytest.fixture
def accounts_of_the_way(transactional_db):
    """Who works on the child, by role."""
    return {
        role: made.account(name, role=role, region=region)
        for name, role, region in (
            ("salma", Role.CASE_WORKER, HERE),
            ("aminat", Role.GUARDIANSHIP_OFFICER, THERE),
            ("rana", Role.MEDIC, HERE),
            ("malik", Role.PROGRAMME_MANAGER, ""),
            ("nadir", Role.OPERATION_LEAD, ""),
        )
    }


@pytest.fixture
def child(accounts_of_the_way):
    """A child that lives with its grandmother since twenty days, as the officer recorded it."""
    at = timezone.now() - timedelta(days=20)
    salma = accounts_of_the_way[Role.CASE_WORKER]
    aminat = accounts_of_the_way[Role.GUARDIANSHIP_OFFICER]
    with acting(salma), transaction.atomic():
        child = made.register("А", by=None, at=at)
        actions.ask_region(child=child, region=THERE, reason="the grandmother", by=salma, at=at)
        for to in (Best.DONE, Best.NOT_REQUIRED):
            wanted = Next(to=to, on=at.date(), reason="as told", evidence="form 3")
            follow_step(child=child, track=Track.BEST_INTERESTS, wanted=wanted, by=salma, at=at)
    with acting(aminat), transaction.atomic():
        live_with(child, "Patimat", by=aminat, at=at)
    return child


def live_with(child, name, *, by, at):
    who, day = {"child": child, "by": by, "at": at}, at.date()
    told = {"relation": "mother_of_mother", "address": "Lesnaya 4", "why": "she asks for it"}
    named = actions.Named(kind=CarerKind.RELATIVE, name=name, for_now=False, **told)
    carer = actions.name_carer(said=named, **who)
    seen = {"lives_there": "the grandmother", "looked_at": "a warm room", "why": "all is well"}
    household = actions.Seen(carer=carer, seen_on=day, suits=Suits.YES, **seen)
    actions.assess_household(said=household, **who)
    met = {"met_on": day, "how": "in_person", "heard": "said", "view": "I know her"}
    actions.record_meeting(said=actions.Encounter(carer=carer, **met), **who)
    decided = {"authority": "the city", "reference": "14", "decided_on": day, "holds_from": day}
    act = actions.Decided(carer=carer, act=Act.PERMANENT, **decided)
    actions.record_guardianship(said=act, **who)
    moved = actions.MovedIn(carer=carer, moved_on=day, arranged="a bed and a school")
    actions.move_in(said=moved, **who)


@pytest.fixture
def record(page, child, live_server):
    """Fill in a form of the home as an officer does, and send it: record("visit", seen="yes")."""

    def sent(entry, **said):
        page.goto(live_server.url + reverse("placement:record", args=[child.pk, entry]))
        form = page.locator("main form").first
        for name, value in said.items():
            fields = form.locator(f"[name='{name}']")
            kind = fields.first.evaluate("field => field.type")
            if name == "carer":
                form.get_by_label(value).check()
            elif kind == "radio":
                form.locator(f"[name='{name}'][value='{value}']").check()
            elif kind.startswith("select"):
                fields.select_option(value)
            else:
                fields.fill(value)
        form.locator("button.govuk-button").last.click()
        expect(page.locator(".moj-alert")).to_be_visible()
        assert page.url.endswith(reverse("placement:home", args=[child.pk]))

    return sent


def test_home_that_could_not_go_on_is_followed_by_another(
    page, enter, child, accounts_of_the_way, record
):
    aminat, today = accounts_of_the_way[Role.GUARDIANSHIP_OFFICER], timezone.localdate()
    day = (today - timedelta(days=1)).isoformat()
    enter(aminat)

    why = "The grandmother is in hospital."
    record("breakdown", ended_on=day, why=why, view="I am sad", now_at="With an aunt")
    expect(page.get_by_text("it could not go on there").first).to_be_visible()
    aunt = {"kind": "relative", "relation": "sibling_of_mother", "name": "Zainab"}
    record(
        "carer", **aunt, address="Polevaya 2", why="She asks for it.", for_now="no", known_on=day
    )
    seen = {"lives_there": "The aunt", "looked_at": "A warm room", "why": "All is well"}
    record("household", carer="Zainab", seen_on=day, suits="yes", **seen)
    record("meeting", carer="Zainab", met_on=day, how="in_person", heard="said", view="My aunt")
    decided = {"authority": "the city", "reference": "15", "decided_on": day, "holds_from": day}
    record("guardianship", carer="Zainab", act="permanent", **decided)
    record("living", carer="Zainab", moved_on=day, arranged="School 3")

    expect(page.get_by_text("in place of another home").first).to_be_visible()
    with acting(aminat), transaction.atomic():
        homes = list(Placed.objects.order_by("recorded_at", "id"))
        assert [each.carer.name for each in homes] == ["Patimat", "Zainab"]
        assert homes[1].replaces.placed == homes[0]


def test_medic_escort_and_region_officer_each_see_their_part_alone(
    page, enter, child, accounts_of_the_way, live_server
):
    lead, manager = (
        accounts_of_the_way[each] for each in (Role.OPERATION_LEAD, Role.PROGRAMME_MANAGER)
    )
    medic = accounts_of_the_way[Role.MEDIC]
    at = timezone.now()
    with acting(lead), transaction.atomic():
        planned = plan(made.account, [child], at - timedelta(hours=2), lead=lead)
    with acting(manager), transaction.atomic():
        told = {"purpose": Purpose.PROTECTION, "until": at + timedelta(days=30)}
        assign(subject=child.pk, to=medic, by=manager, at=at, **told)
    pages = {
        "counts": reverse("operations:counts", args=[planned.operation.pk]),
        "manifest": reverse("operations:manifest", args=[planned.operation.pk]),
        "health": reverse("health:file", args=[child.pk]),
        "home": reverse("placement:home", args=[child.pk]),
    }
    seen = {}
    for user in (medic, planned.counters[0], accounts_of_the_way[Role.GUARDIANSHIP_OFFICER]):
        enter(user)
        seen[user.role] = {
            name for name, at in pages.items() if page.goto(live_server.url + at).status == 200
        }

    assert seen == {
        Role.MEDIC: {"health"},
        Role.ESCORT: {"counts", "manifest"},
        Role.GUARDIANSHIP_OFFICER: {"home"},
    }
