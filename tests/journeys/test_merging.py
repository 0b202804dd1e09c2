"""One child in two records: advised where it is registered, merged by two people, parted again."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect
from reliability import made

from kinward.audit.context import acting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def twice(accounts):
    """A child that a registrar has put on record twice, the second time just now."""
    huda = accounts["huda"]
    with acting(huda), transaction.atomic():
        return [
            made.register(name, by=huda, at=timezone.now(), region="IQ-BG")
            for name in ("رسلان ماغوميدوف", "Руслан Магомедов")
        ]


def answer(page, pair):
    """Agree as the second person."""
    page.goto(pair)
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Record my answer").click()


def ask(page, reason_label, reason):
    """Give a reason, and ask a second person."""
    page.get_by_label(reason_label).fill(reason)
    page.get_by_role("button", name="Ask a second person to agree").click()
    expect(page.get_by_text("You asked for this. Another person has to answer.")).to_be_visible()


def listed(page, live_server, record):
    """Return where a list of children shows a record."""
    page.goto(f"{live_server.url}/children/")
    return page.get_by_text(record.reference)


def advised(page, live_server, first, second):
    """Follow the advice where a child was registered to the two records side by side."""
    page.goto(f"{live_server.url}/children/{second.pk}/")
    expect(page.get_by_text("This child may be on record already")).to_be_visible()
    page.get_by_role("link", name=re.compile("Compare the two records")).click()
    expect(page.get_by_role("heading", name="Two records side by side")).to_be_visible()
    expect(page.get_by_role("columnheader", name=re.compile(first.reference))).to_be_visible()


def test_two_records_are_merged_and_parted_again(page, live_server, sign_in, twice):
    first, second = twice

    sign_in("huda")
    advised(page, live_server, first, second)

    sign_in("anna")
    page.goto(f"{live_server.url}/children/duplicates/")
    page.get_by_role("link", name=re.compile("Compare the two records")).click()
    expect(page.get_by_text("Lists, counts and searches show the child once.")).to_be_visible()
    pair = page.url
    page.get_by_label("of one child").check()
    ask(page, "What shows it?", "The same scar above the brow.")

    sign_in("karim")
    answer(page, pair)
    expect(page.get_by_text("of one child.", exact=False).first).to_be_visible()
    expect(listed(page, live_server, second)).to_have_count(0)
    expect(listed(page, live_server, first)).to_be_visible()
    page.goto(pair)
    ask(page, re.compile("taken back"), "The scars are on different sides.")

    sign_in("anna")
    answer(page, pair)
    expect(page.get_by_label("of one child")).to_be_visible()
    expect(listed(page, live_server, second)).to_be_visible()
