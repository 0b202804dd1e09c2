"""What every test may ask for: the public data, the browser, and its console."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import migrated as migrations
import pytest
from clients import ProvedClient
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connections
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from kinward.audit.context import ACTING, ALSO_TOLD, Nobody, acting, tell_open_transactions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.test import Client
    from playwright.sync_api import Browser, Page
    from pytest_django import DjangoDbBlocker
    from xdist.remote import Producer

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
    # A busy machine is no failing test: a browser whose drawing process answers late shoots it,
    # and goes away itself once it has shot some.
    "--disable-gpu-watchdog",
    "--disable-gpu-process-crash-limit",
]
MUST_RUN_ALL = bool(os.environ.get("CI"))
NO_VECTORS = "needs the public data: set KINWARD_VECTORS to its folder"
NO_BROWSER = "needs Chromium: apt-get install chromium, or set KINWARD_CHROMIUM"

# A busy machine is no failing test.
settings.register_profile("kinward", deadline=None)
settings.load_profile("kinward")


# Files that take long in one piece: each process would make for itself what their tests share.
# What is shared between processes cannot be used by two of them, either.
TOGETHER = {
    "tests/bench/test_linking.py",
    "tests/kinmatch/cli/test_models.py",
    "tests/kinmatch/comparisons/test_specification.py",
    "tests/kinmatch/families/test_parts.py",
    "tests/kinmatch/synth/test_caseload.py",
    "tests/kinmatch/training/test_learning.py",
    "tests/kinward/access/test_matrix.py",
    "tests/kinward/core/backups/test_backups.py",  # a second database of one name on the server
    "tests/kinward/core/printing/test_pages.py",
    "tests/kinward/demo/test_command.py",
    "tests/kinward/demo/test_load.py",
}
DATABASE = {"db", "transactional_db", "live_server"}


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what needs a browser, a database or public data; begin with what takes longest.

    Without a browser or data these are skipped on a laptop, never in CI.
    """
    for item in items:
        wanted = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or wanted & DATABASE:
            item.add_marker("database")
        if {"page", "context", "browser"} & wanted:
            item.add_marker("browser")
            item.add_marker("no_cover")  # measuring doubles its time; no line is a browser's alone
            require(item, CHROMIUM or PLAYWRIGHTS_OWN.exists(), NO_BROWSER)
        if item.get_closest_marker("external"):
            require(item, os.environ.get("KINWARD_VECTORS"), NO_VECTORS)
    yield
    items.sort(
        key=lambda item: (file_of(item.nodeid) not in TOGETHER, "browser" not in item.keywords)
    )


def file_of(test: str) -> str:
    return test.partition("::")[0]


class Scheduling(LoadScopeScheduling):
    """Tests go one by one to whichever process is free; some files as a whole, and first."""

    def _split_scope(self, nodeid: str) -> str:
        return file if (file := file_of(nodeid)) in TOGETHER else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    return Scheduling(config, log) if config.getvalue("dist") == "load" else None


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
def migrated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> migrations.Sqlite | migrations.Postgresql:
    """The database of this process, and how to have it as it was migrated."""
    connection = connections["default"]
    return migrations.KINDS[connection.vendor](
        connection,
        process=os.environ.get("PYTEST_XDIST_WORKER", "alone"),
        cache=request.config.cache.mkdir("migrated"),
        own=tmp_path_factory.mktemp("database"),
    )


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    migrated: migrations.Sqlite | migrations.Postgresql,
) -> Iterator[None]:
    """Copy a migrated database, in the place of what pytest-django does: migrate anew.

    On PostgreSQL, work as a role that owns nothing, as an installation does. What the tests
    themselves ask, outside any request or clock, they ask past the walls.
    """
    from kinward.access import rows  # noqa: PLC0415 (models need loaded apps)

    connection = connections["default"]

    def prepare() -> None:
        if connection.vendor == "postgresql":
            rows.grant(connection, APPLICATION)

    def become(connection: BaseDatabaseWrapper, **_signal: object) -> None:
        if connection.settings_dict["NAME"] == migrated.own:
            connection.connection.execute("SET kw.passage = 'tests'")
            if role := SPEAKING[0]:
                connection.connection.execute(f"SET ROLE {role}")

    def told_of(actor: Actor) -> dict[str, str]:
        return rows.told_of(actor) | ({"kw.passage": "tests"} if actor == TESTS else {})

    with django_db_blocker.unblock():
        migrated.make(prepare)
    if connection.vendor == "postgresql":
        connection_created.connect(become)
        ALSO_TOLD[:] = [told_of if ask is rows.told_of else ask for ask in ALSO_TOLD]
    yield
    connection_created.disconnect(become)
    with django_db_blocker.unblock():
        migrated.drop()


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
def restored_after_commits(migrated: migrations.Sqlite | migrations.Postgresql) -> Iterator[None]:
    """After a test that commits, have the database as it was migrated: data, triggers and all."""
    patch = pytest.MonkeyPatch()

    def teardown(_self: TransactionTestCase) -> None:
        SPEAKING[:] = [APPLICATION]
        migrated.restore()

    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def hashed_at_little_cost() -> Iterator[None]:
    """Hash passwords by the algorithm of an installation, at no cost to speak of: a test knows all.

    As installed, each takes a third of a second of a processor and 100 MB.
    """
    patch = pytest.MonkeyPatch()
    for setting, little in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
        patch.setattr(Argon2PasswordHasher, setting, little)
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
