"""A registrar adds a photograph and writes down words that label; a second person answers."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from reliability.mutating import photographs

from kinward.people.actions import register_child
from kinward.people.rules import Statement

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "The guards called us ISIS children."


@pytest.fixture
def child(accounts):
    said = [Statement(property="name", value={"text": "رسلان"})]
    return register_child(statements=said, by=accounts["huda"], at=timezone.now())


def violations(page) -> list[str]:
    return [each["id"] for each in Axe().run(page).response["violations"]]


def test_photograph_is_added_stays_hidden_and_is_shown_on_request(
    page, live_server, sign_in, child, tmp_path, console
):
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(photographs()["jpeg"])
    sign_in("huda")
    page.goto(live_server.url + reverse("people:files", args=[child.pk]))

    page.get_by_label("photograph of the child").check()
    page.get_by_label("The file").set_input_files(picture)
    page.get_by_label("What does it show?").fill("A drawing")
    page.get_by_label("the child", exact=True).check()
    page.get_by_role("button", name="Keep the file").click()

    expect(page.get_by_text("The file is kept, sealed.")).to_be_visible()
    assert page.locator("img.kw-photo__picture").count() == 0
    page.locator("a.govuk-button", has_text="Show the photograph").click()
    shown = page.locator("img.kw-photo__picture")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.complete && image.naturalWidth") > 0
    assert violations(page) == []
    assert console == []


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
def test_words_that_label_are_warned_of_and_wait_for_a_second_person(
    page, live_server, sign_in, child, language
):
    sign_in("huda")
    page.context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
    page.goto(live_server.url + reverse("people:add_statement", args=[child.pk, "mark"]))

    page.locator("[name=mark-0-text]").fill(WORDS)
    page.locator("#statement button.govuk-button").last.click()
    page.locator(".govuk-error-summary").wait_for()
    assert page.locator("[name=mark-0-text]").input_value() == WORDS
    assert violations(page) == []
    page.locator("[name=keep_because]").fill("The child’s own words.")
    page.locator("#statement button.govuk-button").last.click()

    expect(page.get_by_text(WORDS)).to_be_visible()
    assert violations(page) == []
