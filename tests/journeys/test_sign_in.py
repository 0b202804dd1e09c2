"""Second factors in a real browser: a virtual authenticator, an app, codes, and the lock."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.utils import timezone
from hands import agree, found_by_axe, speak
from playwright.sync_api import expect

from kinward.access.actions import approve
from kinward.access.models import Approval, Role, User
from kinward.audit.context import acting
from kinward.audit.models import Event

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a made-up password"


@pytest.fixture
def leyla(transactional_db) -> User:
    """An officer who has a password and no second factor yet."""
    with transaction.atomic():  # where the database is told who acts
        return User.objects.create_user(
            "leyla", password=PASSWORD, role=Role.TRACING_OFFICER, full_name="Leyla Test"
        )


@pytest.fixture
def telephone(page):
    """A device with a screen lock that keeps passkeys."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def unlock(*, can: bool) -> None:
        session.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": made["authenticatorId"], "isUserVerified": can},
        )

    return unlock


def give_password(page, live_server, username="leyla"):
    page.goto(f"{live_server.url}/sign-in/")
    page.locator("#id_login").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#sign-in button.govuk-button").last.click()


def set_up_passkey(page, live_server):
    page.goto(f"{live_server.url}/my-sign-in/passkey/")
    page.locator("[data-passkey-go]").click()
    expect(page.locator(".kw-codes li")).to_have_count(10)


def set_up_app(page, codes) -> list[str]:
    """Type one code after the other; return what axe finds on the page after the first."""
    faults: list[str] = []
    for code in codes:
        page.locator("#id_code").fill(code)
        page.locator("#app button.govuk-button").click()
        page.wait_for_load_state()
        faults = faults or found_by_axe(page)
    return faults


def open_account(page, live_server) -> str:
    """Open an account for Amira, to which a manager agrees; return the link of the invitation."""
    page.goto(f"{live_server.url}/accounts/open/")
    page.get_by_label("Account", exact=True).fill("amira")
    page.get_by_label("Name", exact=True).fill("Amira Test")
    page.get_by_label("Role", exact=True).select_option("registrar")
    page.get_by_label("Who is it, and why do they need this role?").fill("She registers.")
    page.get_by_role("button", name="Ask for the account").click()
    expect(page.get_by_text("A second person has to approve.").first).to_be_visible()
    with transaction.atomic():
        manager = User.objects.create_user("maria", role=Role.PROGRAMME_MANAGER)
        with acting(manager):
            approve(approval=Approval.objects.get(), by=manager, at=timezone.now())
    page.reload()
    page.get_by_role("button", name="Open it and invite its owner").click()
    return page.locator("#link").inner_text()


def sign_out(page, live_server):
    page.goto(f"{live_server.url}/my-sign-in/")
    page.locator("form[action='/sign-out/'] button").first.click()
    expect(page.locator("#id_login")).to_be_visible()


def give_code(page, code):
    """Type a code on the page that asks for the second factor."""
    page.locator("#id_code").fill(code)
    page.locator("#second-factor button.govuk-button").last.click()


def is_in(page):
    """See that the page is one of who has signed in."""
    expect(page.locator(".kw-header form[action='/sign-out/']")).to_be_visible()


def last_given() -> list[str]:
    """Return by which means the last session was opened."""
    return Event.objects.filter(action="access.signed_in")[0].details["given"]


def serious(console) -> list[str]:
    """What the browser complained about, but for the answers a test provokes."""
    return [line for line in console if not re.search(r"status of (401|422|429)", line)]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_passkey_is_set_up_and_signs_in_alone(
    page, live_server, leyla, telephone, console, language
):
    speak(page, live_server, language)
    give_password(page, live_server)
    expect(page).to_have_url(f"{live_server.url}/my-sign-in/")
    faults = found_by_axe(page)
    page.goto(f"{live_server.url}/my-sign-in/passkey/")
    faults += found_by_axe(page)
    page.locator("[data-passkey-go]").click()
    expect(page.locator(".kw-codes li")).to_have_count(10)
    faults += found_by_axe(page)
    sign_out(page, live_server)

    page.locator("[data-passkey-go]").click()
    is_in(page)
    page.goto(f"{live_server.url}/children/")

    expect(page).to_have_url(f"{live_server.url}/children/")
    assert Event.objects.filter(action="access.signed_in").first().details == {
        "given": ["webauthn"]
    }
    assert faults == []
    assert console == []


def test_device_that_is_not_unlocked_signs_nobody_in(page, live_server, leyla, telephone, console):
    give_password(page, live_server)
    set_up_passkey(page, live_server)
    sign_out(page, live_server)
    telephone(can=False)

    page.locator("[data-passkey-go]").click()

    expect(page.locator("[data-passkey-failed]")).to_be_visible()
    expect(page.locator("#id_login")).to_be_visible()
    assert console == []


