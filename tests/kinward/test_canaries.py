"""Whoever takes the database, its logs and the key store, but not the keys, reads nobody's name."""

from __future__ import annotations

import base64
import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from kinward.access.actions import open_account
from kinward.access.models import Role, clock
from kinward.core.canaries import stored_files, stored_rows, traces
from kinward.core.keystore import store
from kinward.people import actions as people
from kinward.people.models import SaidBy
from kinward.people.rules import Statement
from kinward.tracing import actions as tracing
from kinward.tracing.models import Candidate, Judgement, Opinion, Relation, Request

NAMES = ("Runakhari", "Рунахари", "روناخاري")
CANARIES = (
    *NAMES,
    "Zelenbrukovo",  # a place
    "+7 928 555 01 77",
    "canary told this at length",
    "canary sang a song",
    "canary note on the group",
    "canary opinion",
    "canary taken back",
    "canary held",
    "canary erased because",
    "Canary Fullname",
    "canary source",
)
PLAIN = "canary-in-a-plain-column"


def said(property_: str, text: str, **circumstances) -> Statement:
    return Statement(property=property_, value={"text": text}, **circumstances)


def plant(make_user, at) -> Candidate:
    """Put each canary where people write such things, by the actions they do it with."""
    registrar = make_user(role=Role.REGISTRAR, region="IQ-BG")
    anna, karim = make_user("anna"), make_user("karim", role=Role.SECOND_REVIEWER)
    (child,) = people.register_group(
        children=[
            [
                *(said("name", name, source="canary source") for name in NAMES),
                said("place_of_birth", "Zelenbrukovo"),
                said("songs_and_words", "canary sang a song"),
            ]
        ],
        note="canary note on the group",
        by=registrar,
        at=at,
    )
    tracing.take_request(
        enquirer=[said("contact", "+7 928 555 01 77", said_by=SaidBy.RELATIVE)],
        told="canary told this at length",
        sought=[(Relation.CHILD, [said("name", name) for name in NAMES])],
        region=PLAIN,
        by=make_user(role=Role.ENQUIRY_WORKER),
        at=at,
    )
    tracing.find_candidates(by=clock(), at=at)
    candidate = Candidate.objects.get()
    for reviewer in (anna, karim):
        tracing.review_candidate(
            candidate=candidate, opinion=Opinion.SAME, reason="canary opinion", by=reviewer, at=at
        )
    tracing.undo_judgement(
        judgement=Judgement.objects.get(), reason="canary taken back", by=anna, at=at
    )
    officer = make_user(role=Role.DATA_PROTECTION_OFFICER)
    people.hold_erasure(person=child, reason="canary held", by=officer, at=at)
    people.ask_to_erase(
        person=child, ground="asked", reason="canary erased because", by=officer, at=at
    )
    open_account(
        username="someone",
        password="a long and quiet password",
        role=Role.REGISTRAR,
        full_name="Canary Fullname",
        by=make_user(role=Role.ADMINISTRATOR),
        at=at,
    )
    return candidate


def thiefs_haul(logged: str) -> dict[str, bytes]:
    """Everything but the keys."""
    keys = Path(settings.KEY_STORE)
    haul = {path: held for path, held in stored_files(keys.parent).items() if "store" in path}
    if connection.vendor == "sqlite":
        haul |= stored_files(Path(connection.settings_dict["NAME"]).parent)
    return haul | stored_rows() | {"the log": logged.encode()}


@pytest.mark.django_db(transaction=True)
def test_thief_of_everything_but_the_keys_reads_nobodys_name(client, make_user, at, caplog):
    with caplog.at_level(logging.DEBUG):
        candidate = plant(make_user, at)
        client.force_login(make_user("reader"))
        page = client.get(reverse("tracing:candidate", args=[candidate.pk])).content.decode()

    haul = thiefs_haul(caplog.text)

    assert all(name in page for name in NAMES)  # the canaries are there, for who may read them
    assert Request.objects.get().told == "canary told this at length"
    assert traces([PLAIN], haul) != []  # the search finds what is not sealed
    assert traces(CANARIES, haul) == []
    assert store().count() > 0


@pytest.mark.parametrize("word", CANARIES)
def test_search_finds_a_word_in_every_form(word):
    text = word.encode()
    forms = {
        "utf-8": text,
        "utf-16": word.encode("utf-16-le"),
        "hex": text.hex().encode(),
        "base64": base64.b64encode(text),
        "base64, later": base64.b64encode(b"?" + text + b"?"),
        "base64, later still": base64.b64encode(b"??" + text + b"??"),
    }

    assert traces([word], forms) == [(word, form) for form in forms]


def test_search_finds_nothing_where_nothing_is():
    assert traces(CANARIES, {"a file": b"x" * 1000}) == []
