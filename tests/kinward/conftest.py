"""Accounts, children, requests and candidates to test with. Every name is made up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import override_settings
from reliability import made

from kinward.access.models import clock
from kinward.audit import triggers
from kinward.audit.context import acting
from kinward.core import jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from kinward.access.models import User
    from kinward.people.models import Person
    from kinward.people.rules import ConsentAnswer, Statement
    from kinward.tracing.models import Candidate, Request


@pytest.fixture(scope="session", autouse=True)
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keys that only this run of the tests has."""
    folder = tmp_path_factory.mktemp("keys")
    places = {"KEY_FILE": "keys", "KEY_STORE": "store.sqlite3", "FILES": "files"}
    with override_settings(**{name: str(folder / place) for name, place in places.items()}):
        yield


@pytest.fixture
def at() -> datetime:
    """The moment everything in a test happens at, unless it says otherwise."""
    return made.AT


@pytest.fixture
def without_triggers(as_owner: None) -> None:
    """Let a test change what the database refuses to change: as a thief would, who owns it."""
    triggers.remove(connection)


@pytest.fixture
def of_passage() -> int:
    """How many queries a passage past the walls of PostgreSQL costs: opening it, and closing it."""
    return 2 if connection.vendor == "postgresql" else 0


@pytest.fixture
def say() -> Callable[..., Statement]:
    """Make a statement: say("name", text="Ruslan")."""
    return made.said


@pytest.fixture
def agrees() -> ConsentAnswer:
    """What a child, or a mother for it, answers who agrees to be looked for."""
    return made.AGREES


@pytest.fixture
def relative_agrees() -> ConsentAnswer:
    """What a relative answers who agrees that the request is compared."""
    return made.RELATIVE_AGREES


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """Make an account: make_user("amira", role=Role.REGISTRAR, region="IQ-BG")."""
    return made.account


@pytest.fixture
def make_child(db: None, at: datetime) -> Callable[..., Person]:
    """Register a child: make_child("رسلان", region="IQ-BG"), or with statements of one's own.

    The child agrees to be looked for, unless `consents` say otherwise.
    """
    return partial(made.register, at=at)


@pytest.fixture
def make_request(db: None, at: datetime) -> Callable[..., Request]:
    """Take a request: make_request("Руслан", "Заира", region="RU-DA") asks for two children."""
    return partial(made.take, at=at)


@pytest.fixture
def work(db: None, at: datetime) -> Callable[[], int]:
    """Do the jobs that are due, as `kinward work` does; returns how many."""

    def done() -> int:
        with acting(clock()):
            return jobs.drain(now=lambda: at)

    return done


@pytest.fixture
def make_candidate(db: None, at: datetime) -> Callable[..., Candidate]:
    """Make a candidate out of a child and the first person a request asks for."""
    return partial(made.candidate, at=at)
