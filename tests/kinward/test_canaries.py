"""Whoever takes the database, its logs and the key store, but not the keys, reads nobody's name."""

from __future__ import annotations

import base64
import logging

import pytest
from django.db import transaction
from django.urls import reverse
from reliability.canaries import CANARIES, NAMES, PLAIN, photograph, pieces, plant, thiefs_haul

from kinward.core.canaries import traces
from kinward.core.keystore import store
from kinward.tracing.models import Request


@pytest.mark.django_db(transaction=True)
def test_thief_of_everything_but_the_keys_reads_nobodys_name(client, make_user, caplog):
    with caplog.at_level(logging.DEBUG):
        with transaction.atomic():
            candidate, reader = plant(), make_user("reader")
        client.force_login(reader)
        page = client.get(reverse("tracing:candidate", args=[candidate.pk])).content.decode()

    haul = thiefs_haul() | {"the log": caplog.text.encode()}
    photo = photograph()

    assert all(name in page for name in NAMES)  # the canaries are there, for who may read them
    assert Request.objects.get().told == "canary told this at length"
    assert traces([PLAIN], haul) != []  # the search finds what is not sealed
    assert traces(CANARIES, haul) == []
    assert (pieces(photo.content, haul), pieces(photo.thumbnail, haul)) == ([], [])
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


def test_search_finds_a_piece_of_a_photograph():
    photo = photograph().content

    assert pieces(photo, {"whole": photo, "half": photo[: len(photo) // 2], "none": b"x"}) == [
        "whole",
        "half",
    ]


def test_search_finds_nothing_where_nothing_is():
    assert traces(CANARIES, {"a file": b"x" * 1000}) == []
