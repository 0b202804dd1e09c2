"""A whole operation: counted on a phone, one count mended, one not flown, one medevac, closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from operation import plan
from playwright.sync_api import expect
from reliability import made

from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.operations.models import CheckpointKind, Left, Reconciled

pytestmark = pytest.mark.django_db(transaction=True)
HANDED, BOARDED, LANDED, ADMITTED = (
    CheckpointKind.HANDED_OVER,
    CheckpointKind.BOARDED,
    CheckpointKind.LANDED,
    CheckpointKind.ADMITTED,
)


@pytest.fixture
def planned(transactional_db):
    """Four children on a manifest that two signed, handed over to the delegation."""
    at = timezone.now()
    lead = made.account("nadir", role=Role.OPERATION_LEAD)
    with acting(lead), transaction.atomic():
        children = [made.register(name, by=None, at=at) for name in ("А", "Б", "В", "Г")]
        planned = plan(made.account, children, at - timedelta(hours=2), lead=lead)
        planned.hand_over(children, None, planned.delegation)
    return planned


@pytest.fixture
def enter(page, client, live_server):
    """Let somebody in who has proved before who they are."""

    def entered(user):
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": session, "url": live_server.url}])

    return entered


def test_operation_from_the_first_count_to_the_last(page, client, enter, planned, live_server):
    aza = planned.counters[0]
    page.set_viewport_size({"width": 360, "height": 740})
    enter(aza)
    counting = reverse("operations:count", args=[planned.checkpoints[HANDED].pk])
    page.goto(live_server.url + counting)
    for number in (1, 2, 3):
        page.get_by_role("button", name=f"MADEUP CHILD {number}").click()
        expect(page.locator(".kw-count__number")).to_have_text(str(number))
    expect(page.get_by_role("region", name="Missing now")).to_contain_text("MADEUP CHILD 4")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="I am done; 1 is missing").click()
    expect(page.get_by_text("You are done here.")).to_be_visible()

    mended(client, planned)
    travelled(planned)
    reconciling = reverse("operations:reconciliation", args=[planned.operation.pk])
    shown = client.get(reconciling).content.decode()
    client.post(reconciling)

    assert "did not fly: a court has not decided" in shown
    assert "taken out for treatment: not fit to travel" in shown
    assert Reconciled.objects.filter(operation=planned.operation).exists()


def mended(client, planned):
    """The other one saw all four: the lead goes and looks, says who is right, and closes."""
    boris, last = planned.counters[1], planned.children[-1]
    with acting(boris), transaction.atomic():
        planned.count(HANDED, boris, planned.children)
    client.force_login(planned.lead)
    handed = planned.checkpoints[HANDED].pk
    refused = client.post(reverse("operations:close", args=[handed]), follow=True)
    assert "do not agree" in refused.content.decode()
    said = {"there": "yes", "reason": "asleep under a blanket"}
    client.post(reverse("operations:settle", args=[handed, last.pk]), said)
    client.post(reverse("operations:close", args=[handed]))


def travelled(planned):
    """One does not fly, one is taken to a hospital on the way; the others arrive."""
    first, second, third, last = planned.children
    with acting(planned.lead), transaction.atomic():
        planned.stay(first, BOARDED)
        planned.both_count(BOARDED, [second, third, last])
        planned.close(BOARDED)
        planned.hand_over([second], planned.delegation, planned.hospital)
        planned.stay(second, LANDED, Left.MEDEVAC, why="unfit")
        for kind in (LANDED, ADMITTED):
            planned.both_count(kind, [third, last])
            planned.close(kind)
