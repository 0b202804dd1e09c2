"""Accounts to sign in with, and hands that do in a browser what people do."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from kinward.access.models import Role, User, clock
from kinward.audit.context import acting
from kinward.core import jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

# A busy machine is no failing test.
expect.set_options(timeout=30_000)

PASSWORD = "a made-up password"
SECRET = generate_totp_secret()
ACCOUNTS = {
    "huda": (Role.REGISTRAR, "IQ-BG", "Huda Salman"),
    "madina": (Role.ENQUIRY_WORKER, "RU-DA", "Madina Alieva"),
    "anna": (Role.TRACING_OFFICER, "", "Anna Volkova"),
    "karim": (Role.SECOND_REVIEWER, "", "Karim Hadi"),
    "olga": (Role.AUDITOR, "", "Olga Berg"),
    "dina": (Role.DATA_PROTECTION_OFFICER, "", "Dina Holm"),
    "salma": (Role.CASE_WORKER, "IQ-BG", "Salma Idris"),
    "yusuf": (Role.CASE_WORKER, "IQ-BG", "Yusuf Tal"),
    "malik": (Role.PROGRAMME_MANAGER, "", "Malik Rashid"),
    "adrian": (Role.ADMINISTRATOR, "", "Adrian Noor"),
}


@pytest.fixture
def accounts(transactional_db) -> dict[str, User]:
    """One account for each role of the journey, each with an authenticator app."""
    with transaction.atomic():  # where the database is told who acts
        made = {
            username: User.objects.create_user(
                username, password=PASSWORD, role=role, region=region, full_name=full_name
            )
            for username, (role, region, full_name) in ACCOUNTS.items()
        }
        for user in made.values():
            TOTP.activate(user, SECRET)
    return made


@pytest.fixture
def work() -> Callable[[], None]:
    """Do the jobs that are due, as `kinward work` does."""

    def done() -> None:
        with acting(clock()):
            jobs.drain(now=timezone.now)

    return done


@pytest.fixture
def app_code() -> Callable[..., str]:
    """What the app of an account shows; a code that was given already is not shown again."""
    given: set[tuple[str, str]] = set()

    def shown(username: str, secret: str = SECRET) -> str:
        for steps in (0, 1, -1):
            code = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
            if (username, code) not in given:
                given.add((username, code))
                return code
        raise AssertionError("all codes of this minute are used")

    return shown


@pytest.fixture
def sign_in(live_server, page: Page, accounts, app_code) -> Callable[[str], None]:
    """Sign in as someone; whoever was signed in before signs out."""

    def enter(username: str) -> None:
        page.goto(live_server.url)
        leave = page.locator(".kw-header form[action='/sign-out/'] button")
        if leave.count():
            leave.click()
        page.wait_for_url("**/sign-in/**")  # and its scripts: what is typed before may go elsewhere
        for field, typed in (("#id_login", username), ("#id_password", PASSWORD)):
            page.locator(field).fill(typed)
            expect(page.locator(field)).to_have_value(typed)
        # Enter presses the first button of a form, which is not to be one of the languages.
        page.locator("#id_password").press("Enter")
        asked, refused = page.locator("#id_code"), page.locator(".govuk-error-summary")
        expect(asked.or_(refused)).to_be_visible()
        assert refused.all_inner_texts() == []
        asked.fill(app_code(username))
        asked.press("Enter")
        expect(leave).to_be_visible()

    return enter


@pytest.fixture
def enter(page: Page, client, live_server) -> Callable[[User], None]:
    """Let somebody in who has proved before who they are."""

    def entered(user: User) -> None:
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": session, "url": live_server.url}])

    return entered
