"""What several journeys do in a browser, and ask of a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def agree(page):
    """What comes before anything else: consent, to a form that was explained."""
    page.get_by_label("agrees", exact=True).check()
    page.locator("#id_consent-form_version").fill("2018-11")
    page.locator("#id_consent-language").select_option("ru")


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
