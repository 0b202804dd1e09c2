"""A child of an office, its case worker and its legal officer, and a document to record."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from kinward.access.models import Role
from kinward.casework.actions import follow_step
from kinward.casework.models import Track
from kinward.casework.queries import case_of
from kinward.casework.tracks import Next
from kinward.legal import actions
from kinward.legal.models import Heard, Ruled
from kinward.legal.rules import Printed
from kinward.people.zones import Size, Zone, build


@pytest.fixture
def child(make_child):
    return make_child("رسلان", region="IQ-BG")


@pytest.fixture
def salma(make_user):
    return make_user("salma", role=Role.CASE_WORKER, region="IQ-BG")


@pytest.fixture
def layla(make_user):
    return make_user("layla", role=Role.LEGAL_OFFICER, region="IQ-BG")


@pytest.fixture
def take(child, salma, at):
    """Take steps of the child's papers: take(Civil.EVIDENCE, Civil.BIRTH)."""

    def taken(*steps, track=Track.CIVIL_STATUS):
        for to in steps:
            wanted = Next(to=to, on=at.date(), reason="as was decided", evidence="decision 12")
            follow_step(child=child, track=track, wanted=wanted, by=salma, at=at)

    return taken


@pytest.fixture
def stands(child):
    """Where a track of the child stands."""
    return lambda track=Track.CIVIL_STATUS: case_of(child).on(track)


@pytest.fixture
def printed():
    """What is printed in a passport: printed(given="Руслан")."""

    def made(**said):
        told = {"surname": "Магомедов", "given": "Руслан", "number": "530123456"} | said
        told = {"kind": "passport", "issuer": "RUS", "valid_from": date(2018, 11, 1)} | told
        told = {"valid_until": date(2023, 10, 31), "zone": "\n".join(ZONE)} | told
        return Printed(**told)

    return made


ZONE = build(
    Zone(
        code="P",
        issuer="RUS",
        primary="MAGOMEDOV",
        secondary="RUSLAN",
        number="530123456",
        nationality="RUS",
        born="140512",
        sex="M",
        expires="231031",
    ),
    Size.TD3,
)


@pytest.fixture
def record_document(child, layla, at, printed):
    """Record a passport: record_document(given="Руслан", replaces=earlier)."""

    def recorded(*, replaces=None, by=layla, when=at, **said):
        return actions.record_document(
            child=child, printed=printed(**said), replaces=replaces, by=by, at=when
        )

    return recorded


@pytest.fixture
def happened(at):
    """What happened before a court: happened(Ruled.GRANTED, days=3, in_force_from=…)."""

    def told(ruled=Ruled.FILED, *, days=0, **said):
        day = at.date() + timedelta(days=days)
        told = {"ruled": ruled, "happened_on": day, "reference": "2-15/2018"}
        heard = {"heard": Heard.SAID, "view": "wants to go to its grandmother"}
        return actions.Happened(**told | heard | said)

    return told


@pytest.fixture
def open_proceeding(child, layla, at, happened):
    """Bring a matter before a court: open_proceeding(seat="host", matter="release")."""

    def opened(*, by=layla, filed=None, when=at, **said):
        told = {"seat": "home", "matter": "birth", "court": "Soviet District Court"} | said
        told |= {"filed": filed or happened(), "by": by, "at": when}
        return actions.open_proceeding(child=child, **told)

    return opened


@pytest.fixture
def rule(layla, at, happened):
    """Say what happened next: rule(proceeding, Ruled.GRANTED, in_force_from=day)."""

    def ruled(proceeding, ruled, *, seen=None, days=0, when=None, **said):
        what = happened(ruled, days=days, **said)
        told = {"by": layla, "at": when or at + timedelta(days=days)}
        return actions.record_ruling(proceeding=proceeding, happened=what, seen=seen, **told)

    return ruled


@pytest.fixture
def check_name(salma, at):
    """Compare a name: check_name(document, "MAGOMEDOV", "RUSLAN")."""

    def checked(document, surname, given, *, by=salma, when=at):
        act = partial(actions.check_name, document=document, list_named="12, version 3")
        return act(surname=surname, given=given, by=by, at=when)

    return checked
