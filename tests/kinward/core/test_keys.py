from __future__ import annotations

import os

import pyrage
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from kinward.core.apps import keys_are_there
from kinward.core.keys import (
    MADE_UP,
    KeysStayPut,
    KeysUnfit,
    Ring,
    fresh_ring,
    keep,
    put,
    ring,
    ring_of,
    secret_for,
)

KEY = st.binary(min_size=32, max_size=32)


def age_identity(tmp_path):
    opener = pyrage.x25519.Identity.generate()
    path = tmp_path / "identity"
    put(path, f"# a comment, as age-keygen writes one\n{opener}\n".encode())
    return path


@given(KEY, st.dictionaries(st.integers(1, 99), KEY, min_size=1))
def test_ring_survives_being_written_down(secret, versions):
    written = Ring(secret, versions).text()

    assert ring_of(written) == Ring(secret, versions)
    assert ring_of(written).newest == max(versions)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kinward1",
        "kinward1:aa:1=bb",
        f"kinward1:{'00' * 32}",
        f"kinward1:{'00' * 32}:1={'zz' * 32}",
        f"kinward1:{'00' * 32}:one={'00' * 32}",
        f"other:{'00' * 32}:1={'00' * 32}",
    ],
)
def test_ring_refuses_what_is_none(text):
    with pytest.raises(KeysUnfit) as refused:
        ring_of(text)

    assert not text or text not in str(refused.value)


def test_wrapping_keys_differ_by_compartment_and_version():
    grown = fresh_ring().grown()

    wrapping = {grown.wrapping(v, c) for v in (1, 2) for c in ("identity", "health")}

    assert len(wrapping) == 4
    assert {len(key) for key in wrapping} == {32}


def test_retired_ring_keeps_only_its_newest_version():
    grown = fresh_ring().grown()

    assert set(grown.retired().versions) == {2}
    assert grown.retired().secret == grown.secret


def test_secret_for_differs_by_use_and_stays():
    assert secret_for("audit") == secret_for("audit")
    assert secret_for("audit") != secret_for("certificate")
    assert len(secret_for("audit")) == 32


def test_secret_for_stays_when_wrapping_keys_are_changed(tmp_path):
    with override_settings(KEY_FILE=str(tmp_path / "keys")):
        before = secret_for("audit")
        keep(ring().grown())

        assert ring().newest == 2
        assert secret_for("audit") == before


def test_key_file_is_made_for_a_demo_and_kept(tmp_path):
    with override_settings(KEY_FILE=str(tmp_path / "keys")):
        made = ring(anew=True)

        assert ring(anew=True) == made
        assert made.head == MADE_UP
        assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600


def test_keys_of_a_demo_are_refused_elsewhere(tmp_path):
    put(tmp_path / "keys", fresh_ring(MADE_UP).text().encode())

    with override_settings(KEY_FILE=str(tmp_path / "keys"), KEYS_ARE_MADE_UP=False):
        (error,) = keys_are_there(None)

    assert error.id == "kinward.E010"
    assert "demo" in error.msg


def test_check_refuses_an_installation_without_keys():
    with override_settings(KEY_FILE="", KEYS="", KEYS_ARE_MADE_UP=False):
        (error,) = keys_are_there(None)

    assert "KINWARD_KEY_FILE" in error.msg


def test_check_refuses_a_key_file_others_may_read(tmp_path):
    put(tmp_path / "keys", fresh_ring().text().encode())
    (tmp_path / "keys").chmod(0o640)

    with override_settings(KEY_FILE=str(tmp_path / "keys"), KEYS_ARE_MADE_UP=False):
        (error,) = keys_are_there(None)

    assert "chmod 600" in error.msg


def test_check_refuses_a_key_file_that_is_not_there(tmp_path):
    with override_settings(KEY_FILE=str(tmp_path / "none"), KEYS_ARE_MADE_UP=False):
        (error,) = keys_are_there(None)

    assert "No such file" in error.msg


def test_check_accepts_a_private_key_file(tmp_path):
    put(tmp_path / "keys", fresh_ring().text().encode())

    with override_settings(KEY_FILE=str(tmp_path / "keys"), KEYS_ARE_MADE_UP=False):
        assert keys_are_there(None) == []


def test_draft_that_holds_keys_goes_with_the_next_writing(tmp_path):
    of_who_was_killed, of_another_now = tmp_path / ".keys-1", tmp_path / ".keys-2"
    for draft in (of_who_was_killed, of_another_now):
        draft.write_text("kinward1:…")
    os.utime(of_who_was_killed, (0, 0))

    put(tmp_path / "keys", b"kinward1:")

    assert {file.name for file in tmp_path.iterdir()} == {"keys", ".keys-2"}


def test_keys_from_the_environment_are_read_and_never_written():
    given_over = fresh_ring()

    with override_settings(KEYS=given_over.text(), KEYS_ARE_MADE_UP=False):
        assert ring() == given_over
        with pytest.raises(KeysStayPut):
            keep(given_over.grown())


def test_keys_sealed_with_age_are_opened_and_changed_with_the_identity(tmp_path):
    identity = age_identity(tmp_path)
    call_command("make_keys", "--file", tmp_path / "keys", "--identity", identity)
    sealed = (tmp_path / "keys").read_bytes()

    with override_settings(
        KEY_FILE=str(tmp_path / "keys"), KEY_IDENTITY=str(identity), KEYS_ARE_MADE_UP=False
    ):
        before = ring()
        keep(before.grown())

        assert sealed.startswith(b"age-encryption.org/v1")
        assert ring().versions.keys() == {1, 2}
        assert ring().secret == before.secret
        assert ring().secret.hex().encode() not in (tmp_path / "keys").read_bytes()


def test_keys_sealed_for_another_identity_are_refused(tmp_path):
    call_command("make_keys", "--file", tmp_path / "keys", "--identity", age_identity(tmp_path))
    other = age_identity(tmp_path / "elsewhere")

    with (
        override_settings(KEY_FILE=str(tmp_path / "keys"), KEY_IDENTITY=str(other)),
        pytest.raises(KeysUnfit, match="cannot be opened"),
    ):
        ring(anew=True)


def test_identity_that_is_none_is_refused(tmp_path):
    put(tmp_path / "identity", b"AGE-SECRET-KEY-1NONE")

    with pytest.raises(CommandError, match="holds no age identity"):
        call_command("make_keys", "--file", tmp_path / "keys", "--identity", tmp_path / "identity")


def test_make_keys_writes_a_private_file_and_never_over_another(tmp_path):
    call_command("make_keys", "--file", tmp_path / "keys")
    made = (tmp_path / "keys").read_text()

    with pytest.raises(CommandError, match="is there already"):
        call_command("make_keys", "--file", tmp_path / "keys")

    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").read_text() == made
    assert ring_of(made).head == "kinward1"
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_make_keys_prints_keys_for_a_secret_store(capsys):
    call_command("make_keys")

    assert ring_of(capsys.readouterr().out).newest == 1


def test_make_keys_prints_the_keys_in_use_with_one_version_more(capsys):
    given_over = fresh_ring()

    with override_settings(KEYS=given_over.text(), KEYS_ARE_MADE_UP=False):
        call_command("make_keys", "--grow")

    grown = ring_of(capsys.readouterr().out)
    assert grown.secret == given_over.secret
    assert grown.versions.keys() == {1, 2}
    assert grown.versions[1] == given_over.versions[1]
