"""Editors, and a source with figures to test with. Every text is made up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from kinward.access.models import Compartment, Role, clock
from kinward.audit.context import acting
from kinward.casework.models import Step, Track
from kinward.casework.tracks import Movement
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


@pytest.fixture
def manager(make_user):
    return make_user("manager", role=Role.PROGRAMME_MANAGER)


@pytest.fixture
def make_landed(make_child, say, at, editor):
    """Register children who landed a month before: make_landed(3, origin="RU-CE", sex="female")."""

    def make(number, *, origin="RU-DA", sex="female", on=None, age=6):
        found = []
        on = on or (at - timedelta(days=40)).date()
        for _ in range(number):
            said = [
                say("relatives_region", text="there", code=origin),
                say("sex", code=sex),
                say("born", age=age, as_of=at.date().isoformat()),
            ]
            child = make_child("رسلان", statements=said, at=at - timedelta(days=60))
            steps = (Movement.MANIFESTED, Movement.BOARDED, Movement.LANDED)
            # Editors reach no case: the database would refuse them these rows.
            with acting(clock()), transaction.atomic():
                for place, to in enumerate(steps, 1):
                    Step.objects.create(
                        child=child,
                        track=Track.MOVEMENT,
                        number=place,
                        to=to,
                        happened_on=on,
                        compartment=Compartment.MOVEMENT,
                        taken_by=editor,
                        taken_at=at,
                    )
            found.append(child)
        return found

    return make


@pytest.fixture
def month(at):
    """The last day of the month before, which is the latest that can be released."""
    return at.date().replace(day=1) - timedelta(days=1)


@pytest.fixture
def ask(editor, at, month):
    """Ask for a draft, as an editor does."""

    def asked(*, figures=("landed",), breakdowns=("origin",), threshold=5, by=None, **options):
        with acting(by or editor):
            return actions.ask_for_draft(
                title="Children who landed",
                figures=list(figures),
                breakdowns=list(breakdowns),
                threshold=threshold,
                by=by or editor,
                **{"as_of": month, "at": at} | options,
            )

    return asked


@pytest.fixture
def make_release(ask, editor, at):
    def make(*, by=None, **wanted):
        asked = ask(by=by, **wanted)
        with acting(by or editor):
            return actions.draft(asked=asked, by=by or editor, at=at)

    return make


@pytest.fixture
def make_public(editor, second, at):
    """Agree to a release and publish it."""

    def make(release):
        with acting(second):
            actions.agree_release(release=release, by=second, at=at)
        with acting(editor):
            actions.publish_release(release=release, by=editor, at=at)
        return release

    return make
