"""Accounts with second factors, and what a telephone would show."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from kinward.access.models import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from kinward.access.models import User

PASSWORD = "seven wet herons at dusk"
SECRET = generate_totp_secret()


@pytest.fixture
def code() -> Callable[..., str]:
    """What an app shows now, or so many steps of half a minute later."""

    def shown(steps: int = 0, *, secret: str = SECRET) -> str:
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))

    return shown


@pytest.fixture
def secret() -> str:
    """The seed of the app of these accounts."""
    return SECRET


@pytest.fixture
def worker(make_user) -> User:
    """A tracing officer with a password and nothing else."""
    return make_user("timur", role=Role.TRACING_OFFICER, password=PASSWORD)


@pytest.fixture
def with_app(worker) -> User:
    """The worker, with an authenticator app and recovery codes."""
    TOTP.activate(worker, SECRET)
    RecoveryCodes.activate(worker)
    return worker


@pytest.fixture
def give_password() -> Callable[..., HttpResponse]:
    """Send the sign-in form."""

    def send(client: Client, username: str = "timur", password: str = PASSWORD, **typed: str):
        return client.post("/sign-in/", {"login": username, "password": password} | typed)

    return send


@pytest.fixture
def pass_time(monkeypatch) -> Callable[[float], None]:
    """Let so many minutes pass, for whoever reads the clock of the system."""
    real = time.time

    def later(minutes: float) -> None:
        monkeypatch.setattr(time, "time", lambda: real() + minutes * 60)

    return later


@pytest.fixture
def here(make_user):
    """A registrar of the office that registers."""
    return make_user("huda", role=Role.REGISTRAR, region="IQ-BG")


@pytest.fixture
def there(make_user):
    """A registrar of another office."""
    return make_user("yusuf", role=Role.REGISTRAR, region="SY-HA")


@pytest.fixture
def manager(make_user):
    return make_user("maria", role=Role.PROGRAMME_MANAGER)


@pytest.fixture
def officer(make_user):
    """The data-protection officer."""
    return make_user("david", role=Role.DATA_PROTECTION_OFFICER)


@pytest.fixture
def child(make_child, here):
    return make_child(by=here)
