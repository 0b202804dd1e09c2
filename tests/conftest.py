"""What every test may ask for: the public data, the browser, and its console."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connections
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings

from clients import ProvedClient
from kinward.audit.context import ACTING, ALSO_TOLD, Nobody, acting, tell_open_transactions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.test import Client
    from playwright.sync_api import Browser, Page
    from pytest_django import DjangoDbBlocker

    from kinward.audit.context import Actor

# Playwright keeps an event loop in the test thread; the ORM refuses to run there otherwise.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).parent.parent
TESTS = Nobody("(tests)")
APPLICATION = "kinward_tests"  # the role that the tests of PostgreSQL work as
SPEAKING = [APPLICATION]
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
            item.add_marker("no_cover")  # measuring doubles its time; no line is a browser's alone
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


@pytest.fixture(scope="session")
def browsers(launch_browser: Callable[[], Browser]) -> Iterator[Callable[[], Browser]]:
    """Give the browser that runs: where the last one crashed another, so that it fails one test."""
    started: list[Browser] = []

    def running() -> Browser:
        if not started or not started[-1].is_connected():
            started.append(launch_browser())
        return started[-1]

    yield running
    for each in started:
        each.close()


@pytest.fixture
def browser(browsers: Callable[[], Browser]) -> Browser:
    return browsers()


@pytest.fixture(scope="session", autouse=True)
def somebody_acts() -> Iterator[None]:
    """Act as the tests; those that show what happens where nobody acts ask for `nobody_acts`."""
    with acting(TESTS):
        yield


@pytest.fixture
def nobody_acts() -> Iterator[None]:
    """Leave it unsaid who acts, as in a program that forgot to."""
    token = ACTING.set(None)
    tell_open_transactions()
    yield
    ACTING.reset(token)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """On PostgreSQL, work as a role that owns nothing, as an installation does.

    What the tests themselves ask, outside any request or clock, they ask past the walls.
    """
    from kinward.access import rows  # noqa: PLC0415 (models need loaded apps)

    connection = connections["default"]
    if connection.vendor != "postgresql":
        yield
        return
    with django_db_blocker.unblock():
        rows.grant(connection, APPLICATION)
        connection.close()
    name = connection.settings_dict["NAME"]

    def become(connection: BaseDatabaseWrapper, **_signal: object) -> None:
        if connection.settings_dict["NAME"] == name:
            connection.connection.execute("SET kw.passage = 'tests'")
            if role := SPEAKING[0]:
                connection.connection.execute(f"SET ROLE {role}")

    def told_of(actor: Actor) -> dict[str, str]:
        return rows.told_of(actor) | ({"kw.passage": "tests"} if actor == TESTS else {})

    connection_created.connect(become)
    ALSO_TOLD[:] = [told_of if ask is rows.told_of else ask for ask in ALSO_TOLD]
    yield
    connection_created.disconnect(become)
    with django_db_blocker.unblock():
        connection.close()


def speak_as(role: str) -> None:
    """Have PostgreSQL take who works for another role; an empty one is the owner of the tables."""
    SPEAKING[:] = [role]
    if connections["default"].vendor == "postgresql":
        with connections["default"].cursor() as cursor:
            cursor.execute(f"SET ROLE {role}" if role else "RESET ROLE")


@pytest.fixture(scope="session")
def owning() -> Callable[[], AbstractContextManager[None]]:
    """Return what has a block work as who owns the tables, where no single test does."""

    @contextmanager
    def owner() -> Iterator[None]:
        speak_as("")
        yield
        speak_as(APPLICATION)

    return owner


@pytest.fixture
def as_owner(db: None) -> Iterator[None]:
    """Work as who owns the tables: an operator, or a thief who got hold of the whole database."""
    speak_as("")
    yield
    SPEAKING[:] = [APPLICATION]  # the end of the test's transaction, or its emptying, does the rest


@pytest.fixture(scope="session", autouse=True)
def emptied_without_triggers() -> Iterator[None]:
    """Empty the tables after a test that commits: triggers, gone while that lasts, refuse it."""
    from kinward.audit import triggers  # noqa: PLC0415 (models need loaded apps)

    patch = pytest.MonkeyPatch()
    empty = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        speak_as("")
        triggers.remove(connections["default"])
        empty(self)
        triggers.install(connections["default"])
        speak_as(APPLICATION)

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
