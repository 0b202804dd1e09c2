"""What every test may ask for: the public data, the browser, and its console."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from clients import ProvedClient
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings

from kinward.audit.context import ACTING, Nobody, acting, tell_open_transactions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client
    from playwright.sync_api import Page

# Playwright keeps an event loop in the test thread; the ORM refuses to run there otherwise.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("KINWARD_CHROMIUM") or next(
    filter(None, map(shutil.which, BROWSERS)), None
)
PLAYWRIGHTS_OWN = ROOT / ".venv" / ".chromium"  # left by set-up where it fetched a browser
CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MUST_RUN_ALL = bool(os.environ.get("CI"))
NO_VECTORS = "needs the public data: set KINWARD_VECTORS to its folder"
NO_BROWSER = "needs Chromium: apt-get install chromium, or set KINWARD_CHROMIUM"

# A busy machine is no failing test.
settings.register_profile("kinward", deadline=None)
settings.load_profile("kinward")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or public data: skipped on a laptop, never in CI."""
    for item in items:
        wanted = set(getattr(item, "fixturenames", ()))
        if {"page", "context", "browser"} & wanted:
            item.add_marker("browser")
            require(item, CHROMIUM or PLAYWRIGHTS_OWN.exists(), NO_BROWSER)
        if item.get_closest_marker("external"):
            require(item, os.environ.get("KINWARD_VECTORS"), NO_VECTORS)


def require(item: pytest.Item, there: object, reason: str) -> None:
    if not there and MUST_RUN_ALL:
        raise pytest.UsageError(f"{item.nodeid} {reason}")
    if not there:
        item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def vectors() -> Path:
    """The folder of public data; only for tests marked `external`."""
    folder = Path(os.environ["KINWARD_VECTORS"])
    if not folder.is_dir():
        raise pytest.UsageError(f"KINWARD_VECTORS names no folder: {folder}")
    return folder


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": CHROMIUM_ARGS,
        "headless": True,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "UTC"}


@pytest.fixture(scope="session", autouse=True)
def somebody_acts() -> Iterator[None]:
    """Act as the tests; those that show what happens where nobody acts ask for `nobody_acts`."""
    with acting(Nobody("(tests)")):
        yield


@pytest.fixture
def nobody_acts() -> Iterator[None]:
    """Leave it unsaid who acts, as in a program that forgot to."""
    token = ACTING.set(None)
    tell_open_transactions()
    yield
    ACTING.reset(token)


@pytest.fixture(scope="session", autouse=True)
def emptied_without_triggers() -> Iterator[None]:
    """Empty the tables after a test that commits: triggers, gone while that lasts, refuse it."""
    from kinward.audit import triggers  # noqa: PLC0415 (models need loaded apps)

    patch = pytest.MonkeyPatch()
    empty = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        triggers.remove(connections["default"])
        empty(self)
        triggers.install(connections["default"])

    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def spoken_language() -> None:
    """Forget the language a test before this one switched to: threads keep it."""
    translation.deactivate()


@pytest.fixture
def console(page: Page) -> list[str]:
    """What the browser complained about: asserted empty, it catches every policy violation."""
    complaints: list[str] = []
    page.on(
        "console",
        lambda said: (
            complaints.append(f"{said.type}: {said.text}")
            if said.type in {"error", "warning"}
            else None
        ),
    )
    page.on("pageerror", lambda error: complaints.append(f"pageerror: {error}"))
    return complaints


@pytest.fixture
def client() -> Client:
    return ProvedClient()


@pytest.fixture
def make_client() -> Callable[..., Client]:
    """Make a client of another kind: make_client(raise_request_exception=False)."""
    return ProvedClient


@pytest.fixture(autouse=True)
def no_earlier_tries(request: pytest.FixtureRequest) -> Iterator[None]:
    """Forget the tries of a test that wrote them for good: they count by the minute."""
    yield
    if "transactional_db" in request.fixturenames:
        cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite in a file: a browser asks in several threads, which memory cannot serve."""
    database = connections["default"].settings_dict
    if database["ENGINE"].endswith("sqlite"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "kinward.sqlite3")
