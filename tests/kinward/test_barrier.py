"""Bar 8: nothing leaves a compartment for a role without it, by any address, memory or log."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from reliability import barrier

from kinward.access.models import Compartment, Role, clock
from kinward.access.rules import table
from kinward.people import memory
from kinward.people.actions.describing import store
from kinward.people.properties import PROPERTIES
from kinward.tracing import actions
from kinward.tracing.models import Candidate, Opinion

pytestmark = pytest.mark.django_db
WALLED = ("health", "legal", "staff")
PLANTED = {
    "health": "Zqhealthcanary",
    "legal": "Zqlegalcanary",
    "staff": "Zqstaffcanary",
    "evidence": "Zqevidencecanary",
}
# Kinds of fact that are put behind a wall here, as none of those compartments has one yet.
KIND_OF = {
    "evidence": "mark",
    "health": "language",
    "legal": "separated",
    "staff": "songs_and_words",
}
# Evidence is read where a file is read, by those who register it or compare; nowhere else.
FILE = {
    "children/<uuid:child_id>/facts/",
    "children/<uuid:child_id>/timeline/",
}
READERS = {Role.REGISTRAR, Role.TRACING_OFFICER, Role.SECOND_REVIEWER}


@pytest.fixture
def kinds(monkeypatch):
    """A kind of fact in each compartment that has none yet."""
    for each in WALLED:
        kind = replace(PROPERTIES[KIND_OF[each]], compartment=Compartment(each))
        monkeypatch.setitem(PROPERTIES, kind.id, kind)


@pytest.fixture
def world(kinds, make_child, make_request, make_user, say, at):
    """A family on both sides with something planted in every compartment, and what is known."""
    said = [say(KIND_OF[each], text=text) for each, text in PLANTED.items()]
    child = make_child("رسلان محمدوف", statements=said, region="IQ-BG")
    request = make_request("Руслан Магомедов", region="RU-DA")
    for person in (request.enquirer, request.sought.get().person):
        store(person, said, by=request.taken_by, at=at)
    actions.find_candidates(by=clock(), at=at)
    candidate = Candidate.objects.get()
    for _ in range(2):
        actions.review_candidate(
            candidate=candidate, opinion=Opinion.SAME, reason="same", by=make_user(), at=at
        )
    return {
        "child_id": [str(child.pk)],
        "request_id": [str(request.pk)],
        "candidate_id": [str(candidate.pk)],
        "question_id": [str(child.pk)],
        "account_id": [str(child.registered_by_id)],
        **{name: [str(child.pk)] for name in OF_NOTHING_HERE},
        "uidb64": ["x"],
        "token": ["x-y"],
        "pk": ["1"],
        "kind": ["name", "mark", "language"],
    }


@pytest.fixture
def accounts(make_user):
    """An account of each role, where what is planted comes to it."""
    return {
        str(role): make_user(role=role, region="RU-DA" if role == Role.ENQUIRY_WORKER else "IQ-BG")
        for role in Role
        if role != Role.CLOCK
    }


@pytest.fixture
def clients(make_client, accounts, world):
    signed_in = {}
    for role, account in accounts.items():
        signed_in[role] = make_client(raise_request_exception=False)
        signed_in[role].force_login(account)
    return signed_in


OF_NOTHING_HERE = (
    "approval_id",
    "erasure_id",
    "file_id",
    "referral_id",
    "statement_id",
    "use_id",
)
BODIES = {
    "find/": [{"purpose": "tracing", "name": "Руслан Магомедов"}],
    "children/register/alike/": [{"name-0-text": "رسلان محمدوف", "name-0-answer": "not_asked"}],
    "matches/<uuid:candidate_id>/reveal/": [
        {"reveal-step": step, "reveal-purpose": "verification"}
        for step in ("places", "whereabouts", "enquirer", "contact")
    ],
    "api/candidates/<uuid:candidate_id>/reviews": [{"opinion": "same"}],
}


def test_nothing_leaves_its_compartment(clients, world):
    walked = barrier.walk(clients, known=world, planted=PLANTED, bodies=BODIES)

    assert walked.answers > 600
    assert walked.shown > 100
    assert walked.broken == set()
    assert walked.behind(WALLED) == set()
    evidence = walked.behind(["evidence"])
    assert {(leak.who, leak.where) for leak in evidence} == {
        (str(role), where) for role in READERS for where in FILE
    }
    assert barrier.held(PLANTED) == set()
    for text in PLANTED.values():
        assert memory.search(memory.asked_for(name=text, father=text), top=5) == []


def test_walk_finds_what_is_left_open(clients, world, monkeypatch):
    opened = tuple(
        rule._replace(compartments=rule.compartments | {Compartment.HEALTH})
        for rule in table.TABLE[Role.REGISTRAR]
    )
    monkeypatch.setattr(table, "TABLE", {**table.TABLE, Role.REGISTRAR: opened})
    registrar = {"registrar": clients["registrar"]}

    walked = barrier.walk(registrar, known=world, planted=PLANTED, bodies={})

    # On PostgreSQL the first wall is down, and the second stands.
    left = set() if connection.vendor == "postgresql" else FILE
    assert {leak.where for leak in walked.behind(["health"])} == left
    assert walked.behind(["legal", "staff"]) == set()
    assert walked.broken == set()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no walls")
def test_bare_sql_reads_nothing_out_of_a_closed_compartment(world, accounts):
    asked = barrier.ask_in_sql(accounts.values())

    assert asked.rows == 0
    assert asked.of_others > 100
    assert asked.refused == asked.tried == len(accounts) * len(barrier.FORBIDDEN)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no walls")
def test_bare_sql_of_the_owner_reads_it_all(world, accounts):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")

    asked = barrier.ask_in_sql(accounts.values())

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