def test_passkey_is_the_second_factor_after_a_password(
    page, live_server, leyla, telephone, console
):
    give_password(page, live_server)
    set_up_passkey(page, live_server)
    sign_out(page, live_server)

    give_password(page, live_server)
    expect(page).to_have_url(f"{live_server.url}/sign-in/code/")
    faults = found_by_axe(page)
    page.locator("[data-passkey-go]").click()
    is_in(page)

    assert last_given() == ["password", "webauthn"]
    assert faults == []
    assert console == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_app_is_set_up_and_codes_let_in(page, live_server, leyla, console, language, app_code):
    speak(page, live_server, language)
    give_password(page, live_server)
    page.goto(f"{live_server.url}/my-sign-in/app/")
    faults = found_by_axe(page)
    secret = page.locator(".kw-key").inner_text().replace(" ", "")
    faults += set_up_app(page, ["000000", app_code("leyla", secret)])
    expect(page.locator(".kw-codes li")).to_have_count(10)
    codes = [each.replace(" ", "") for each in page.locator(".kw-codes code").all_inner_texts()]
    sign_out(page, live_server)

    give_password(page, live_server)
    give_code(page, "123456")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    faults += found_by_axe(page)
    give_code(page, app_code("leyla", secret))
    is_in(page)
    sign_out(page, live_server)

    give_password(page, live_server)
    give_code(page, codes[3])
    is_in(page)
    assert faults == []
    assert serious(console) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_screen_left_alone_is_covered_and_gives_back_what_was_typed(
    page, live_server, accounts, sign_in, settings, console, language, app_code
):
    speak(page, live_server, language)
    sign_in("madina")
    settings.IDLE_MINUTES = 0.05
    page.goto(f"{live_server.url}/requests/take/")
    page.locator("#id_told").fill("Ищу детей моей дочери.")

    expect(page.locator(".kw-lock")).to_be_visible(timeout=20_000)
    expect(page.locator("#lock-code")).to_be_visible()
    hidden = page.evaluate("getComputedStyle(document.querySelector('.kw-page')).visibility")
    faults = found_by_axe(page)
    page.keyboard.press("Escape")
    expect(page.locator(".kw-lock")).to_be_visible()
    page.locator("#lock-code").fill("000000")
    page.locator("[data-lock-open]").click()
    expect(page.locator("[data-lock-failed]")).not_to_be_empty()
    settings.IDLE_MINUTES = 15
    page.locator("#lock-code").fill(app_code("madina"))
    page.locator("[data-lock-open]").click()
    expect(page.locator(".kw-lock")).to_be_hidden()

    expect(page.locator("#id_told")).to_have_value("Ищу детей моей дочери.")
    assert hidden == "hidden"
    assert faults == []
    assert serious(console) == []


def test_form_sent_into_a_locked_session_goes_on_after_the_code(
    page, live_server, accounts, sign_in, console, app_code
):
    sign_in("madina")
    page.goto(f"{live_server.url}/requests/take/")
    page.locator("#id_told").fill("Ищу детей моей дочери.")
    agree(page)
    # Another window locks the session; this one does not know.
    other = page.context.new_page()
    other.goto(f"{live_server.url}/my-sign-in/")
    other.get_by_role("button", name="Lock this session now").click()
    page.get_by_role("button", name="Take the request").click()

    page.locator("#id_code").fill(app_code("madina"))
    page.get_by_role("button", name="Go on", exact=True).click()

    # It is sent on by itself, through every check: nothing is lost, nothing typed twice.
    expect(page.get_by_text("The request is taken under the reference")).to_be_visible()
    expect(page.get_by_text("Ищу детей моей дочери.")).to_be_visible()
    assert serious(console) == []


def test_invitation_leads_to_password_and_second_factor(page, live_server, telephone, console):
    with transaction.atomic():
        User.objects.create_user("zaur", password=PASSWORD, role=Role.ADMINISTRATOR)
    give_password(page, live_server, "zaur")
    set_up_passkey(page, live_server)
    link = open_account(page, live_server)
    faults = found_by_axe(page)
    page.goto(f"{live_server.url}/accounts/")
    faults += found_by_axe(page)
    page.get_by_role("link", name="amira").click()
    faults += found_by_axe(page)
    sign_out(page, live_server)

    page.goto(link)
    faults += found_by_axe(page)
    page.get_by_label("New password").fill(PASSWORD + "s")
    page.get_by_label("The same once more").fill(PASSWORD + "s")
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.get_by_text("Set up a second factor now")).to_be_visible()
    set_up_passkey(page, live_server)
    page.goto(f"{live_server.url}/children/register/")
    expect(page).to_have_url(f"{live_server.url}/children/register/")
    page.goto(link)
    expect(page.get_by_text("This invitation is no longer good")).to_be_visible()

    assert faults == []
    assert serious(console) == []
