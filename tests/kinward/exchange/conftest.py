"""Programmes to leave with."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from operation import plan

from kinward.access.models import Role
from kinward.core.intake import Taken
from kinward.core.keystore import store
from kinward.operations.models import CheckpointKind
from kinward.people import actions
from kinward.people.models import AgreedBy, FileKind
from kinward.people.rules import Statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kinward.access.models import User
    from kinward.people.models import Person

NAMES = ["رسلان", "Амина", "Zaira", "يوسف", "Хеда", "Ілля", "Ӏабдул", "=1+1", 'O"Neil,']


@pytest.fixture
def officer(make_user: Callable[..., User]) -> User:
    """Who compares records and reads every identity."""
    return make_user("timur", role=Role.TRACING_OFFICER)


@pytest.fixture
def make_programme(
    make_user: Callable[..., User],
    make_child: Callable[..., Person],
    make_candidate: Callable[..., object],
    officer: User,
    at: datetime,
) -> Callable[[int], list[Person]]:
    """Make a programme out of chance: make_programme(seed) returns its children.

    With corrections, files, a journey, a list, a match that was reviewed, and one child erased.
    """

    @transaction.atomic
    def made(seed: int) -> list[Person]:
        chance = random.Random(seed)  # noqa: S311 (a made-up world, no secret)
        registrar = make_user("amira", role=Role.REGISTRAR, region="IQ-BG")
        children = [
            make_child(
                chance.choice(NAMES),
                statements=some_statements(chance),
                by=registrar,
            )
            for _ in range(chance.randint(4, 7))
        ]
        correct(chance.choice(children[1:]), by=registrar, at=at)
        attach(children[0], chance.randbytes(chance.randint(1, 4000)), by=registrar, at=at)
        attach(children[-1], b"of whom nobody knows any more", by=registrar, at=at)
        way = plan(make_user, children[1:4], at)
        way.both_count(CheckpointKind.HANDED_OVER, children[1:3])
        make_candidate(child=children[1])
        take_list(chance, by=registrar, at=at)
        store().destroy([children[-1].pk], at=at)
        return children

    return made


def some_statements(chance: random.Random) -> list[Statement]:
    """Return what is said of a child."""
    year = chance.randint(2005, 2018)
    said = [
        Statement(property="sex", value={"code": chance.choice(["female", "male"])}),
        Statement(property="born", value={"edtf": f"{year}~"}),
        Statement(property="father", value={"text": chance.choice(NAMES[:6])}),
        Statement(property="mark", value={"text": "шрам над бровью · ندبة"}),
        Statement(property="found_at", value={"text": f"Tent {chance.randint(1, 99)}"}),
    ]
    return chance.sample(said, chance.randint(1, len(said)))


def correct(child: Person, *, by: User, at: datetime) -> None:
    """Put another name in the place of the first."""
    first = child.assertions.filter(property="name").first()
    assert first is not None
    said = Statement(property="name", value={"text": "Mended"}, corrects=first.pk)
    actions.add_statement(person=child, statement=said, by=by, at=at)


def attach(child: Person, content: bytes, *, by: User, at: datetime) -> None:
    """Keep a file with a child."""
    actions.attach_file(
        person=child,
        kind=FileKind.DOCUMENT,
        taken=Taken(content=content, media_type="application/pdf", thumbnail=b""),
        agreed_by=AgreedBy.NOBODY,
        by=by,
        at=at,
    )


def take_list(chance: random.Random, *, by: User, at: datetime) -> None:
    """Take a list in whose rows nobody has registered yet."""
    rows = [(number, [chance.choice(NAMES[:6]), "f"]) for number in range(2, 5)]
    table = [(1, ["Name", "Sex"]), *rows]
    actions.take_list(table=table, name="December", given_by="A shelter", by=by, at=at)
