"""A child is registered, a grandmother asks, two agree, and the judgement is taken back."""

from __future__ import annotations

import re

import pytest
from hands import agree
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


def register(page):
    """What a registrar does: two names in Arabic script, and a brother added while typing."""
    page.get_by_role("link", name="Register a child").click()
    page.get_by_role("link", name="Register a child on one page").click()
    agree(page)
    page.locator("#id_name-0-text").press_sequentially("رسلان ماغوميدوف")
    expect(page.locator("#id_name-0-text_reading")).to_contain_text("Ruslan")
    page.get_by_label("boy or man").check()
    page.locator("#id_born-0-edtf").fill("2012")
    page.locator("#id_father-0-text").fill("ماغوميد")
    page.locator("#id_mother-0-text").fill("زينب")
    page.locator("#id_sibling-0-text").fill("مريم")
    page.get_by_role("button", name="Add another brother or sister").click()
    expect(page.locator("#id_sibling-1-text")).to_be_visible()
    expect(page.locator("#id_sibling-0-text")).to_have_value("مريم")
    page.locator("#id_relatives_region-0-text").press_sequentially("Дагестан")
    page.locator("input[value='RU-DA']").check()
    page.get_by_role("button", name="Register the child").click()
    expect(page.get_by_text("The child is registered under the reference")).to_be_visible()


def ask(page):
    """What an enquiry worker does: listen, then ask for two grandchildren, in another language."""
    page.get_by_role("link", name="Take a tracing request").click()
    agree(page)
    page.get_by_label("What does the relative tell?").fill("Ищу детей моей дочери Зайнаб.")
    page.locator("#id_enquirer-name-0-text").fill("Патимат Магомедова")
    page.get_by_role("button", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("#id_told")).to_have_value("Ищу детей моей дочери Зайнаб.")
    page.get_by_role("button", name="English").click()
    page.locator("#id_sought-0-relation").select_option("grandchild")
    page.locator("#id_sought-0-name-0-text").fill("Руслан Магомедович Магомедов")
    page.locator("#id_sought-0-sex-0-code_1").check()
    page.locator("#id_sought-0-born-0-edtf").fill("2012-05")
    page.locator("#id_sought-0-father-0-text").fill("Магомед")
    page.locator("#id_sought-0-mother-0-text").fill("Зайнаб")
    page.locator("#id_sought-0-sibling-0-text").fill("Марьям")
    page.get_by_role("button", name="Add another person who is looked for").click()
    page.locator("#id_sought-1-relation").select_option("grandchild")
    page.locator("#id_sought-1-name-0-text").fill("Марьям Магомедова")
    page.get_by_role("button", name="Take the request").click()
    expect(page.get_by_text("The request is taken under the reference")).to_be_visible()


def open_strongest(page):
    """Open the first candidate that waits."""
    page.get_by_role("link", name=re.compile("waits? for your opinion")).click()
    page.get_by_role("link", name="Compare side by side").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Is this child the person who is looked for?"
    )


def think_the_same(page, reason):
    """Choose by key, say why, send."""
    page.keyboard.press("s")
    expect(page.get_by_label("the same", exact=True)).to_be_checked()
    page.get_by_label("Why do you think so?").fill(reason)
    page.get_by_role("button", name="Record my opinion").click()
    expect(page.get_by_text("Your opinion is recorded.")).to_be_visible()


def take_back(page, reason):
    """Take the judgement back, and say why."""
    page.get_by_text("Take this judgement back", exact=True).click()
    page.get_by_label("Why is this taken back?").fill(reason)
    page.get_by_role("button", name="Take the judgement back").click()
    expect(page.get_by_text("The judgement is taken back.")).to_be_visible()


def find_in_log(page, action):
    """What an auditor does: look for one kind of action."""
    page.get_by_role("link", name="Records").click()
    page.get_by_label("Action").fill(action)
    page.get_by_role("button", name="Find").click()


def test_child_is_matched_by_two_reviewers_and_the_judgement_is_taken_back(
    page, sign_in, console, work
):
    sign_in("huda")
    register(page)
    page.get_by_role("link", name="Candidates", exact=True).click()
    expect(page.get_by_text("0 requests look for a child like this.")).to_be_visible()

    sign_in("madina")
    ask(page)
    work()

    sign_in("anna")
    open_strongest(page)
    expect(page.get_by_text("very likely the same").first).to_be_visible()
    think_the_same(page, "Father, mother and sister are the same.")
    expect(page.get_by_text("One more opinion is needed.")).to_be_visible()

    sign_in("karim")
    open_strongest(page)
    expect(page.get_by_text("1 opinion has been given so far.")).to_be_visible()
    expect(page.get_by_text("Father, mother and sister are the same.")).to_have_count(0)
    think_the_same(page, "The sister bears the same name.")
    expect(page.get_by_text("Two reviewers agree: this is the same person.")).to_be_visible()
    expect(page.get_by_text("Father, mother and sister are the same.")).to_be_visible()

    take_back(page, "The sister was taken for another child.")
    expect(page.get_by_role("button", name="Record my opinion")).to_be_visible()

    sign_in("olga")
    find_in_log(page, "tracing.undid")
    expect(page.get_by_text("a judgement taken back")).to_be_visible()
    assert console == []


def test_keys_can_be_switched_off_and_stay_off(page, sign_in, console, work):
    sign_in("huda")
    register(page)
    sign_in("madina")
    ask(page)
    work()
    sign_in("anna")
    open_strongest(page)
    page.keyboard.press("?")
    expect(page.locator("kbd").first).to_be_visible()

    page.get_by_label("Keyboard shortcuts").uncheck()
    page.reload()
    page.keyboard.press("s")

    expect(page.get_by_label("Keyboard shortcuts")).not_to_be_checked()
    expect(page.get_by_label("the same", exact=True)).not_to_be_checked()
    assert console == []
