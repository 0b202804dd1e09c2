"""What several journeys do in a browser, and ask of a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def agree(page):
    """What comes before anything else: consent, to a form that was explained."""
    page.get_by_label("agrees", exact=True).check()
    page.locator("#id_consent-form_version").fill("2018-11")
    page.locator("#id_consent-language").select_option("ru")


def capture(page, link):
    """What both interviewers do: open what waits, and write down what is said."""
    page.get_by_role("link", name="interview waits for you").click()
    page.get_by_role("link", name=link).click()
    page.get_by_label("On which day was the interview?").fill(timezone.localdate().isoformat())
    page.get_by_label("yes, we were apart").check()
    page.get_by_label("Who is in the family?").fill("Зайнаб, Руслан")
    page.get_by_label("How many brothers and sisters does the child have?").fill("2")


def send(page):
    """Capture the answers."""
    page.get_by_role("button", name="Capture the answers").click()
    expect(page.get_by_text("The answers are captured.")).to_be_visible()


def call_verified(page, button, reason):
    """Choose that it is verified, and say why."""
    page.get_by_label("verified: they belong together", exact=True).check()
    page.get_by_label("Why?", exact=True).fill(reason)
    page.get_by_role("button", name=button, exact=True).click()


def ask_both_sides(page, sign_in):
    """The claimant is asked first, the child by somebody else."""
    sign_in("madina")
    capture(page, "Interview the claimant")
    page.get_by_label("How does the claimant show who they are?").fill("A passport was seen.")
    page.get_by_label("documents").check()
    page.get_by_role("group", name="Does the claimant want to care").get_by_label("yes").check()
    send(page)
    sign_in("huda")
    capture(page, "Interview the child")
    page.get_by_label("there is nothing to tell").check()
    page.get_by_role("group", name="recognise people").get_by_label("none were shown").check()
    page.get_by_role("group", name="recognise itself").get_by_label("none were shown").check()
    page.get_by_label("to live with them").check()
    send(page)


def speak(page, live_server, language):
    page.context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])


def found_by_axe(page) -> list[str]:
    """Return what axe found, with where."""
    result = Axe().run(page, options={"runOnly": TAGS}).response
    return [
        f"{page.url}: {each['id']} at {node['target']}"
        for each in result["violations"]
        for node in each["nodes"]
    ]
