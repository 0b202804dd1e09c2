"""Editors, and a source with figures to test with. Every text is made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.figures import actions
from kinward.figures.models import Tie
from kinward.figures.rules import Coding

TEXT = "30 children landed. 24 are from Dagestan and 3 from Chechnya, said a minister."


def coded(quote, low, **parts):
    """Return a figure of TEXT as it is typed: coded("24 are from Dagestan", 24, category="DA")."""
    typed = {"operator": "=", "unit": "children", "words": "on the flight of 3 May"} | parts
    low = None if low is None else Decimal(low)
    return Coding(quote=quote, low=low, **typed)


@pytest.fixture
def editor(make_user):
    return make_user("editor", role=Role.FIGURES_EDITOR)


@pytest.fixture
def second(make_user):
    return make_user("second", role=Role.SECOND_EDITOR)


@pytest.fixture
def make_source(editor, at):
    def make(text=TEXT, outlet="A paper", **parts):
        about = {
            "kind": "article",
            "title": f"Title of {outlet}",
            "address": "",
            "agency": "",
            "language": "en",
            "translation": "none",
            "published_on": date(2019, 5, 3),
        }
        with acting(editor):
            return actions.add_source(**about | parts, outlet=outlet, text=text, by=editor, at=at)

    return make


@pytest.fixture
def source(make_source):
    return make_source()


@pytest.fixture
def make_claim(source, editor, at):
    def make(quote="30 children landed", low=30, *, of=None, **parts):
        with acting(editor):
            return actions.code_claim(
                source=of or source, coding=coded(quote, low, **parts), by=editor, at=at
            )

    return make


@pytest.fixture
def make_link(editor, at):
    def make(claim, other, tie=Tie.PART_OF, dimension=""):
        with acting(editor), transaction.atomic():
            return actions.link_claims(
                claim=claim, tie=tie, other=other, dimension=dimension, by=editor, at=at
            )

    return make


@pytest.fixture
def breakdown(make_claim, make_link):
    """A whole of 30 and its parts of 24 and 3, by origin."""
    whole = make_claim()
    parts = [
        make_claim("24 are from Dagestan", 24, dimension="origin", category="Dagestan"),
        make_claim("3 from Chechnya", 3, dimension="origin", category="Chechnya"),
    ]
    for part in parts:
        make_link(part, whole)
    return whole, *parts
