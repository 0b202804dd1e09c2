"""A place is typed in any script, found in the list, and kept as it was said."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse
from hands import found_by_axe, speak
from playwright.sync_api import expect

from kinward.people.actions import register_child
from kinward.people.models import Assertion

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)
PICTURES = os.environ.get("KINWARD_PICTURES", "")  # a folder, where someone wants to look


@pytest.fixture
def address(accounts):
    """Where the place of birth of a child is asked."""
    child = register_child(statements=[], by=accounts["huda"], at=AT)
    return reverse("people:add_statement", args=[child.pk, "place_of_birth"])


@pytest.fixture
def huda(browser, live_server, make_client, accounts):
    """Open a browser for the registrar; with or without script."""
    opened = []

    def enter(language="en", **options):
        client = make_client()
        client.force_login(accounts["huda"])
        context = browser.new_context(base_url=live_server.url, **options)
        opened.append(context)
        session = client.cookies["session"].value
        context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
        page = context.new_page()
        speak(page, live_server, language)
        return page

    yield enter
    for context in opened:
        context.close()


def keep(page, name):
    """Keep a picture of the page, where a folder is given for pictures."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_place_is_found_while_it_is_typed_and_kept_as_it_was_said(huda, address, language):
    page = huda(language)
    page.goto(address)

    page.locator("#id_place_of_birth-0-text").press_sequentially("Mossoul", delay=20)
    page.locator("input[value='IQ-NI:mosul']").check()
    keep(page, f"statement_{language}")
    assert found_by_axe(page) == []
    page.locator("#statement button.govuk-button").last.click()
    page.wait_for_url(lambda url: "place_of_birth" not in url)

    said = Assertion.objects.get(property="place_of_birth")
    assert said.value == {"text": "Mossoul", "code": "IQ-NI:mosul"}
    page.goto("/places/?name=Ленинград")
    keep(page, f"places_{language}")
    assert found_by_axe(page) == []
    page.locator("tbody a").first.click()
    keep(page, f"place_{language}")
    assert found_by_axe(page) == []


def test_place_is_found_on_a_button_where_no_script_runs(huda, address):
    page = huda(java_script_enabled=False)
    page.goto(address)

    page.locator("#id_place_of_birth-0-text").fill("Грозный")
    page.locator("button[name=look_up]").click()

    expect(page.locator("#id_place_of_birth-0-text")).to_have_value("Грозный")
    expect(page.locator("input[value='RU-CE:grozny']")).to_be_visible()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
