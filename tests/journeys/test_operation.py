"""A whole operation: counted on a phone, one count mended, one not flown, one medevac, closed.

Wristbands are read by a camera that shows a film (Y4M), and a minute is signed with the mouse.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import segno
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hands import found_by_axe, speak
from operation import plan
from playwright.sync_api import expect
from reliability import made

from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.operations.actions import give_bands
from kinward.operations.models import (
    CheckpointKind,
    Count,
    Left,
    Minute,
    Reconciled,
    SeenHow,
    SignedMinute,
)
from kinward.operations.rules import is_drawn

pytestmark = pytest.mark.django_db(transaction=True)
WIDE, HIGH = 640, 480
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


def film(code, folder):
    """Write a film of one picture, a wristband held before the camera, and return where it is."""
    rows = [list(row) for row in segno.make_qr(code, error="m").matrix_iter(border=4)]
    scale = HIGH // len(rows)
    left, top = (WIDE - scale * len(rows)) // 2, (HIGH - scale * len(rows)) // 2
    light = bytearray(b"\xeb" * WIDE * HIGH)  # white, as television writes it (ITU-R BT.601)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            for line in range(scale if dark else 0):
                start = (top + y * scale + line) * WIDE + left + x * scale
                light[start : start + scale] = b"\x10" * scale
    frame = b"FRAME\n" + bytes(light) + b"\x80" * (WIDE * HIGH // 2)
    path = folder / "band.y4m"
    path.write_bytes(f"YUV4MPEG2 W{WIDE} H{HIGH} F5:1 Ip A1:1 C420jpeg\n".encode() + frame * 5)
    return path


@pytest.fixture
def filmed(browser_type, browser_type_launch_args, client, live_server, tmp_path):
    """Open a browser whose camera sees one wristband: filmed(user, code)."""
    opened = []

    def page(user, code):
        shown = [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={film(code, tmp_path)}",
        ]
        options = dict(browser_type_launch_args)
        options["args"] = [*options.get("args", []), *shown]
        browser = browser_type.launch(**options)
        opened.append(browser)
        context = browser.new_context(permissions=["camera"])
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        session = client.cookies[name].value
        context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
        return context.new_page()

    yield page
    for each in opened:
        each.close()


@pytest.mark.browser
def test_wristband_is_read_by_the_camera(filmed, planned, live_server):
    aza = planned.counters[0]
    with acting(planned.lead), transaction.atomic():
        bands = give_bands(operation=planned.operation, by=planned.lead, at=timezone.now())
    seen = bands[2]
    page = filmed(aza, seen.code)
    page.goto(live_server.url + reverse("operations:count", args=[planned.checkpoints[HANDED].pk]))

    page.get_by_role("button", name="Scan wristbands").click()

    expect(page.get_by_text("Seen: MADEUP CHILD 3")).to_be_visible()
    expect(page.locator(".kw-count__number")).to_have_text("1")
    page.get_by_role("button", name="Put the camera away").click()
    with acting(aza), transaction.atomic():
        rows = set(Count.objects.values_list("child", "how", "recorded_by"))
    assert rows == {(seen.child_id, SeenHow.SCANNED, aza.pk)}


def test_minute_is_signed_with_the_mouse(page, enter, planned, live_server):
    enter(planned.lead)
    with acting(planned.lead), transaction.atomic():
        minute = Minute.objects.get()
    address = reverse("operations:sign_minute", args=[planned.operation.pk, minute.pk])
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + address)
    page.get_by_label("whoever received them").check()
    page.get_by_label("Who signs?").fill("Y, The delegation")
    field = page.locator("[data-sign-field]")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 50)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 20 + step * 18, box["y"] + (20 if step % 2 else 80))
    page.mouse.up()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Keep the signature").click()

    expect(page.get_by_role("img", name="The signature as it was drawn")).to_be_visible()
    with acting(planned.lead), transaction.atomic():
        assert is_drawn(SignedMinute.objects.get().drawn)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_of_an_operation_are_accessible_and_fit_a_phone(
    page, live_server, enter, client, planned, console, language
):
    speak(page, live_server, language)
    aza = planned.counters[0]
    with acting(aza), transaction.atomic():
        planned.count(HANDED, aza, planned.children[:3])
    mended(client, planned)
    enter(planned.lead)
    with acting(planned.lead), transaction.atomic():
        minute = Minute.objects.get().pk
    operation, handed = planned.operation.pk, planned.checkpoints[HANDED].pk
    addresses = [
        reverse("operations:counts", args=[operation]),
        reverse("operations:custody", args=[operation]),
        reverse("operations:paper", args=[operation]),
        reverse("operations:reconciliation", args=[operation]),
        reverse("operations:manifest", args=[operation]),
        reverse("operations:sign_minute", args=[operation, minute]),
        reverse("operations:checkpoint", args=[handed]),
    ]
    found: list[str] = []
    too_wide: list[str] = []

    for address in addresses:
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(live_server.url + address)
        found += found_by_axe(page)
        fits = page.evaluate("document.documentElement.scrollWidth") <= 360
        too_wide += [] if fits else [address]

    assert found == []
    assert too_wide == []
    assert console == []


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
