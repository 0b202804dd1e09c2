"""Two people correct the same fact at the same time, in two browsers; nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from hands import found_by_axe, speak
from playwright.sync_api import expect

from kinward.people.actions import register_child
from kinward.people.rules import Statement

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2019, 1, 2, 9, 30, tzinfo=UTC)
NARROW = 360


@pytest.fixture
def first(accounts):
    """The statement that both correct."""
    child = register_child(
        statements=[Statement(property="born", value={"edtf": "2012"})],
        by=accounts["huda"],
        at=AT,
    )
    return child.assertions.get()


@pytest.fixture
def as_account(browser, live_server, make_client, accounts):
    """Open a browser of its own for an account: as_account("huda", language="ar")."""
    opened = []

    def enter(username, language="en", **options):
        client = make_client()
        client.force_login(accounts[username])
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


def correct(page, year):
    """Type another year of birth in place of the statement, in a page opened before."""
    page.locator("#id_born-0-edtf").fill(year)
    page.locator("#statement button.govuk-button").last.click()


def open_form(page, statement):
    path = reverse("people:add_statement", args=[statement.person_id, "born"])
    page.goto(f"{path}?corrects={statement.pk}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_second_correction_is_merged_by_its_writer(as_account, first, language):
    huda, anna = as_account("huda", language), as_account("anna")
    open_form(huda, first)
    open_form(anna, first)

    correct(anna, "2011")
    expect(anna.locator(".kw-facts")).to_contain_text("2011")
    correct(huda, "2009")

    expect(huda.locator(".kw-sides")).to_contain_text("2011")
    expect(huda.locator("#id_born-0-edtf")).to_have_value("2009")
    expect(huda.locator(".govuk-error-summary")).to_contain_text("Anna Volkova")
    assert found_by_axe(huda) == []
    huda.set_viewport_size({"width": NARROW, "height": 740})
    assert huda.evaluate("document.documentElement.scrollWidth") <= NARROW

    huda.locator("input[name=stays][value=both]").check()
    huda.locator("#statement button.govuk-button").last.click()

    standing = huda.locator(".kw-said:not(.kw-said--corrected) .kw-said__value")
    expect(standing).to_have_count(2)
    assert sorted(standing.all_inner_texts()) == ["2009", "2011"]


def test_merging_works_without_scripts(as_account, first):
    huda, anna = as_account("huda", java_script_enabled=False), as_account("anna")
    open_form(huda, first)
    open_form(anna, first)
    correct(anna, "2011")
    expect(anna.locator(".kw-facts")).to_contain_text("2011")

    correct(huda, "2009")
    huda.locator("input[name=stays][value=mine]").check()
    huda.locator("#statement button.govuk-button").last.click()

    standing = huda.locator(".kw-said:not(.kw-said--corrected) .kw-said__value")
    expect(standing).to_have_text(["2009"])
