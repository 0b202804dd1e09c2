"""Accounts to sign in with, and hands that do in a browser what people do."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from playwright.sync_api import expect

from kinward.access.models import Role, User

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

PASSWORD = "a made-up password"
ACCOUNTS = {
    "huda": (Role.REGISTRAR, "IQ-BG", "Huda Salman"),
    "madina": (Role.ENQUIRY_WORKER, "RU-DA", "Madina Alieva"),
    "anna": (Role.TRACING_OFFICER, "", "Anna Volkova"),
    "karim": (Role.SECOND_REVIEWER, "", "Karim Hadi"),
    "olga": (Role.AUDITOR, "", "Olga Berg"),
}


@pytest.fixture
def gazetteer(transactional_db) -> None:
    """The places that a migration brought: emptying the database after each test took them."""
    import_module("kinward.places.migrations.0002_seed").fill(apps, None)


@pytest.fixture
def accounts(gazetteer) -> dict[str, User]:
    """One account for each role of the journey."""
    return {
        username: User.objects.create_user(
            username, password=PASSWORD, role=role, region=region, full_name=full_name
        )
        for username, (role, region, full_name) in ACCOUNTS.items()
    }


@pytest.fixture
def sign_in(live_server, page: Page, accounts) -> Callable[[str], None]:
    """Sign in as someone; whoever was signed in before signs out."""

    def enter(username: str) -> None:
        page.goto(live_server.url)
        if page.get_by_role("button", name="Sign out").count():
            page.get_by_role("button", name="Sign out").click()
        page.get_by_label("Account", exact=True).fill(username)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        # Enter presses the first button of a form, which is not to be one of the languages.
        page.get_by_label("Password", exact=True).press("Enter")
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()

    return enter
