"""Who registers children, signed in; who has people erased, and how it is agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kinward.access import actions as access
from kinward.access.models import Approval, Role
from kinward.people import actions
from kinward.people.models import Erasure, Ground

DAYS = timedelta(days=1)


@pytest.fixture
def registrar(client, make_user):
    user = make_user("huda", role=Role.REGISTRAR, region="IQ-BG")
    client.force_login(user)
    return user


@pytest.fixture
def officer(make_user):
    return make_user("officer", role=Role.DATA_PROTECTION_OFFICER)


@pytest.fixture
def manager(make_user):
    return make_user("manager", role=Role.PROGRAMME_MANAGER)


@pytest.fixture
def agreed(officer, manager, at):
    """Have two people agree that a person is erased."""

    def agree(person, *, ground=Ground.ASKED, on=at) -> Approval:
        asked = actions.ask_to_erase(
            person=person, ground=ground, reason="Zaira asked for it.", by=officer, at=on
        )
        access.approve(approval=asked, by=manager, at=on)
        return asked

    return agree


@pytest.fixture
def erase(agreed, officer, at):
    """Erase a person as the rules have it."""

    def do(person, *, approval=None, ground=Ground.ASKED, by=officer, on=at + 30 * DAYS) -> Erasure:
        return actions.erase_person(
            person=person, ground=ground, approval=approval or agreed(person), by=by, at=on
        )

    return do
