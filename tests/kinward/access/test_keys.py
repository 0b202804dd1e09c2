from __future__ import annotations

from itertools import count
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from uuid import UUID

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from kinward.access.actions import rotate_keys
from kinward.access.actions.keys import ExchangedAlready
from kinward.access.models import Role, clock
from kinward.audit.models import Event
from kinward.core import keystore
from kinward.core.errors import NotAllowed
from kinward.core.keys import RINGS, KeysStayPut, KeysUnfit, keep, ring
from kinward.core.sealing import seal, unseal
from kinward.core.sqlite.gate import Gate

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(tmp_path):
    """A key store and a ring of one test's own."""
    place = {"KEY_FILE": str(tmp_path / "keys"), "KEY_STORE": str(tmp_path / "store.sqlite3")}
    with override_settings(**place):
        yield keystore.store()


def place(number: int) -> dict[str, object]:
    return {"subject": UUID(int=number), "compartment": "identity", "bound_to": "t|c|r"}


def silent(done: int, total: int) -> None:
    """Show no progress."""


def test_rotation_wraps_every_key_anew_and_changes_nothing_sealed(own, at):
    sealed = [seal(b"told", **place(number)) for number in range(7)]

    wrapped = rotate_keys(by=clock(), at=at, progress=silent)

    own.forget()
    assert wrapped == 7
    assert ring().versions.keys() == {2}
    assert own.version() == 2
    assert {unseal(each, **place(number)) for number, each in enumerate(sealed)} == {b"told"}
    assert list(Event.objects.order_by("id").values_list("action", "details")) == [
        ("access.began_key_rotation", {"version": 2}),
        ("access.rotated_keys", {"version": 2, "keys": 7}),
    ]


def test_rotation_broken_off_goes_on_where_it_stopped(own, at, monkeypatch):
    monkeypatch.setattr(keystore, "BATCH", 3)
    sealed = [seal(b"told", **place(number)) for number in range(7)]
    keep(ring().grown())
    own.rewrap()

    rotate_keys(by=clock(), at=at, progress=silent)

    own.forget()
    assert ring().versions.keys() == {2}
    assert {unseal(each, **place(number)) for number, each in enumerate(sealed)} == {b"told"}


def test_two_rotations_at_once_are_one(own, at):
    others = Gate(Path(f"{settings.KEY_STORE}.exchange"), timeout=0)
    others.enter()
    with pytest.raises(ExchangedAlready):
        rotate_keys(by=clock(), at=at, progress=silent)
    before = {*ring(anew=True).versions}
    others.leave()

    rotate_keys(by=clock(), at=at, progress=silent)

    assert (before, {*ring().versions}) == ({1}, {2})


def test_rotation_tells_how_far_it_is(own, at, monkeypatch):
    monkeypatch.setattr(keystore, "BATCH", 3)
    for number in range(7):
        own.key(UUID(int=number), "identity", make=True)
    told: list[tuple[int, int]] = []

    rotate_keys(by=clock(), at=at, progress=lambda done, total: told.append((done, total)))

    assert told == [(3, 7), (6, 7)]


def test_rotation_under_load_leaves_nothing_unreadable(own, at, monkeypatch):
    monkeypatch.setattr(keystore, "BATCH", 5)
    sealed = {number: seal(b"told", **place(number)) for number in range(300)}
    done, read = Flag(), []

    def work() -> None:
        for number in count(300):
            sealed[number] = seal(b"told", **place(number))
            own.forget()
            read.append(unseal(sealed[number - 300], **place(number - 300)))
            if done.is_set():
                return

    worker = Thread(target=work)
    worker.start()
    for _ in range(3):
        rotate_keys(by=clock(), at=at, progress=silent)
    done.set()
    worker.join()

    own.forget()
    assert set(read) == {b"told"}
    assert ring().versions.keys() == {4}
    assert {unseal(each, **place(number)) for number, each in list(sealed.items())} == {b"told"}


def test_key_made_by_who_knows_only_the_old_version_is_wrapped_by_the_new(own, at):
    old = ring()
    rotate_keys(by=clock(), at=at, progress=silent)
    RINGS[next(place for place in RINGS if RINGS[place].secret == old.secret)] = old

    made = own.key(UUID(int=1), "identity", make=True).raw

    own.forget()
    assert ring(anew=True).versions.keys() == {2}
    assert own.key(UUID(int=1), "identity").raw == made


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLOCK}))
def test_rotation_is_for_the_machine_itself(own, at, make_user, role):
    with pytest.raises(NotAllowed):
        rotate_keys(by=make_user(role=role), at=at, progress=silent)

    assert ring().versions.keys() == {1}


def test_command_rotates_keys(own, capsys):
    own.key(UUID(int=1), "identity", make=True)

    call_command("rotate_keys")

    assert "1 keys are wrapped by the new version" in capsys.readouterr().out
    assert ring().versions.keys() == {2}


def test_rotation_wraps_anew_what_a_version_added_by_hand_asks_for(own, at):
    sealed = seal(b"told", **place(1))
    old = ring()

    with override_settings(KEYS=old.grown().text()), pytest.raises(KeysStayPut):
        rotate_keys(by=clock(), at=at, progress=silent)

    own.forget()
    with override_settings(KEYS=old.text()), pytest.raises(KeysUnfit):
        unseal(sealed, **place(1))  # the old version alone opens nothing any more


def test_command_says_where_keys_must_be_changed_by_hand(own, at):
    with (
        override_settings(KEYS=ring().text(), KEYS_ARE_MADE_UP=True),
        pytest.raises(CommandError, match="KINWARD_KEYS"),
    ):
        call_command("rotate_keys")
