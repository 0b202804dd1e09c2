"""A medic, an escort and a region officer walk their navigation: each sees their part, no more."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from operation import plan

from kinward.access.actions import assign
from kinward.access.models import Purpose, Role
from kinward.health.actions import Met, record_encounter
from kinward.health.models import Meeting
from kinward.operations.models import CheckpointKind
from kinward.placement.actions import ask_region

NOTES = "a cough since Tuesday"  # what a medic wrote down
ENTRY = re.compile(r'govuk-service-navigation__link" href="([^"]+)"')


@pytest.fixture
def world(make_child, make_user):
    """Two children: one on a journey, with a medic, and expected in a region; one of no concern."""
    at = timezone.now()
    child, other = (make_child(name, region="IQ-BG") for name in ("رسلان", "زينب"))
    salma = make_user("salma", role=Role.CASE_WORKER, region="IQ-BG")
    manager = make_user("nadia", role=Role.PROGRAMME_MANAGER)
    medic = make_user("rana", role=Role.MEDIC, region="IQ-BG")
    officer = make_user("aminat", role=Role.GUARDIANSHIP_OFFICER, region="RU-DA")
    until = at + timedelta(days=30)
    assign(subject=child.pk, to=medic, purpose=Purpose.PROTECTION, until=until, by=manager, at=at)
    ask_region(child=child, region="RU-DA", reason="the grandmother", by=salma, at=at)
    met = Met(meeting=Meeting.BEFORE, seen_on=at.date(), notes=NOTES)
    record_encounter(child=child, met=met, by=medic, at=at)
    planned = plan(make_user, [child], at, kinds=(CheckpointKind.BOARDED,))
    far = plan(
        lambda name, **said: make_user(f"{name}-far", **said),
        [other],
        at,
        kinds=(CheckpointKind.BOARDED,),
    )
    return {
        "child": child,
        "other": other,
        "planned": planned,
        "far": far,
        "medic": medic,
        "officer": officer,
        "escort": planned.counters[0],
    }


def pages_of(world):
    """Every page that belongs to the part of one of the three, by its name."""
    child, other, operation = world["child"], world["other"], world["planned"].operation
    return {
        "health": reverse("health:file", args=[child.pk]),
        "home": reverse("placement:home", args=[child.pk]),
        "counts": reverse("operations:counts", args=[operation.pk]),
        "custody": reverse("operations:custody", args=[operation.pk]),
        "reconciliation": reverse("operations:reconciliation", args=[operation.pk]),
        "papers": reverse("legal:papers", args=[child.pk]),
        "health of another": reverse("health:file", args=[other.pk]),
        "home of another": reverse("placement:home", args=[other.pk]),
        "another journey": reverse("operations:counts", args=[world["far"].operation.pk]),
    }


@pytest.mark.parametrize(
    ("who", "entries", "opened", "reads_notes"),
    [
        ("medic", {"", "children", "health"}, {"health"}, True),
        ("escort", {"", "operations"}, {"counts", "custody"}, False),
        ("officer", {"", "children", "board", "placement"}, {"home"}, False),
    ],
)
def test_each_sees_exactly_their_part(client, world, who, entries, opened, reads_notes):
    client.force_login(world[who])

    shown = client.get(reverse("tracing:work")).content.decode()
    found = set(ENTRY.findall(shown))
    answers = {address: client.get(address) for address in found}
    own = {name: client.get(address) for name, address in pages_of(world).items()}

    assert {address.strip("/").split("/")[-1] for address in found} == entries
    assert {each.status_code for each in answers.values()} == {200}
    assert {name for name, each in own.items() if each.status_code == 200} == opened
    assert {each.status_code for name, each in own.items() if name not in opened} == {404}
    read = "".join(each.content.decode() for each in (*answers.values(), *own.values()))
    assert (NOTES in read) == reads_notes
    assert world["other"].reference not in read
