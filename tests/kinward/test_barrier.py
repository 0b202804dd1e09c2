"""Bar 8: nothing leaves a compartment for a role without it, by any address, memory or log."""

from __future__ import annotations

import pytest
from django.db import connection
from reliability import barrier, opened, walled
from reliability.walled import FILE, OF_A_CASE, OF_HEALTH, PLANTED, READERS

from kinward.people import memory

# Unmeasured: that doubles what thousands of requests take, and shows no line of its own.
pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]


@pytest.fixture
def world():
    with walled.world() as world:
        yield world


def test_nothing_leaves_its_compartment(world):
    walked = walled.walk(world)

    assert walked.answers > 600
    assert walked.shown > 100
    assert walked.broken == set()
    assert walled.holes(walked) == set()
    assert {(leak.who, leak.where) for leak in walked.behind(["legal"])} == {
        (str(role), where) for role in OF_A_CASE for where in FILE
    }
    assert {(leak.who, leak.where) for leak in walked.behind(["health"])} == {
        ("medic", where) for where in FILE | OF_HEALTH
    }
    evidence = walked.behind(["evidence"])
    assert {(leak.who, leak.where) for leak in evidence} == {
        (str(role), where) for role in READERS for where in FILE
    }
    assert barrier.held(PLANTED) == set()
    for text in PLANTED.values():
        assert memory.search(memory.asked_for(name=text, father=text), top=5) == []


def test_walk_finds_what_is_left_open(world):
    with opened.compartment():
        walked = walled.walk(world, roles=opened.ROLES)

    # On PostgreSQL the first wall is down, and the second stands.
    left = set() if connection.vendor == "postgresql" else FILE
    assert {leak.where for leak in walked.behind(["health"])} == left
    assert walked.behind(["legal", "staff"]) == set()
    assert walked.broken == set()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no walls")
def test_bare_sql_reads_nothing_out_of_a_closed_compartment(world):
    asked = barrier.ask_in_sql(world.accounts.values())

    assert asked.rows == 0
    assert asked.of_others > 100
    assert asked.refused == asked.tried == len(world.accounts) * len(barrier.FORBIDDEN)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no walls")
def test_bare_sql_of_the_owner_reads_it_all(world):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")

    asked = barrier.ask_in_sql(world.accounts.values())

    assert asked.rows == asked.of_others > 100


def test_memory_is_looked_into(world):
    assert {leak.where for leak in barrier.held({"identity": "رسلان"})} == {
        "match memory",
        "search memory",
        "candidates",
    }


def test_walk_leaves_no_address_out():
    with pytest.raises(KeyError):
        list(barrier.addresses("children/<uuid:child_id>/", {}))
